"""Messages that are held back since a backup was put back: their customers may have them already."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select, update

from storage.dialects import is_exactly
from storage.outbox import Matter, sealed
from storage.schema import outbox
from storage.tx import Tx

HELD = "restored"
"""What is noted of a row that waits for an operator: it may have been sent before a restore."""

CHANGED = "restored, changed"
"""And of one whose words were changed meanwhile: what may have been sent is something else."""


ANEW = {"attempts": case((outbox.c.attempts > 0, 1), else_=0), "tried_since": None}
"""A row has as much time as a new one; that it was tried, `sanad outbox list` goes on telling."""


def is_held() -> ColumnElement[bool]:
    """Of a row: whether it is held back for an operator."""
    return and_(is_exactly(outbox.c.state, "pending"), outbox.c.error.in_((HELD, CHANGED)))


def count(tx: Tx) -> int:
    """How many are held back."""
    return int(tx.connection.execute(select(func.count()).select_from(outbox).where(is_held())).scalar_one())


def holds(tx: Tx, row: UUID | None) -> bool:
    """Whether this row is held back, so that its customer may have it."""
    return tx.connection.execute(select(outbox.c.id).where(outbox.c.id == row, is_held())).first() is not None


def withdraw(tx: Tx, row: UUID, at: datetime) -> bool:
    """What is held back is not wanted any more, whether it was sent or not; false if it is not held back."""
    values = {"state": "withdrawn", "payload": None, "settled_at": at}
    return (
        tx.connection.execute(update(outbox).where(outbox.c.id == row, is_held()).values(**values)).rowcount
        == 1
    )


def change(tx: Tx, row: UUID, what: Matter) -> bool:
    """Other words are held back in place of these; false if it is not held back."""
    found = tx.lock(outbox, outbox.c.id == row, is_held())
    if found is None:
        return False
    values = {"payload": sealed(tx, found.owner, row, what), "error": CHANGED}
    tx.connection.execute(update(outbox).where(outbox.c.id == row).values(**values))
    return True
