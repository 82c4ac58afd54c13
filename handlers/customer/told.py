"""Until when a customer was told to expect something: it is late for them when that has passed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.core import facts as kinds
from bot.core.ledger import Ledger
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from handlers.clock import clockwork
from handlers.unit import Unit
from storage import promised as store
from storage import tickets
from storage.promised import Key, Told


def held_out(standing: Iterable[Clock], at: datetime) -> Iterator[Clock]:
    """The clocks whose promise may still be expected: not what stands, is late, or only the desk assumes."""
    return (
        clock for clock in standing if clock.running and not clock.provisional and clock.course.due_at > at
    )


def last(unit: Unit, ticket: Ticket) -> dict[Key, Told]:
    """What they were last told: by a receipt, a word, a status, or an announcement."""
    known: dict[Key, Told] = {}
    said = _said(unit, ticket)
    for clock in clockwork.clocks(unit, ticket):
        key = clock.what, clock.cycle
        told = [one for one in (said.get(key), _announced(clock)) if one]
        known |= {key: max(told, key=lambda one: one.told_at)} if told else {}
    return said | known


def counted_on(unit: Unit, ticket: Ticket) -> dict[Key, datetime]:
    """Until when they count on what they were told. What was announced after that is no excuse (CAP-8)."""
    until = {key: one.until for key, one in _said(unit, ticket).items()}
    for clock in clockwork.clocks(unit, ticket):
        key, announced = (clock.what, clock.cycle), _announced(clock)
        if announced and key in until and announced.told_at <= until[key]:
            until[key] = max(until[key], announced.until)
    return until


def _announced(clock: Clock) -> Told | None:
    announced = clock.course.announced
    return Told(announced.until, announced.told_at) if announced else None


def _said(unit: Unit, ticket: Ticket) -> dict[Key, Told]:
    return store.of_ticket(unit.tx, ticket.id) or _by_the_receipt(unit, ticket)


def _by_the_receipt(unit: Unit, ticket: Ticket) -> dict[Key, Told]:
    """For tickets from before this was put down; what is promised no more, they heard of as well."""
    facts = tickets.history(unit.tx, ticket.id)
    filed = next((number for number, fact in enumerate(facts) if fact.kind == kinds.FILED), 0)
    then = replace(unit, now=facts[filed].at)
    held = {(clock.what, clock.cycle) for clock in held_out(clockwork.clocks(unit, ticket), unit.now)}
    first = held_out(clockwork.clocks_by(then, ticket, Ledger(facts[: filed + 1])), then.now)
    return {
        (clock.what, clock.cycle): Told(clock.course.due_at, ticket.opened_at)
        for clock in first
        if (clock.what, clock.cycle) in held
    }
