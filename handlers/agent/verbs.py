"""The agents' verbs: each is on the card, as a button or in its menu, and does one thing to the ticket."""

from collections.abc import Callable

from bot.core import facts as kinds
from bot.core import verbs
from bot.core.ticket import Verb, claim, release, reopen
from handlers import homes, post
from handlers.agent import answers, dialogs, explaining, holding, snoozing
from handlers.agent.act import READ_ONLY, Act
from handlers.agent.assigning import relay_rule
from handlers.customer import retelling
from handlers.lines import SLOT
from handlers.ties import incidents
from locales import _
from storage import tickets


def do(act: Act, verb: str, *, chosen: bool = False) -> None:
    """Do what the card says, if this agent may and the ticket still allows it.

    A menu goes on to show what was `chosen` from it, so the card is drawn again.
    """
    with act.speaking(), act.keeping_up():
        _try(act, verb)
    if chosen:
        post.show_card(act.unit, act.ticket)


def _try(act: Act, verb: str) -> None:
    deed = verbs.deed(act.situation, verb)
    if not (act.may_act or (verb in READ_ONLY and act.may_see)):
        act.refuse_stranger()
    elif _is_taken(act, verb):
        _tell_loser(act)
    elif deed is None:
        _refuse_late(act, verb)
    elif not act.may(deed.who):
        act.refuse_for_claimer()
    elif verb in VERBS:
        VERBS[verb](act)
    else:
        dialogs.opens(act, verb)


def _is_taken(act: Act, verb: str) -> bool:
    """Whether it cannot be taken: somebody was quicker, or it is in this agent's hands already."""
    held = act.ticket.unresolved and act.ticket.claimer
    return bool(held) and (verb == "claim" or (verb == "take_over" and act.holds_ticket))


def _refuse_late(act: Act, verb: str) -> None:
    if verb == "reopen" and act.ticket.allows(Verb.REOPEN):
        act.refuse(_("The time to reopen this ticket is over."))
    else:
        act.refuse(_("This is no longer possible: the ticket has changed meanwhile."))
    post.show_card(act.unit, act.ticket)
    act.offer()


def _tell_loser(act: Act) -> None:
    if act.holds_ticket:
        act.refuse(_("This ticket is already yours."))
    else:
        act.refuse_for_claimer()
        act.offer()


def _claim(act: Act) -> None:
    unit = act.unit
    if not tickets.claim(unit.tx, act.ticket.id, act.agent.user):
        act.ticket = tickets.read(unit.tx, act.ticket.id)
        _tell_loser(act)
        return
    act.become(claim(act.ticket, act.agent.user, unit.at), kinds.CLAIMED)
    act.announce(lambda: (_("Claimed by {agent}.", agent=SLOT), relay_rule(act)))


def _release(act: Act) -> None:
    act.become(release(act.ticket, act.unit.at), kinds.RELEASED)
    act.announce(lambda: (_("Released by {agent}.", agent=SLOT), _("Words in this thread stay on the desk.")))


def _reopen(act: Act) -> None:
    unit, before = act.unit, retelling.known(act.unit, act.ticket)
    act.become(reopen(act.ticket, unit.at), kinds.REOPENED)
    homes.opened_again(unit, act.ticket)
    act.announce(lambda: (_("Opened again by {agent}.", agent=SLOT),))
    answers.tell_reopened(act, before)


VERBS: dict[str, Callable[[Act], None]] = {
    "claim": _claim,
    "release": _release,
    "reopen": _reopen,
    "resume": holding.resume,
    "wake": snoozing.wake,
    "why": explaining.explain,
    "untie": incidents.untie,
}
"""What is done at once, or only tells; every other verb opens its dialog."""
