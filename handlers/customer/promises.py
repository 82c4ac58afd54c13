"""What is promised for a ticket now, as its customer may read it: a moment, the source's words, or nothing.

Sentences are in the language of the moment; moments are in the desk's zone, as they read at `unit.now`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import facts as kinds
from bot.core import sla
from bot.core.ledger import Ledger
from bot.core.policy.targets import What
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from handlers import lengths
from handlers.clock import clockwork
from handlers.customer import told
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

    @property
    def until(self) -> datetime:
        """The moment that counts for whoever is told this."""
        return self.at or self.starts_at or self.clock.course.due_at


def promised(unit: Unit, ticket: Ticket) -> tuple[Promise, ...]:
    """What the customer was promised and may still expect.

    What stands, what is late, and what only the desk assumes is not among it. What the desk has come to owe
    earlier than they were told is: for them it is late only when the moment that they know has passed.
    """
    minute = _minute(unit)
    standing = clockwork.clocks(minute, ticket)
    ahead = (_promise(unit, clock) for clock in told.held_out(standing, minute.now))
    return (*ahead, *_still_told(minute, ticket, standing))


def _still_told(minute: Unit, ticket: Ticket, standing: Iterable[Clock]) -> Iterator[Promise]:
    """What is late for the desk alone, with the moment that the customer was told."""
    late = [clock for clock in standing if clock.overdue and not clock.provisional]
    until = told.counted_on(minute, ticket) if late else {}
    for clock in late:
        known, promise = until.get((clock.what, clock.cycle)), _promise(minute, clock)
        if known and known > minute.now and (promise.at or promise.starts_at):
            yield replace(promise, at=known) if promise.at else promise


def _minute(unit: Unit) -> Unit:
    """Moments are told to the minute: what was told has passed when its minute begins."""
    return replace(unit, now=unit.now.replace(second=59, microsecond=999_999))


def overdue(unit: Unit, ticket: Ticket) -> tuple[Clock, ...]:
    """The clocks of an unresolved ticket whose promise is broken, and still not kept.

    Where they were told a moment, that has passed, too; else the policy's promise is all that there is.
    """
    if not ticket.unresolved:
        return ()
    minute = _minute(unit)
    late = [clock for clock in clockwork.clocks(minute, ticket) if clock.overdue]
    until = told.counted_on(minute, ticket) if late else {}
    return tuple(
        clock
        for clock in late
        if until.get((clock.what, clock.cycle), minute.now) <= minute.now
        and (not clock.provisional or _late_by_any_reading(minute, ticket, clock))
    )


def _late_by_any_reading(unit: Unit, ticket: Ticket, clock: Clock) -> bool:
    """Whether it is late however much work an agent will judge it to be: no less was promised to anybody.

    A breach on record is one of the desk's own reading, and says nothing about the others.
    """
    policy, hours = policies.find(unit.tx, ticket.policy_hash), unit.office.hours
    happened = tickets.history(unit.tx, ticket.id)
    unbroken = Ledger(fact for fact in happened if fact.kind != kinds.BREACHED)
    readings = (clock.triage.changed({"complexity": one.key}) for one in policy.complexities)
    return all(
        any(
            (found.what, found.cycle) == (clock.what, clock.cycle) and found.course.due_at <= unit.now
            for found in sla.clocks(
                unbroken, policy, hours.calendar, unit.now, zone=hours.zone, filed_as=reading
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
    said = moments.by(promise.at) if promise.at else _within(promise.clock, moments)
    if condition := _condition(promise):
        return _("{time}, {condition}", time=Plain(said), condition=condition)
    return said


def _within(clock: Clock, moments: Moments) -> str:
    """The source's span, and from when on it counts, unless that is just now."""
    span = lengths.within(clock.target.within)
    if moments.is_now(clock.activated_at):
        return span
    since = moments.at(clock.activated_at)
    # Translators: {span} is "within 12 hours", {when} is "today at 10:30", here and below.
    if clock.what == "next_response":
        return _("{span} of your message, sent {when}", span=Plain(span), when=Plain(since))
    return _("{span} of your request, sent {when}", span=Plain(span), when=Plain(since))


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
