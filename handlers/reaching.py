"""Whether a customer can be reached: said at once on the desk, kept, and mended when they come back."""

from collections.abc import Callable, Iterator
from uuid import UUID

from bot.core import facts as kinds
from bot.core.shown import Button, Line, Post
from bot.core.ticket import Fact, Ticket
from handlers import files as filed
from handlers import lines, post, states, thread
from handlers.clock import above
from handlers.unit import Unit
from locales import _, pgettext
from storage import files, people, tickets, words
from storage.people import Address
from storage.words import Words

SEND_AGAIN = "send_again"
"""The verb of the button that sends words again which did not arrive."""

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
            _offer(unit, ticket)


def _blocked() -> str:
    return _("The customer has blocked us: nothing reaches them until they let us in again.")


def _gone() -> str:
    return _("The customer's chat is gone: nothing reaches them until they write again.")


def _tell(unit: Unit, ticket: Ticket, sentence: Callable[[], str]) -> None:
    above.tell_holder(unit, ticket, sentence)
    post.show_card(unit, ticket)


def _offer(unit: Unit, ticket: Ticket) -> None:
    for kept in undelivered(unit, ticket)[-MOST:]:
        with thread.speaking(unit, ticket):
            told = _("This did not reach the customer:")
            send = Button(
                verb=SEND_AGAIN, title=pgettext("button", "Send again"), value=f"{ticket.id}/{kept.id}"
            )
            quoted = (lines.text(told, strong=True), *_quoted(unit, ticket, kept))
        post.to_thread(unit, ticket, Post(summary=told, lines=quoted, buttons=(send,)), "news")


def _quoted(unit: Unit, ticket: Ticket, kept: Words) -> Iterator[Line]:
    """What would be sent: the words, where there are some, and their files by name."""
    if kept.text:
        yield lines.quote(kept.text, kept.id)
    going = {file.id for file in filed.of_words(unit.tx, ticket, kept.id)}
    for file in files.of_words(unit.tx, ticket.id, kept.id):
        if file.id in going:
            yield lines.quote(states.kind_of_file(file.about), kept.id)


def undelivered(unit: Unit, ticket: Ticket) -> list[Words]:
    """An agent's answers that the customer never got, and that nobody has taken back.

    What came with a question, a date or a button of its own is said anew by its verb.
    """
    last: dict[UUID, Fact] = {}
    for fact in tickets.history(unit.tx, ticket.id):
        if fact.kind in {kinds.DELIVERED, kinds.UNDELIVERED, kinds.SENT_AGAIN}:
            last[UUID(fact.data["words"])] = fact
    failed = [words_id for words_id, fact in last.items() if fact.kind == kinds.UNDELIVERED]
    replies = [kept for kept in _found(unit, ticket, failed) if kept.kind == "reply" and not kept.redacted]
    return [kept for kept in replies if kept.text or filed.of_words(unit.tx, ticket, kept.id)]


def _found(unit: Unit, ticket: Ticket, ids: list[UUID]) -> Iterator[Words]:
    found = (words.find_if_any(unit.tx, ticket, words_id) for words_id in ids)
    return (kept for kept in found if kept)


def shown(unit: Unit, ticket: Ticket) -> str:
    """What the card says of it, in the language of the moment; nothing while they can be reached."""
    if people.address(unit.tx, ticket.address_id).open:
        return ""
    return _("cannot be reached")
