"""Words that did not reach the customer are sent again, by hand and once, with what follows from them."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from bot.core import arrivals
from bot.core import facts as kinds
from bot.core.ticket import MERGED, Fact, Verb, move
from handlers import amending, moving, offers, post
from handlers.agent import answers, declining, resolving, sending
from handlers.agent.act import Act
from handlers.customer import buttons
from handlers.ties import joined, telling
from handlers.unit import Unit
from handlers.unsent import OF_SEVERAL
from locales import _
from storage import moved, tickets, words
from storage.words import Words


def hold(unit: Unit, ticket_id: UUID, words_id: UUID | None) -> None:
    """What was merged into this ticket is held until the unit ends: the words may be theirs.

    So are the customer's other tickets that the same news is kept with.
    """
    whole = moving.whole_of(unit, tickets.read(unit.tx, ticket_id))
    theirs = {one.id for one in whole}
    for one in whole:
        kept = words.find_if_any(unit.tx, one, words_id) if words_id else None
        if kept and kept.kind == OF_SEVERAL:
            theirs.update(there for there, _words in words.copies(unit.tx, one, kept))
    if len(theirs) > 1:
        tickets.hold(unit.tx, theirs)


def send_again(act: Act, words_id: UUID | None) -> None:
    """The button under words that did not arrive."""
    there, kept = _waiting(act, words_id)
    with act.speaking():
        if not act.may_act:
            act.refuse_stranger()
        elif act.ticket.outcome == MERGED:
            act.refuse(offers.goes_on(act.unit, act.ticket))
        elif kept is None:
            act.refuse(_nothing_left(act, words_id))
        elif why := _too_late(act, kept):
            act.refuse(why)
        elif not act.may("free" if kept.kind in offers.ENDINGS else "claimer"):
            act.refuse_for_claimer() if act.ticket.claimer else act.refuse(_unclaimed())
        else:
            _send(_asking(act, there, kept) if kept.kind == "question" else there, kept)


def _waiting(act: Act, words_id: UUID | None) -> tuple[Act, Words | None]:
    """What is to be sent again, and whose it is: this ticket's, or that of one merged into it."""
    for there in (act, *(act.on(one) for one in moving.merged_into(act.unit, act.ticket))):
        for kept in offers.undelivered(act.unit, there.ticket):
            if kept.id == words_id:
                return there, kept
    return act, None


def _nothing_left(act: Act, words_id: UUID | None) -> str:
    """What became of them; an ending that was never told is overtaken by whatever came after it."""
    for one in moving.whole_of(act.unit, act.ticket):
        kept = words.find_if_any(act.unit.tx, one, words_id) if words_id else None
        lost = arrivals.undelivered(tickets.history(act.unit.tx, one.id))
        if kept and kept.kind in offers.ENDINGS and kept.id in lost:
            return _("This is not sent any more: the ticket has gone on since.")
    return _("These words have been sent again already, or were taken back.")


def _unclaimed() -> str:
    return _("Nobody has claimed the ticket. Claim it to write to the customer.")


def _too_late(act: Act, kept: Words) -> str:
    """Why they cannot go out as the ticket stands now, or nothing."""
    if kept.kind not in offers.ENDINGS and not act.ticket.unresolved:
        return _("The ticket is resolved. Open it again to write to the customer.")
    if kept.kind == "question" and not act.ticket.allows(Verb.ASK):
        on_hold = _("The ticket is on hold. Resume it to ask the customer.")
        return on_hold if act.ticket.claimer else _unclaimed()
    return ""


def _asking(act: Act, there: Act, kept: Words) -> Act:
    """A question is the ticket's that is to wait for its answer, also where a merged one asked it."""
    if there.ticket.id != act.ticket.id:
        tickets.save(there.unit.tx, answers.touched(there.ticket, act.unit.at), _again(there, kept))
        moved.move(act.unit.tx, kept.id, there.ticket, act.ticket)
    return act


def _again(act: Act, kept: Words) -> Fact:
    return act.unit.fact(kinds.SENT_AGAIN, act.by, words=str(kept.id))


def _send(act: Act, kept: Words) -> None:
    unit = act.unit
    act.ticket = tickets.save(unit.tx, answers.touched(act.ticket, unit.at), _again(act, kept))
    AGAIN[kept.kind](act, kept)
    post.show_offers(unit, kept.id)
    post.show_card(unit, joined.stays(unit.tx, act.ticket))
    if not sending.waits_until(unit):
        act.refuse(_("Sent to the customer again."))


def _reply(act: Act, kept: Words) -> None:
    sending.send(act, kept.id, "reply", lambda: amending.reply_text(act.ticket, kept.text))


def _ask(act: Act, kept: Words) -> None:
    """The ticket waits for the answer to it, as if it were asked now."""
    asked = act.unit.fact(kinds.ASKED, act.by, words=str(kept.id))
    act.ticket = tickets.save(act.unit.tx, move(act.ticket, Verb.ASK, act.unit.at), asked)
    sending.send(act, kept.id, "ask", lambda: answers.question_text(act.ticket, kept.text))


def _ending(told: Callable[[Act, str], str], act: Act, kept: Words) -> None:
    """The customer is asked whether it is solved; their window counts from when they learn of it."""
    text, options = partial(told, act, kept.text), partial(buttons.solved, act.ticket)
    sending.send(act, kept.id, "solution", text, options)


AGAIN: dict[str, Callable[[Act, Words], None]] = {
    "reply": _reply,
    "question": _ask,
    "solution": partial(_ending, resolving.told),
    "declined": partial(_ending, declining.told),
    OF_SEVERAL: telling.tell_again,
}
"""By the kind of the words."""
