"""A conversation is stopped at once, for insults say: those above and the customer hear of it (EDC-11)."""

from bot.core import facts as kinds
from bot.core import reference
from bot.core.desk import Level
from bot.core.policy import Policy
from bot.core.shown import Dialog, Line
from bot.core.ticket import STOPPED, Ticket, Verb, close
from handlers import lines, unsent
from handlers.agent import answers, forms
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.clock import ladders
from handlers.expectations import terms
from handlers.lines import SLOT
from locales import _, current, fill


def _ask(act: Act) -> Dialog:
    asked = forms.words(_("What happened, for those above"), _("The customer does not see this."))
    told = (lines.text(_("The customer is told at once that this request is ended.")), *_whom(act))
    return forms.dialog(act, "stop", _("Stop"), asked, told=told, ends=SEND)


def _whom(act: Act) -> tuple[Line, ...]:
    policy = act.situation.policy
    level = policy.level(policy.stopping.level) if policy.stopping else None
    if level:
        return (lines.text(_("Told of it: {level}.", level=level.title.in_(act.agent.language))),)
    if act.unit.office.desk.roles.supervisors:
        return (lines.text(_("The supervisors are told of it.")),)
    return ()


def _stop(act: Act, values: Values) -> None:
    """The level of the policy's rule is told; where there is no rule, the desk's own supervisors."""
    unit, rule = act.unit, act.situation.policy.stopping
    unsent.hold_back(unit, act.ticket, unsent.stopped, act.by)
    kept = answers.keep_note(act, values["text"])
    stopped = close(act.ticket, Verb.STOP, unit.at, outcome=STOPPED)
    named = {"level": rule.level} if rule else {}
    act.become(stopped, kinds.STOPPED, words=str(kept), **named)
    act.announce(lambda: (_("Stopped by {agent}.", agent=SLOT),), values["text"], said=kept)
    answers.tell(unit, act.ticket, lambda: _told(act.situation.policy, act.ticket))
    if level := _level(act):
        ladders.tell_stopped(unit, act.ticket, level)


def _level(act: Act) -> Level | None:
    """A level of an earlier policy may be missing in the desk file: then the supervisors stand in."""
    desk, rule = act.unit.office.desk, act.situation.policy.stopping
    named = desk.levels.get(rule.level) if rule else None
    supervisors = desk.roles.supervisors
    return named or (Level(users=supervisors) if supervisors else None)


def _told(policy: Policy, ticket: Ticket) -> str:
    """In the policy's own words, with whom to write to about it; a policy without the rule is not quoted."""
    shown, own, rule = reference.unbroken(ticket.reference), policy.texts.stopped, policy.stopping
    ended = _("Our team has ended the conversation about your request {reference}.", reference=shown)
    told = [fill(own.in_(current()), reference=shown) if own else ended]
    ways = [terms.way(one) for one in policy.elsewhere if rule and set(one.clause) & set(rule.clause)]
    return "\n\n".join(filter(None, [*told, "\n".join(ways)]))


FORMS = {"stop": Form(_ask, _stop, upon=lambda act: act.ticket.claimer, needs_words=True)}
