"""Which ticket goes on for one that was merged."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import ties
from bot.core.ticket import MERGED, Fact, Ticket
from storage import Tx, tickets


def stays(tx: Tx, ticket: Ticket) -> Ticket:
    """The ticket itself, or the one that goes on for it, however often that was merged in its turn."""
    while ticket.outcome == MERGED:
        ticket = tickets.read(tx, _into(tickets.history(tx, ticket.id)))
    return ticket


def goes_on_as(tx: Tx, ticket: Ticket, staying: UUID) -> bool:
    """Whether this is that ticket, or was merged into it, or into one that was."""
    while ticket.id != staying:
        if ticket.outcome != MERGED:
            return False
        ticket = tickets.read(tx, _into(tickets.history(tx, ticket.id)))
    return True


def locked(tx: Tx, ticket_id: UUID) -> Ticket:
    """The ticket that goes on, held until the unit ends."""
    ticket = tickets.lock(tx, ticket_id)
    staying = stays(tx, ticket)
    return ticket if staying.id == ticket.id else locked(tx, staying.id)


def own(tx: Tx, customer_id: UUID, reference: str) -> Ticket | None:
    """What goes on for a customer's own ticket; somebody else's is not found."""
    found = tickets.find_own(tx, customer_id, reference)
    return stays(tx, found) if found else None


def _into(facts: Sequence[Fact]) -> UUID:
    into = ties.merged_into(facts)
    assert into
    return into
