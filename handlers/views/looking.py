"""Whoever looks at their Home sees what changes there, though not each change by itself."""

from datetime import timedelta

from bot.core.ticket import Ticket
from handlers import post
from handlers.unit import Unit
from storage import homes, people

STILL = timedelta(minutes=15)
"""How long after somebody opened their Home, or turned a page of it, they may still be looking."""

PAUSE = timedelta(seconds=3)
"""All that changes meanwhile is drawn at once: a flood of tickets is a few drawings for each who looks."""


def tell(unit: Unit, ticket: Ticket) -> None:
    """Something happened to a ticket: those who see it in their lists, and look at them, see that."""
    for user in homes.looking(unit.tx, unit.now - STILL):
        if _concerns(unit, ticket, user):
            post.show_home(unit, user, unit.now + PAUSE)


def _concerns(unit: Unit, ticket: Ticket, user: str) -> bool:
    roles = unit.office.desk.roles
    return (
        user == ticket.claimer
        or user in roles.supervisors
        or user in roles.reviewers
        or people.is_member(unit.tx, unit.office.queue(ticket.queue).channel, user)
    )
