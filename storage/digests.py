"""What each queue was told in the morning, and how it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, insert, literal_column, or_, select

from bot.core.ticket import Status
from bot.core.wakes import DUE_ANEW, OVERDUE
from storage.dialects import ignoring_duplicates
from storage.prepared import Prepared
from storage.schema import digests, dues, scores, tickets
from storage.tx import Tx

LIVE = tickets.c.status != literal_column(f"'{Status.CLOSED}'")  # as the index of live tickets has it
AWAKE = tickets.c.snoozed.is_(False)
ENDS = or_(dues.c.kind == "breach", dues.c.step == OVERDUE, dues.c.step == DUE_ANEW)
# What came since the day began is no news of the morning, where a desk begins its day late.
THERE = (LIVE, tickets.c.queue == bindparam("of_queue"), tickets.c.opened_at <= bindparam("opens"))


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


class Counted:
    """Tickets of which the first are told, and how many there are."""

    def __init__(self, found: Select[Any]) -> None:
        self._count = Prepared(select(func.count()).select_from(found.subquery()))
        self._first = Prepared(found.limit(bindparam("most")))

    def some(self, tx: Tx, limit: int, **told: Any) -> Some:
        count = self._count.scalar(tx, **told)
        first = self._first.all(tx, most=limit, **told) if count else ()
        return Some(count, tuple(row.id for row in first))


BEGIN = Prepared(ignoring_duplicates(insert(digests)), ("queue", "day"))
BEGUN = Prepared(select(digests.c.queue).where(digests.c.day == bindparam("of_day")))
PENDING = Prepared(select(func.count()).where(*THERE, AWAKE, tickets.c.status == Status.PENDING))
RATED = Prepared(
    select(scores.c.question, func.count(), func.sum(scores.c.value))
    .join(tickets, tickets.c.id == scores.c.ticket_id)
    .where(
        scores.c.at >= bindparam("since"),
        scores.c.at < bindparam("until"),
        tickets.c.queue == bindparam("of_queue"),
    )
    .group_by(scores.c.question)
    .order_by(scores.c.question)
)
DUE = Counted(
    select(tickets.c.id)
    .join(dues, dues.c.ticket_id == tickets.c.id)
    .where(*THERE, ENDS, dues.c.due_at > bindparam("after"), dues.c.due_at <= bindparam("until"))
    .group_by(tickets.c.id)
    .order_by(func.min(dues.c.due_at))
)
UNCLAIMED = Counted(
    select(tickets.c.id)
    .where(*THERE, tickets.c.status != Status.RESOLVED, tickets.c.claimer == "", AWAKE)
    .order_by(tickets.c.opened_at, tickets.c.id)
)


def begin(tx: Tx, queue: str, day: date) -> bool:
    """Whether the queue is still to be told that day: of all who ask, one is told yes."""
    return BEGIN.run(tx, queue=queue, day=day) == 1


def begun(tx: Tx, day: date) -> set[str]:
    """The queues that were told that day."""
    return {row.queue for row in BEGUN.all(tx, of_day=day)}


def due(tx: Tx, queue: str, opens: datetime, after: datetime, until: datetime, limit: int) -> Some:
    """Tickets of before the day `opens` that must be answered or solved in a time, the earliest first."""
    return DUE.some(tx, limit, of_queue=queue, opens=opens, after=after, until=until)


def unclaimed(tx: Tx, queue: str, opens: datetime, limit: int) -> Some:
    """Tickets of before the day `opens` in nobody's hands, the oldest first; not those that are snoozed."""
    return UNCLAIMED.some(tx, limit, of_queue=queue, opens=opens)


def pending(tx: Tx, queue: str, opens: datetime) -> int:
    """How many tickets of before the day `opens` wait for their customer, but for those that are snoozed."""
    return int(PENDING.scalar(tx, of_queue=queue, opens=opens))


def rated(tx: Tx, queue: str, since: datetime, until: datetime) -> list[Rated]:
    """The answers to surveys that came in that time, by question."""
    rows = RATED.all(tx, of_queue=queue, since=since, until=until)
    return [Rated(question, count, int(total)) for question, count, total in rows]
