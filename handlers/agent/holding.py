"""A ticket is put on hold, with or without a reason for the customer, and taken up again."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.shown import Dialog, Line
from bot.core.ticket import Verb, move
from handlers import lines, unsent
from handlers.agent import answers, forms, meanwhile, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.customer import retelling
from handlers.customer.retelling import Known
from handlers.lines import SLOT
from locales import _
from storage import words


def _ask(act: Act) -> Dialog:
    hint = _("The customer reads it. You can leave it empty.")
    asked = forms.words(_("The reason"), hint, optional=True)
    return forms.dialog(act, "hold", _("Put on hold"), asked, told=(_clock(act),), ends=SEND)


def _clock(act: Act) -> Line:
    """Whether time goes on: a clock stands only where the policy says so."""
    if "on_hold" in act.situation.policy.pauses:
        return lines.text(_("The clock of the resolution stands meanwhile."))
    return lines.text(_("The clocks run on: this policy stops none."))


def _hold(act: Act, values: Values) -> None:
    unit, text = act.unit, values["text"]
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="hold", text=text, at=unit.at)
    held = move(act.ticket, Verb.HOLD, unit.at)
    notice = {} if text else {"notice": True}
    act.become(held, kinds.HELD, words=str(kept.id), before=act.ticket.status, **notice)
    act.announce(lambda: (_("Put on hold by {agent}.", agent=SLOT),), text, said=kept.id)
    sending.send(act, kept.id, "hold", lambda: _told(act, text))


def _told(act: Act, text: str) -> str:
    shown = reference.unbroken(act.ticket.reference)
    told = [_("Work on your request {reference} is on hold for now.", reference=shown)]
    if text:
        told.append(_("The reason: {reason}", reason=text))
    return "\n\n".join(told)


def resume(act: Act) -> None:
    """Work goes on. The customer hears of it, unless they were not told yet that it stood still.

    They hear, too, what comes later than they know.
    """
    before = retelling.known(act.unit, act.ticket)
    act.become(move(act.ticket, Verb.RESUME, act.unit.at), kinds.RESUMED)
    act.announce(lambda: (_("Taken up again by {agent}.", agent=SLOT),))
    if not unsent.hold_rest_back(act.unit, act.ticket, act.by):
        answers.tell(act.unit, act.ticket, lambda: _resumed(act, before))


def _resumed(act: Act, before: Known) -> str:
    shown = reference.unbroken(act.ticket.reference)
    again = _("We are working on your request {reference} again.", reference=shown)
    return "\n".join([again, *retelling.later(act.unit, act.ticket, before, dated=True)])


FORMS = {"hold": Form(_ask, _hold, upon=forms.hands, heeds=meanwhile.TO_CUSTOMER)}
