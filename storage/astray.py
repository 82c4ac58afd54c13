"""Tickets that are in another channel than where their queue is worked."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from bot.core.ticket import Status
from storage import Tx
from storage.schema import threads, tickets
from storage.threads import CHANNEL, LIVE

UNRESOLVED = (Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD)
before = threads.alias("before")


def of_queue(tx: Tx, queue: str, channel: str, limit: int, *, resolved: bool = False) -> list[UUID]:
    """The unresolved tickets of a queue whose thread is now in another channel than this, the oldest first.

    With `resolved` those, too, that may still be opened again.
    """
    found = elsewhere(queue, channel, resolved=resolved).limit(limit)
    return list(tx.connection.execute(found).scalars())


def count(tx: Tx, queue: str, channel: str, *, resolved: bool) -> int:
    """How many `of_queue` finds at most."""
    found = elsewhere(queue, channel, resolved=resolved).order_by(None).subquery()
    return tx.connection.execute(select(func.count()).select_from(found)).scalar_one()


def elsewhere(queue: str, channel: str, *, resolved: bool) -> Select[Any]:
    """As `of_queue`."""
    return (
        select(tickets.c.id)
        .join(threads, threads.c.ticket_id == tickets.c.id)
        .where(
            LIVE,
            tickets.c.queue == queue,
            tickets.c.status.in_((*UNRESOLVED, Status.RESOLVED) if resolved else UNRESOLVED),
            threads.c.current,
            CHANNEL.not_in([channel]),
        )
        .order_by(tickets.c.opened_at, tickets.c.id)
    )


def closed(tx: Tx, queue: str, channel: str, limit: int) -> list[UUID]:
    """The closed tickets of a queue that were brought out of this channel, and have not come back."""
    return list(tx.connection.execute(closed_elsewhere(queue, channel).limit(limit)).scalars())


def closed_elsewhere(queue: str, channel: str) -> Select[Any]:
    """As `closed`."""
    return (
        select(tickets.c.id)
        .join(before, before.c.ticket_id == tickets.c.id)
        .join(threads, threads.c.ticket_id == tickets.c.id)
        .where(
            before.c.channel == channel,
            before.c.left_at.is_not(None),
            tickets.c.queue == queue,
            tickets.c.status == Status.CLOSED,
            threads.c.current,
            threads.c.channel != channel,
        )
        .order_by(tickets.c.opened_at, tickets.c.id)
    )
