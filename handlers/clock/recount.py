"""A calendar changed while tickets live: all that went by an earlier one are counted again, in batches."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.core.hours import WorkingDays
from bot.core.shown import Post
from handlers import post
from handlers.clock import clockwork
from handlers.clock.recalculation import Move, moves, recalculate
from handlers.lines import text
from handlers.unit import Office, Unit
from locales import ngettext, use
from storage import Tx, calendars, tickets

BATCH = 25
"""Tickets in one transaction: whoever writes about one of them waits no longer than that takes."""


def recount(tx: Tx, office: Office, now: datetime, only: Sequence[UUID] = ()) -> bool:
    """Count some tickets again, or `only` these; False when nothing can be done now.

    Which calendar a ticket goes by is kept beside it, so whoever comes next goes on where this one ended.
    """
    unit = Unit(tx, office, now, now)
    waiting = only or calendars.behind(tx, office.hours.version, BATCH)
    if not waiting:
        _settle(unit)
    counted = [_count_again(unit, ticket_id) for ticket_id in waiting]
    clockwork.wind(unit)
    return any(counted)


def foresee(tx: Tx, office: Office, days: WorkingDays, now: datetime) -> list[Move]:
    """What would move if the desk went by these days instead, the earliest first. Nothing is changed."""
    unit = Unit(tx, office, now, now)
    then = unit.going_by(days, office.hours.version + 1)
    live = (tickets.read(tx, ticket_id) for ticket_id in calendars.live(tx))
    found = [move for ticket in live for move in moves(then, unit, ticket)]
    return sorted(found, key=lambda move: (min(move.before, move.now), move.ticket.reference))


def _count_again(unit: Unit, ticket_id: UUID) -> bool:
    """False while somebody else is at work on the ticket, or was quicker."""
    ticket, newest = tickets.lock_if_free(unit.tx, ticket_id), unit.office.hours.version
    before = calendars.wound_by(unit.tx, ticket_id)
    if ticket is None or before is None or before >= newest:
        return False
    recalculate(unit, unit.going_by(calendars.days_of(unit.tx, before), before), ticket)
    calendars.wind(unit.tx, ticket_id, newest)
    unit.tx.touch(ticket_id)  # what time does is planned anew, also where no due moment moved
    return True


def _settle(unit: Unit) -> None:
    """All are counted: each queue is told once how many of its tickets are due at other moments."""
    moved = calendars.settle(unit.tx, unit.office.hours.version, unit.now) or {}
    for queue, count in sorted(moved.items()):
        with use(unit.office.queue(queue).language):
            told = ngettext(
                "The working days have changed: {n} open ticket is due at another moment. See its card.",
                "The working days have changed: {n} open tickets are due at other moments. See their cards.",
                count,
            )
        post.to_queue(unit, queue, Post(summary=told, lines=(text(told),)), "calendar")
