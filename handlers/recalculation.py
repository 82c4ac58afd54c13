"""What becomes of the due moments of a ticket that goes by another calendar."""

from collections.abc import Iterator, Sequence

from bot.core import facts as kinds
from bot.core.sla import Clock
from bot.core.ticket import Fact, Ticket
from handlers import clockwork, post
from handlers.customer import promises
from handlers.unit import Unit
from storage import calendars, tickets


def recalculate(unit: Unit, before: Unit, ticket: Ticket) -> None:
    """Put on record which due moments moved, and tell whom it concerns; `before` goes by the calendar of then.

    The customer hears of it only if they were told a moment, and it takes longer than that.
    """
    promised, standing = promises.promised(before, ticket), clockwork.clocks(before, ticket)
    moved = list(_moved(unit, standing, clockwork.clocks(unit, ticket)))
    for fact in (*_late(unit, standing), *moved):
        tickets.record(unit.tx, ticket.id, fact)
    if moved:
        calendars.add_moved(unit.tx, unit.office.hours.version, ticket.queue)
        if any(promise.at for promise in promised):
            promises.retriaged(unit, ticket, promised)
        post.show_card(unit, ticket)


def _late(unit: Unit, before: Sequence[Clock]) -> Iterator[Fact]:
    """What was late by the calendar of then stays late: only what is to come is counted again."""
    for clock in before:
        if clock.unrecorded and clock.due_at:
            due_at = clock.due_at.isoformat()
            yield unit.fact(kinds.BREACHED, target=clock.what, cycle=clock.cycle, due_at=due_at)


def _moved(unit: Unit, before: Sequence[Clock], now: Sequence[Clock]) -> Iterator[Fact]:
    """A fact for each clock that runs, and is due at another moment than it would have been."""
    due_before = {(clock.what, clock.cycle): clock.due_at for clock in before if not clock.unrecorded}
    for clock in now:
        was = due_before.get((clock.what, clock.cycle))
        if clock.running and clock.due_at and was and was != clock.due_at:
            yield unit.fact(
                kinds.RECALCULATED,
                target=clock.what,
                cycle=clock.cycle,
                before=was.isoformat(),
                now=clock.due_at.isoformat(),
            )
