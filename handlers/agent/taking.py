"""A ticket is taken from whoever holds it: with a reason that stays on record, and told to them."""

from bot.core import facts as kinds
from bot.core.shown import Dialog, Mention
from bot.core.ticket import claim
from handlers import lines
from handlers.agent import answers, forms
from handlers.agent.act import Act
from handlers.agent.assigning import relay_rule
from handlers.agent.forms import Form, Values
from handlers.clock import above
from handlers.lines import OTHER, SLOT
from locales import _


def _ask(act: Act) -> Dialog:
    holder = lines.around(_("In the hands of {agent}.", agent=SLOT), Mention(user=act.ticket.claimer))
    reason = forms.words(_("Why you take it over"), _("The customer does not see this."))
    return forms.dialog(act, "take_over", _("Take over"), reason, told=(holder,))


def _take(act: Act, values: Values) -> None:
    before, reason = act.ticket.claimer, values["text"]
    kept = answers.keep_note(act, reason)
    taken = claim(act.ticket, act.agent.user, act.unit.at)
    act.become(taken, kinds.TAKEN_OVER, before=before, words=str(kept))
    act.announce(
        lambda: (_("{agent} took the ticket over from {other}.", agent=SLOT, other=OTHER), relay_rule(act)),
        reason,
        other=Mention(user=before),
        said=kept,
    )
    may_read = act.lets_act(before)
    above.tell_taken(act.unit, act.ticket, before, act.agent.user, reason if may_read else "", kept)


FORMS = {"take_over": Form(_ask, _take, upon=lambda act: act.ticket.claimer, needs_words=True)}
