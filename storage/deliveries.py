"""Which message of a platform is about which ticket: for replies, edits and cards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, select, update

from storage import Tx
from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import deliveries

FIND = Prepared(
    select(deliveries).where(
        deliveries.c.channel == bindparam("channel"),
        deliveries.c.chat == bindparam("chat"),
        deliveries.c.external_id == bindparam("external_id"),
    )
)
ARRIVED = Prepared(
    select(deliveries.c.id)
    .where(deliveries.c.outbox_id == bindparam("of_row"))
    .order_by(deliveries.c.id.desc())
    .limit(1)
)
ACCEPTED = Prepared(select(func.min(deliveries.c.at)).where(deliveries.c.outbox_id == bindparam("of_row")))
REMEMBER = Prepared(
    upsert(deliveries).on_conflict_do_nothing(),
    (
        *("id", "outbox_id", "channel", "chat", "external_id", "part"),
        *("purpose", "ticket_id", "words_id", "cycle", "at"),
    ),
)


@dataclass(frozen=True, slots=True)
class About:
    """`purpose` is what the message was sent for, or `said` for one of the customer's own.

    `row` is the promise that it kept, `at` when the platform took it.
    """

    purpose: str
    ticket_id: UUID | None
    words_id: UUID | None
    cycle: int
    row: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """Words that arrived."""

    ticket_id: UUID
    words_id: UUID
    purpose: str


def find(tx: Tx, channel: str, chat: str, external_id: str) -> About | None:
    row = FIND.one_or_none(tx, channel=channel, chat=tx.hash(channel, chat), external_id=external_id)
    return About(row.purpose, row.ticket_id, row.words_id, row.cycle, row.outbox_id, row.at) if row else None


def arrival(tx: Tx, row: UUID) -> UUID | None:
    """What was promised by a row of the outbox; None while it has not arrived.

    Of two arrivals in one chat the greater came later.
    """
    return cast("UUID | None", ARRIVED.scalar(tx, of_row=row))


def accepted_at(tx: Tx, row: UUID) -> datetime | None:
    """When the platform took what was promised by a row of the outbox, by its own word; None before that."""
    return cast("datetime | None", ACCEPTED.scalar(tx, of_row=row))


def arrivals(
    tx: Tx, ticket_ids: Collection[UUID], purposes: Collection[str], limit: int, after: UUID | None = None
) -> list[Arrival]:
    """What arrived about these tickets for one of the purposes, the latest first; only `after` another."""
    found = (
        select(deliveries.c.ticket_id, deliveries.c.words_id, deliveries.c.purpose)
        .where(
            deliveries.c.ticket_id.in_(ticket_ids),
            deliveries.c.purpose.in_(purposes),
            deliveries.c.words_id.is_not(None),
            *([deliveries.c.id > after] if after else []),
        )
        .order_by(deliveries.c.id.desc())
    )
    return [Arrival(*row) for row in tx.connection.execute(found.limit(limit))]


def of_words(tx: Tx, channel: str, words_id: UUID) -> tuple[str, ...]:
    """The external ids of the parts of the message that brought these words, in order, if one did."""
    return tuple(part.external_id for part in _parts(tx, channel, words_id))


def become(tx: Tx, channel: str, chat: str, words_id: UUID, ids: Sequence[str]) -> None:
    """The message that brought these words has other parts now, which are known already."""
    parts = _parts(tx, channel, words_id)
    if not parts:
        return
    about = {name: getattr(parts[0], name) for name in ("purpose", "ticket_id", "words_id", "cycle")}
    gone = [part.id for part in parts if part.external_id not in ids]
    tx.connection.execute(delete(deliveries).where(deliveries.c.id.in_(gone)))
    for place, external_id in enumerate(ids):
        here = (
            deliveries.c.channel == channel,
            deliveries.c.chat == tx.hash(channel, chat),
            deliveries.c.external_id == external_id,
        )
        tx.connection.execute(update(deliveries).where(*here).values(part=place, **about))


def _parts(tx: Tx, channel: str, words_id: UUID) -> Sequence[Row[Any]]:
    brought = (deliveries.c.words_id == words_id, deliveries.c.channel == channel)
    return tx.connection.execute(select(deliveries).where(*brought).order_by(deliveries.c.part)).all()


def remember(
    tx: Tx,
    channel: str,
    chat: str,
    external_id: str,
    *,
    purpose: str,
    ticket_id: UUID | None,
    words_id: UUID | None,
    at: datetime,
    outbox_id: UUID | None = None,
    part: int = 0,
    cycle: int = 0,
) -> None:
    """Note it down, once: a message that was noted before stays as it was."""
    REMEMBER.run(
        tx,
        id=tx.new_id(),
        outbox_id=outbox_id,
        channel=channel,
        chat=tx.hash(channel, chat),
        external_id=external_id,
        part=part,
        purpose=purpose,
        ticket_id=ticket_id,
        words_id=words_id,
        cycle=cycle,
        at=at,
    )


def of_ticket(tx: Tx, ticket_id: UUID) -> list[dict[str, object]]:
    """Everything that reached or left a platform about a ticket; whose chat it was is kept as a hash only."""
    found = select(deliveries).where(deliveries.c.ticket_id == ticket_id)
    rows = tx.connection.execute(found.order_by(deliveries.c.at, deliveries.c.id))
    return [
        {
            "channel": row.channel,
            "message": row.external_id,
            "part": row.part,
            "purpose": row.purpose,
            "words": row.words_id,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]
