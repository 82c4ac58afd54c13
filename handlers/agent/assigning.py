"""A ticket is put into the hands of somebody who may act on it."""

from bot.core import facts as kinds
from bot.core.shown import Dialog, Input, Mention
from bot.core.ticket import assign
from handlers.agent import forms
from handlers.agent.act import Act
from handlers.agent.forms import Form, Values
from handlers.clock import above
from handlers.lines import OTHER, SLOT
from locales import _


def _ask(act: Act) -> Dialog:
    hint = _("A member of this queue")
    taker = "" if act.holds_ticket else act.agent.user
    picked = Input(key="to", label=_("Who shall work on it"), hint=hint, asks="agent", value=taker)
    return forms.dialog(act, "assign", _("Assign"), picked)


def _assign(act: Act, values: Values) -> None:
    user = values.get("to", "")
    if not user or not act.lets_act(user):
        act.mistaken(to=_("Only members of this queue's channel can act on its tickets."))
    elif user == act.ticket.claimer:
        act.mistaken(to=_("The ticket is in these hands already."))
    else:
        before = act.ticket.claimer
        give(act, user)
        if before != act.agent.user:
            above.tell_reassigned(act.unit, act.ticket, before)


def give(act: Act, user: str) -> None:
    """Somebody who may act on it has it from now on, and the thread says so."""
    act.become(assign(act.ticket, user, act.unit.at), kinds.ASSIGNED, to=user)
    _tell(act, user)


def _tell(act: Act, user: str) -> None:
    if user == act.agent.user:
        act.announce(lambda: (_("Claimed by {agent}.", agent=SLOT), relay_rule(act)))
        return
    act.announce(
        lambda: (_("{agent} gave the ticket to {other}.", agent=SLOT, other=OTHER), relay_rule(act)),
        other=Mention(user=user),
    )
    above.hand_over(act.unit, act.ticket, user)


def relay_rule(act: Act) -> str:
    """Said whenever somebody takes a ticket, so that nobody learns it by accident."""
    if act.unit.office.desk.defaults.relay == "dialog":
        return _("Words in this thread stay on the desk; the customer is answered by the Reply button.")
    return _(
        "From now on their words in this thread go to the customer. A message that begins with ;; stays here."
    )


FORMS = {"assign": Form(_ask, _assign, upon=lambda act: act.ticket.claimer)}
