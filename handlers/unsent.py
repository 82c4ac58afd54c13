"""Words to a customer who needs them no longer are not sent, and whoever wrote them hears of it."""

from bot.core import facts as kinds
from bot.core.ticket import Ticket
from handlers import thread
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _
from storage import held, outbox, people, tickets, words
from storage.words import Words

OF_SEVERAL = "incident"
"""The kind of words that may be about other tickets of the customer, too."""


def hold_back(unit: Unit, ticket: Ticket) -> None:
    """The ticket is over: what was still waiting to be sent becomes a note."""
    address = people.address(unit.tx, ticket.address_id)
    for words_id in held.unsent_of(unit.tx, address.channel, address.id, ticket.id):
        kept = words.find_if_any(unit.tx, ticket, words_id)
        if kept and kept.kind != OF_SEVERAL:
            _hold_back(unit, ticket, kept)


def _hold_back(unit: Unit, ticket: Ticket, kept: Words) -> None:
    waiting = held.unsent(unit.tx, kept.id)
    if waiting is None or not outbox.withdraw(unit.tx, waiting, unit.now):
        return
    words.set_kind(unit.tx, kept.id, "note")
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.TAKEN_BACK, words=str(kept.id)))
    author = kept.author.removeprefix("agent:")
    thread.announce(unit, ticket, author, lambda: (_not_sent(),), kept.text, said=kept.id)


def _not_sent() -> str:
    return _("{agent}, this was not sent: the customer cancelled the request before.", agent=SLOT)
