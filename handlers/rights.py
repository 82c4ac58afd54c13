"""Who may act on a ticket: by its queue's channel, by their role, or because it was escalated to them."""

from bot.core import facts as kinds
from bot.core.desk import Level
from bot.core.ticket import Ticket
from handlers.unit import Office, Unit
from storage import Tx, people, policies, tickets

TELLING = frozenset({kinds.ESCALATED, kinds.STOPPED})
"""Facts that name a level which was told, and so may act."""

REACHING = TELLING | {kinds.ESCALATED_BY_CUSTOMER}
"""Facts by which a ticket may have reached somebody."""


def may_act(unit: Unit, ticket: Ticket, user: str) -> bool:
    """Members of the queue's channel, supervisors, whom it was escalated to; nobody because they hold it."""
    desk = unit.office.desk
    return (
        user in desk.roles.supervisors
        or people.is_member(unit.tx, unit.office.queue(ticket.queue).channel, user)
        or reached(unit.tx, unit.office, ticket, user)
    )


def reached(tx: Tx, office: Office, ticket: Ticket, user: str) -> bool:
    """Whether the ticket was escalated to somebody: by a ladder, or by its customer (CAP-9)."""
    happened = tickets.history(tx, ticket.id)
    levels = {fact.data["level"] for fact in happened if fact.kind in TELLING and "level" in fact.data}
    return any(
        _is_named(tx, office.desk.levels[key], user) for key in levels if key in office.desk.levels
    ) or (
        any(fact.kind == kinds.ESCALATED_BY_CUSTOMER for fact in happened)
        and _supervises(tx, office, ticket, user)
    )


def may_reach(tx: Tx, office: Office, user: str) -> bool:
    """Whether any ticket can be escalated to somebody."""
    right = office.policy.escalating
    turned_to = right is not None and people.is_member(tx, office.queue(right.queue).channel, user)
    return turned_to or any(_is_named(tx, level, user) for level in office.desk.levels.values())


def _is_named(tx: Tx, level: Level, user: str) -> bool:
    return user in level.users or any(people.is_member(tx, group, user) for group in level.groups)


def _supervises(tx: Tx, office: Office, ticket: Ticket, user: str) -> bool:
    """Whether somebody is in the channel that customers turn to."""
    right = policies.find(tx, ticket.policy_hash).escalating
    return right is not None and people.is_member(tx, office.queue(right.queue).channel, user)
