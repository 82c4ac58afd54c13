"""What people wrote on a ticket, and how they rated it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import NoResultFound

from bot.core.ticket import Ticket
from storage import Tx, search
from storage.prepared import Prepared
from storage.schema import deliveries, scores, tickets, words

CUSTOMER = "customer"

BEFORE = "before"
"""The kind of words that stood before an edit: on record, and said by nobody any more."""

GONE = "gone"
"""The kind of what stands for a message that was deleted before it was heard."""

NO_MORE = (BEFORE, GONE)
"""Kinds of what does not stand any more."""

TO_THE_CUSTOMER = (
    "reply",
    "question",
    "solution",
    "extension",
    "ended",
    "incident",
    "declined",
    "invitation",
    "consent",
)

RATINGS = Prepared(
    select(scores.c.question, scores.c.value).where(
        scores.c.ticket_id == bindparam("of_ticket"), scores.c.cycle == bindparam("of_cycle")
    )
)
OF_THIS_TICKET = words.c.ticket_id == bindparam("of_ticket")
FIND = Prepared(select(words).where(words.c.id == bindparam("of_words"), OF_THIS_TICKET))
OF_ORIGIN = Prepared(select(words).where(OF_THIS_TICKET, words.c.origin == bindparam("of_origin")).limit(1))
ARRIVED = select(deliveries.c.id).where(deliveries.c.words_id == words.c.id).exists()
IS_FOR_THEM = or_(*(words.c.kind == kind for kind in TO_THE_CUSTOMER))
LAST_PUBLIC = Prepared(
    select(words)
    .where(OF_THIS_TICKET, or_(words.c.kind == "said", and_(IS_FOR_THEM, ARRIVED)))
    .order_by(words.c.at.desc(), words.c.id.desc())
    .limit(1)
)
OF_TICKET = Prepared(
    select(words)
    .where(OF_THIS_TICKET, *(words.c.kind != kind for kind in NO_MORE))
    .order_by(words.c.at, words.c.id)
)
ADD = Prepared(insert(words), ("id", "ticket_id", "author", "kind", "origin", "text", "at"))


@dataclass(frozen=True, slots=True)
class Words:
    """`kind`: said and comment (theirs); filed (for them); note; and to them reply, question, solution,
    extension, hold, ended, declined, incident, invitation, consent.

    Notes are never for the customer.
    """

    id: UUID
    author: str
    kind: str
    text: str
    at: datetime
    origin: str = ""
    redacted: bool = False


def add(
    tx: Tx, ticket: Ticket, *, author: str, kind: str, text: str, at: datetime, origin: str = ""
) -> Words:
    """Keep what was written. `origin` is the platform's id of the message, so that edits find it."""
    words_id = tx.new_id()
    sealed = tx.seal(ticket.customer_id, words.c.text, words_id, text)
    about = {"author": author, "kind": kind, "origin": origin, "text": sealed, "at": at}
    ADD.run(tx, id=words_id, ticket_id=ticket.id, **about)
    search.of_words(tx, ticket.id, words_id, text)
    return Words(words_id, author, kind, text, at, origin)


def change(tx: Tx, ticket: Ticket, words_id: UUID, text: str) -> None:
    sealed = tx.seal(ticket.customer_id, words.c.text, words_id, text)
    tx.connection.execute(update(words).where(words.c.id == words_id).values(text=sealed, redacted_at=None))
    search.forget(tx, words_id)
    search.of_words(tx, ticket.id, words_id, text)


def revise(tx: Tx, ticket: Ticket, changed: Words, text: str) -> UUID:
    """Keep other words in place of these; tells under which id those that stood before stay on record."""
    origin = earlier(changed.id)
    before = add(
        tx, ticket, author=changed.author, kind=BEFORE, text=changed.text, at=changed.at, origin=origin
    )
    change(tx, ticket, changed.id, text)
    return before.id


def earlier(words_id: UUID | str) -> str:
    """The origin of words that stood where these stand now."""
    return f"before:{words_id}"


def set_kind(tx: Tx, words_id: UUID, kind: str) -> None:
    tx.connection.execute(update(words).where(words.c.id == words_id).values(kind=kind))


def find(tx: Tx, ticket: Ticket, words_id: UUID) -> Words:
    """Words of this ticket. Raises NoResultFound for those of another."""
    found = find_if_any(tx, ticket, words_id)
    if found is None:
        raise NoResultFound(str(words_id))
    return found


def find_if_any(tx: Tx, ticket: Ticket, words_id: UUID) -> Words | None:
    row = FIND.one_or_none(tx, of_words=words_id, of_ticket=ticket.id)
    return _words(tx, ticket, row) if row else None


