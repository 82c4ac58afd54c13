"""The posts that offer to send words again are drawn again when their ticket ends, goes on, or is merged."""

from uuid import UUID

from bot.core import arrivals
from bot.core import facts as kinds
from bot.core.ticket import Ticket
from handlers import moving, post
from handlers.unit import Unit
from storage import tickets

TURNS = kinds.RESOLVING | kinds.CLOSING | {kinds.SOLVED, kinds.LAPSED, kinds.REOPENED, kinds.UNDONE}
"""After these there may be nothing left to send, or it is sent from another thread."""


def follow(unit: Unit, ticket: Ticket) -> None:
    """They are drawn again if they may read otherwise by what happened to the ticket in this unit."""
    if not TURNS.isdisjoint(unit.tx.happened_to[ticket.id]):
        show(unit, ticket)


def show(unit: Unit, ticket: Ticket) -> None:
    """Draw all again that stand about this ticket, and about those merged into it, wherever they do."""
    whole = moving.whole_of(unit, ticket)
    post.show_offers(unit, *(lost for one in whole for lost in _once_lost(unit, one)))


def _once_lost(unit: Unit, ticket: Ticket) -> set[UUID]:
    """Words that were offered to be sent again, whatever became of them."""
    return arrivals.ever_undelivered(tickets.history(unit.tx, ticket.id))
