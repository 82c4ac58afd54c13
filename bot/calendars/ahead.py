"""The days ahead that differ from the week of a desk, as an operator reads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.core.calendar import Calendar, Hours
from bot.core.hours import Holiday, WorkingDays

PROVISIONAL, OWN = "provisional", "your own"

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A day off, or one of other hours than its week has."""

    day: date
    name: str
    hours: Hours
    about: str


def ahead(days: WorkingDays, own: Iterable[date], since: date, count: int) -> Iterator[str]:
    """A line for each stretch of equal days among the `count` days from one on; `own` are the operator's."""
    assert days.calendar
    found = _days(days, days.calendar, frozenset(own), since, count)
    for _key, stretch in groupby(enumerate(found), lambda numbered: _alike(*numbered)):
        yield _line([day for _number, day in stretch])


def _alike(number: int, day: Day) -> tuple[int, str, Hours, str]:
    """The same for days that follow one another and are alike."""
    return day.day.toordinal() - number, day.name, day.hours, day.about


def _days(
    days: WorkingDays, calendar: Calendar, own: frozenset[date], since: date, count: int
) -> Iterator[Day]:
    off = {holiday.day: holiday for holiday in days.off}
    for day in (since + later * _DAY for later in range(count)):
        holiday, hours = off.get(day), calendar.hours_of(day)
        if holiday or hours != calendar.usual_hours(day):
            about = PROVISIONAL if holiday and holiday.provisional else ""
            yield Day(day, _name(calendar, day, holiday), hours, OWN if day in own else about)


def _name(calendar: Calendar, day: date, holiday: Holiday | None) -> str:
    exception = calendar.exception_on(day)
    return (exception.name if exception else "") or (holiday.name if holiday else "")


def _line(days: list[Day]) -> str:
    first, last = days[0], days[-1]
    dates = f"{first.day}" if first == last else f"{first.day} to {last.day}"
    weekdays = f"{first.day:%a}" if first == last else f"{first.day:%a}-{last.day:%a}"
    hours = ", ".join("-".join(segment) for segment in first.hours) or "closed"
    return f"{dates:<24}  {weekdays:<7}  {hours:<13}  {first.name}" + (
        f"  ({first.about})" if first.about else ""
    )
