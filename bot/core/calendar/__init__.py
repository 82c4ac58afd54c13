"""Working time: when it is open, and which moment lies a length of open time after another."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby, islice
from operator import attrgetter
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, PlainSerializer, model_validator

from bot.core.calendar.hours import WEEK, Hours, Weekday, overlap
from bot.core.calendar.moments import midnight, reached, utc, wall, zone
from bot.core.calendar.walk import NeverOpenError, Segment, Walk
from bot.core.heard import Value
from bot.core.mistakes import SeveralError

__all__ = ["Calendar", "CalendarException", "Day", "Hours", "NeverOpenError", "Segment", "Weekday", "ZoneKey"]

_DAY = timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


def _thinkable(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"expected a date from {_FIRST_YEAR} to {_LAST_YEAR}, not {day}")
    return day


Day = Annotated[date, AfterValidator(_thinkable)]
Days = Annotated[frozenset[Day], PlainSerializer(sorted, return_type=list[date])]
ZoneKey = Annotated[str, AfterValidator(lambda key: zone(key).key)]


class CalendarException(Value):
    """Other hours from `first` to `last`, both included: Ramadan, a half day, a working weekend.

    Without hours it is closed. Without `days` it is for all days of the week, days off among them. `name` is
    for people.
    """

    first: Day
    last: Day
    hours: Hours = ()
    days: tuple[Weekday, ...] = ()
    name: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last and (not self.days or WEEK[day.weekday()] in self.days)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"expected a last day on or after {self.first}, not {self.last}")
        return self


class Calendar(Value):
    """A week of open hours in one zone, and the days that differ from it.

    A day that is missing in `week` is closed. A segment that closes at or before its opening crosses
    midnight, and belongs to the day it opened on. A later exception wins over an earlier, and any over
    holidays and week. Moments may come in any zone, and are given in UTC. It is open from an opening until
    just before the closing; what is done exactly at closing time is done in time.
    """

    timezone: ZoneKey
    week: dict[Weekday, Hours]
    holidays: Days = frozenset()
    exceptions: tuple[CalendarException, ...] = ()

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The first moment when `span` of open time has run since `start`; without a span, `start`.

        Raises NeverOpenError if that takes more than 25 years.
        """
        if span < timedelta():
            raise ValueError(f"expected a length of open time, not {span}")
        return self._walk.after(utc(start), span) if span else utc(start)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` to `end`; less than nothing, if `end` is the earlier."""
        start, end = utc(start), utc(end)
        return self._walk.between(start, end) if start <= end else -self._walk.between(end, start)

    def segments(self, start: datetime, end: datetime) -> tuple[Segment, ...]:
        """What is open from `start` to `end`, in order, cut off at both."""
        return tuple(self._walk.segments(utc(start), utc(end)))

    def is_open(self, at: datetime) -> bool:
        return bool(self.segments(at, utc(at) + timedelta.resolution))

    def next_open(self, at: datetime) -> datetime:
        """The first open moment from `at` on: itself, when it is open. Raises NeverOpenError like `after`."""
        return max(utc(at), next(self._walk.onward(utc(at))).opens)

    def after_days(self, start: datetime, days: int) -> datetime:
        """The same local time on the Nth working day after the one of `start`; without days, `start`.

        A start outside the hours counts from the next opening. Where that time is not open on the Nth day,
        it is the opening of the day, if it comes before that, and else the end of the segment before it.
        """
        if days < 0:
            raise ValueError(f"expected a number of working days, not {days}")
        if not days:
            return utc(start)
        begun = self.next_open(start)
        working_days = self._working_days(begun)
        first, _ = next(working_days)
        last, segments = next(islice(working_days, days - 1, None))
        shown = midnight(last) + (wall(begun, self._zone) - midnight(first))
        return _held_to(segments, reached(shown, self._zone))

    def days_after(self, start: datetime, days: int) -> tuple[date, ...]:
        """The working days that `after_days` counts: local dates, the day of the start not among them."""
        return tuple(day for day, _ in islice(self._working_days(utc(start)), 1, days + 1))

    def hours_of(self, day: date) -> Hours:
        """The hours of a local date."""
        if exception := self.exception_on(day):
            return exception.hours
        return () if day in self.holidays else self.usual_hours(day)

    def exception_on(self, day: date) -> CalendarException | None:
        """What a local date is an exception by: the last that holds."""
        return next((one for one in reversed(self.exceptions) if one.covers(day)), None)

    def usual_hours(self, day: date) -> Hours:
        """The hours that a date would have by the week alone."""
        return self.week.get(WEEK[day.weekday()], ())

    def local_date(self, at: datetime) -> date:
        return wall(utc(at), self._zone).date()

    def with_days(self, holidays: Iterable[date], exceptions: Iterable[CalendarException] = ()) -> "Calendar":
        """The same week with these holidays too, and with further exceptions, which win over those it has."""
        return Calendar(
            timezone=self.timezone,
            week=self.week,
            holidays=self.holidays | frozenset(holidays),
            exceptions=(*self.exceptions, *exceptions),
        )

    def __copy__(self) -> Self:
        """A copy may be given other days, so it lays out its own."""
        copied = super().__copy__()
        copied.__dict__.pop("_walk", None)
        return copied

    @model_validator(mode="after")
    def _is_open_sometimes(self) -> Self:
        if not any(self.week.values()):
            raise ValueError('expected a week with some open time, such as sun = [["09:00", "17:00"]]')
        return self

    @model_validator(mode="after")
    def _days_do_not_overlap(self) -> Self:
        """What is wrong with the week is not told again of the days around an exception."""
        if told := _overlaps(self._in_the_week()) or _overlaps(self._around_exceptions()):
            raise SeveralError(told)
        return self

    def _in_the_week(self) -> Iterator[tuple[str, Hours, Hours]]:
        """The hours of every day of the week, with those of the day after."""
        for key, tomorrow in zip(WEEK, (*WEEK[1:], WEEK[0]), strict=True):
            yield key, self.week.get(key, ()), self.week.get(tomorrow, ())

    def _around_exceptions(self) -> Iterator[tuple[str, Hours, Hours]]:
        """The same of every kind of day that there is in an exception, and beside it."""
        for exception in self.exceptions:
            for turn in (exception.first, exception.last + _DAY):
                for day in (turn + later * _DAY for later in range(-1, len(WEEK))):
                    yield str(day), self.hours_of(day), self.hours_of(day + _DAY)

    def _working_days(self, start: datetime) -> Iterator[tuple[date, Iterator[Segment]]]:
        """The days with open time from `start` on, each with its segments."""
        return groupby(self._walk.onward(start), key=attrgetter("day"))

    @cached_property
    def _zone(self) -> ZoneInfo:
        return zone(self.timezone)

    @cached_property
    def _walk(self) -> Walk:
        return Walk(self._zone, self.hours_of)


def _overlaps(days: Iterable[tuple[str, Hours, Hours]]) -> dict[str, None]:
    """Each once, in their order, as it is told."""
    return {
        f"expected hours that do not overlap: {key} {runs_into}": None
        for key, day, following in days
        if (runs_into := overlap(day, following))
    }


def _held_to(segments: Iterable[Segment], moment: datetime) -> datetime:
    """The moment itself if the segments hold it or end with it, else as `Calendar.after_days` tells."""
    held: datetime | None = None
    for segment in segments:
        if held is not None and moment < segment.opens:
            break
        held = min(max(moment, segment.opens), segment.closes)
    assert held is not None
    return held
