"""The agents' verbs: each is a button on the card, and does one thing to the ticket."""

from collections.abc import Callable

from bot.core.ticket import Ticket, claim, release, reopen, verbs_of_card
from handlers import post
from handlers.agent import answers, dialogs
from handlers.agent.act import Act
from handlers.lines import SLOT
from locales import _
from storage import tickets

NEEDS_HANDS = ("reply", "ask", "resolve", "release")
"""What only the claimer does, or a supervisor."""


def do(act: Act, verb: str) -> None:
    """Do what a button of the card says, if this agent may and the ticket still allows it."""
    with act.speaking():
        if not act.may_act:
            act.refuse_stranger()
        elif verb == "claim" and act.ticket.unresolved and act.ticket.claimer:
            _tell_loser(act)
        elif verb not in verbs_of_card(act.ticket):
            _refuse_late(act)
        elif verb in NEEDS_HANDS and not _has_hands(act, verb):
            act.refuse_for_claimer()
        else:
            VERBS[verb](act)


def _has_hands(act: Act, verb: str) -> bool:
    """Whoever holds the ticket, or a supervisor; what somebody left behind who is gone, anybody frees."""
    return act.holds_ticket or act.is_supervisor or (verb == "release" and act.claimer_is_gone)


def _refuse_late(act: Act) -> None:
    act.refuse(_("This is no longer possible: the ticket has changed meanwhile."))
    post.show_card(act.unit, act.ticket)


def _tell_loser(act: Act) -> None:
    if act.holds_ticket:
        act.refuse(_("This ticket is already yours."))
    else:
        act.refuse_for_claimer()


def _claim(act: Act) -> None:
    unit = act.unit
    if not tickets.claim(unit.tx, act.ticket.id, act.agent.user):
        act.ticket = tickets.read(unit.tx, act.ticket.id)
        _tell_loser(act)
        return
    taken = claim(act.ticket, act.agent.user, unit.at)
    _save(act, taken, "claimed", lambda: (_("Claimed by {agent}.", agent=SLOT), _relay_rule(act)))


def _relay_rule(act: Act) -> str:
    """Said at each claim, so that nobody learns it by accident."""
    if act.unit.office.desk.defaults.relay == "dialog":
        return _("Words in this thread stay on the desk; the customer is answered by the Reply button.")
    return _(
        "From now on their words in this thread go to the customer. A message that begins with ;; stays here."
    )


def _release(act: Act) -> None:
    freed = release(act.ticket, act.unit.at)
    _save(
        act,
        freed,
        "released",
        lambda: (_("Released by {agent}.", agent=SLOT), _("Words in this thread stay on the desk.")),
    )


def _reopen(act: Act) -> None:
    unit = act.unit
    if not act.ticket.reopens(unit.at, unit.reopen_within(act.ticket)):
        act.refuse(_("The time to reopen this ticket is over."))
        return
    _save(act, reopen(act.ticket, unit.at), "reopened", lambda: (_("Opened again by {agent}.", agent=SLOT),))
    answers.tell_reopened(unit, act.ticket)


def _save(act: Act, ticket: Ticket, fact: str, sentences: Callable[[], tuple[str, ...]]) -> None:
    """Keep what became of the ticket, and tell it in the thread and on the card."""
    act.ticket = tickets.save(act.unit.tx, ticket, act.unit.fact(fact, act.by))
    act.announce(sentences)
    post.show_card(act.unit, act.ticket)


VERBS: dict[str, Callable[[Act], None]] = {
    "claim": _claim,
    "release": _release,
    "reopen": _reopen,
    "reply": dialogs.open_reply,
    "ask": dialogs.open_ask,
    "note": dialogs.open_note,
    "resolve": dialogs.open_resolve,
    "priority": dialogs.open_priority,
}
