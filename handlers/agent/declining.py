"""A solution is not reached, and the customer is told why: it can be reopened as a solution can (EDC-5)."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.policy import Outcome
from bot.core.shown import Dialog
from bot.core.ticket import DECLINED, resolve
from handlers.agent import forms, meanwhile, resolving, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.customer import buttons
from handlers.lines import SLOT
from locales import _
from storage import words


def _ask(act: Act) -> Dialog:
    reason = forms.words(_("The reason, in words for the customer"), _("The customer reads it."))
    listed = resolving.reason_field(act, resolving.reasons(act, Outcome.DECLINED))
    return forms.dialog(act, "decline", _("Decline"), *listed, reason, ends=SEND)


def _decline(act: Act, values: Values) -> None:
    because = resolving.reason(act, resolving.reasons(act, Outcome.DECLINED), values)
    if because is None:
        return
    unit, reason = act.unit, values["text"]
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="declined", text=reason, at=unit.at)
    act.become(resolve(act.ticket, unit.at, outcome=DECLINED), kinds.DECLINED, words=str(kept.id), **because)
    act.announce(lambda: (_("Declined by {agent}.", agent=SLOT),), reason, said=kept.id)
    sending.send(act, kept.id, "solution", lambda: told(act, reason), lambda: buttons.solved(act.ticket))


def told(act: Act, reason: str) -> str:
    shown = reference.unbroken(act.ticket.reference)
    return "\n\n".join(
        [
            _("Your request {reference} could not be solved.", reference=shown),
            _("The reason: {reason}", reason=reason),
            _("Shall we close the request?"),
        ]
    )


FORMS = {"decline": Form(_ask, _decline, upon=forms.hands, heeds=meanwhile.TO_CUSTOMER, needs_words=True)}
