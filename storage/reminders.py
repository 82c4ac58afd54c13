"""Reminders that are on record and not told yet: a queue hears of all that one tick brings at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select

from storage.prepared import Prepared
from storage.schema import reminders
from storage.tx import Tx

KEY = ("ticket_id", "target", "cycle", "step")


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


ADD = Prepared(insert(reminders), Reminder.__slots__)
QUEUES = Prepared(select(reminders.c.queue).distinct())
TAKE = Prepared(
    select(reminders).where(reminders.c.queue == bindparam("of_queue")).with_for_update(skip_locked=True)
)
FORGET = Prepared(delete(reminders).where(*(reminders.c[name] == bindparam(name) for name in KEY)))


def add(tx: Tx, reminder: Reminder) -> None:
    ADD.run(tx, **{name: getattr(reminder, name) for name in Reminder.__slots__})


def queues(tx: Tx) -> list[str]:
    """The queues that somebody has to be reminded in."""
    return [row.queue for row in QUEUES.all(tx)]


def take(tx: Tx, queue: str) -> list[Reminder]:
    """All that a queue is to be told, taken so that nobody else tells it."""
    taken = [Reminder(*row) for row in TAKE.all(tx, of_queue=queue)]
    FORGET.run_for_each(tx, [{name: getattr(one, name) for name in KEY} for one in taken])
    return taken
