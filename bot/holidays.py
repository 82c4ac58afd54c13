"""Public holidays as days of a calendar: the holidays package's, with the operator's own on top."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any

import holidays
from holidays import list_supported_countries

from bot.core.calendar import Calendar, CalendarException, Hours
from bot.core.hours import Announced, Holiday
from bot.core.policy.week import OwnDays
from bot.feasts import first_days, moves, moving

_LANGUAGES = {"en": "en_US"}
"""Our languages, where the package calls them otherwise."""

_REMEMBERED = 64
"""Answers that are kept: what the package knows does not change while it runs, and takes it long to say."""


@cache
def countries() -> frozenset[str]:
    """The countries whose public holidays are known (ISO 3166, such as "SA")."""
    return frozenset(list_supported_countries())


def public_holidays(
    country: str, years: Iterable[int], language: str = "en", announced: Iterable[Announced] = ()
) -> tuple[Holiday, ...]:
    """The days off of a country (ISO 3166, such as "SA") in those years, in order, moved and bridge days too.

    A feast that was `announced` is on those days, whatever the package says. Names are in `language` where
    the package has it, else in English or the country's own. Raises ValueError for a country that the package
    does not know.
    """
    return _public_holidays(country, tuple(years), language, tuple(announced))


@lru_cache(_REMEMBERED)
def _public_holidays(
    country: str, years: tuple[int, ...], language: str, announced: tuple[Announced, ...]
) -> tuple[Holiday, ...]:
    entity, spoken = _entity(country), _spoken(country, language)
    moved = moves(entity, years, announced)
    plain, marked = (_days(moving(entity, moved), years, spoken, marked=mark) for mark in (False, True))
    all_marked = _days(moving(entity, moved, certain=False), years, spoken, marked=True)
    feasts = first_days(day for day in plain if all_marked[day] != plain[day])
    return tuple(
        Holiday(day, plain[day], marked[day] != plain[day], feasts.get(day)) for day in sorted(plain)
    )


def working_weekends(country: str, years: Iterable[int]) -> tuple[date, ...]:
    """Days of the weekend that are worked, because a day off was moved away from them."""
    return _working_weekends(country, tuple(sorted(set(years))))


@lru_cache(_REMEMBERED)
def _working_weekends(country: str, years: tuple[int, ...]) -> tuple[date, ...]:
    days = _entity(country)(years=years, expand=False).weekend_workdays
    return tuple(sorted(day for day in days if day.year in years))


def days_off(published: Iterable[Holiday], own: OwnDays) -> tuple[Holiday, ...]:
    """The holidays that hold: what was published, without the removed days, with the added."""
    held = {holiday.day: holiday for holiday in published if holiday.day not in own.removed}
    held |= {day: Holiday(day, name) for day, name in own.added.items()}
    return tuple(held[day] for day in sorted(held))


def observing(
    calendar: Calendar, off: Iterable[Holiday], own: OwnDays, weekends: Iterable[date] = ()
) -> Calendar:
    """The calendar with its days off, the half days, and the worked weekends at the hours of an ordinary day.

    A season's hours (an exception of several days) do not open a holiday in it; an exception for that day
    does.
    """
    singled_out = {one.first for one in calendar.exceptions if one.first == one.last}
    ordinary = next(calendar.week[day] for day in calendar.week if calendar.week[day])
    worked = calendar.with_days((), (_on(day, ordinary) for day in weekends if day not in singled_out))
    days = [one.day for one in off]
    closed = (_on(day) for day in days if day not in singled_out and worked.exception_on(day))
    half = (_on(day, hours) for day, hours in sorted(own.half_days.items()))
    return worked.with_days(days, (*closed, *half))


def _on(day: date, hours: Hours = ()) -> CalendarException:
    return CalendarException(first=day, last=day, hours=hours)


def _days(entity: Any, years: tuple[int, ...], language: str, *, marked: bool) -> dict[date, str]:
    """Days and names; `marked`: the names of feasts whose dates are estimates say so."""
    known = entity.get_supported_options()
    options = {"islamic_show_estimated": marked} if "islamic_show_estimated" in known else {}
    return dict(entity(years=years, language=language, expand=False, **options).items())


def _spoken(country: str, language: str) -> str:
    known = _entity(country).supported_languages
    wanted = (language, _LANGUAGES.get(language, language), "en_US")
    return next((name for name in wanted if name in known), _entity(country).default_language or "")


def _entity(country: str) -> Any:
    if country not in countries():
        raise ValueError(f'expected a country such as "SA" or "KZ", not {country!r}')
    return type(holidays.country_holidays(country))  # the class itself: the module's names only load it
