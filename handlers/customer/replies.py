"""A customer's words on a ticket of their own: kept, shown to the agents, and acknowledged."""

from uuid import UUID

from bot.core import reference
from bot.core.heard import Attachment, Edited, Said
from bot.core.text import clean
from bot.core.thanks import is_thanks
from bot.core.ticket import Status, Ticket, Verb, move
from handlers import post, thread
from handlers.customer import aftercare, conversation
from handlers.customer.commands import AddWords, StartFiling
from handlers.customer.talk import Talk
from locales import _
from storage import deliveries, tickets, words

CUSTOMER = "customer"


@conversation.does(AddWords)
def add_words(talk: Talk, command: AddWords) -> None:
    """Words for a ticket; what happens to them depends on how the ticket stands."""
    ticket = tickets.lock(talk.unit.tx, command.ticket)
    if ticket.status is Status.CLOSED:
        _after_closing(talk, ticket, command)
    elif joins_album(talk, ticket, command):
        return
    elif ticket.status is Status.RESOLVED:
        _after_resolution(talk, ticket, command)
    else:
        keep(talk, ticket, command.text, command.files)
        _acknowledge(talk, ticket)


def keep(talk: Talk, ticket: Ticket, text: str, files: tuple[Attachment, ...]) -> Ticket:
    """Keep the words, show them in the thread, and let the ticket move as the customer's words move it."""
    unit = talk.unit
    kept = words.add(
        unit.tx,
        ticket,
        author=CUSTOMER,
        kind="said",
        text=text,
        at=unit.at,
        origin=_origin(talk),
    )
    words.attach(unit.tx, ticket, kept.id, talk.address.channel, files, unit.at)
    remember(talk, ticket, kept.id)
    moved = tickets.save(
        unit.tx, move(ticket, Verb.WRITE, unit.at), unit.fact("customer_wrote", CUSTOMER, words=str(kept.id))
    )
    thread.customer_wrote(unit, moved, text, files, kept.id)
    post.show_card(unit, moved)
    return moved


def answer_solution(talk: Talk, ticket: Ticket, command: AddWords) -> None:
    """A reply to the solution message says that the problem is still there, unless it only thanks."""
    if is_thanks(command.text) and not command.files:
        aftercare.thanked(talk, ticket)
    elif ticket.reopens(talk.unit.at, talk.unit.office.reopen_within):
        kept = keep(talk, aftercare.reopened(talk, ticket), command.text, command.files)
        shown = reference.show(kept.reference)
        said = _("Your request {reference} is open again, with what you wrote added.", reference=shown)
        talk.say(said, "receipt", ticket=kept, reply=True)
    else:
        _begin_anew(talk, ticket, command)


def joins_album(talk: Talk, ticket: Ticket, command: AddWords) -> bool:
    """A later part of an album joins the words that its first part made, without a second receipt."""
    what = talk.heard.what
    group = what.group if isinstance(what, Said) else ""
    first = words.find_origin(talk.unit.tx, ticket, _origin(talk)) if group else None
    if first is None:
        return False
    words.attach(talk.unit.tx, ticket, first.id, talk.address.channel, command.files, talk.unit.at)
    remember(talk, ticket, first.id)
    thread.customer_wrote(talk.unit, ticket, command.text, command.files, first.id)
    return True


def edited(talk: Talk, what: Edited) -> None:
    """Words that were changed later: the thread shows both versions, and no second ticket comes of it."""
    about = deliveries.find(talk.unit.tx, talk.address.channel, talk.address.chat, what.message)
    if about is None or about.ticket_id is None or about.words_id is None:
        return
    ticket = tickets.lock(talk.unit.tx, about.ticket_id)
    before = words.find(talk.unit.tx, ticket, about.words_id)
    after = clean(what.text)
    if after != before.text:
        words.change(talk.unit.tx, ticket, before.id, after)
        fact = talk.unit.fact("customer_edited", CUSTOMER, words=str(before.id))
        tickets.record(talk.unit.tx, ticket.id, fact)
        thread.customer_edited(talk.unit, ticket, before.text, after)


def remember(talk: Talk, ticket: Ticket, words_id: UUID) -> None:
    """Which message of the customer's this was, so that edits of it and replies to it find the ticket."""
    message = getattr(talk.heard.what, "message", "")
    if message:
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


def _origin(talk: Talk) -> str:
    what = talk.heard.what
    group = what.group if isinstance(what, Said) else ""
    message = getattr(what, "message", "")
    return f"{talk.address.channel}:album:{group}" if group else f"{talk.address.channel}:{message}"


def _acknowledge(talk: Talk, ticket: Ticket) -> None:
    shown = reference.show(ticket.reference)
    talk.say(_("Added to your request {reference}.", reference=shown), "receipt", ticket=ticket, reply=True)


def _after_resolution(talk: Talk, ticket: Ticket, command: AddWords) -> None:
    """Courtesy never reopens; anything else is kept, and the customer says what it means."""
    kept = keep(talk, ticket, command.text, command.files)
    if is_thanks(command.text) and not command.files:
        aftercare.thanked(talk, kept)
    else:
        aftercare.ask_whether_still(talk, kept)


def _after_closing(talk: Talk, ticket: Ticket, command: AddWords) -> None:
    """A closed ticket takes no words: they begin a new one, linked to it."""
    if is_thanks(command.text) and not command.files:
        talk.say(_("You are welcome. We are here whenever you need us."))
    else:
        _begin_anew(talk, ticket, command)


def _begin_anew(talk: Talk, ticket: Ticket, command: AddWords) -> None:
    talk.say(
        _(
            "Your request {reference} is closed, so this will be a new request linked to it.",
            reference=reference.show(ticket.reference),
        )
    )
    conversation.carry_out(talk, StartFiling(command.text, command.files, follows=ticket.id))
