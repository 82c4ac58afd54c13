"""A calendar changed while tickets live: all that went by an earlier one are counted again, in batches."""

from datetime import datetime
from uuid import UUID

from bot.core.shown import Post
from handlers import clockwork, post
from handlers.lines import text
from handlers.unit import Office, Unit
from locales import ngettext, use
from storage import Tx, calendars, tickets

BATCH = 25
"""Tickets in one transaction: whoever writes about one of them waits no longer than that takes."""


def recount(tx: Tx, office: Office, now: datetime) -> bool:
    """Count some tickets again; False when nothing can be done now.

    Which calendar a ticket goes by is kept beside it, so whoever comes next goes on where this one ended.
    """
    unit = Unit(tx, office, now, now)
    waiting = calendars.behind(tx, office.hours.version, BATCH)
    if not waiting:
        _settle(unit)
    tx.happened_to.update(dict.fromkeys(ticket for ticket in waiting if _free(tx, ticket)))
    counted = bool(tx.happened_to)
    clockwork.wind(unit)
    return counted


def _free(tx: Tx, ticket_id: UUID) -> bool:
    """Whether nobody is at work on the ticket, which is locked then: whoever is counts it again."""
    return tickets.lock_if_free(tx, ticket_id) is not None


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
