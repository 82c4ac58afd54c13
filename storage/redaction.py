"""Words are taken away: from the store for good, and from wherever deliveries know that they stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, union, update

from bot.core.ticket import Ticket
from storage import Tx, doubtful, files, outbox, posted, search
from storage.dialects import is_exactly
from storage.schema import carried, deliveries, words
from storage.schema import outbox as rows
from storage.words import earlier

SAID = "said"
"""The purpose of deliveries that are the person's own messages."""

REMOVAL = "redaction"
"""The purpose of rows that take away, and of what tells about it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that shows the words; `chat` is a keyed hash. `theirs`: the person's own, not one of ours."""

    channel: str
    chat: bytes
    message: str
    purpose: str
    outbox_id: UUID | None
    ticket_id: UUID | None

    @property
    def theirs(self) -> bool:
        return self.purpose == SAID


def empty(tx: Tx, ticket: Ticket, words_id: UUID, at: datetime) -> None:
    """Forget the text, what stood there before an edit, and the files with their bytes.

    Only that they were there is kept.
    """
    stood_there = and_(words.c.ticket_id == ticket.id, words.c.origin == earlier(words_id))
    versions = select(words.c.id).where(or_(words.c.id == words_id, stood_there))
    for version in tx.connection.execute(versions).scalars().all():
        nothing = tx.seal(ticket.customer_id, words.c.text, version, "")
        gone = update(words).where(words.c.id == version).values(text=nothing, redacted_at=at)
        tx.connection.execute(gone)
        search.forget(tx, version)
    for file in files.of_words(tx, ticket.id, words_id):
        files.forget(tx, file.id)


def shown(tx: Tx, words_id: UUID) -> list[Shown]:
    """Every message that is known to show the words, by its own id or because its post quotes them."""
    quoting = select(carried.c.outbox_id).where(carried.c.words_id == words_id)
    found = select(deliveries).where(
        or_(deliveries.c.words_id == words_id, deliveries.c.outbox_id.in_(quoting))
    )
    known = (_shown(row) for row in tx.connection.execute(found.order_by(deliveries.c.at)))
    return [one for one in known if ":" not in one.message]  # an album's name is no message


def withdraw(tx: Tx, words_id: UUID, at: datetime) -> dict[UUID, UUID | None]:
    """Take back every message with these words that still waits; tells the tickets of their rows."""
    found = tx.connection.execute(waiting_with(words_id)).all()
    return {row.id: row.ticket_id for row in found if _withdraw(tx, row.id, at)}


def _withdraw(tx: Tx, row: UUID, at: datetime) -> bool:
    return outbox.withdraw(tx, row, at) or doubtful.withdraw(tx, row, at)


def privately(tx: Tx, outbox_ids: Collection[UUID], purpose: str) -> list[tuple[UUID, str]]:
    """Of these rows, the private ones of a purpose: the ticket that each is about, and whom it is for."""
    found = select(rows.c.ticket_id, rows.c.target).where(
        rows.c.id.in_(list(outbox_ids)), rows.c.purpose == purpose, rows.c.lane.startswith("agent:")
    )
    return [(row.ticket_id, row.target["user"]) for row in tx.connection.execute(found.order_by(rows.c.seq))]


def of_purpose(tx: Tx, outbox_ids: Collection[UUID], purpose: str) -> set[UUID]:
    """Those of these rows that are for a purpose."""
    found = select(rows.c.id).where(rows.c.id.in_(list(outbox_ids)), rows.c.purpose == purpose)
    return set(tx.connection.execute(found).scalars())


def under_way(tx: Tx, words_id: UUID, channel: str) -> bool:
    """Whether a channel is sending a message with these words, so that nobody knows where it will be."""
    sending = waiting_with(words_id).where(rows.c.channel == channel)
    return tx.connection.execute(sending.limit(1)).first() is not None


def carried_by(tx: Tx, outbox_id: UUID) -> tuple[UUID, ...]:
    """The kept words that a post quotes."""
    quoted = select(carried.c.words_id).where(carried.c.outbox_id == outbox_id)
    return tuple(tx.connection.execute(quoted).scalars())


def quoting_more(tx: Tx, outbox_ids: Collection[UUID]) -> set[UUID]:
    """Those of these posts that quote other words beside, which are gone with them; not those of files."""
    known = (
        select(table.c[key]).where(table.c[key].in_(list(outbox_ids)), table.c.purpose.in_(posted.PURPOSES))
        for table, key in ((rows, "id"), (deliveries, "outbox_id"))
    )
    of_files = union(*known)
    many = (
        select(carried.c.outbox_id)
        .where(carried.c.outbox_id.in_(list(outbox_ids)), carried.c.outbox_id.not_in(of_files))
        .group_by(carried.c.outbox_id)
        .having(func.count() > 1)
    )
    return set(tx.connection.execute(many).scalars())


def waiting_with(words_id: UUID) -> Select[tuple[UUID, UUID | None]]:
    """The rows that still wait, of those with these words, and the ticket of each."""
    waits = is_exactly(rows.c.state, "pending")
    own = select(rows.c.id).where(rows.c.words_id == words_id, waits)
    quoting = select(carried.c.outbox_id).where(carried.c.words_id == words_id)
    return select(rows.c.id, rows.c.ticket_id).where(waits, rows.c.id.in_(own.union(quoting)))


def _shown(row: Any) -> Shown:
    return Shown(row.channel, row.chat, row.external_id, row.purpose, row.outbox_id, row.ticket_id)
