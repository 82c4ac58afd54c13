"""What was promised and has not arrived, as an operator sees it, and how it is tried again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, case, or_, select, update

from storage import doubtful
from storage.leases import ARRIVED
from storage.outbox import bell
from storage.schema import outbox, tickets
from storage.tx import Tx

UNDECIDED = (outbox.c.state == "pending", outbox.c.error != ARRIVED)
"""Of a row that is still to be sent."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A row that was tried without success, or is held back after a restore, until an operator decides.

    `failed`: it was refused for good, and is not tried any more. `changed`: its words are others since it
    was held back.
    """

    id: UUID
    channel: str
    kind: str
    purpose: str
    attempts: int
    failed: bool
    held: bool
    changed: bool
    error: str
    reference: str | None
    created_at: datetime
    retry_at: datetime | None


def stuck(tx: Tx) -> list[Stuck]:
    """Rows that wait to be tried again, or for an operator, and rows that were refused; the oldest first."""
    tried = and_(*UNDECIDED, outbox.c.attempts > 0)
    found = select(outbox, tickets.c.reference).outerjoin(tickets, tickets.c.id == outbox.c.ticket_id)
    wanted = or_(tried, doubtful.is_held(), outbox.c.state == "failed")
    return [_stuck(row) for row in tx.connection.execute(found.where(wanted).order_by(outbox.c.seq))]


def _stuck(row: Row[Any]) -> Stuck:
    return Stuck(
        id=row.id,
        channel=row.channel,
        kind=row.kind,
        purpose=row.purpose,
        attempts=row.attempts,
        failed=row.state == "failed",
        held=row.state == "pending" and row.error in (doubtful.HELD, doubtful.CHANGED),
        changed=row.error == doubtful.CHANGED,
        error=row.error,
        reference=row.reference,
        created_at=row.created_at,
        retry_at=row.retry_at,
    )


def hasten(tx: Tx, row: UUID) -> bool:
    """Try a row that waits at once, and for as long as a new one; false if it does not wait.

    What was refused has no words any more.
    """
    waiting: tuple[ColumnElement[bool], ...] = (outbox.c.id == row, *UNDECIDED)
    not_before = case((doubtful.is_held(), None), else_=outbox.c.not_before)
    now = {"retry_at": None, "not_before": not_before, "error": ""} | doubtful.ANEW
    hastened = update(outbox).where(*waiting).values(**now).returning(outbox.c.channel)
    channel = tx.connection.execute(hastened).scalar_one_or_none()
    if channel:
        tx.ring(bell(channel))
    return channel is not None
