"""Column types that hold the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uuid6
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, LargeBinary, String, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

TEXT_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Moment(TypeDecorator[datetime]):
    """An aware moment. SQLite keeps it as text of fixed width, in UTC, so that it sorts."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone cannot be stored: {value}")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.strftime(TEXT_MOMENT)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None or dialect.name == "postgresql":
            return value if value is None else value.astimezone(UTC)
        return datetime.fromisoformat(value)


Id = Uuid
Sealed = LargeBinary
Json = JSON().with_variant(JSONB(), "postgresql")
Big = BigInteger().with_variant(Integer(), "sqlite")


def new_id() -> UUID:
    """A fresh id (UUIDv7): later ids sort after earlier ones, to the millisecond."""
    return UUID(int=uuid6.uuid7().int)


def made_at(made: UUID) -> datetime:
    """When an id was made, by the clock of the machine that made it."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
