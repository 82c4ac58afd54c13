"""Whether a customer can be reached: said at once on the desk, kept, and mended when they come back."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.core import arrivals
from bot.core import facts as kinds
from bot.core.shown import Button, Line, Post
from bot.core.ticket import Fact, Status, Ticket
from handlers import files as filed
from handlers import lines, moving, post, states, thread
from handlers.clock import above
from handlers.unit import Unit
from handlers.unsent import OF_SEVERAL
from locales import _, pgettext
from storage import files, outbox, people, posted, tickets, words
from storage.people import Address
from storage.words import Words

SEND_AGAIN = "send_again"
"""The verb of the button that sends words again which did not arrive."""

OFFER = "offer"
"""The purpose of the posts that hold it."""

BLOCKED = "blocked"
ENDINGS = frozenset({"solution", "declined"})
"""Kinds of words that tell the customer that the work is done."""

ANSWERS = ENDINGS | {"reply", "question", OF_SEVERAL}
"""Kinds of words that are sent again as they are. What holds a moment or a link of its own is made anew."""

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
    """In this ticket's thread: what did not arrive of it and of those merged into it, or only `of` these."""
    _offer(unit, ticket, [(each, kept) for each, kept in _missed(unit, ticket) if not of or each in of])


def offer_along(unit: Unit, ticket: Ticket) -> None:
    """The ticket was brought to another thread: there, but for what is offered in it already.

    While nothing reaches the customer, or the ticket is closed, nothing is offered anywhere.
    """
    desk, place = unit.office.desk_channel, tickets.thread(unit.tx, ticket.id)
    outbox.withdraw_all(unit.tx, outbox.ToThread(ticket=ticket.id), channel=desk, purpose=OFFER, at=unit.at)
    if ticket.status is not Status.CLOSED and people.address(unit.tx, ticket.address_id).open:
        missed = _missed(unit, ticket)
        ids = [kept.id for _each, kept in missed]
        there = posted.standing(unit.tx, desk, place.channel, ids, (OFFER,)) if place else set()
        _offer(unit, ticket, [(each, kept) for each, kept in missed if kept.id not in there])


def _missed(unit: Unit, ticket: Ticket) -> list[tuple[Ticket, Words]]:
    """Whose it is beside it."""
    whole = (*moving.merged_into(unit, ticket), ticket)
    found = {_message(kept): (each, kept) for each in whole for kept in undelivered(unit, each)}
    return list(found.values())


def _offer(unit: Unit, ticket: Ticket, missed: Sequence[tuple[Ticket, Words]]) -> None:
    for each, kept in missed[-MOST:]:
        with thread.speaking(unit, ticket):
            told = _heading(kept)
            send = Button(
                verb=SEND_AGAIN, title=pgettext("button", "Send again"), value=f"{ticket.id}/{kept.id}"
            )
            quoted = (lines.text(told, strong=True), *_quoted(unit, each, kept))
        offered = Post(summary=told, lines=quoted, buttons=(send,))
        post.to_thread(unit, ticket, offered, OFFER, carries=(kept.id,))


def _message(kept: Words) -> tuple[str, datetime] | UUID:
    """What tells messages apart: news is one, however many tickets it is kept with."""
    return (kept.author, kept.at) if kept.kind == OF_SEVERAL else kept.id


def _heading(kept: Words) -> str:
    """What it is that they do not know; a solution may have no words of its own."""
    if kept.kind in ENDINGS:
        return _("The customer has not learned yet how this ended.")
    return _("This did not reach the customer:")


def _quoted(unit: Unit, ticket: Ticket, kept: Words) -> Iterator[Line]:
    """What would be sent: the words, where there are some, and their files by name."""
    if kept.text:
        yield lines.quote(kept.text, kept.id)
    going = {file.id for file in filed.of_words(unit.tx, ticket, kept.id)}
    for file in files.of_words(unit.tx, ticket.id, kept.id):
        if file.id in going:
            yield lines.quote(states.kind_of_file(file.about), kept.id)


def undelivered(unit: Unit, ticket: Ticket) -> list[Words]:
    """An agent's answers that the customer never got, and that nobody has taken back or overtaken."""
    happened = tickets.history(unit.tx, ticket.id)
    failed = arrivals.undelivered(happened)
    kept = (one for one in _found(unit, ticket, failed) if one.kind in ANSWERS and not one.redacted)
    return [one for one in kept if _holds(unit, ticket, one, happened)]


def _holds(unit: Unit, ticket: Ticket, kept: Words, happened: Sequence[Fact]) -> bool:
    """Whether there is something to send: an ending only while the ticket stands as it says."""
    if kept.kind not in ENDINGS:
        return bool(kept.text or filed.of_words(unit.tx, ticket, kept.id))
    ended = [fact.data["words"] for fact in happened if fact.kind in kinds.RESOLVING]
    return ticket.status is Status.RESOLVED and ended[-1:] == [str(kept.id)]


def _found(unit: Unit, ticket: Ticket, ids: list[UUID]) -> Iterator[Words]:
    found = (words.find_if_any(unit.tx, ticket, words_id) for words_id in ids)
    return (kept for kept in found if kept)


def shown(unit: Unit, ticket: Ticket) -> str:
    """What the card says of it, in the language of the moment; nothing while they can be reached.

    Nor of what is closed, which a merged ticket is, too: it hears nothing when they come back.
    """
    if ticket.status is Status.CLOSED or people.address(unit.tx, ticket.address_id).open:
        return ""
    return _("cannot be reached")
