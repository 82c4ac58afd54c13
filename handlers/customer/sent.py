"""A request that is sent twice: the second time is answered as done, and is no word on any ticket."""

from datetime import timedelta

from bot.core import facts as kinds
from bot.core import reference, text
from bot.core.answering import names
from bot.core.heard import Pressed, Said
from bot.core.ticket import Status, Ticket
from bot.core.words import Option
from handlers.customer import aftercare, conversation, latest
from handlers.customer.commands import ShowTicket
from handlers.customer.keeping import CUSTOMER
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known
from locales import _, pgettext
from storage import places, tickets, words

SEND, FIRST = "send", 1

AT_ONCE = timedelta(minutes=10)
"""Who sends it again later has something else in mind."""


def option() -> Option:
    """The last answer of a request."""
    return Option(key=SEND, title=pgettext("button", "Send"))


def written_again(talk: Talk, said: Said) -> bool:
    """The words of the button, or its number, while nothing has happened since the receipt."""
    if said.files or said.reply_to or not _means_it(talk, said.text) or conversation.opened(talk):
        return False
    ticket = _just_filed(talk)
    if ticket is None or latest.heard_since(talk):
        return False
    if ticket.unresolved:
        talk.say(_is_sent(ticket), ticket=ticket)
    else:
        conversation.carry_out(talk, ShowTicket(ticket.reference))
    return True


def pressed_again(talk: Talk, what: Pressed) -> bool:
    """The button of the question that was asked last, after it was answered."""
    turn = places.standing(talk.unit.tx, talk.address).turn
    if what.data != f"{turn}:{SEND}" or conversation.opened(talk):
        return False
    ticket = _just_filed(talk)
    if ticket:
        talk.toast(_is_sent(ticket) if ticket.unresolved else aftercare.states_otherwise(ticket))
    return ticket is not None


def _means_it(talk: Talk, said: str) -> bool:
    """What answers many a question, as its number and "ok" do, may be for an agent who waits for it."""
    if text.plain(said) in {text.plain(option().title), SEND}:
        return True
    return (names(said, option()) or text.number(said) == FIRST) and not _is_awaited(talk)


def _is_awaited(talk: Talk) -> bool:
    tx = talk.unit.tx
    live = tickets.live_of_customer(tx, talk.customer.id, latest.MOST)
    return any(as_known(tx, ticket).status in {Status.PENDING, Status.RESOLVED} for ticket in live)


def _is_sent(ticket: Ticket) -> str:
    shown = reference.unbroken(ticket.reference)
    return _("We have received your request. Its number is {reference}.", reference=shown)


def _just_filed(talk: Talk) -> Ticket | None:
    """The ticket that the person has just filed themselves, if nobody has said anything about it since.

    None while another request is on the shelf: that is the one which is not sent.
    """
    tx = talk.unit.tx
    if places.standing(tx, talk.address).shelved:
        return None
    own = [one for one in tickets.of_customer(tx, talk.customer.id, latest.MOST) if _filed_it(talk, one)]
    ticket = max(own, key=lambda one: (one.opened_at, one.id), default=None)
    if ticket is None or talk.unit.at - ticket.opened_at > AT_ONCE:
        return None
    last = words.last_public(tx, ticket)
    return ticket if last is None or last.at <= ticket.opened_at else None


def _filed_it(talk: Talk, ticket: Ticket) -> bool:
    """Not an agent for them."""
    history = tickets.history(talk.unit.tx, ticket.id)
    return any(fact.kind == kinds.FILED and fact.by == CUSTOMER for fact in history)
