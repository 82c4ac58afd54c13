"""The clocks of tickets: wound after everything that happens to one, so that time finds what it has to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from bot.core import facts as kinds
from bot.core import silences, sla, wakes
from bot.core.ledger import Ledger, moment
from bot.core.policy import Policy
from bot.core.policy.targets import Triage
from bot.core.sla import Clock
from bot.core.ticket import Fact, Status, Ticket, Verb
from bot.core.wakes import Key, Wake
from handlers import offered, post
from handlers.ties import related
from handlers.unit import Unit
from handlers.views import looking
from storage import calendars, dues, lists, people, places, policies, tickets
from storage.dues import Due

DONE = frozenset({kinds.REMINDED, kinds.ESCALATED, kinds.SKIPPED, kinds.OFFERED, kinds.TOLD})
"""Facts that say that a step is over, by its name in their data."""

QUIET = timedelta(hours=1)
"""How long after somebody's last words in a conversation they are left alone."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A ticket as time sees it: its clocks, all that time does to each of them, and what it has done."""

    clocks: tuple[Clock, ...]
    planned: tuple[tuple[Wake, ...], ...]
    done: frozenset[Key]

    @property
    def ahead(self) -> Iterator[Wake]:
        """What is still to happen; it may be due already."""
        return (wake for group in self.planned for wake in group if wake.key not in self.done)

    def ripe(self, at: datetime) -> wakes.Ripe:
        return wakes.ripe_of_all(self.planned, at, self.done)


def outlook(unit: Unit, ticket: Ticket) -> Outlook:
    """How things stand for a ticket now, by its facts alone."""
    return _outlook(caught_up(unit, ticket), ticket, tickets.ledger(unit.tx, ticket.id))


def clocks(unit: Unit, ticket: Ticket, ledger: Ledger | None = None) -> tuple[Clock, ...]:
    """All clocks of a ticket as they stand now; `ledger` is what is on record, where that is read already."""
    return clocks_by(caught_up(unit, ticket), ticket, ledger or tickets.ledger(unit.tx, ticket.id))


def clock_of(unit: Unit, ticket: Ticket, wake: Wake) -> Clock:
    """The clock that time does something to."""
    about = wake.what, wake.cycle
    return next(clock for clock in clocks(unit, ticket) if (clock.what, clock.cycle) == about)


def wind(unit: Unit) -> None:
    """Put down what the facts of this unit come to, for each ticket that something happened to."""
    touched = [tickets.read(unit.tx, ticket_id) for ticket_id in unit.tx.happened_to]
    for ticket in touched:
        _wind(unit, ticket)
    looking.tell(unit, touched)
    unit.tx.happened_to.clear()


def done(facts: Sequence[Fact]) -> frozenset[Key]:
    """What time has done to a ticket, so that it is never done again. What was breached its clocks know."""
    return frozenset(_done(fact.data) for fact in facts if fact.kind in DONE)


def _done(about: Mapping[str, Any]) -> Key:
    due_at = about.get("due_at")
    return about["target"], about["cycle"], about["step"], moment(due_at) if due_at else None


def planned(unit: Unit, policy: Policy, clock: Clock) -> tuple[Wake, ...]:
    """All that time does to one clock."""
    hours, usual = unit.office.hours, unit.office.desk.defaults.remind
    return wakes.wakes(clock, policy.steps(clock.what, clock.triage), hours.calendar, hours.zone, usual)


def _outlook(unit: Unit, ticket: Ticket, ledger: Ledger) -> Outlook:
    policy = policies.find(unit.tx, ticket.policy_hash)
    standing = clocks_by(unit, ticket, ledger)
    by_clocks = (planned(unit, policy, clock) for clock in standing)
    return Outlook(standing, (*by_clocks, *_silences(unit, ticket, policy, ledger)), done(ledger.facts))


def _silences(unit: Unit, ticket: Ticket, policy: Policy, ledger: Ledger) -> tuple[tuple[Wake, ...], ...]:
    """What the customer's silence leads to, and the end of a snooze."""
    hours = unit.office.hours
    if ticket.unresolved:
        asked = silences.unanswered(ledger, policy.unanswered, hours.calendar, hours.zone)
        return asked, silences.snoozed(ledger) if ticket.snoozed else ()
    close_after = policy.resolved.close_after or unit.office.desk.defaults.close_after
    return (silences.resolved(ledger, close_after, hours.zone, _busy_until(unit, ticket)),)


def _busy_until(unit: Unit, ticket: Ticket) -> datetime | None:
    """Until when somebody whose ticket closed by itself had better not be asked anything else.

    Never over what waits to be sent: while there is something, it is looked at again from time to time.
    """
    if ticket.status is not Status.CLOSED:
        return None
    standing = places.standing(unit.tx, people.address(unit.tx, ticket.address_id))
    if standing.place is None or standing.updated_at is None:
        return None
    waited = (unit.now - standing.updated_at) // QUIET if standing.place.unsent else 0
    return standing.updated_at + QUIET * (waited + 1)


