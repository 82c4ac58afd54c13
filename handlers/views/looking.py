"""Whoever looks at their Home sees what changes there, though not each change by itself."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.ticket import Ticket
from handlers import post
from handlers.unit import Unit
from storage import homes, people

STILL = timedelta(minutes=15)
"""How long after somebody opened their Home, or turned a page of it, they may still be looking."""

PAUSE = timedelta(seconds=3)
"""All that changes meanwhile is drawn at once: a flood of tickets is a few drawings for each who looks."""


def tell(unit: Unit, touched: Sequence[Ticket]) -> None:
    """Something happened to these tickets: those who see them in their lists, and look at them, see that.

    In one order, whatever the tickets: two units that draw for the same people wait for each other once.
    """
    for user in sorted(homes.looking(unit.tx, unit.now - STILL)) if touched else ():
        if any(_concerns(unit, ticket, user) for ticket in touched):
            post.show_home(unit, user, unit.now + PAUSE)


def _concerns(unit: Unit, ticket: Ticket, user: str) -> bool:
    roles = unit.office.desk.roles
    return (
        user == ticket.claimer
        or user in roles.supervisors
        or user in roles.reviewers
        or people.is_member(unit.tx, unit.office.queue(ticket.queue).channel, user)
    )
