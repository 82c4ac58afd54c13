"""A later moment is announced to the customer, with its reason; what was late before stays late (CAP-8)."""

from datetime import datetime

from bot.core import facts as kinds
from bot.core import reference
from bot.core.policy.targets import What
from bot.core.shown import Dialog, Input, Line, Pick, Text
from bot.core.sla import Clock
from bot.core.ticket import Verb, move
from handlers import lines
from handlers.agent import forms, meanwhile, moments, sending
from handlers.agent.act import Act
from handlers.agent.forms import SEND, Form, Values
from handlers.clock import deadlines
from handlers.customer import promises, told
from handlers.customer.moments import Moments
from handlers.lines import OTHER, SLOT
from locales import _, current, format_moment
from storage import words


def _ask(act: Act) -> Dialog:
    clocks = act.situation.extendable
    picks = tuple(Pick(key=clock.what, title=deadlines.name(clock.what)) for clock in clocks)
    return forms.dialog(
        act,
        "extend",
        _("Announce a new time"),
        Input(key="target", label=_("What will take longer"), picks=picks, value=clocks[-1].what),
        Input(key="until", label=_("The new moment"), asks="moment"),
        forms.words(_("The reason, in words for the customer")),
        told=(*_reason(act), *(_standing(act, clock) for clock in clocks)),
        ends=SEND,
    )


def _reason(act: Act) -> tuple[Line, ...]:
    """The only reason for which the policy lets a new moment be announced."""
    allowed = act.situation.policy.extending
    if allowed is None:
        return ()
    reason = allowed.reason.in_(act.agent.language)
    return (lines.text(_("A new time is announced only for this reason: {reason}", reason=reason)),)


def _standing(act: Act, clock: Clock) -> Line:
    label = Text(text=f"{deadlines.name(clock.what)}: ", strong=True)
    return (label, *deadlines.line(act.unit, clock))


def _upon(act: Act) -> str:
    """The moments that hold, each with what it is for."""
    return ",".join(f"{clock.what}@{_named(clock).isoformat()}" for clock in act.situation.extendable)


def _extend(act: Act, values: Values) -> None:
    clock = next((one for one in act.situation.extendable if one.what == values.get("target")), None)
    until = moments.read(values.get("until", ""))
    if clock is None:
        act.mistaken(target=_("Please choose one of these."))
    elif until is None or (why := _wrong(act, clock, until)):
        act.mistaken(until=why if until else moments.wrong(act.unit, until))
    else:
        _announce(act, clock.what, until, values["text"])


def _wrong(act: Act, clock: Clock, until: datetime) -> str:
    """Why this moment cannot be announced, or nothing."""
    floor = _floor(act, clock)
    if act.unit.now < until <= floor:
        zone = act.unit.office.hours.zone
        return _("It must be later than what was promised: {moment}.", moment=format_moment(floor, zone))
    return moments.wrong(act.unit, until)


def _floor(act: Act, clock: Clock) -> datetime:
    """What the customer may expect so far: a new moment is never an earlier one.

    What a clock that stands still has left is to come after now.
    """
    unit = act.unit
    known = told.last(unit, act.ticket).get((clock.what, clock.cycle))
    left = clock.target.within.axis(unit.office.hours.calendar)
    goes_on = [left.after(unit.now, clock.left)] if clock.left else []
    return max([_named(clock), *goes_on, *([known.until] if known else [])])


def _named(clock: Clock) -> datetime:
    """The moment that holds for it, or was announced."""
    announced = clock.course.announced
    return max(clock.course.due_at, announced.until) if announced else clock.course.due_at


def _announce(act: Act, what: What, until: datetime, text: str) -> None:
    unit = act.unit
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="extension", text=text, at=unit.at)
    extended = move(act.ticket, Verb.EXTEND, unit.at)
    act.become(extended, kinds.EXTENDED, target=what, until=until.isoformat(), words=str(kept.id))
    act.announce(
        lambda: (
            _(
                "{agent} announces a new time ({target}): {moment}",
                agent=SLOT,
                target=deadlines.name(what),
                moment=OTHER,
            ),
        ),
        text,
        other=deadlines.moment(unit, until),
        said=kept.id,
    )
    sending.send(act, kept.id, "extension", lambda: _told(act, what, until, text))


def _told(act: Act, what: What, until: datetime, text: str) -> str:
    allowed = act.situation.policy.extending
    shown = reference.unbroken(act.ticket.reference)
    return "\n\n".join(
        [
            _("About your request {reference}:", reference=shown),
            *([f"{allowed.reason.in_(current())}."] if allowed else []),
            text,
            promises.EXPECTED[what](Moments(act.unit, dated=True).by(until)),
        ]
    )


FORMS = {"extend": Form(_ask, _extend, upon=_upon, heeds=meanwhile.TO_CUSTOMER, needs_words=True)}
