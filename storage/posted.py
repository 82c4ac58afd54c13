"""Which files stand where, and which row of the outbox posts them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, update

from storage.schema import carried, deliveries, files
from storage.tx import Tx

PURPOSE = "files"
"""What rows that post files are for."""


def standing(tx: Tx, channel: str, chat: str, words_ids: Collection[UUID]) -> set[UUID]:
    """Those of these words whose files were posted in a chat."""
    found = (
        select(carried.c.words_id)
        .join(deliveries, deliveries.c.outbox_id == carried.c.outbox_id)
        .where(
            carried.c.words_id.in_(words_ids),
            deliveries.c.purpose == PURPOSE,
            deliveries.c.chat == tx.hash(channel, chat),
        )
    )
    return set(tx.connection.execute(found).scalars())


def hand_on(tx: Tx, ids: Collection[UUID], before: UUID, by: UUID) -> None:
    """Another row posts of these files what the one before was to post."""
    was_to = (files.c.id.in_(ids), files.c.shown_by == before)
    tx.connection.execute(update(files).where(*was_to).values(shown_by=by))
