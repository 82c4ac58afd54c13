"""The lists that agents work from: what is in whose hands, in nobody's, waiting, overdue; page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, delete, func, literal_column, or_, select

from bot.core.ticket import Status
from bot.core.wakes import DUE_ANEW, OVERDUE
from storage.dialects import is_exactly, upsert
from storage.prepared import Prepared
from storage.schema import dues, late, tickets
from storage.tx import Tx

LIVE = tickets.c.status != literal_column(f"'{Status.CLOSED}'")  # as the partial indexes have it
WORKED = tickets.c.status != Status.RESOLVED
AWAKE = tickets.c.snoozed.is_(False)
IN_HAND = tickets.c.claimer != literal_column("''")

ENDS = or_(dues.c.kind == "breach", dues.c.step.in_((OVERDUE, DUE_ANEW)))
DUE_AT = select(func.min(dues.c.due_at)).where(dues.c.ticket_id == tickets.c.id, ENDS).scalar_subquery()
COLUMNS = (tickets.c.id, late.c.since, late.c.promised, DUE_AT.label("due_at"))

NEW_LATE = upsert(late)
PUT_LATE = Prepared(
    NEW_LATE.on_conflict_do_update(
        index_elements=["ticket_id"],
        set_={"since": NEW_LATE.excluded.since, "promised": NEW_LATE.excluded.promised},
    ),
    ("ticket_id", "since", "promised"),
)
FORGET_LATE = Prepared(delete(late).where(late.c.ticket_id == bindparam("of_ticket")))


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket of a list: since when it is past its due moment, or else when it is due.

    Only what is past a moment that was `promised` is overdue.
    """

    ticket_id: UUID
    late_since: datetime | None
    promised: bool | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list, and how many there are in all."""

    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a queue stands, in numbers."""

    queue: str
    open: int
    unclaimed: int
    late: int


def _listed(*where: ColumnElement[bool]) -> Select[Any]:
    joined = select(*COLUMNS).outerjoin(late, late.c.ticket_id == tickets.c.id)
    return joined.where(LIVE, WORKED, *where)


def mine(user: str) -> Select[Any]:
    """What an agent holds: what is past its due moment first, then by what is due."""
    found = _listed(IN_HAND, tickets.c.claimer == user)
    due_at = literal_column("due_at", DUE_AT.type)
    return found.order_by(late.c.since.nulls_last(), due_at.nulls_last(), tickets.c.id)


def unclaimed(queues: Sequence[str]) -> Select[Any]:
    """What nobody holds, the oldest first."""
    nobodys = is_exactly(tickets.c.claimer, "")
    return _listed(nobodys, AWAKE, tickets.c.queue.in_(queues)).order_by(tickets.c.opened_at, tickets.c.id)


def waiting(queues: Sequence[str]) -> Select[Any]:
    """What waits for its customer, the longest first."""
    pending = tickets.c.status == Status.PENDING
    return _listed(pending, AWAKE, tickets.c.queue.in_(queues)).order_by(tickets.c.touched_at, tickets.c.id)


def overdue(queues: Sequence[str]) -> Select[Any]:
    """What is late and still not done, the latest first."""
    found = select(*COLUMNS).select_from(late)
    return (
        found.join(tickets, tickets.c.id == late.c.ticket_id)
        .where(LIVE, late.c.promised, tickets.c.queue.in_(queues))
        .order_by(late.c.since, tickets.c.id)
    )


LISTS: dict[str, Callable[[str, Sequence[str]], Select[Any]]] = {
    "mine": lambda user, _queues: mine(user),
    "unclaimed": lambda _user, queues: unclaimed(queues),
    "waiting": lambda _user, queues: waiting(queues),
    "overdue": lambda _user, queues: overdue(queues),
}
"""Those that there are, by name: each of what a user may see, in the queues that they may see."""


def page(tx: Tx, found: Select[Any], number: int, size: int) -> Page:
    """One page of a list, counted from 0; the last one where there are fewer."""
    count = tx.connection.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    last = max(0, (count - 1) // size)
    rows = tx.connection.execute(found.limit(size).offset(size * min(number, last))) if count else ()
    return Page(count, tuple(Row(*row) for row in rows))


def by_queue(queues: Sequence[str]) -> Select[Any]:
    """How many are under work in each queue, in nobody's hands, and overdue."""
    unclaimed = func.sum(case((tickets.c.claimer == "", 1), else_=0))
    overdue = func.sum(case((late.c.promised, 1), else_=0))
    return (
        select(tickets.c.queue, func.count(), unclaimed, overdue)
        .outerjoin(late, late.c.ticket_id == tickets.c.id)
        .where(LIVE, WORKED, tickets.c.queue.in_(queues))
        .group_by(tickets.c.queue)
    )


def standing(tx: Tx, queues: Sequence[str]) -> dict[str, Standing]:
    """How the queues stand; one without work is not among them."""
    rows = tx.connection.execute(by_queue(queues))
    return {queue: Standing(queue, count, int(free), int(behind)) for queue, count, free, behind in rows}


def put_late(tx: Tx, ticket_id: UUID, since: datetime | None, *, promised: bool = True) -> None:
    """Since when a ticket is past its due moment, by a promise or by the desk's own; None when it is not."""
    if since is None:
        FORGET_LATE.run(tx, of_ticket=ticket_id)
    else:
        PUT_LATE.run(tx, ticket_id=ticket_id, since=since, promised=promised)
