"""What is due to one ticket is done: each thing once, and only what the facts still say."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Ticket
from bot.core.wakes import Wake
from handlers import post
from handlers.clock import clockwork, ladders, reminders, silence
from handlers.unit import Office, Unit
from storage import Tx, tickets

Doer = Callable[[Unit, Ticket, Wake], None]

ROUNDS = 5
"""What is done may make something else due at once, but not for ever."""


def tick(tx: Tx, office: Office, ticket_id: UUID, at: datetime) -> bool:
    """Do what is due to a ticket `at` a moment of desk time; False while another unit is at it."""
    ticket = tickets.lock_if_free(tx, ticket_id)
    if ticket is None:
        return False
    unit = Unit(tx, office, at, at)
    for _round in range(ROUNDS):
        if not _do_what_is_ripe(unit, ticket_id):
            break
    tx.touch(ticket_id)  # what is planned is planned anew, though nothing may have happened
    clockwork.wind(unit)
    return True


def _do_what_is_ripe(unit: Unit, ticket_id: UUID) -> bool:
    """Look at the facts and do what they say is due. False when nothing is."""
    due = clockwork.outlook(unit, tickets.read(unit.tx, ticket_id)).ripe(unit.now)
    for wake in due.skipped:
        tickets.record(unit.tx, ticket_id, unit.fact(kinds.SKIPPED, **wake.about))
    for wake in due.fire:
        DOERS[wake.kind](unit, tickets.read(unit.tx, ticket_id), wake)
    return bool(due.fire)


def _breach(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """For the record: at the very moment, and once."""
    by_its_days = clockwork.caught_up(unit, ticket)
    clock = clockwork.clock_of(unit, ticket, wake)
    tickets.record(unit.tx, ticket.id, clockwork.breached(by_its_days, clock, wake.by_clock))
    post.show_card(unit, ticket)


DOERS: dict[str, Doer] = {
    "breach": _breach,
    "step": ladders.climb,
    "reminder": reminders.remind,
    **silence.DOERS,
}
