"""How much waits, and what: read by indexes over what waits, never over what is stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, or_, select

from bot.core.ticket import Status
from storage import doubtful
from storage.dialects import is_exactly
from storage.schema import dues, inbox, outbox, threads, tickets
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Queue:
    """How many messages wait, and since when the oldest does."""

    waiting: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the inbox and the outbox by channel, and what else is behind.

    `held` waits for an operator since a backup was put back. `late` is what time should have done, since
    `late_since` (desk time); `tickets` are live ones by status.
    """

    inbox: Mapping[str, Queue]
    outbox: Mapping[str, Queue]
    held: int
    parked: int
    late: int
    late_since: datetime | None
    tickets: Mapping[str, int]


def measure(tx: Tx, at: datetime) -> Backlog:
    """How things stand at a moment of desk time; what is to be said later does not wait yet."""
    late = tx.connection.execute(
        select(func.count().label("many"), func.min(dues.c.due_at).label("since")).where(dues.c.due_at <= at)
    ).one()
    return Backlog(
        inbox=_heard(tx),
        outbox=_promised(tx, at),
        held=doubtful.count(tx),
        parked=tx.connection.execute(
            select(func.count()).select_from(inbox).where(is_exactly(inbox.c.state, "parked"))
        ).scalar_one(),
        late=late.many,
        late_since=late.since,
        tickets=_live(tx),
    )


def _heard(tx: Tx) -> dict[str, Queue]:
    rows = tx.connection.execute(
        select(inbox.c.channel, func.count(), func.min(inbox.c.heard_at))
        .where(is_exactly(inbox.c.state, "waiting"))
        .group_by(inbox.c.channel)
    )
    return {channel: Queue(many, oldest) for channel, many, oldest in rows}


def _promised(tx: Tx, at: datetime) -> dict[str, Queue]:
    due = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= at)
    rows = tx.connection.execute(
        select(
            outbox.c.channel, func.count(), func.min(func.coalesce(outbox.c.not_before, outbox.c.created_at))
        )
        .where(is_exactly(outbox.c.state, "pending"), due)
        .group_by(outbox.c.channel)
    )
    return {channel: Queue(many, oldest) for channel, many, oldest in rows}


def _live(tx: Tx) -> dict[str, int]:
    live = tickets.c.status != literal_column(f"'{Status.CLOSED}'")  # as the index of live tickets has it
    rows = tx.connection.execute(
        select(tickets.c.status, func.count()).where(live).group_by(tickets.c.status)
    )
    return {row[0]: row[1] for row in rows}


def card_under_way(tx: Tx, queues: Collection[str]) -> bool:
    """Whether a ticket of these queues may have a card on the desk that we do not know the place of yet."""
    placed = select(threads.c.id).where(threads.c.ticket_id == outbox.c.ticket_id, threads.c.current)
    under_way = (
        select(outbox.c.id)
        .join(tickets, tickets.c.id == outbox.c.ticket_id)
        .where(
            is_exactly(outbox.c.state, "pending"),
            outbox.c.kind == "show",
            or_(outbox.c.lease.is_not(None), outbox.c.unsure),
            tickets.c.queue.in_(queues),
            ~placed.exists(),
        )
    )
    return tx.connection.execute(under_way.limit(1)).first() is not None
