"""Looks at a ticket: what the rules of the desk need to know about it at a moment."""

from bot.core.ledger import Ledger
from bot.core.policy.targets import Triage
from bot.core.situation import Situation
from bot.core.sla import clocks
from bot.core.ticket import Ticket
from handlers.unit import Unit
from storage import policies, tickets


def look(unit: Unit, ticket: Ticket) -> Situation:
    """The ticket as it stands at the unit's `now`."""
    facts = tickets.history(unit.tx, ticket.id)
    policy = policies.find(unit.tx, ticket.policy_hash)
    hours, filed_as = unit.office.hours, Triage(category=ticket.category, priority=ticket.priority)
    return Situation(
        ticket=ticket,
        policy=policy,
        ledger=Ledger(facts),
        clocks=clocks(facts, policy, hours.calendar, unit.now, zone=hours.zone, filed_as=filed_as),
        queues=tuple(queue for queue in unit.office.desk.queues if queue != ticket.queue),
        calendar=hours.calendar,
        zone=hours.zone,
        at=unit.now,
    )
