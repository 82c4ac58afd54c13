"""Lengths of time as people write them in a file: "90 minutes", "8 business hours", "2 business days"."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Annotated, Any, Literal, Protocol

from pydantic import BeforeValidator, Field, PlainSerializer, model_serializer, model_validator

from bot.core.calendar import Calendar, Segment
from bot.core.calendar.moments import reached, utc, wall
from bot.core.heard import Value

UNITS = ("second", "minute", "hour", "day")
WRITTEN = re.compile(rf"\s*([0-9]{{1,6}})\s+(business\s+)?({'|'.join(UNITS)})s?\s*")

Kind = Literal["plain", "business", "days"]


def plain(written: object) -> timedelta:
    """The length that was written, or ValueError with an example. Plain time runs at night too."""
    if isinstance(written, timedelta):
        return written
    match = WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if match is None or match[2]:
        raise ValueError(
            f'expected a length of plain time such as "72 hours" or "30 minutes", not {written!r}'
        )
    return timedelta(**{f"{match[3]}s": int(match[1])})


def said(span: timedelta) -> str:
    """The shortest way to write a length of whole seconds: `timedelta(hours=72)` -> "3 days"."""
    return _said(span, UNITS)


def _said(span: timedelta, units: tuple[str, ...], business: str = "") -> str:
    for unit in reversed(units):
        size = timedelta(**{f"{unit}s": 1})
        if span % size == timedelta():
            return _counted(span // size, f"{business}{unit}")
    raise ValueError(f"{span} is not made of whole seconds")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


PlainSpan = Annotated[timedelta, BeforeValidator(plain), PlainSerializer(said, return_type=str)]
"""Lengths of plain time, as people write them."""


class Axis(Protocol):
    """What a length is measured on: open time, or all time."""

    def after(self, start: datetime, span: timedelta) -> datetime: ...

    def between(self, start: datetime, end: datetime) -> timedelta: ...

    def segments(self, start: datetime, end: datetime) -> Iterable[Segment]: ...


class AllTime:
    """Plain time, which runs at night too. Its moments are in UTC."""

    def after(self, start: datetime, span: timedelta) -> datetime:
        return utc(start) + span

    def between(self, start: datetime, end: datetime) -> timedelta:
        return utc(end) - utc(start)

    def segments(self, start: datetime, end: datetime) -> tuple[Segment, ...]:
        start, end = utc(start), utc(end)
        return (Segment(start.date(), start, end),) if start < end else ()


class Span(Value):
    """A promised length, written as people do: `Span.model_validate("8 business hours")`.

    `amount` counts seconds of plain time, seconds of open time (`business`), or working days (`days`), which
    are never turned into hours.
    """

    kind: Kind
    amount: int = Field(ge=0)

    @model_validator(mode="before")
    @classmethod
    def _written(cls, raw: Any) -> Any:
        return raw if isinstance(raw, dict | Span) else _parts(raw)

    @model_serializer
    def said(self) -> str:
        """The shortest way to write it, which reads back as the same."""
        if self.kind == "days":
            return _counted(self.amount, "business day")
        if self.kind == "business":
            return _said(self.time, UNITS[:-1], "business ")
        return said(self.time)

    def __str__(self) -> str:
        return self.said()

    @property
    def time(self) -> timedelta:
        """The length in plain or open time; working days have none."""
        return timedelta(seconds=self.amount) if self.kind != "days" else timedelta()

    def assumed(self, calendar: Calendar | None) -> bool:
        """Whether a due moment can only be assumed, because no week is known."""
        return calendar is None and self.kind != "plain"

    def axis(self, calendar: Calendar | None) -> Axis:
        """What it is measured on; where no week is known, every hour counts."""
        return AllTime() if calendar is None or self.kind == "plain" else calendar

    def due(self, start: datetime, calendar: Calendar | None = None, zone: tzinfo = UTC) -> datetime:
        """The moment, in UTC, when it ends if it begins at `start`.

        Without a calendar (no week is known) it is the earliest that it could be: open hours are then all
        hours, and working days all days, at the same local time in `zone`.
        """
        if self.kind != "days":
            return self.axis(calendar).after(start, self.time)
        if calendar is None:
            return reached(wall(utc(start), zone) + timedelta(days=self.amount), zone)
        return calendar.after_days(start, self.amount)


def span(written: str) -> Span:
    """The length that was written: `span("2 business days")`, or pydantic's ValidationError, a ValueError."""
    return Span.model_validate(written)


def _parts(written: object) -> dict[str, Any]:
    match = WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise ValueError(
            f'expected a length such as "4 hours", "8 business hours" or "2 business days", not {written!r}'
        )
    count, business, unit = int(match[1]), match[2], match[3]
    if business and unit == "day":
        return {"kind": "days", "amount": count}
    length = timedelta(**{f"{unit}s": count})
    return {"kind": "business" if business else "plain", "amount": length // timedelta(seconds=1)}
