"""Whether a customer can be reached: said at once on the desk, kept, and mended when they come back."""

from collections.abc import Callable, Sequence
from uuid import UUID

from bot.core.shown import Post
from bot.core.ticket import Status, Ticket
from handlers import offered, offers, post
from handlers.clock import above
from handlers.unit import Unit
from locales import _
from storage import held, outbox, people, posted, tickets
from storage.people import Address
from storage.posted import OFFER
from storage.words import Words

BLOCKED = "blocked"

MOST = 5
"""How many messages are offered to be sent again: older ones have been overtaken by events."""


def lost(unit: Unit, address: Address, why: str) -> None:
    """They have blocked us, or their chat is gone: whoever works for them hears it once."""
    if people.set_open(unit.tx, address.id, is_open=False):
        sentence = _blocked if why == BLOCKED else _gone
        for ticket in tickets.live_at(unit.tx, address.customer_id, address.id):
            _tell(unit, ticket, sentence)


def back(unit: Unit, address: Address) -> None:
    """They let us in again: what did not arrive meanwhile is offered to be sent again, never by itself."""
    if people.set_open(unit.tx, address.id, is_open=True):
        for ticket in tickets.live_at(unit.tx, address.customer_id, address.id):
            _tell(unit, ticket, lambda: _("The customer can be reached again."))
            offer(unit, ticket)


def _blocked() -> str:
    return _("The customer has blocked us: nothing reaches them until they let us in again.")


def _gone() -> str:
    return _("The customer's chat is gone: nothing reaches them until they write again.")


def _tell(unit: Unit, ticket: Ticket, sentence: Callable[[], str]) -> None:
    above.tell_holder(unit, ticket, sentence)
    post.show_card(unit, ticket)


def offer(unit: Unit, ticket: Ticket, *of: Ticket) -> None:
    """In this ticket's thread: what did not arrive of it and of those merged into it, or only `of` these.

    What is new goes to whoever holds it and cannot see its thread, too; that is never drawn again.
    """
    missed = offers.missed(unit, ticket)
    for kept, made in _offer(unit, ticket, [(each, kept) for each, kept in missed if not of or each in of]):
        above.pass_on(unit, ticket, made, (kept.id,), "news")


def offer_along(unit: Unit, ticket: Ticket) -> None:
    """The ticket was brought to another thread: there.

    While nothing reaches the customer, or the ticket is closed, nothing is offered anywhere.
    """
    thread, desk = outbox.ToThread(ticket=ticket.id), unit.office.desk_channel
    held.withdraw_all(unit.tx, thread, channel=desk, purpose=OFFER, at=unit.at)
    offered.show(unit, ticket)
    if ticket.status is not Status.CLOSED and people.address(unit.tx, ticket.address_id).open:
        _offer(unit, ticket, offers.missed(unit, ticket))


def _offer(unit: Unit, ticket: Ticket, missed: Sequence[tuple[Ticket, Words]]) -> list[tuple[Words, Post]]:
    """The latest of them, but for those that the thread offers already."""
    latest = missed[-MOST:]
    there = _standing(unit, ticket, [kept.id for _each, kept in latest])
    return [(kept, offers.make(unit, ticket, each, kept)) for each, kept in latest if kept.id not in there]


def _standing(unit: Unit, ticket: Ticket, words_ids: Sequence[UUID]) -> set[UUID]:
    """Those that are offered where the ticket is, as this ticket's: a merged one has its own thread."""
    place = tickets.thread(unit.tx, ticket.id) if words_ids else None
    if place is None:
        return set()
    there = posted.standing(unit.tx, unit.office.desk_channel, place.channel, words_ids, (OFFER,))
    return there & {one.words for one in posted.offers(unit.tx, words_ids) if one.ticket == ticket.id}


def shown(unit: Unit, ticket: Ticket) -> str:
    """What the card says of it, in the language of the moment; nothing while they can be reached.

    Nor of what is closed, which a merged ticket is, too: it hears nothing when they come back.
    """
    if ticket.status is Status.CLOSED or people.address(unit.tx, ticket.address_id).open:
        return ""
    return _("cannot be reached")
