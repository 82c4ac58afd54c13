"""The agents' verbs: each is a button on the card, and does one thing to the ticket."""

from collections.abc import Callable

from bot.core.shown import Mention, Post
from bot.core.ticket import Ticket, claim, release, reopen, verbs_of_card
from handlers import lines, post, thread
from handlers.agent import dialogs
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
        elif verb == "claim" and act.ticket.claimer:
            _tell_loser(act)
        elif verb not in verbs_of_card(act.ticket):
            _refuse_late(act)
        elif verb in NEEDS_HANDS and not (act.holds_ticket or act.is_supervisor):
            act.refuse_for_claimer()
        else:
            VERBS[verb](act)


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
    taken = tickets.save(unit.tx, claim(act.ticket, act.agent.user, unit.at), unit.fact("claimed", act.by))
    _announce(act, taken, lambda: (_("Claimed by {agent}.", agent=SLOT), _relay_rule(act)))
    post.show_card(unit, taken)


def _relay_rule(act: Act) -> str:
    """Said at each claim, so that nobody learns it by accident."""
    if act.unit.office.desk.defaults.relay == "dialog":
        return _("Words in this thread stay on the desk; the customer is answered by the Reply button.")
    return _(
        "From now on their words in this thread go to the customer. A message that begins with ;; stays here."
    )


def _release(act: Act) -> None:
    unit = act.unit
    freed = tickets.save(unit.tx, release(act.ticket, unit.at), unit.fact("released", act.by))
    _announce(
        act,
        freed,
        lambda: (_("Released by {agent}.", agent=SLOT), _("Words in this thread stay on the desk.")),
    )
    post.show_card(unit, freed)


def _reopen(act: Act) -> None:
    unit = act.unit
    if not act.ticket.reopens(unit.at, unit.office.reopen_within):
        act.refuse(_("The time to reopen this ticket is over."))
        return
    opened = tickets.save(unit.tx, reopen(act.ticket, unit.at), unit.fact("reopened", act.by))
    _announce(act, opened, lambda: (_("Opened again by {agent}.", agent=SLOT),))
    post.show_card(unit, opened)


def _announce(act: Act, ticket: Ticket, sentences: Callable[[], tuple[str, ...]]) -> None:
    """The thread is told who did what: the first sentence names the agent."""
    with thread.speaking(act.unit, ticket):
        who, *rest = sentences()
    agent = Mention(user=act.agent.user)
    told = (lines.around(who, agent), *(lines.text(sentence) for sentence in rest))
    post.to_thread(act.unit, ticket, Post(summary=" ".join(rest) or ticket.reference, lines=told), "news")


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
