"""How serious a ticket is, and how much work: what an agent judges, and what its promises come to then."""

from collections.abc import Sequence

from bot.core import facts as kinds
from bot.core.policy import Complexity, Priority
from bot.core.shown import Dialog, Input, Pick
from bot.core.ticket import Verb, move
from handlers.agent import forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.customer import retelling
from handlers.lines import SLOT
from locales import _, current


def _ask_priority(act: Act) -> Dialog:
    chosen = _choice(act, "priority", _("Priority"), act.situation.policy.priorities, act.ticket.priority)
    return forms.dialog(act, "priority", _("Priority"), chosen)


def _ask_complexity(act: Act) -> Dialog:
    situation = act.situation
    now = situation.triage.complexity
    chosen = _choice(act, "complexity", _("Complexity"), situation.policy.complexities, now)
    return forms.dialog(act, "complexity", _("Complexity"), chosen)


def _choice(act: Act, key: str, label: str, known: Sequence[Priority | Complexity], now: str) -> Input:
    language = act.agent.language
    picks = tuple(Pick(key=one.key, title=one.title.in_(language)) for one in known)
    return Input(key=key, label=label, picks=picks, value=now)


def _prioritise(act: Act, values: Values) -> None:
    """The priority is set, or the customer's own choice confirmed (CMP-2)."""
    situation, before = act.situation, act.ticket.priority
    chosen = situation.policy.priority(values.get("priority", ""))
    if chosen is None or (chosen.key == before and not situation.provisional_priority):
        return
    known = retelling.known(act.unit, act.ticket)
    triaged = move(act.ticket, Verb.TRIAGE, act.unit.at, priority=chosen.key)
    act.become(triaged, kinds.PRIORITISED, before=before, now=chosen.key)
    if chosen.key == before:
        act.announce(lambda: (_confirmed(chosen),))
        return
    act.announce(lambda: (_set(chosen),))
    retelling.retriaged(act.unit, act.ticket, known, because=lambda: _told(chosen))


def _confirmed(chosen: Priority) -> str:
    return _("{agent} confirmed the priority: {priority}.", agent=SLOT, priority=chosen.title.in_(current()))


def _set(chosen: Priority) -> str:
    return _("{agent} set the priority: {priority}.", agent=SLOT, priority=chosen.title.in_(current()))


def _told(chosen: Priority) -> str:
    return _("Its priority is now: {priority}.", priority=chosen.title.in_(current()))


def _classify(act: Act, values: Values) -> None:
    """Simple or complex: the clocks move, and the customer is promised what follows from it (CAP-7)."""
    situation = act.situation
    before, chosen = situation.triage.complexity, situation.policy.complexity(values.get("complexity", ""))
    if chosen is None or chosen.key == before:
        return
    known = retelling.known(act.unit, act.ticket)
    act.become(move(act.ticket, Verb.TRIAGE, act.unit.at), kinds.CLASSIFIED, before=before, now=chosen.key)
    act.announce(
        lambda: (
            _(
                "{agent} set the complexity: {complexity}.",
                agent=SLOT,
                complexity=chosen.title.in_(current()),
            ),
        )
    )
    retelling.retriaged(act.unit, act.ticket, known)


FORMS = {
    "priority": Form(_ask_priority, _prioritise, upon=lambda act: act.ticket.priority),
    "complexity": Form(_ask_complexity, _classify, upon=lambda act: act.situation.triage.complexity),
}
