"""What stands where a ticket was: a card that says where it went, as soon as it can be drawn."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.heard import Thread
from bot.core.shown import Card, Line, Room
from bot.core.standing import is_shut
from bot.core.ticket import MERGED, Fact, Status, Ticket
from handlers import lines, thread
from handlers.lines import SLOT
from handlers.ties import joined
from handlers.unit import Unit
from locales import _, current, use
from storage import outbox, policies, rooms, threads, tickets

BATCH = 25
"""Cards drawn in one unit; the rest follows."""

PLACES = frozenset({"left", "home"})
"""Where a fact of a transfer names threads."""


def title(unit: Unit, ticket: Ticket, queue: str) -> str:
    """What a queue is called: by the ticket's policy, else by the desk file."""
    known = policies.find(unit.tx, ticket.policy_hash).queue(queue)
    return known.title.in_(current()) if known else unit.office.desk.title(queue, current())


def show_where(unit: Unit, ticket: Ticket) -> None:
    """Draw all cards that it has left: those of earlier moves name a place that it has left since."""
    for place in threads.behind_it(unit.tx, ticket.id):
        if not has_left(unit, ticket, place):
            continue
        if is_shut(rooms.standing(unit.tx, place.channel)):
            threads.keep_undrawn(unit.tx, ticket.id, place)
        else:
            show_left(unit, ticket.id, place)


def show_left(unit: Unit, ticket_id: UUID, place: Thread) -> None:
    """Draw a card that the ticket has left, so that it says where the ticket is."""
    outbox.show(
        unit.tx,
        f"left:{place.channel}:{place.ts}",
        outbox.ToLeftCard(ticket=ticket_id, channel=place.channel, ts=place.ts),
        channel=unit.office.desk_channel,
        ticket_id=ticket_id,
        at=unit.at,
    )


def leaving(unit: Unit, ticket: Ticket, place: Thread) -> dict[str, str]:
    """What a transfer leaves, for its fact: this thread, and the one that it stood in for."""
    own, before = unit.office.queue(ticket.queue).channel, threads.left_last(unit.tx, ticket.id)
    home = before if before and before.channel == own != place.channel else None
    return {name: f"{left.channel}:{left.ts}" for name, left in (("left", place), ("home", home)) if left}


def transferred_from(facts: Sequence[Fact]) -> tuple[Thread, ...]:
    """The threads from which the ticket was transferred, and those that these stood in for."""
    return tuple(place for fact in facts for place in _left(fact))


def has_left(unit: Unit, ticket: Ticket, place: Thread) -> bool:
    """Whether the ticket goes on elsewhere. Where its card was only posted again, both threads are its."""
    now = tickets.thread(unit.tx, ticket.id)
    if place == now:
        return False
    return place.channel != _channel(unit, ticket, now) or place in transferred_from(
        tickets.history(unit.tx, ticket.id)
    )


def tell_left(unit: Unit, channel: str) -> int:
    """Draw cards that were left in a channel while nothing could be drawn there, a batch; tells how many.

    What comes home to it is drawn as it is by then.
    """
    if is_shut(rooms.standing(unit.tx, channel)):
        return 0
    found, home_of = threads.take_undrawn(unit.tx, channel, BATCH), unit.office.desk.queues_in(channel)
    for ticket_id, left in found:
        if left.at is None or tickets.read(unit.tx, ticket_id).queue not in home_of:
            show_left(unit, ticket_id, left.thread)
    return len(found)


def left_card(unit: Unit, ticket: Ticket, place: Thread) -> Card:
    """What stands where a ticket was: where it goes on, and nothing that could be pressed."""
    with use(unit.office.queue(_queue_of(unit, ticket, place)).language):
        return Card(
            summary=thread.summary(ticket),
            title=_left_for(unit, ticket, place),
            lines=(where(unit, ticket), lines.text(_("Words in this thread stay on the desk."))),
        )


def _left_for(unit: Unit, ticket: Ticket, place: Thread) -> str:
    """Why the ticket is not there: its queue's channel is another, or the fallback is needed no more."""
    shown = reference.show(ticket.reference)
    if place in transferred_from(tickets.history(unit.tx, ticket.id)):
        return _("{reference} · Transferred", reference=shown)
    if place.channel == unit.office.desk.fallback_channel:
        return _("{reference} · Back in its channel", reference=shown)
    return _("{reference} · Moved to another channel", reference=shown)


def where(unit: Unit, ticket: Ticket) -> Line:
    """Where the ticket is now."""
    if ticket.outcome == MERGED:
        stays = reference.show(joined.stays(unit.tx, ticket).reference)
        return lines.text(_("This ticket was merged into {reference}.", reference=stays))
    named = {"queue": title(unit, ticket, ticket.queue), "channel": SLOT}
    if ticket.status is Status.CLOSED:
        said = _("This ticket is closed. It went on in {queue}: {channel}", **named)
    else:
        said = _("This ticket goes on in {queue}: {channel}", **named)
    now = tickets.thread(unit.tx, ticket.id)
    return lines.around(said, Room(channel=_channel(unit, ticket, now)))


def _channel(unit: Unit, ticket: Ticket, now: Thread | None) -> str:
    """That of its thread, else the one in which it is to get one."""
    return now.channel if now else unit.office.queue(ticket.queue).channel


def _left(fact: Fact) -> Iterator[Thread]:
    if fact.kind == kinds.TRANSFERRED:
        for name in PLACES & fact.data.keys():
            channel, _colon, ts = str(fact.data[name]).partition(":")
            yield Thread(channel=channel, ts=ts)


def _queue_of(unit: Unit, ticket: Ticket, place: Thread) -> str:
    facts = tickets.history(unit.tx, ticket.id)
    return next((str(fact.data["before"]) for fact in facts if place in _left(fact)), ticket.queue)
