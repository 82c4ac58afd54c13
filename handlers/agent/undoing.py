"""While words to the customer still wait, their author can take them back by a private button."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core.shown import Button
from bot.core.ticket import Status, Ticket, Verb, move, reopen
from handlers import lines
from handlers.agent import answers
from handlers.agent.act import Act
from handlers.lines import SLOT
from locales import _, ngettext, pgettext
from storage import words
from storage.words import Words

UNDO = "undo"


def offer(act: Act, words_id: UUID) -> None:
    """Tell the author until when a slip can be taken back; nothing where words leave at once."""
    seconds = act.unit.office.desk.defaults.undo_seconds
    if not seconds:
        return
    with act.speaking():
        said = ngettext(
            "This goes to the customer in {n} second.", "This goes to the customer in {n} seconds.", seconds
        )
        undo = Button(verb=UNDO, title=pgettext("button", "Undo"), value=f"{act.ticket.id}/{words_id}")
        act.whisper(lines.text(said), buttons=(undo,))


def undo(act: Act, words_id: UUID | None) -> None:
    """The button: what the words did to the ticket is undone with them."""
    kept = words.find_if_any(act.unit.tx, act.ticket, words_id) if words_id else None
    with act.speaking():
        if not act.may_act:
            act.refuse_stranger()
        elif kept is None or kept.author != act.by:
            act.refuse(_("These words can no longer be taken back."))
        elif not answers.take_back(act, kept):
            act.refuse(_("It is too late: the customer already has these words."))
        else:
            _undo(act, kept)


def _undo(act: Act, kept: Words) -> None:
    back = BACK.get(kept.kind)
    before = back(act) if back else None
    if before:
        ticket, fact = before
        act.become(ticket, fact, words=str(kept.id))
    act.announce(lambda: (_("{agent} took this back: the customer does not get it.", agent=SLOT),), kept.text)
    act.refuse(_("Your words were taken back: the customer does not get them."))


def _unasked(act: Act) -> tuple[Ticket, str] | None:
    """The ticket waits for nobody: its question was not asked."""
    if act.ticket.status is not Status.PENDING:
        return None
    return move(act.ticket, Verb.UNASK, act.unit.at), kinds.RESUMED


def _unresolved(act: Act) -> tuple[Ticket, str] | None:
    """Work goes on as if it had not ended."""
    if act.ticket.status is not Status.RESOLVED:
        return None
    return replace(reopen(act.ticket, act.unit.at), claimed_at=act.ticket.claimed_at), kinds.REOPENED


BACK: dict[str, Callable[[Act], tuple[Ticket, str] | None]] = {
    "question": _unasked,
    "solution": _unresolved,
    "declined": _unresolved,
}
"""What becomes of the ticket when words of a kind are taken back; other words changed nothing about it."""
