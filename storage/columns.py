"""Column types that hold the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, LargeBinary, String, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from uuid_utils import compat

Convert = Callable[[Any], Any]

LENGTH = 26
"""Of a moment's text without its zone."""


class Moment(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps it as text of fixed width, in UTC, so that it sorts."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _in_utc if dialect.name == "postgresql" else _as_text

    def result_processor(self, dialect: Dialect, _coltype: object) -> Convert:
        return _in_utc if dialect.name == "postgresql" else _from_text


def _in_utc(value: datetime | None) -> datetime | None:
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError(f"a moment without a zone cannot be stored: {value}")
    return value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    moment = _in_utc(value)
    return None if moment is None else moment.isoformat(timespec="microseconds")[:LENGTH] + "Z"


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


Id = Uuid
Sealed = LargeBinary
Json = JSON().with_variant(JSONB(), "postgresql")
Big = BigInteger().with_variant(Integer(), "sqlite")


def new_id() -> UUID:
    """A fresh id (UUIDv7): later ids sort after earlier ones, to the millisecond."""
    return compat.uuid7()


def made_at(made: UUID) -> datetime:
    """When an id was made, by the clock of the machine that made it."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
