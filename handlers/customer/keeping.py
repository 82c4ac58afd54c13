"""A customer's words on a ticket are kept message by message, so that edits and replies find them."""

from uuid import UUID

from bot.core import facts as kinds
from bot.core.thanks import is_thanks
from bot.core.ticket import STOPPED, Ticket, Verb, move
from bot.core.told import Part, Told
from handlers import post, thread
from handlers.clock import above
from handlers.customer.talk import Talk
from locales import _
from storage import deliveries, tickets, words

CUSTOMER = "customer"


def only_thanks(told: Told) -> bool:
    return is_thanks(told.text) and not told.files


def add(talk: Talk, ticket: Ticket, told: Told) -> Ticket:
    """Keep the words, show them in the thread, and let the ticket move as the customer's words move it."""
    unit = talk.unit
    kept = note_down(talk, ticket, told)
    thanks = {"thanks": True} if only_thanks(told) else {}
    fact = unit.fact("customer_wrote", CUSTOMER, words=str(kept[0]), **thanks)
    woken = [unit.fact(kinds.WOKEN, CUSTOMER)] if ticket.snoozed else []
    moved = tickets.save(unit.tx, move(ticket, Verb.WRITE, unit.at), fact, *woken)
    above.pass_on(unit, moved, thread.customer_wrote(unit, moved, told.text, told.files, kept), kept)
    if woken:
        above.tell_holder(unit, moved, lambda: _("The ticket is no longer snoozed: the customer wrote."))
    post.show_card(unit, moved)
    return moved


def can_reopen(talk: Talk, ticket: Ticket) -> bool:
    """Whether its customer may open it again: inside the window, and never what was stopped."""
    window = talk.unit.reopen_within(ticket)
    return ticket.outcome != STOPPED and ticket.reopens(talk.unit.at, window)


def note_down(talk: Talk, ticket: Ticket, told: Told) -> tuple[UUID, ...]:
    """Keep each message with its files; tells the words of each."""
    return tuple(_keep_part(talk, ticket, part) for part in told.parts)


def _keep_part(talk: Talk, ticket: Ticket, part: Part) -> UUID:
    unit = talk.unit
    origin = f"{talk.address.channel}:{part.message}" if part.message else ""
    said = words.add(unit.tx, ticket, author=CUSTOMER, kind="said", text=part.text, at=unit.at, origin=origin)
    words.attach(unit.tx, ticket, said.id, talk.address.channel, part.files, unit.at)
    for name in filter(None, (part.message, album(part.group))):
        _remember(talk, ticket, said.id, name)
    return said.id


def album(group: str) -> str:
    """The name under which an album is remembered beside its messages."""
    return f"album:{group}" if group else ""


def _remember(talk: Talk, ticket: Ticket, words_id: UUID, message: str) -> None:
    deliveries.remember(
        talk.unit.tx,
        talk.address.channel,
        talk.address.chat,
        message,
        purpose="said",
        ticket_id=ticket.id,
        words_id=words_id,
        at=talk.unit.at,
    )


def about(talk: Talk, message: str) -> deliveries.About | None:
    """What a message of this chat is about, ours or the person's own."""
    return deliveries.find(talk.unit.tx, talk.address.channel, talk.address.chat, message)
