"""When an organisation works, in words."""

from collections.abc import Iterator
from itertools import groupby

from bot.core.calendar import Hours, Weekday
from bot.core.calendar.hours import WEEK
from bot.core.policy import WorkingWeek
from locales import Plain, _, city, current, listed, time_of_day, weekday

_SHORTEST_RUN = 3
"""So many days in a row are said by the first and the last of them."""


def lines(week: WorkingWeek | None) -> list[str]:
    """The hours of a week, and whether public holidays are kept; nothing where none is stated."""
    if week is None:
        return []
    told = [_("Working hours: {hours} ({zone})", hours=Plain(hours(week)), zone=zone(week))]
    if week.country:
        told.append(_("Public holidays are days off."))
    return told


def zone(week: WorkingWeek) -> str:
    """Whose time it is: in the policy's own words, or by the city of the zone."""
    if week.zone_title:
        return week.zone_title.in_(current())
    return _("time zone: {city}", city=city(week.timezone))


def hours(week: WorkingWeek) -> str:
    """Such as "Sunday – Thursday, 09:00 – 17:00"."""
    told = ""
    for opened, days in _runs(week):
        more = _("{days}, {hours}", days=Plain(_days(days)), hours=Plain(ranges(opened)))
        told = _("{before}; {more}", before=Plain(told), more=Plain(more)) if told else more
    return told


def _runs(week: WorkingWeek) -> Iterator[tuple[Hours, list[Weekday]]]:
    """Days in a row with the same hours, beginning after a day that is closed."""
    closed = [index for index, day in enumerate(WEEK) if not week.week.get(day)]
    start = next((index + 1 for index in closed if index + 1 not in closed), 0)
    ordered = [WEEK[(start + index) % len(WEEK)] for index in range(len(WEEK))]
    for opened, days in groupby(ordered, key=lambda day: week.week.get(day, ())):
        if opened:
            yield opened, list(days)


def _days(days: list[Weekday]) -> str:
    if len(days) < _SHORTEST_RUN:
        return listed([weekday(day) for day in days])
    return _("{first} – {last}", first=weekday(days[0]), last=weekday(days[-1]))


def ranges(opened: Hours) -> str:
    """Such as "09:00 – 12:00 and 13:00 – 17:00"."""
    return listed(
        [
            _("{opens} – {closes}", opens=time_of_day(opens), closes=time_of_day(closes))
            for opens, closes in opened
        ]
    )
