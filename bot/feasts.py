"""Feasts that wait for the moon: the days that the holidays package gives them, or that were announced."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bot.core.hours import Announced

REACH = timedelta(days=4)
"""How far from where it was estimated or announced a feast is still the same one: the next is weeks away."""

_DAY = timedelta(days=1)
_Dated = Iterable[tuple[date, bool]]


def moves(entity: Any, years: tuple[int, ...], announced: Iterable[Announced]) -> Mapping[date, date]:
    """Where each day of the feasts that were announced goes, by the country `entity` of the package."""
    feasts = list(_runs(_feast_days(entity, years)))
    moved: dict[date, date] = {}
    for word in announced:
        for days in [days for days in feasts if _same(days[0], word)][:1]:
            moved |= {day: day + (word.first - days[0]) for day in days}
    return moved


def moving(entity: Any, moved: Mapping[date, date], *, certain: bool = True) -> Any:
    """The country with these days of its feasts moved.

    They are `certain` then, or else all feasts are marked as estimates. Days that make up for a feast on a
    weekend follow by the country's own rules. The package puts every feast of the Islamic year into the
    calendar by this one method.
    """

    class Moved(entity):  # type: ignore[misc]  # the package's classes are untyped
        def _add_islamic_calendar_holiday_set(self, name: str, dated: _Dated, days_delta: int = 0) -> Any:
            days = ((dt + days_delta * _DAY, estimated) for dt, estimated in dated)
            put = [
                (moved.get(day, day), not certain or (estimated and day not in moved))
                for day, estimated in days
            ]
            return super()._add_islamic_calendar_holiday_set(name, put)

    return Moved


def first_days(days: Iterable[date]) -> dict[date, date]:
    """The days of feasts, each with the first of its own feast; a weekend may lie within one."""
    return {day: run[0] for run in _runs(days, gap=3 * _DAY) for day in run}


def _feast_days(entity: Any, years: tuple[int, ...]) -> set[date]:
    """The days that the package itself gives to feasts, without those that make up for a weekend."""
    found: set[date] = set()

    class Seen(entity):  # type: ignore[misc]  # the package's classes are untyped
        def _add_islamic_calendar_holiday_set(self, name: str, dated: _Dated, days_delta: int = 0) -> Any:
            days = super()._add_islamic_calendar_holiday_set(name, dated, days_delta)
            found.update(days)
            return days

    dict(Seen(years=years, expand=False))
    return found


def _same(first: date, word: Announced) -> bool:
    return abs(first - word.estimated) <= REACH or abs(first - word.first) <= REACH


def _runs(days: Iterable[date], gap: timedelta = _DAY) -> Iterator[list[date]]:
    """Days that follow one another, with no more than `gap` from one to the next."""
    run: list[date] = []
    for day in sorted(days):
        if run and day - run[-1] > gap:
            yield run
            run = []
        run.append(day)
    if run:
        yield run
