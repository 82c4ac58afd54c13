"""What is promised for a ticket now, as its customer may read it: a moment, the source's words, or nothing.

Sentences are in the language of the moment; moments are in the desk's zone, as they read at `unit.now`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import facts as kinds
from bot.core import sla
from bot.core.policy.targets import What
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from handlers import lengths
from handlers.clock import clockwork
from handlers.customer.moments import Moments
from handlers.unit import Unit
from locales import Plain, _, current
from storage import policies, tickets
from storage.promised import Key


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise that is still to be kept. Without `at` no moment can be promised, only the source's words.

    `starts_at` is set where even those would mislead, because nobody works before they are over: then
    all that can be said is when work begins (OSL-6).
    """

    clock: Clock
    at: datetime | None = None
    starts_at: datetime | None = None

    @property
    def for_everybody(self) -> bool:
        """Whether it does not depend on the ticket, so that the policy's own texts may say it."""
        named, _which = self.clock.target.specific
        return not named

    @property
    def key(self) -> Key:
        return self.clock.what, self.clock.cycle


def promised(unit: Unit, ticket: Ticket) -> tuple[Promise, ...]:
    """What the customer was promised and may still expect.

    What stands, what is late, and what only the desk assumes is not among it.
    """
    return _held_out(unit, clockwork.clocks(unit, ticket), unit.now)


def first_promised(unit: Unit, ticket: Ticket) -> tuple[Promise, ...]:
    """What was promised when the ticket was filed, by the days of the unit: what its receipt said."""
    facts = tickets.history(unit.tx, ticket.id)
    filed = next((number for number, fact in enumerate(facts) if fact.kind == kinds.FILED), 0)
    then = replace(unit, now=facts[filed].at)
    return _held_out(unit, clockwork.clocks_by(then, ticket, facts[: filed + 1]), then.now)


def _held_out(unit: Unit, standing: Iterable[Clock], at: datetime) -> tuple[Promise, ...]:
    return tuple(
        _promise(unit, clock)
        for clock in standing
        if clock.running and not clock.provisional and clock.course.due_at > at
    )


def overdue(unit: Unit, ticket: Ticket) -> tuple[Clock, ...]:
    """The clocks of an unresolved ticket whose promise is broken, and still not kept."""
    if not ticket.unresolved:
        return ()
    late = (clock for clock in clockwork.clocks(unit, ticket) if clock.overdue)
    return tuple(
        clock for clock in late if not clock.provisional or _late_by_any_reading(unit, ticket, clock)
    )


def _late_by_any_reading(unit: Unit, ticket: Ticket, clock: Clock) -> bool:
    """Whether it is late however much work an agent will judge it to be: no less was promised to anybody.

    A breach on record is one of the desk's own reading, and says nothing about the others.
    """
    policy, hours = policies.find(unit.tx, ticket.policy_hash), unit.office.hours
    facts = [fact for fact in tickets.history(unit.tx, ticket.id) if fact.kind != kinds.BREACHED]
    readings = (clock.triage.changed({"complexity": one.key}) for one in policy.complexities)
    return all(
        any(
            (found.what, found.cycle) == (clock.what, clock.cycle) and found.course.due_at <= unit.now
            for found in sla.clocks(
                facts, policy, hours.calendar, unit.now, zone=hours.zone, filed_as=reading
            )
        )
        for reading in readings
    )


def _promise(unit: Unit, clock: Clock) -> Promise:
    """An announced moment always holds; a range, an assumed week or an unknown zone give none."""
    calendar, due_at = unit.office.hours.calendar, clock.course.due_at
    if clock.course.extension:
        return Promise(clock, due_at)
    if calendar is None or clock.assumed:
        return Promise(clock)
    if clock.target.expected_from is None:
        return Promise(clock, due_at)
    opening = calendar.next_open(clock.activated_at)
    return Promise(clock, starts_at=opening if opening > due_at else None)


# In words


def announced(unit: Unit, ticket: Ticket, moments: Moments) -> list[str]:
    """What they were told to expect later than promised, in a sentence for each that is still ahead (CAP-8).

    Where it holds as a promise it is among the `promised`.
    """
    known = {promise.key for promise in promised(unit, ticket)}
    ahead = (
        (clock.what, clock.course.announced.until)
        for clock in clockwork.clocks(unit, ticket)
        if clock.running and clock.course.announced and (clock.what, clock.cycle) not in known
    )
    return [EXPECTED[what](moments.by(until)) for what, until in ahead if until > unit.now]


def sentences(unit: Unit, promises: Sequence[Promise], moments: Moments) -> list[str]:
    """What is promised, in a sentence for each."""
    return [sentence for promise in promises if (sentence := _sentence(unit, promise, moments))]


def beside_a_text(unit: Unit, promises: Sequence[Promise], moments: Moments, *, own: bool) -> list[str]:
    """What is to be said beside a receipt: the moments, and such words as the policy's `own` text has not.

    A text is the same for everybody, so it says what holds for everybody, and nothing else.
    """
    unsaid = [promise for promise in promises if promise.at or not (own and promise.for_everybody)]
    return sentences(unit, [promise for promise in unsaid if promise.starts_at is None], moments)


def when(promise: Promise, moments: Moments) -> str:
    """Until when it is promised, or within what, and what that depends on."""
    said = moments.by(promise.at) if promise.at else lengths.within(promise.clock.target.within)
    if condition := _condition(promise):
        return _("{time}, {condition}", time=Plain(said), condition=condition)
    return said


def _condition(promise: Promise) -> str:
    """What the source makes it depend on, in its words; what an agent announced depends on nothing."""
    condition = promise.clock.target.condition
    return condition.in_(current()) if condition and not promise.clock.course.extension else ""


def _sentence(unit: Unit, promise: Promise, moments: Moments) -> str:
    target = promise.clock.target
    if promise.starts_at:
        ahead = promise.starts_at > unit.now
        return _("Work on it starts {when}.", when=moments.at(promise.starts_at)) if ahead else ""
    if promise.at is None and target.expected_from:
        span = lengths.between(target.expected_from, target.within)
        return _expected(target.what, span, _condition(promise))
    return _kept(target.what, when(promise, moments))


def _kept(what: What, when: str) -> str:
    # Translators: {when} is "by Sunday 10:30" or "within 2 working days", here and below.
    return {
        "first_response": _("You will have our first reply {when}.", when=when),
        "next_response": _("You will have our answer {when}.", when=when),
        "resolution": _("You will have a solution {when}.", when=when),
    }[what]


def _expected(what: What, span: str, condition: str) -> str:
    # Translators: {span} is "24 to 48 hours", {condition} is "by the priority of the problems".
    if condition and what == "resolution":
        return _(
            "The expected time for a solution is {span} from your request, {condition}.",
            span=span,
            condition=condition,
        )
    if condition:
        return _(
            "The expected time for a reply is {span} from your request, {condition}.",
            span=span,
            condition=condition,
        )
    if what == "resolution":
        return _("The expected time for a solution is {span} from your request.", span=span)
    return _("The expected time for a reply is {span} from your request.", span=span)


# Translators: {when} is like "by Sunday 10:30".
EXPECTED: dict[What, Callable[[str], str]] = {
    "first_response": lambda when: _("You can now expect our first reply {when}.", when=when),
    "next_response": lambda when: _("You can now expect our answer {when}.", when=when),
    "resolution": lambda when: _("You can now expect a solution {when}.", when=when),
}
"""What is said of a moment that an agent announces."""


def late() -> str:
    return _("The time stated for this request has passed, and we apologise for the delay.")
