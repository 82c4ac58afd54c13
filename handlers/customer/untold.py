"""While the words of a solution still wait to be sent, its customer knows the ticket as it was before."""

from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Status, Ticket
from storage import held, tickets
from storage.tx import Tx


def is_untold(tx: Tx, ticket: Ticket) -> bool:
    """Whether the words that it is resolved still wait to be sent: its customer knows of no solution yet."""
    if ticket.status is not Status.RESOLVED:
        return False
    told = [fact.data.get("words") for fact in tickets.history(tx, ticket.id) if fact.kind in kinds.RESOLVING]
    return bool(told and told[-1]) and held.untold(tx, UUID(told[-1]))


def as_known(tx: Tx, ticket: Ticket) -> Ticket:
    """The ticket as far as its customer knows: being worked on until a solution has gone out."""
    return replace(ticket, status=Status.OPEN, outcome="") if is_untold(tx, ticket) else ticket
