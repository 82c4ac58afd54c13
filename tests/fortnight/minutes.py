"""Working minutes, counted one by one beforehand: slow to make, and nothing of the product's is in it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import accumulate, islice, pairwise
from math import ceil

from tests.core.plain_walk import Minute, PlainWalk

MINUTE = timedelta(minutes=1)


@dataclass
class Walked(PlainWalk):
    """A walk that is gone once, from `first` on for `span` days, and remembered."""

    first: datetime = field(kw_only=True)
    span: int = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._gone = list(islice(super().minutes(self.first), self.span * 24 * 60))

    def minutes(self, start: datetime) -> Iterator[Minute]:
        return islice(self._gone, (start - self.first) // MINUTE, None)


@dataclass
class Minutes:
    """Every minute from `first` for `days`: whether it is open. Without a walk, every one is."""

    first: datetime
    days: int
    walk: PlainWalk | None
    _done: dict[tuple[datetime, int], datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.open = [True] * (self.days * 24 * 60)
        if self.walk:
            minutes = self.walk.minutes(self.first)
            self.open = [next(minutes).day is not None for _ in self.open]
        self.before: Sequence[int] = [0, *accumulate(self.open)]

    def place(self, at: datetime) -> int:
        place, rest = divmod(at - self.first, MINUTE)
        assert not rest, f"{at} is no whole minute"
        return place

    def between(self, since: datetime, until: datetime) -> int:
        return self.before[self.place(until)] - self.before[self.place(since)]

    def after(self, start: datetime, minutes: Fraction | int) -> datetime:
        """The moment by which so many open ones have passed, of the last of them perhaps a part."""
        if not minutes:
            return start
        whole = ceil(minutes)
        last = self.first + bisect_left(self.before, self.before[self.place(start)] + whole) * MINUTE
        return last - float(whole - minutes) * MINUTE

    def next_open(self, at: datetime) -> datetime:
        """The moment itself, if it is in an open minute."""
        minute = (at - self.first) // MINUTE
        return at if self.open[minute] else self.first + self.open.index(True, minute) * MINUTE

    def last_opening(self, before: datetime) -> tuple[datetime, datetime]:
        """The last run of open minutes that began before a moment: its first, and the one after its last."""
        end = (before - self.first) // MINUTE
        while not self.open[end - 1]:
            end -= 1
        begin = end
        while self.open[begin - 1]:
            begin -= 1
        return self.first + begin * MINUTE, self.first + end * MINUTE

    def after_days(self, start: datetime, days: int) -> datetime:
        if (start, days) not in self._done:
            assert self.walk
            self._done[start, days] = self.walk.after_days(start, days)
        return self._done[start, days]


def gaps(moments: Sequence[datetime], end: datetime) -> list[tuple[datetime, datetime]]:
    """From each moment to the one after it, and from the last to the end."""
    return list(pairwise([*moments, end]))
