"""Which files and offers stand where, and which row of the outbox posts them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, Select, select, update

from storage.dialects import is_exactly
from storage.held import content_of
from storage.outbox import ToAgent, ToChannel, lane_of
from storage.schema import carried, deliveries, files, outbox
from storage.tx import Tx

PURPOSE, HANDED = "files", "handed"
"""What rows that post files are for: in a ticket's thread or in private, and in another queue's channel."""
PURPOSES = (PURPOSE, HANDED)

OFFER = "offer"
"""The purpose of posts that offer to send words again."""


class Spot(NamedTuple):
    """Where a post stands; `chat` is a keyed hash, and `message` the last one of those that it took."""

    chat: bytes
    message: str


def standing(
    tx: Tx, channel: str, chat: str, words_ids: Collection[UUID], purposes: Collection[str] = PURPOSES
) -> set[UUID]:
    """Those of these words whose files, or of which posts for other purposes, were posted in a chat."""
    found = _standing(tx, channel, chat, words_ids, purposes, carried.c.words_id)
    return set(tx.connection.execute(found).scalars())


def _standing(
    tx: Tx,
    channel: str,
    chat: str,
    words_ids: Collection[UUID],
    purposes: Collection[str],
    *columns: Column[Any],
) -> Select[Any]:
    return (
        select(*columns)
        .select_from(carried)
        .join(deliveries, deliveries.c.outbox_id == carried.c.outbox_id)
        .where(
            carried.c.words_id.in_(words_ids),
            deliveries.c.purpose.in_(purposes),
            deliveries.c.chat == tx.hash(channel, chat),
        )
    )


def given(
    tx: Tx, channel: str, target: ToAgent | ToChannel, words_ids: Collection[UUID]
) -> dict[UUID, datetime]:
    """Those of these words whose files somebody has in private, or a queue in its channel, or is to get.

    And since when: a file may have taken the place of another one after that.
    """
    waits = (
        select(carried.c.words_id, outbox.c.created_at)
        .join(outbox, outbox.c.id == carried.c.outbox_id)
        .where(
            carried.c.words_id.in_(words_ids),
            is_exactly(outbox.c.state, "pending"),
            outbox.c.purpose.in_(PURPOSES),
            outbox.c.lane == lane_of(target),
        )
    )
    chat = target.user if isinstance(target, ToAgent) else target.channel
    stand = _standing(tx, channel, chat, words_ids, PURPOSES, carried.c.words_id, deliveries.c.at)
    rows = [*tx.connection.execute(stand), *tx.connection.execute(waits)]
    since: dict[UUID, datetime] = {}
    for words_id, at in rows:
        since[words_id] = max(at, since.get(words_id, at))
    return since


def to_come(tx: Tx, target: ToAgent, words_ids: Collection[UUID]) -> set[UUID]:
    """The files that came with these words and that somebody is to get in private by rows that wait."""
    found = (
        select(outbox)
        .join(carried, carried.c.outbox_id == outbox.c.id)
        .where(
            carried.c.words_id.in_(words_ids),
            is_exactly(outbox.c.state, "pending"),
            outbox.c.purpose == PURPOSE,
            outbox.c.lane == lane_of(target),
        )
    )
    bundles = [content_of(tx, row).bundle for row in tx.connection.execute(found)]
    return {file.id for bundle in bundles if bundle for file in bundle.files}


def hand_on(tx: Tx, ids: Collection[UUID], before: UUID, by: UUID) -> None:
    """Another row posts of these files what the one before was to post."""
    was_to = (files.c.id.in_(ids), files.c.shown_by == before)
    tx.connection.execute(update(files).where(*was_to).values(shown_by=by))


class Offer(NamedTuple):
    """A row that posted, or is to post, an offer to send `words` again, in the thread of `ticket`."""

    row: UUID
    ticket: UUID
    words: UUID


def offers(tx: Tx, words_ids: Collection[UUID]) -> list[Offer]:
    """The rows that posted, or are to post, an offer to send one of these words again."""
    about = carried.c.words_id.in_(words_ids)
    there = (
        select(deliveries.c.outbox_id, deliveries.c.ticket_id, carried.c.words_id)
        .join(carried, carried.c.outbox_id == deliveries.c.outbox_id)
        .where(about, deliveries.c.purpose == OFFER)
    )
    waiting = (
        select(outbox.c.id, outbox.c.ticket_id, carried.c.words_id)
        .join(carried, carried.c.outbox_id == outbox.c.id)
        .where(about, outbox.c.purpose == OFFER, is_exactly(outbox.c.state, "pending"))
    )
    return [Offer(*row) for row in tx.connection.execute(there.union(waiting))]


def spot(tx: Tx, row: UUID) -> Spot | None:
    """Where the post stands that a row promised; None while it does not."""
    found = select(deliveries.c.chat, deliveries.c.external_id).where(deliveries.c.outbox_id == row)
    last = tx.connection.execute(found.order_by(deliveries.c.part.desc()).limit(1)).first()
    return Spot(last.chat, last.external_id) if last else None


def is_waiting(tx: Tx, row: UUID) -> bool:
    """Whether a row is still to be sent."""
    waits = select(outbox.c.id).where(outbox.c.id == row, is_exactly(outbox.c.state, "pending"))
    return tx.connection.execute(waits).first() is not None