def places(tx: Tx, words_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """The ticket of each of these words, beside their id."""
    wanted = (
        select(words.c.ticket_id, words.c.id).where(words.c.id.in_(words_ids)).order_by(words.c.ticket_id)
    )
    return [(row.ticket_id, row.id) for row in tx.connection.execute(wanted)]


def copies(tx: Tx, ticket: Ticket, kept: Words) -> list[tuple[UUID, UUID]]:
    """The same message as it is kept with other tickets of its customer: theirs, and the words of each."""
    alike = (words.c.author == kept.author, words.c.kind == kept.kind, words.c.at == kept.at)
    theirs = (tickets.c.customer_id == ticket.customer_id, words.c.ticket_id != ticket.id)
    found = select(words.c.ticket_id, words.c.id).join(tickets, tickets.c.id == words.c.ticket_id)
    rows = tx.connection.execute(found.where(*theirs, *alike).order_by(words.c.ticket_id))
    return [(row.ticket_id, row.id) for row in rows]


def find_origin(tx: Tx, ticket: Ticket, origin: str) -> Words | None:
    row = OF_ORIGIN.one_or_none(tx, of_ticket=ticket.id, of_origin=origin)
    return _words(tx, ticket, row) if row else None


def last_to_customer(tx: Tx, ticket: Ticket) -> UUID | None:
    """The last words of an agent that are for the customer, whether they have arrived or not."""
    said = (words.c.ticket_id == ticket.id, words.c.kind.in_(TO_THE_CUSTOMER))
    last = select(words.c.id).where(*said).order_by(words.c.at.desc(), words.c.id.desc()).limit(1)
    return tx.connection.execute(last).scalar()


def first_of_customer(tx: Tx, ticket: Ticket) -> Words | None:
    """How the ticket begins: in its customer's words, or in those of the agent who filed it for them."""
    begins = (words.c.ticket_id == ticket.id, words.c.kind.in_(("said", "filed")))
    first = select(words).where(*begins).order_by(words.c.at, words.c.id).limit(1)
    row = tx.connection.execute(first).one_or_none()
    return _words(tx, ticket, row) if row else None


def last_public(tx: Tx, ticket: Ticket) -> Words | None:
    """The last words that the customer knows of: their own, or an agent's that have reached them."""
    row = LAST_PUBLIC.one_or_none(tx, of_ticket=ticket.id)
    return _words(tx, ticket, row) if row else None


def of_ticket(tx: Tx, ticket: Ticket) -> list[Words]:
    """All that was written on a ticket, by anybody, in order, as it reads now."""
    return [_words(tx, ticket, row) for row in OF_TICKET.all(tx, of_ticket=ticket.id)]


def versions_of(tx: Tx, ticket: Ticket) -> dict[UUID, list[Words]]:
    """What stood before each edit, the oldest first, by the words that stand there now."""
    rows = tx.connection.execute(
        select(words).where(words.c.ticket_id == ticket.id, words.c.kind == BEFORE).order_by(words.c.id)
    )
    found: dict[UUID, list[Words]] = {}
    for row in rows:
        found.setdefault(UUID(row.origin.removeprefix(earlier(""))), []).append(_words(tx, ticket, row))
    return found


def rate(tx: Tx, ticket: Ticket, cycle: int, question: str, value: int, at: datetime) -> bool:
    """Keep one answer of a survey: once per resolution, so a second one changes nothing and is told no."""
    if question in ratings(tx, ticket, cycle):
        return False
    tx.connection.execute(
        insert(scores).values(ticket_id=ticket.id, cycle=cycle, question=question, value=value, at=at)
    )
    return True


def ratings(tx: Tx, ticket: Ticket, cycle: int) -> dict[str, int]:
    return {row.question: row.value for row in RATINGS.all(tx, of_ticket=ticket.id, of_cycle=cycle)}


def scores_of(tx: Tx, ticket: Ticket) -> list[dict[str, object]]:
    """All answers to surveys, of every resolution."""
    rows = tx.connection.execute(
        select(scores).where(scores.c.ticket_id == ticket.id).order_by(scores.c.at, scores.c.question)
    )
    return [
        {"cycle": row.cycle, "question": row.question, "value": row.value, "at": row.at.isoformat()}
        for row in rows
    ]


def _words(tx: Tx, ticket: Ticket, row: Any) -> Words:
    text = tx.unseal(ticket.customer_id, words.c.text, row.id, row.text)
    return Words(row.id, row.author, row.kind, text, row.at, row.origin, row.redacted_at is not None)