def _wind(unit: Unit, ticket: Ticket) -> None:
    by_its_days = _by_the_days_of(unit, _go_by_a_calendar(unit, ticket))
    ledger = tickets.ledger(unit.tx, ticket.id)
    found = _outlook(by_its_days, ticket, ledger)
    _settle(by_its_days, ticket.id, found.clocks)
    coming = (Due(wake.what, wake.cycle, wake.step, wake.kind, wake.at) for wake in found.ahead)
    gone = dues.plan(unit.tx, ticket.id, (*coming, *_redrawn(unit, ticket, found.clocks)))
    if any(due.kind == wakes.REDRAW and due.due_at <= unit.now for due in gone):
        post.show_card(unit, ticket)
    related.show_links(unit, ledger.facts)
    offered.follow(unit, ticket)
    late = [clock for clock in found.clocks if clock.overdue]
    _put_late(unit, ticket, late)
    if late:
        post.hasten(unit, ticket)


def _put_late(unit: Unit, ticket: Ticket, late: Sequence[Clock]) -> None:
    """A promise that is broken counts before any moment of the desk's own."""
    broken = [clock for clock in late if not clock.unpromised]
    since = min(filter(None, (clock.late_since for clock in broken or late)), default=None)
    lists.put_late(unit.tx, ticket.id, since, promised=bool(broken))


def _redrawn(unit: Unit, ticket: Ticket, standing: Sequence[Clock]) -> Iterator[Due]:
    """When the card will read otherwise, though there is nothing to do.

    What was late and is due anew becomes overdue again; what was closed cannot be reopened for ever.
    """
    for clock in standing:
        if clock.recorded and clock.running and clock.due_at and clock.due_at > unit.now:
            yield Due(clock.what, clock.cycle, wakes.DUE_ANEW, wakes.REDRAW, clock.due_at)
    until = ticket.reopens_until(unit.reopen_within(ticket)) if ticket.allows(Verb.REOPEN) else None
    if until and until > unit.now:
        yield Due("reopening", ticket.cycle, wakes.REDRAW, wakes.REDRAW, until)


def _go_by_a_calendar(unit: Unit, ticket: Ticket) -> int | None:
    """A live ticket goes by the calendar that it began with, until it is counted again by a later one.

    Tells by which version it goes.
    """
    known = calendars.wound_by(unit.tx, ticket.id)
    begins = unit.office.hours.version if ticket.status is not Status.CLOSED else None
    if (known is None) is (begins is None):
        return known
    calendars.wind(unit.tx, ticket.id, begins)
    return begins


def caught_up(unit: Unit, ticket: Ticket) -> Unit:
    """The unit by the days of the ticket, where another process has counted it by later days than ours."""
    return _by_the_days_of(unit, calendars.wound_by(unit.tx, ticket.id))


def _by_the_days_of(unit: Unit, version: int | None) -> Unit:
    """Days that cannot be read were made by a later version of Sanad: until then this one goes by its own."""
    if version is None or version <= unit.office.hours.version:
        return unit
    try:
        return unit.going_by(calendars.days_of(unit.tx, version), version)
    except ValidationError:
        return unit


def clocks_by(unit: Unit, ticket: Ticket, ledger: Ledger) -> tuple[Clock, ...]:
    """The clocks by the days of the unit, whatever days the ticket is counted by."""
    hours, policy = unit.office.hours, policies.find(unit.tx, ticket.policy_hash)
    filed_as = Triage(category=ticket.category, priority=ticket.priority)
    asked = ticket.policy_hash, filed_as, hours.version, unit.now
    if asked not in ledger.judged:
        ledger.judged[asked] = sla.clocks(
            ledger, policy, hours.calendar, unit.now, zone=hours.zone, filed_as=filed_as
        )
    standing: tuple[Clock, ...] = ledger.judged[asked]
    return standing


def _settle(unit: Unit, ticket_id: UUID, standing: Sequence[Clock]) -> None:
    """Record what was met, and what was found to have been late; what runs is judged by time itself."""
    for fact in _settled(unit, standing):
        tickets.record(unit.tx, ticket_id, fact)


def _settled(unit: Unit, standing: Sequence[Clock]) -> Iterator[Fact]:
    for clock in standing:
        if clock.due_at is None:
            continue
        if clock.unrecorded and not clock.running:
            yield breached(unit, clock, clock.due_at)
        if clock.fulfilled_at and not clock.noted:
            yield unit.fact(kinds.MET, **_judged(unit, clock, clock.due_at))


def breached(unit: Unit, clock: Clock, due_at: datetime) -> Fact:
    """That it was missed, by the days of the unit; a moment of the desk's own is no promise (CAP-7)."""
    about = _judged(unit, clock, due_at)
    return unit.fact(kinds.BREACHED, **(about | {"promised": False} if clock.unpromised else about))


def _judged(unit: Unit, clock: Clock, due_at: datetime) -> dict[str, Any]:
    about = {"target": clock.what, "cycle": clock.cycle, "due_at": due_at.isoformat()}
    return {**about, "calendar": unit.office.hours.version}
