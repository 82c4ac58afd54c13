"""Which ticket goes on for one that was merged, and which ones were merged into it: by the facts alone."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import MERGED, Fact, Ticket
from storage import Tx, tickets


def stays(tx: Tx, ticket: Ticket) -> Ticket:
    """The ticket itself, or the one that goes on for it, however often that was merged in its turn."""
    while ticket.outcome == MERGED:
        ticket = tickets.read(tx, _into(tickets.history(tx, ticket.id)))
    return ticket


def locked(tx: Tx, ticket_id: UUID) -> Ticket:
    """The ticket that goes on, held until the unit ends."""
    ticket = tickets.lock(tx, ticket_id)
    staying = stays(tx, ticket)
    return ticket if staying.id == ticket.id else locked(tx, staying.id)


def own(tx: Tx, customer_id: UUID, reference: str) -> Ticket | None:
    """What goes on for a customer's own ticket; somebody else's is not found."""
    found = tickets.find_own(tx, customer_id, reference)
    return stays(tx, found) if found else None


def merged_into(facts: Sequence[Fact]) -> UUID | None:
    """The ticket that this one was merged into, if it was."""
    return next((UUID(fact.data["into"]) for fact in reversed(facts) if fact.kind == kinds.MERGED), None)


def duplicates(facts: Sequence[Fact]) -> tuple[UUID, ...]:
    """The tickets that were merged into this one, in order."""
    return tuple(UUID(fact.data["ticket"]) for fact in facts if fact.kind == kinds.ABSORBED)


def _into(facts: Sequence[Fact]) -> UUID:
    into = merged_into(facts)
    assert into
    return into
