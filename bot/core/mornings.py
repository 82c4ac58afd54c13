"""The morning of a working day: when the desk is told how its queues stand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby, pairwise
from operator import attrgetter

from bot.core.calendar import Calendar
from bot.core.calendar.moments import midnight, reached, wall
from bot.core.civil import CLOSES, OPENS

_AROUND = timedelta(days=45)
"""Longer than any office is closed at a stretch."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Morning:
    """A working day `opens`, and `closes` for the last time that day. `since` the one before opened."""

    day: date
    opens: datetime
    closes: datetime
    since: datetime


def morning(at: datetime, calendar: Calendar | None, zone: tzinfo) -> Morning | None:
    """The working day that is going on, breaks included; None when it is over, or has not begun."""
    last = max((one for one in _mornings(at, calendar, zone) if one.opens <= at), key=_opens, default=None)
    return last if last and at < last.closes else None


def next_morning(after: datetime, calendar: Calendar | None, zone: tzinfo) -> datetime | None:
    """When the next working day opens."""
    return min((one.opens for one in _mornings(after, calendar, zone) if one.opens > after), default=None)


def _opens(one: Morning) -> datetime:
    return one.opens


def _mornings(at: datetime, calendar: Calendar | None, zone: tzinfo) -> list[Morning]:
    """The working days around a moment; where no week is known, all days, in civil hours."""
    days = _civil_days(at, zone) if calendar is None else _working_days(at, calendar)
    return [Morning(day, opens, closes, before[1]) for before, (day, opens, closes) in pairwise(days)]


def _civil_days(at: datetime, zone: tzinfo) -> list[tuple[date, datetime, datetime]]:
    today = wall(at, zone).date()
    days = [today + later * _DAY for later in range(-2, 3)]
    return [
        (day, reached(datetime.combine(day, OPENS), zone), reached(datetime.combine(day, CLOSES), zone))
        for day in days
    ]


def _working_days(at: datetime, calendar: Calendar) -> list[tuple[date, datetime, datetime]]:
    """The first may be cut off, which does not matter: it is only what came before another."""
    segments = calendar.segments(at - _AROUND, at + _AROUND)
    days = ((day, list(found)) for day, found in groupby(segments, key=attrgetter("day")))
    return [(day, found[0].opens, found[-1].closes) for day, found in days]


def end_of_day(morning: Morning, zone: tzinfo) -> datetime:
    """The midnight after a working day, or its closing where that comes later."""
    return max(morning.closes, reached(midnight(morning.day + _DAY), zone))
