"""Who may see what: agents their queues, supervisors everything; reviewers too, and act on none of it."""

from bot.core.ticket import Ticket
from handlers import rights
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
    """Whoever may act on it, and who reads everything: not who holds it and has left its queue."""
    return reads_all(unit, user) or rights.may_act(unit, ticket, user)
