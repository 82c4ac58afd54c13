"""Moments as people name them: today, tomorrow, by the weekday, and by the date when they are further off."""

from datetime import datetime, tzinfo
from typing import Literal

from babel.dates import format_datetime

from locales.catalogs import locale

Near = Literal["today", "tomorrow", "week", "date"]

# What ends at a moment, and what happens at one. Babel fills the patterns; quoted is what stays as it is.
_BY: dict[str, dict[Near, str]] = {
    "en": {
        "today": "'by' HH:mm 'today'",
        "tomorrow": "'by' HH:mm 'tomorrow'",
        "week": "'by' EEEE HH:mm",
        "date": "'by' EEEE, d MMMM{year}, HH:mm",
    },
    "ar": {
        "today": "'في موعد أقصاه اليوم الساعة' h:mm a",
        "tomorrow": "'في موعد أقصاه غدًا الساعة' h:mm a",
        "week": "'في موعد أقصاه يوم' EEEE 'الساعة' h:mm a",
        "date": "'في موعد أقصاه يوم' EEEE d MMMM{year} 'الساعة' h:mm a",
    },
    "ru": {
        "today": "'сегодня до' HH:mm",
        "tomorrow": "'завтра до' HH:mm",
        "week": "'до {of_day},' HH:mm",
        "date": "'до {of_day},' d MMMM{year}, HH:mm",
    },
}
_AT: dict[str, dict[Near, str]] = {
    "en": {
        "today": "'today at' HH:mm",
        "tomorrow": "'tomorrow at' HH:mm",
        "week": "'on' EEEE 'at' HH:mm",
        "date": "'on' EEEE, d MMMM{year} 'at' HH:mm",
    },
    "ar": {
        "today": "'اليوم الساعة' h:mm a",
        "tomorrow": "'غدًا الساعة' h:mm a",
        "week": "'يوم' EEEE 'الساعة' h:mm a",
        "date": "'يوم' EEEE d MMMM{year} 'الساعة' h:mm a",
    },
    "ru": {
        "today": "'сегодня в' HH:mm",
        "tomorrow": "'завтра в' HH:mm",
        "week": "'{on_day} в' HH:mm",
        "date": "'{on_day},' d MMMM{year} 'в' HH:mm",
    },
}

# Babel knows the days of the week in the nominative only; from Monday on, as `weekday()` counts.
_OF_DAY = ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья")
_ON_DAY = (
    "в понедельник",
    "во вторник",
    "в среду",
    "в четверг",
    "в пятницу",
    "в субботу",
    "в воскресенье",
)

_YEAR = {"en": " yyyy", "ar": " yyyy", "ru": " yyyy 'года'"}

_WEEK_AHEAD = 6
"""A weekday alone is one of the coming days; further off it would be mistaken for a nearer one."""


def by(at: datetime, zone: tzinfo, now: datetime, language: str, *, dated: bool = False) -> str:
    """Until when: "by Sunday 10:30", as it is read at `now` in `zone`; `dated` reads the same on any day."""
    return _said(_BY[language], at.astimezone(zone), now.astimezone(zone), language, dated=dated)


def at(moment: datetime, zone: tzinfo, now: datetime, language: str, *, dated: bool = False) -> str:
    """When: "on Sunday at 10:30", as it is read at `now` in `zone`; `dated` reads the same on any day."""
    return _said(_AT[language], moment.astimezone(zone), now.astimezone(zone), language, dated=dated)


def _said(patterns: dict[Near, str], local: datetime, today: datetime, language: str, *, dated: bool) -> str:
    pattern = patterns["date" if dated else _near(local, today)].format(
        year=_YEAR[language] if local.year != today.year else "",
        of_day=_OF_DAY[local.weekday()],
        on_day=_ON_DAY[local.weekday()],
    )
    return format_datetime(local, pattern, locale=locale(language))


def _near(local: datetime, today: datetime) -> Near:
    ahead = (local.date() - today.date()).days
    if ahead in (0, 1):
        return "tomorrow" if ahead else "today"
    return "week" if 0 < ahead <= _WEEK_AHEAD else "date"
