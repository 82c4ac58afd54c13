"""What becomes of the due moments of a ticket that goes by another calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.core import facts as kinds
from bot.core.policy.targets import What
from bot.core.ticket import Fact, Ticket
from handlers import post
from handlers.clock import clockwork
from handlers.customer import retelling
from handlers.unit import Unit
from storage import calendars, tickets

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Move:
    """A due moment of a ticket moves, because of another calendar.

    `late_at_once`: it was still to come, and by the other calendar what was promised is late already.
    """

    ticket: Ticket
    target: What
    cycle: int
    before: datetime
    now: datetime
    late_at_once: bool


def recalculate(unit: Unit, before: Unit, ticket: Ticket) -> None:
    """Put on record which due moments moved, and tell whom it concerns; `before` goes by another calendar.

    The customer hears of it only if they were told a moment, and it takes longer than that.
    """
    known = retelling.known(before, ticket)
    moved = list(moves(unit, before, ticket))
    for fact in (*_late(before, ticket), *(_fact(unit, move) for move in moved)):
        tickets.record(unit.tx, ticket.id, fact)
    for move in moved:
        if move.late_at_once:
            log.warning("calendar.late_at_once", ticket=str(ticket.id), target=move.target)
    if moved:
        calendars.add_moved(unit.tx, unit.office.hours.version, ticket.queue)
        retelling.recounted(unit, ticket, known)
        post.show_card(unit, ticket)


def moves(unit: Unit, before: Unit, ticket: Ticket) -> Iterator[Move]:
    """One for each clock that runs, and is due at another moment than by the calendar of `before`."""
    standing = clockwork.clocks(before, ticket)
    due_before = {(clock.what, clock.cycle): clock.due_at for clock in standing if not clock.unrecorded}
    for clock in clockwork.clocks(unit, ticket):
        was = due_before.get((clock.what, clock.cycle))
        if clock.running and clock.due_at and was and was != clock.due_at:
            late = clock.overdue and not clock.unpromised and was > unit.now
            yield Move(ticket, clock.what, clock.cycle, was, clock.due_at, late)


def _late(before: Unit, ticket: Ticket) -> Iterator[Fact]:
    """What was late by the calendar of then stays late: only what is to come is counted again."""
    for clock in clockwork.clocks(before, ticket):
        if clock.unrecorded and clock.due_at:
            yield clockwork.breached(before, clock, clock.due_at)


def _fact(unit: Unit, move: Move) -> Fact:
    return unit.fact(
        kinds.RECALCULATED,
        target=move.target,
        cycle=move.cycle,
        before=move.before.isoformat(),
        now=move.now.isoformat(),
    )
