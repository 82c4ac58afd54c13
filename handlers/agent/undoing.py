"""While words to the customer still wait, their author can take them back by a private button."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bot.core import facts as kinds
from bot.core.shown import Button
from bot.core.ticket import Status, Ticket, Verb, move, reopen
from handlers import amending, lines
from handlers.agent import answers
from handlers.agent.act import Act
from handlers.lines import SLOT
from locales import _, ngettext, pgettext
from storage import tickets, words
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
        elif answers.take_back(act, kept):
            _undo(act, kept)
        elif amending.reached(act.unit, act.ticket, kept.id):
            act.refuse(_("It is too late: the customer already has these words."))
        else:
            act.refuse(_("These words can no longer be taken back."))


def _undo(act: Act, kept: Words) -> None:
    undo_deed(act, kept)
    act.announce(
        lambda: (_("{agent} took this back: the customer does not get it.", agent=SLOT),),
        kept.text,
        said=kept.id,
    )
    act.refuse(_("Your words were taken back: the customer does not get them."))


def undo_deed(act: Act, kept: Words) -> None:
    """The ticket is as if these words, which nobody was told, had not been written."""
    back = BACK.get(kept.kind)
    if before := back(act) if back else None:
        ticket, fact = before
        act.become(ticket, fact, words=str(kept.id))


def _unasked(act: Act) -> tuple[Ticket, str] | None:
    """The ticket waits for nobody, but for the answer to an earlier question."""
    if act.ticket.status is not Status.PENDING or _asked_before(act):
        return None
    return move(act.ticket, Verb.UNASK, act.unit.at), kinds.RESUMED


def _asked_before(act: Act) -> bool:
    """Whether the customer has a question of this waiting besides the one that is taken back."""
    asked = set[str]()
    for fact in tickets.history(act.unit.tx, act.ticket.id):
        if fact.kind == kinds.ASKED:
            asked.add(fact.data["words"])
        elif fact.kind in {kinds.TAKEN_BACK, kinds.UNDELIVERED}:
            asked.discard(fact.data["words"])
        elif fact.kind == kinds.CUSTOMER_WROTE:
            asked.clear()
    return bool(asked)


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
