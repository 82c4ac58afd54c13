"""While words to the customer still wait, their author can take them back by a private button."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bot.core import arrivals
from bot.core import facts as kinds
from bot.core.silences import asks, without_solution
from bot.core.ticket import UNANSWERED, Fact, Status, Ticket, Verb, move, unresolve
from handlers import amending, homes, post, unsent
from handlers.agent import answers, retold
from handlers.agent.act import Act
from handlers.ties import breath, joined
from handlers.unit import Unit
from locales import _
from storage import tickets, words
from storage.words import Words

_WAKING = frozenset(
    {
        kinds.CUSTOMER_WROTE,
        kinds.CUSTOMER_EDITED,
        kinds.CLAIMED,
        kinds.RELEASED,
        kinds.ASSIGNED,
        kinds.TAKEN_OVER,
        kinds.TRANSFERRED,
        kinds.ASKED,
        kinds.HELD,
        kinds.RESUMED,
    }
)
"""What ends a snooze while words wait to be taken back."""

Before = tuple[Ticket] | tuple[Ticket, str]
"""The ticket as it was; with the kind of fact that says so, where its facts do not come to that already."""


def hold(unit: Unit, ticket_id: UUID, words_id: UUID | None) -> None:
    """All tickets that the words to be taken back are about are held until the unit ends."""
    if words_id and (others := breath.tickets_of(unit.tx, ticket_id, words_id)):
        tickets.hold(unit.tx, {ticket_id, *others})


def undo(act: Act, words_id: UUID | None) -> None:
    """The button: what the words did to the ticket is undone with them.

    Their author may, and whoever sent them again, wherever the ticket is by now: nobody has been told.
    """
    kept = words.find_if_any(act.unit.tx, act.ticket, words_id) if words_id else None
    with act.speaking(), act.keeping_up():
        if kept is None or act.by not in _theirs(act, kept):
            _refuse_others(act)
        elif breath.take_back(act, kept, undo_deed):
            """Their author has been told of how many."""
        elif _withdraw(act, kept):
            """Their author has been told."""
        elif amending.reached(act.unit, act.ticket, kept.id):
            act.refuse(_("It is too late: the customer already has these words."))
        else:
            act.refuse(_nowhere(act, kept))


def _nowhere(act: Act, kept: Words) -> str:
    """What became of words that neither wait nor have arrived."""
    happened = tickets.history(act.unit.tx, act.ticket.id)
    if kept.id in arrivals.taken_back(happened):
        return _("The customer does not get these words: they had been taken back before.")
    if kept.id in arrivals.undelivered(happened):
        return _("These words did not reach the customer, so there is nothing to take back.")
    return _("These words can no longer be taken back.")


def _theirs(act: Act, kept: Words) -> set[str]:
    """Who was shown the button under them."""
    return {kept.author, *(fact.by for fact in unsent.sendings_again(act.unit, act.ticket, kept))}


def _refuse_others(act: Act) -> None:
    if act.may_act:
        act.refuse(_("These words can no longer be taken back."))
    else:
        act.refuse_stranger()


def _withdraw(act: Act, kept: Words) -> bool:
    doubted = answers.in_doubt(act.unit, kept.id)
    if not answers.withdraw(act.unit, kept.id):
        return False
    unsent.goes_back(act.unit, act.ticket, kept, act.by)
    undo_deed(act, kept)
    post.show_card(act.unit, joined.stays(act.unit.tx, act.ticket))
    retold.taken_back([(act, kept)], doubted=doubted)
    act.refuse(answers.taken_back(doubted=doubted))
    return True


def undo_deed(act: Act, kept: Words) -> None:
    """The ticket is as if these words, which nobody was told, had not been written."""
    back = BACK.get(kept.kind)
    if before := back(act, kept) if back else None:
        ticket, *happened = before
        ticket = replace(ticket, snoozed=act.ticket.snoozed or _ended_snooze(act, kept))
        facts = [act.unit.fact(kind, act.by, words=str(kept.id)) for kind in happened]
        act.ticket = tickets.save(act.unit.tx, ticket, *facts)
        post.show_card(act.unit, act.ticket)
        homes.opened_again(act.unit, act.ticket)


def _ended_snooze(act: Act, kept: Words) -> bool:
    """Whether it was snoozed until these words, and nothing since would have ended that."""
    snoozed = False
    for fact in tickets.history(act.unit.tx, act.ticket.id):
        if fact.data.get("snoozed") and fact.data.get("words") == str(kept.id):
            snoozed = True
        elif fact.kind in _WAKING:
            snoozed = False
    return snoozed


def _unasked(act: Act, _kept: Words) -> Before | None:
    """The ticket waits for nobody, but for the answer to an earlier question."""
    if act.ticket.status is not Status.PENDING or asks(tickets.history(act.unit.tx, act.ticket.id)):
        return None
    return move(act.ticket, Verb.UNASK, act.unit.at), kinds.RESUMED


def _unresolved(act: Act, kept: Words) -> Before | None:
    """It stands as it would without them; what was only sent again had ended the work before."""
    happened = tickets.history(act.unit.tx, act.ticket.id)
    if act.ticket.status is not Status.RESOLVED or unsent.sendings_again(act.unit, act.ticket, kept):
        return None
    stood = without_solution(happened, str(kept.id))
    return unresolve(act.ticket, act.unit.at, stood), kinds.UNDONE


def _unheld(act: Act, kept: Words) -> Before | None:
    """Work goes on, or waits for the customer as before: the ledger knows of no standstill."""
    held = _last(act, kinds.HELD, kept)
    if act.ticket.status is not Status.ON_HOLD or held is None:
        return None
    going_on = move(act.ticket, Verb.RESUME, act.unit.at)
    waited = held.data.get("before") == Status.PENDING and asks(tickets.history(act.unit.tx, act.ticket.id))
    return (move(going_on, Verb.ASK, act.unit.at) if waited else going_on,)


def _unended(act: Act, kept: Words) -> Before | None:
    """The question still waits for its answer, since it was asked."""
    if act.ticket.outcome != UNANSWERED or _last(act, kinds.ENDED, kept) is None:
        return None
    return (move(act.ticket, Verb.UNEND, act.unit.at, outcome="", closed_at=None),)


def _last(act: Act, kind: str, kept: Words) -> Fact | None:
    """The last deed of such a kind, if it was done by these words."""
    done = [fact for fact in tickets.history(act.unit.tx, act.ticket.id) if fact.kind == kind]
    return done[-1] if done and done[-1].data.get("words") == str(kept.id) else None


BACK: dict[str, Callable[[Act, Words], Before | None]] = {
    "question": _unasked,
    "hold": _unheld,
    "ended": _unended,
    "solution": _unresolved,
    "declined": _unresolved,
}
"""What becomes of the ticket when words of a kind are taken back; other words changed nothing about it."""
