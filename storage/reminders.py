"""Reminders that are on record and not told yet: a queue hears of all that one tick brings at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, tuple_

from storage.schema import reminders
from storage.tx import Tx

KEY = (reminders.c.ticket_id, reminders.c.target, reminders.c.cycle, reminders.c.step)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A `step` of a ticket's clock, which is `due_at`; `rank` is that of its priority, the most serious 0."""

    ticket_id: UUID
    target: str
    cycle: int
    step: str
    queue: str
    rank: int
    due_at: datetime


def add(tx: Tx, reminder: Reminder) -> None:
    values = {name: getattr(reminder, name) for name in Reminder.__slots__}
    tx.connection.execute(insert(reminders).values(**values))


def queues(tx: Tx) -> list[str]:
    """The queues that somebody has to be reminded in."""
    return list(tx.connection.execute(select(reminders.c.queue).distinct()).scalars())


def take(tx: Tx, queue: str) -> list[Reminder]:
    """All that a queue is to be told, taken so that nobody else tells it."""
    rows = tx.connection.execute(
        select(reminders).where(reminders.c.queue == queue).with_for_update(skip_locked=True)
    )
    taken = [Reminder(*row) for row in rows]
    for start in range(0, len(taken), BATCH):
        _forget(tx, taken[start : start + BATCH])
    return taken


BATCH = 500
"""Rows named in one statement: databases take only so many values."""


def _forget(tx: Tx, told: Sequence[Reminder]) -> None:
    keys = [(one.ticket_id, one.target, one.cycle, one.step) for one in told]
    tx.connection.execute(delete(reminders).where(tuple_(*KEY).in_(keys)))
