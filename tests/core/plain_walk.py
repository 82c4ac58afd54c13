"""Working time once more, minute by minute and without a thought, to hold the calendar against.

It shares no code with `bot.core.calendar`, reads the same written week, and is slow. A minute is open when
the latest minute that the clock on the wall has shown by then (it may be put back) lies in the hours of a
day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FARTHEST_BACK = timedelta(hours=3)  # none of the clocks that are tried is put back by more
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Written = list[tuple[str, str]]


class Minute(NamedTuple):
    at: datetime
    shown: datetime
    day: date | None  # whose hours it belongs to; None when it is closed


@dataclass
class PlainWalk:
    """The same arguments as a Calendar's. Moments are whole minutes in UTC."""

    timezone: str
    week: dict[str, Written]
    holidays: set[date] = field(default_factory=set)
    exceptions: list[tuple[date, date, Written, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.zone = ZoneInfo(self.timezone)
        self.opens: dict[date, list[bool]] = {}

    def after(self, start: datetime, minutes: int) -> datetime:
        for minute in self.minutes(start):
            if minutes == 0:
                return minute.at
            minutes -= minute.day is not None
        raise AssertionError

    def between(self, start: datetime, end: datetime) -> int:
        walked = takewhile(lambda minute: minute.at < end, self.minutes(start))
        return sum(minute.day is not None for minute in walked)

    def next_open(self, start: datetime) -> datetime:
        return next(minute.at for minute in self.minutes(start) if minute.day)

    def after_days(self, start: datetime, days: int) -> datetime:
        first = next(minute for minute in self.minutes(start) if minute.day)
        assert first.day is not None
        that_day = self.open_minutes(first, days)
        assert that_day[0].day is not None
        local = first.at.astimezone(self.zone).replace(tzinfo=None)
        wanted = local - midnight(first.day) + midnight(that_day[0].day)
        before = [minute for minute in that_day if minute.shown < wanted]
        same = [minute for minute in that_day if minute.shown == wanted]
        if same or not before:
            return (same or that_day)[0].at
        return before[-1].at + MINUTE

    def open_minutes(self, first: Minute, days: int) -> list[Minute]:
        """All open minutes of the Nth working day after the one of `first`."""
        found: dict[date, list[Minute]] = {}
        for minute in self.minutes(first.at):
            if minute.day:
                found.setdefault(minute.day, []).append(minute)
            if len(found) == days + 2:
                return list(found.values())[days]
        raise AssertionError

    def minutes(self, start: datetime) -> Iterator[Minute]:
        at, latest = start - FARTHEST_BACK, datetime.min  # noqa: DTZ901 - what a wall shows has no zone
        while True:
            latest = max(latest, at.astimezone(self.zone).replace(tzinfo=None))
            if at >= start:
                yield Minute(at, latest, self.day_of(latest))
            at += MINUTE

    def day_of(self, shown: datetime) -> date | None:
        today, minute = shown.date(), shown.hour * 60 + shown.minute
        if self.two_days(today - DAY)[24 * 60 + minute]:
            return today - DAY
        return today if self.two_days(today)[minute] else None

    def two_days(self, day: date) -> list[bool]:
        """For each minute since a midnight, whether that day's hours hold it; they may end on the next."""
        if day not in self.opens:
            self.opens[day] = [False] * (48 * 60)
            for opens, closes in self.hours(day) if self.comes(day) else ():
                begins, ends = in_minutes(opens), in_minutes(closes)
                for minute in range(begins, ends if ends > begins else ends + 24 * 60):
                    self.opens[day][minute] = True
        return self.opens[day]

    def comes(self, day: date) -> bool:
        """Whether some hour of the world is on that day in this zone."""
        hours = (datetime.combine(day, time(), UTC) + timedelta(hours=hour) for hour in range(-24, 48))
        return any(hour.astimezone(self.zone).date() == day for hour in hours)

    def hours(self, day: date) -> Written:
        for first, last, hours, days in self.exceptions[::-1]:
            if first <= day <= last and (not days or DAYS[day.weekday()] in days):
                return hours
        return [] if day in self.holidays else self.week.get(DAYS[day.weekday()], [])


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def in_minutes(written: str) -> int:
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)
