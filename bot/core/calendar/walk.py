"""Open time on the UTC axis, laid out month by month as it is asked for, and kept."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from bot.core.calendar.hours import Hours, minutes
from bot.core.calendar.moments import midnight, reached, wall

YEARS = 25
"""How far ahead open time is looked for."""

_DAY = timedelta(days=1)
_NOTHING = timedelta()
_LAST_MONTH = 9998 * 12


class NeverOpenError(ValueError):
    """There is not that much open time in all the years that are looked at."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Open from `opens` until just before `closes`, in UTC; `day` is the local date that it opened on."""

    day: date
    opens: datetime
    closes: datetime

    @property
    def length(self) -> timedelta:
        return self.closes - self.opens


@dataclass(frozen=True)
class Month:
    """The segments that open in one month of local dates, and how much is open before each ends."""

    segments: tuple[Segment, ...]

    @cached_property
    def opens(self) -> list[datetime]:
        return [segment.opens for segment in self.segments]

    @cached_property
    def closes(self) -> list[datetime]:
        return [segment.closes for segment in self.segments]

    @cached_property
    def ends(self) -> list[timedelta]:
        return list(accumulate((segment.length for segment in self.segments), initial=_NOTHING))

    @property
    def total(self) -> timedelta:
        return self.ends[-1]

    def since(self, at: datetime) -> tuple[Segment, ...]:
        """The segments that close after `at`."""
        return self.segments[bisect_right(self.closes, at) :]

    def before(self, at: datetime) -> timedelta:
        """The open time of this month that has run by `at`."""
        begun = bisect_right(self.opens, at)
        if not begun:
            return _NOTHING
        last = self.segments[begun - 1]
        return self.ends[begun - 1] + min(at, last.closes) - last.opens

    def reaching(self, open_time: timedelta) -> datetime:
        """The moment when that much of this month has run: more than nothing, and no more than `total`."""
        index = bisect_left(self.ends, open_time) - 1
        return self.segments[index].opens + (open_time - self.ends[index])


class Walk:
    """The open time of a calendar. `hours_of` a local date are its hours."""

    def __init__(self, zone: ZoneInfo, hours_of: Callable[[date], Hours]) -> None:
        self._zone, self._hours_of = zone, hours_of
        self._months: dict[int, Month] = {}

    def after(self, start: datetime, open_time: timedelta) -> datetime:
        first = self._first(start)
        left = open_time + self._run(first, start)
        for number in self._ahead(start):
            month = self._month(number)
            if left <= month.total:
                return month.reaching(left)
            left -= month.total
        raise NeverOpenError(f"expected {open_time} of open time within {YEARS} years after {start:%Y-%m-%d}")

    def between(self, start: datetime, end: datetime) -> timedelta:
        first = self._first(start)
        return self._run(first, end) - self._run(first, start)

    def segments(self, start: datetime, end: datetime) -> Iterator[Segment]:
        """What is open from `start` to `end`, cut off at both."""
        for number in range(self._first(start), self._last(end) + 1):
            for segment in self._month(number).since(start):
                if segment.opens < end:
                    yield Segment(segment.day, max(start, segment.opens), min(end, segment.closes))

    def onward(self, start: datetime) -> Iterator[Segment]:
        """All segments that close after `start`, whole, as long as somebody wants more."""
        for number in self._ahead(start):
            yield from self._month(number).since(start)
        raise NeverOpenError(f"expected open time within {YEARS} years after {start:%Y-%m-%d}")

    def _first(self, at: datetime) -> int:
        """The month of the earliest day whose segments may still be open at a moment."""
        return _number(wall(at, self._zone).date() - _DAY)

    def _last(self, at: datetime) -> int:
        """The month of the latest day that may have begun by a moment.

        It may lie ahead again: clocks that are put back over midnight show yesterday twice.
        """
        return _number(wall(at, self._zone).date() + _DAY)

    def _run(self, first: int, at: datetime) -> timedelta:
        """The open time from the beginning of month `first` to `at`."""
        months = range(first, self._last(at) + 1)
        return sum((self._month(number).before(at) for number in months), _NOTHING)

    def _ahead(self, start: datetime) -> range:
        first = self._first(start)
        return range(first, min(first + YEARS * 12 + 2, _LAST_MONTH))

    def _month(self, number: int) -> Month:
        if number not in self._months:
            self._months[number] = Month(tuple(self._lay_out(number)))
        return self._months[number]

    def _lay_out(self, number: int) -> Iterator[Segment]:
        day = date(number // 12, number % 12 + 1, 1)
        while _number(day) == number:
            for hours in self._hours_of(day):
                opens, closes = (
                    reached(midnight(day) + timedelta(minutes=end), self._zone) for end in minutes(hours)
                )
                if opens < closes and self._comes(day, opens):  # a clock that jumps may leave nothing of it
                    yield Segment(day, opens, closes)
            day += _DAY

    def _comes(self, day: date, opens: datetime) -> bool:
        """Whether there is such a day: a zone that crosses the date line skips one, and its nights too."""
        if wall(opens, self._zone).date() == day:
            return True
        return reached(midnight(day), self._zone) < reached(midnight(day + _DAY), self._zone)


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
