"""Looks at a ticket: what the rules of the desk need to know about it at a moment."""

from bot.core.situation import Situation
from bot.core.ticket import Ticket
from handlers.clock import clockwork
from handlers.unit import Unit
from storage import policies, tickets


def look(unit: Unit, ticket: Ticket) -> Situation:
    """The ticket as it stands at the unit's `now`."""
    ledger = tickets.ledger(unit.tx, ticket.id)
    hours, policy = unit.office.hours, policies.find(unit.tx, ticket.policy_hash)
    return Situation(
        ticket=ticket,
        policy=policy,
        ledger=ledger,
        clocks=clockwork.clocks(unit, ticket, ledger),
        queues=tuple(queue for queue in unit.office.desk.queues if queue != ticket.queue),
        tools=tuple(dict.fromkeys((*policy.remote.tools, *unit.office.desk.remote.tools))),
        calendar=hours.calendar,
        zone=hours.zone,
        reopens_until=ticket.reopens_until(unit.reopen_within(ticket)),
        at=unit.now,
    )
