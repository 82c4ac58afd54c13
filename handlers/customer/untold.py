"""Until the words of a solution have come, its customer knows the ticket as it was before."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Fact, Status, Ticket
from handlers.customer.talk import Talk
from storage import held, tickets
from storage.tx import Tx


def is_untold(tx: Tx, ticket: Ticket) -> bool:
    """Whether the words that it is resolved still wait to be sent: its customer knows of no solution yet."""
    told = _told(tx, ticket)
    return told is not None and held.untold(tx, UUID(told.data["words"]))


def is_older(talk: Talk, ticket: Ticket, said_at: datetime | None = None) -> bool:
    """Whether what they typed, just now or at `said_at`, is older than the solution, so no answer to it."""
    tx = talk.unit.tx
    told = _told(tx, ticket)
    return told is not None and (
        is_untold(tx, ticket) or talk.spoke_before(_there_since(tx, ticket, told), said_at)
    )


def _told(tx: Tx, ticket: Ticket) -> Fact | None:
    """The resolution of a ticket that waits for its customer's word, if it was put in words."""
    if ticket.status is not Status.RESOLVED:
        return None
    last = [fact for fact in tickets.history(tx, ticket.id) if fact.kind in kinds.RESOLVING][-1:]
    return last[0] if last and last[0].data.get("words") else None


def _there_since(tx: Tx, ticket: Ticket, told: Fact) -> datetime:
    """When the channel took the words of a resolution; while that is not known, when they were written."""
    for fact in tickets.history(tx, ticket.id):
        if fact.kind == kinds.DELIVERED and fact.data["words"] == told.data["words"]:
            return datetime.fromisoformat(fact.data["accepted_at"])
    return told.at


def as_known(tx: Tx, ticket: Ticket) -> Ticket:
    """The ticket as far as its customer knows: being worked on until a solution has gone out."""
    return replace(ticket, status=Status.OPEN, outcome="") if is_untold(tx, ticket) else ticket
