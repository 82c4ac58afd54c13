"""Words that a ticket goes on with which were written on another one of its customer's."""

from uuid import UUID

from sqlalchemy import select, update

from bot.core.ticket import Ticket
from storage import tickets, words
from storage.schema import files, stems
from storage.schema import tickets as all_tickets
from storage.schema import words as all_words
from storage.tx import Tx
from storage.words import Words


def move(tx: Tx, words_id: UUID, ticket: Ticket, other: Ticket) -> None:
    """They are the other ticket's from now on, with their files, and are found as its."""
    theirs = select(files.c.id).where(files.c.ticket_id == ticket.id, files.c.words_id == words_id)
    sources = [words_id, *tx.connection.execute(theirs).scalars()]
    found = (stems.c.ticket_id == ticket.id, stems.c.source.in_(sources))
    for moving in (
        update(stems).where(*found),
        update(files).where(files.c.id.in_(sources)),
        update(all_words).where(all_words.c.id == words_id),
    ):
        tx.connection.execute(moving.values(ticket_id=other.id))


def find(tx: Tx, ticket: Ticket, words_id: UUID) -> Words | None:
    """Words of this ticket, or that were, and are by now another's of its customer."""
    kept = words.find_if_any(tx, ticket, words_id)
    return kept or _elsewhere(tx, ticket, words_id)


def _elsewhere(tx: Tx, ticket: Ticket, words_id: UUID) -> Words | None:
    theirs = (all_words.c.id == words_id, all_tickets.c.customer_id == ticket.customer_id)
    found = select(all_words.c.ticket_id).join(all_tickets, all_tickets.c.id == all_words.c.ticket_id)
    there = tx.connection.execute(found.where(*theirs)).scalar()
    return words.find_if_any(tx, tickets.read(tx, there), words_id) if there else None
