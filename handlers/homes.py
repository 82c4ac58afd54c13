"""Brings tickets to where they can be worked: their queue's channel, or the fallback while that is shut."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from bot.core.heard import Thread
from bot.core.standing import is_shut
from bot.core.ticket import Status, Ticket
from handlers import behind, moving, post, reaching, rights, thread
from handlers.clock import above
from handlers.unit import Unit
from locales import _
from storage import astray, people, rooms, threads, tickets

BATCH = 25
"""Tickets brought in one unit; the rest follows."""


class Way(NamedTuple):
    """Where the tickets of a queue can be worked now; those that are anywhere else are brought there."""

    to: str
    home: bool


def bring_all(unit: Unit, channel: str, refused: UUID | None = None) -> int:
    """Bring the tickets that a change of this channel concerns, a batch; tells how many.

    What is resolved or closed is brought home only: it may be opened again, and its card says how it is.
    `refused` is the row that was not heard there, if that is how the change was noticed.
    """
    return _bring_of(unit, _concerned(unit, channel), refused)


def gather(unit: Unit) -> int:
    """Bring the tickets of queues that have another channel than before, a batch; tells how many."""
    return _bring_of(unit, sorted(unit.office.desk.queues))


def foreseen(unit: Unit) -> Iterator[tuple[str, int, str]]:
    """How many tickets of which queue are to be brought, and where."""
    for queue in unit.office.desk.queues:
        way = _way(unit, queue)
        if way and (count := astray.count(unit.tx, queue, way.to, resolved=way.home)):
            yield queue, count, way.to


def bring_one(unit: Unit, ticket: Ticket, refused: UUID | None = None) -> None:
    """Bring this ticket, if it is where it cannot be worked."""
    way, placed = _way(unit, ticket.queue), tickets.thread(unit.tx, ticket.id)
    if way and placed and placed.channel != way.to:
        _bring(unit, ticket, way, refused)


def opened_again(unit: Unit, ticket: Ticket) -> None:
    """It goes on where it can be worked, and the cards that it has left do not call it closed."""
    bring_one(unit, ticket)
    behind.show_where(unit, ticket)


def card_shown(unit: Unit, ticket_id: UUID, shown: Thread) -> None:
    """A card was drawn of a ticket that is nowhere: a new one, or the one that it left when that was shut.

    What happened to the channels while it was drawn was not about this ticket yet.
    """
    ticket = tickets.lock(unit.tx, ticket_id)
    if not threads.is_known(unit.tx, shown):
        tickets.put_thread(unit.tx, ticket_id, shown, unit.at)
    elif threads.left_last(unit.tx, ticket_id) == shown:
        moving.unsay(unit, ticket_id, moving.BROUGHT)
        threads.return_to(unit.tx, ticket_id, shown)
        reaching.offer_along(unit, ticket)
    else:
        return
    bring_one(unit, ticket)


def _bring_of(unit: Unit, queues: Iterable[str], refused: UUID | None = None) -> int:
    found = [
        ticket_id for queue in queues if (way := _way(unit, queue)) for ticket_id in _astray(unit, queue, way)
    ]
    for ticket_id in found[:BATCH]:  # another process may have brought it before it was locked
        bring_one(unit, tickets.lock(unit.tx, ticket_id), refused)
    return len(found[:BATCH])


def _astray(unit: Unit, queue: str, way: Way) -> Iterator[UUID]:
    yield from astray.of_queue(unit.tx, queue, way.to, BATCH, resolved=way.home)
    if way.home:
        yield from astray.closed(unit.tx, queue, way.to, BATCH)


def _concerned(unit: Unit, channel: str) -> Iterable[str]:
    desk = unit.office.desk
    return sorted(desk.queues) if channel == desk.fallback_channel else desk.queues_in(channel)


def _way(unit: Unit, queue: str) -> Way | None:
    """None where nothing can be said at all: then tickets stay, and what is to be said waits."""
    own, fallback = unit.office.queue(queue).channel, unit.office.desk.fallback_channel
    for place in filter(None, (own, fallback)):
        if not is_shut(rooms.standing(unit.tx, place)):
            return Way(place, place == own)
    return None


def _bring(unit: Unit, ticket: Ticket, way: Way, refused: UUID | None = None) -> None:
    """A card in that channel, with the words that are not in its thread yet.

    A thread that the ticket had there is taken up again, as its card is.
    """
    why = _why(unit, ticket, way)
    known = threads.earlier(unit.tx, ticket.id, way.to)
    unheard = threads.unheard_since(unit.tx, ticket.id, unit.office.desk_channel, refused)
    threads.leave(unit.tx, ticket.id, unheard or unit.at)
    moving.unsay(unit, ticket.id, moving.BROUGHT)
    if known:
        threads.return_to(unit.tx, ticket.id, known.thread)
    post.show_card(unit, ticket)
    behind.show_where(unit, ticket)
    thread.tell(unit, ticket, why, moving.BROUGHT)
    moving.take_along(unit, ticket, _told_until(known), moving.BROUGHT)
    reaching.offer_along(unit, ticket)
    _tell_holder(unit, ticket, way.to, moved=why is _moved)


def _tell_holder(unit: Unit, ticket: Ticket, channel: str, *, moved: bool) -> None:
    """Who holds it and does not see its card there is handed all of it, or hears what keeps them from it.

    With a closed one there is nothing to be done.
    """
    holder = ticket.claimer
    if not holder or ticket.status is Status.CLOSED or people.is_member(unit.tx, channel, holder):
        return
    if rights.may_act(unit, ticket, holder):
        above.hand_whole(unit, ticket, holder)
        above.hand_files(unit, ticket, holder)
    elif moved and ticket.unresolved:
        above.tell_where(unit, ticket, holder)


def _why(unit: Unit, ticket: Ticket, way: Way) -> Callable[[], str]:
    """What its thread hears; home is where it was, but for the fallback, unless the queue has moved."""
    if not way.home:
        return _standing_in
    places = (tickets.thread(unit.tx, ticket.id), threads.left_last(unit.tx, ticket.id))
    moved = {place.channel for place in places if place} - {way.to, unit.office.desk.fallback_channel}
    return _moved if moved else _home_again


def _told_until(known: threads.Left | None) -> datetime | None:
    """What was said before is in that thread."""
    return known.at if known else None


def _standing_in() -> str:
    return _("The channel of this queue cannot be used now, so this ticket goes on here.")


def _home_again() -> str:
    return _("The channel of this queue can be used again, so this ticket goes on here.")


def _moved() -> str:
    return _("This queue is worked in this channel now, so this ticket goes on here.")
