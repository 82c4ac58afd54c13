"""Who may see what: agents their queues, supervisors everything; reviewers too, and act on none of it."""

from bot.core.ticket import Ticket
from handlers.clock import ladders
from handlers.unit import Unit
from storage import people


def reads_all(unit: Unit, user: str) -> bool:
    """Supervisors and reviewers see every queue."""
    roles = unit.office.desk.roles
    return user in roles.supervisors or user in roles.reviewers


def queues(unit: Unit, user: str) -> tuple[str, ...]:
    """The queues whose tickets somebody sees, in the desk file's order."""
    known = unit.office.desk.queues
    if reads_all(unit, user):
        return tuple(known)
    return tuple(key for key, queue in known.items() if people.is_member(unit.tx, queue.channel, user))


def may_see(unit: Unit, ticket: Ticket, user: str) -> bool:
    """Its queue's members, whoever holds it, those whom it was escalated to, and who reads everything."""
    return (
        user == ticket.claimer
        or reads_all(unit, user)
        or people.is_member(unit.tx, unit.office.queue(ticket.queue).channel, user)
        or ladders.reached(unit.tx, unit.office, ticket, user)
    )
