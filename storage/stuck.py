"""What was promised and has not arrived, as an operator sees it, and how it is tried again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select, update

from storage.outbox import bell
from storage.schema import outbox
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Stuck:
    """A row that was tried without success. `failed`: it was refused for good, and is not tried any more."""

    id: UUID
    channel: str
    kind: str
    purpose: str
    attempts: int
    failed: bool
    error: str
    created_at: datetime
    retry_at: datetime | None


def stuck(tx: Tx) -> list[Stuck]:
    """Rows that wait to be tried again, and rows that were refused; the oldest first."""
    tried = and_(outbox.c.state == "pending", outbox.c.attempts > 0)
    rows = tx.connection.execute(
        select(outbox).where(or_(tried, outbox.c.state == "failed")).order_by(outbox.c.seq)
    )
    return [_stuck(row) for row in rows]


def _stuck(row: Row[Any]) -> Stuck:
    return Stuck(
        id=row.id,
        channel=row.channel,
        kind=row.kind,
        purpose=row.purpose,
        attempts=row.attempts,
        failed=row.state == "failed",
        error=row.error,
        created_at=row.created_at,
        retry_at=row.retry_at,
    )


def hasten(tx: Tx, row: UUID) -> bool:
    """Try a row that waits at once; false if it does not wait. What was refused has no words any more."""
    waiting: tuple[ColumnElement[bool], ...] = (outbox.c.id == row, outbox.c.state == "pending")
    hastened = update(outbox).where(*waiting).values(retry_at=None).returning(outbox.c.channel)
    channel = tx.connection.execute(hastened).scalar_one_or_none()
    if channel:
        tx.ring(bell(channel))
    return channel is not None
