"""What each queue was told in the morning, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, insert, literal_column, or_, select

from bot.core.ticket import Status
from bot.core.wakes import DUE_ANEW, OVERDUE
from storage.dialects import ignoring_duplicates
from storage.schema import digests, dues, scores, tickets
from storage.tx import Tx

LIVE = tickets.c.status != literal_column(f"'{Status.CLOSED}'")  # as the index of live tickets has it
AWAKE = tickets.c.snoozed.is_(False)
ENDS = or_(dues.c.kind == "breach", dues.c.step.in_((OVERDUE, DUE_ANEW)))
UNRESOLVED = tickets.c.status != Status.RESOLVED


@dataclass(frozen=True, slots=True)
class Some:
    """How many tickets there are, and the first of them."""

    count: int
    first: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """How often a question was answered, and what its answers come to."""

    question: str
    count: int
    total: int


def begin(tx: Tx, queue: str, day: date) -> bool:
    """Whether the queue is still to be told that day: of all who ask, one is told yes."""
    row = {"queue": queue, "day": day}
    return tx.connection.execute(ignoring_duplicates(insert(digests)).values(**row)).rowcount == 1


def begun(tx: Tx, day: date) -> set[str]:
    """The queues that were told that day."""
    return set(tx.connection.execute(select(digests.c.queue).where(digests.c.day == day)).scalars())


def due(tx: Tx, queue: str, opens: datetime, after: datetime, until: datetime, limit: int) -> Some:
    """Tickets of before the day `opens` that must be answered or solved in a time, the earliest first."""
    found = (
        select(tickets.c.id, func.min(dues.c.due_at))
        .join(dues, dues.c.ticket_id == tickets.c.id)
        .where(LIVE, *_there(queue, opens), ENDS, dues.c.due_at > after, dues.c.due_at <= until)
        .group_by(tickets.c.id)
        .order_by(func.min(dues.c.due_at))
    )
    return _some(tx, found, limit)


def unclaimed(tx: Tx, queue: str, opens: datetime, limit: int) -> Some:
    """Tickets of before the day `opens` in nobody's hands, the oldest first; not those that are snoozed."""
    found = select(tickets.c.id).where(
        LIVE, UNRESOLVED, *_there(queue, opens), tickets.c.claimer == "", AWAKE
    )
    return _some(tx, found.order_by(tickets.c.opened_at, tickets.c.id), limit)


def pending(tx: Tx, queue: str, opens: datetime) -> int:
    """How many tickets of before the day `opens` wait for their customer, but for those that are snoozed."""
    pending = tickets.c.status == Status.PENDING
    waiting = select(func.count()).where(LIVE, AWAKE, *_there(queue, opens), pending)
    return tx.connection.execute(waiting).scalar_one()


def rated(tx: Tx, queue: str, since: datetime, until: datetime) -> list[Rated]:
    """The answers to surveys that came in that time, by question."""
    rows = tx.connection.execute(
        select(scores.c.question, func.count(), func.sum(scores.c.value))
        .join(tickets, tickets.c.id == scores.c.ticket_id)
        .where(scores.c.at >= since, scores.c.at < until, tickets.c.queue == queue)
        .group_by(scores.c.question)
        .order_by(scores.c.question)
    )
    return [Rated(question, count, int(total)) for question, count, total in rows]


def _there(queue: str, opens: datetime) -> tuple[ColumnElement[bool], ...]:
    """What came since is no news of the morning, where a desk begins its day late."""
    return tickets.c.queue == queue, tickets.c.opened_at <= opens


def _some(tx: Tx, found: Select[Any], limit: int) -> Some:
    count = tx.connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    rows: Sequence[UUID] = tx.connection.execute(found.limit(limit)).scalars().all() if count else ()
    return Some(count, tuple(rows))
