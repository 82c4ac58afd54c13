"""Which message of a platform is about which ticket: for replies, edits and cards."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from storage import Tx
from storage.dialects import upsert
from storage.schema import deliveries


@dataclass(frozen=True, slots=True)
class About:
    """`purpose` is what the message was sent for, or `said` for one of the customer's own."""

    purpose: str
    ticket_id: UUID | None
    words_id: UUID | None
    cycle: int


def find(tx: Tx, channel: str, chat: str, external_id: str) -> About | None:
    row = tx.connection.execute(
        select(deliveries).where(
            deliveries.c.channel == channel,
            deliveries.c.chat == tx.hash(channel, chat),
            deliveries.c.external_id == external_id,
        )
    ).one_or_none()
    return About(row.purpose, row.ticket_id, row.words_id, row.cycle) if row else None


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
    tx.connection.execute(
        upsert(deliveries)
        .values(
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
        .on_conflict_do_nothing()
    )
