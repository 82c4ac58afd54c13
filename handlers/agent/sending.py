"""An agent's words go to the customer; where they wait first, their author is shown how to take them back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from bot.core.shown import Button
from bot.core.words import Option
from handlers import files as filed
from handlers import lines, post
from handlers.agent.act import Act
from handlers.unit import Unit
from locales import ngettext, pgettext

UNDO = "undo"
"""The verb of the private button that takes words back while they wait."""


def send(
    act: Act,
    words_id: UUID,
    purpose: str,
    text: Callable[[], str],
    options: Callable[[], tuple[Option, ...]] = tuple,
) -> None:
    """These words and their files, in a text and with buttons made inside the customer's language."""
    promise(act, words_id, purpose, text, options)
    offer_undo(act, words_id)


def promise(
    act: Act,
    words_id: UUID,
    purpose: str,
    text: Callable[[], str],
    options: Callable[[], tuple[Option, ...]] = tuple,
) -> None:
    """The same, where an undo is offered for more than these."""
    unit, ticket = act.unit, act.ticket
    say = post.worded(unit, ticket, text, options, filed.of_words(unit.tx, ticket, words_id))
    post.to_ticket_customer(unit, ticket, say, purpose, words_id=words_id, not_before=waits_until(unit))


def waits_until(unit: Unit) -> datetime | None:
    """Until when words to the customer wait, so that a slip can be taken back; None where they go at once."""
    seconds = unit.office.desk.defaults.undo_seconds
    return unit.now + timedelta(seconds=seconds) if seconds else None


def _to_the_customer(seconds: int) -> str:
    return ngettext(
        "This goes to the customer in {n} second.", "This goes to the customer in {n} seconds.", seconds
    )


def offer_undo(act: Act, words_id: UUID, goes: Callable[[int], str] = _to_the_customer) -> None:
    """Tell the author until when a slip can be taken back; nothing where words leave at once."""
    seconds = act.unit.office.desk.defaults.undo_seconds
    if not seconds:
        return
    with act.speaking():
        undo = Button(verb=UNDO, title=pgettext("button", "Undo"), value=f"{act.ticket.id}/{words_id}")
        act.whisper(lines.text(goes(seconds)), buttons=(undo,))
