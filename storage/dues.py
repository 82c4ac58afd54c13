"""What time will do to tickets: rows that can always be made again from the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from storage.prepared import Prepared
from storage.schema import dues
from storage.tx import Tx

Key = tuple[str, int, str]

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 600, 3600))
"""How long something that failed waits before it is tried again: the first time, the second, ..."""

OF_TICKET = Prepared(
    select(dues).where(dues.c.ticket_id == bindparam("of_ticket")).order_by(dues.c.due_at, dues.c.step)
)
PUT = Prepared(insert(dues), ("ticket_id", "target", "cycle", "step", "kind", "due_at"))
FORGET = Prepared(
    delete(dues).where(
        dues.c.ticket_id == bindparam("of_ticket"),
        dues.c.target == bindparam("of_target"),
        dues.c.cycle == bindparam("of_cycle"),
        dues.c.step == bindparam("of_step"),
    )
)
COMING = Prepared(select(dues).where(dues.c.due_at > bindparam("after")).order_by(dues.c.due_at).limit(1))
RIPE = (
    select(dues.c.ticket_id)
    .where(
        dues.c.due_at <= bindparam("at"),
        or_(dues.c.retry_at.is_(None), dues.c.retry_at <= bindparam("now")),
    )
    .order_by(dues.c.due_at)
    .limit(bindparam("most"))
)
FIND_RIPE = Prepared(RIPE)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that happens to a ticket at `due_at`: (`target`, `cycle`, `step`) is unique in a ticket."""

    target: str
    cycle: int
    step: str
    kind: str
    due_at: datetime

    @property
    def key(self) -> Key:
        return self.target, self.cycle, self.step


def plan(tx: Tx, ticket_id: UUID, planned: Iterable[Due]) -> list[Due]:
    """From now on this, and nothing else, will happen to the ticket; tells what no longer will.

    The caller holds the ticket's lock.
    """
    wanted = {due.key: due for due in planned}
    known = {due.key: due for due in of_ticket(tx, ticket_id)}
    if gone := [key for key, due in known.items() if wanted.get(key) != due]:
        FORGET.run_for_each(tx, [_place(ticket_id, key) for key in gone])
    if new := [due for key, due in wanted.items() if known.get(key) != due]:
        PUT.run_for_each(tx, [_values(ticket_id, due) for due in new])
    return [known[key] for key in gone]


def of_ticket(tx: Tx, ticket_id: UUID) -> list[Due]:
    """What will happen to a ticket, the earliest first."""
    rows = OF_TICKET.all(tx, of_ticket=ticket_id)
    return [Due(row.target, row.cycle, row.step, row.kind, row.due_at) for row in rows]


def ripe(tx: Tx, at: datetime, now: datetime, limit: int) -> list[UUID]:
    """Tickets to which something is due `at` a moment of desk time, the longest overdue first.

    What failed lately waits until its `retry_at` (machine time, as `now`).
    """
    return list(dict.fromkeys(row.ticket_id for row in FIND_RIPE.all(tx, at=at, now=now, most=limit)))


def put_off(tx: Tx, ticket_id: UUID, at: datetime, now: datetime) -> None:
    """What is due to a ticket `at` a moment failed: it waits, longer each time (machine time, as `now`)."""
    failed = (dues.c.ticket_id == ticket_id, dues.c.due_at <= at)
    tried = tx.connection.execute(select(func.max(dues.c.attempts)).where(*failed)).scalar() or 0
    until = now + PAUSES[min(tried, len(PAUSES) - 1)]
    tx.connection.execute(update(dues).where(*failed).values(attempts=dues.c.attempts + 1, retry_at=until))


def next_at(tx: Tx) -> datetime | None:
    """When the next thing is due, which may lie in the past."""
    return tx.connection.execute(select(dues.c.due_at).order_by(dues.c.due_at).limit(1)).scalar()


def coming(tx: Tx, after: datetime) -> Due | None:
    """What is due first after a moment."""
    row = COMING.one_or_none(tx, after=after)
    return Due(row.target, row.cycle, row.step, row.kind, row.due_at) if row else None


def due_at(tx: Tx, moment: datetime) -> list[Due]:
    """All that is due at that very moment, to whatever ticket."""
    rows = tx.connection.execute(select(dues).where(dues.c.due_at == moment))
    return [Due(row.target, row.cycle, row.step, row.kind, row.due_at) for row in rows]


def _place(ticket_id: UUID, key: Key) -> dict[str, object]:
    target, cycle, step = key
    return {"of_ticket": ticket_id, "of_target": target, "of_cycle": cycle, "of_step": step}


def _values(ticket_id: UUID, due: Due) -> dict[str, object]:
    return {
        "ticket_id": ticket_id,
        "target": due.target,
        "cycle": due.cycle,
        "step": due.step,
        "kind": due.kind,
        "due_at": due.due_at,
    }
