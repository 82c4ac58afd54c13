"""How the desk's channels stand, and what follows from that: where one is shut, the fallback stands in."""

from datetime import timedelta
from uuid import UUID

import structlog

from bot.core.standing import Standing, is_shut
from handlers import behind, channel_news, homes
from handlers.unit import Unit
from storage import people, rooms, threads

log = structlog.get_logger()

CARD_GONE = "card_gone"
"""A delivery was refused because of its message or thread; any other refusal is the channel's."""

REFUSALS: dict[str, Standing] = {
    "archived": "archived",
    "not_in_channel": "left",
    "restricted": "restricted",
}
"""How a channel stands that refused a delivery, by its word; by any other it is gone."""

PAUSE = timedelta(hours=1)
"""Until a channel is tried again that refused us although nothing is seen to be wrong with it."""


def refused(unit: Unit, channel: str, why: str, row: UUID) -> None:
    """A delivery was refused because of its channel."""
    stands(unit, channel, REFUSALS.get(why, "gone"), row)


def stands(unit: Unit, channel: str, told: Standing, refused: UUID | None = None) -> None:
    """Slack says how one of the desk's channels stands. What is new is told once, and tickets are moved.

    `refused` is the row whose delivery told so.
    """
    desk = unit.office.desk
    now: Standing = "open" if told == "public" and not desk.keeps_private(channel) else told
    if channel not in desk.channels() or rooms.standing(unit.tx, channel) == now:
        return
    before = rooms.lock(unit.tx, channel, unit.at)
    if before.stands == now or (_looks_well(before) and not is_shut(now) and unit.at < before.since + PAUSE):
        return
    log.warning("desk.channel", channel=channel, stands=now)
    rooms.become(unit.tx, channel, now, unit.at)
    channel_news.tell(unit, channel, before.stands, now)
    homes.bring_all(unit, channel, refused)
    if is_shut(before.stands) and not is_shut(now):
        behind.tell_left(unit, channel)


def peopled(unit: Unit, channel: str, users: set[str]) -> None:
    """Slack says who is in one of the desk's channels.

    While it is shut, who was in it last goes on with its tickets. While it is public and should not be,
    whoever joins gains nothing.
    """
    now = rooms.standing(unit.tx, channel)
    if now == "public":
        users = users & set(people.members_of(unit.tx, channel))
    if not is_shut(now):
        people.reconcile(unit.tx, channel, users)


def inherit(unit: Unit) -> None:
    """Whoever works a queue works it on where it gets another channel, until Slack tells who is in that.

    Where several come to one channel, it is whoever works them all. Who was in it long ago is forgotten.
    """
    desk, before = unit.office.desk, rooms.looked_after(unit.tx)
    now = rooms.LookedAfter(desk.channels(), {key: queue.channel for key, queue in desk.queues.items()})
    for channel in sorted(set(now.queues.values()) - before.channels):
        came_from = [before.queues[key] for key in desk.queues_in(channel) if key in before.queues]
        if came_from:
            working = (set(people.members_of(unit.tx, place)) for place in came_from)
            people.reconcile(unit.tx, channel, set.intersection(*working))
    rooms.look_after(unit.tx, now)


def settle(unit: Unit, channel: str) -> bool:
    """Go on with the tickets of a channel that changed; false when nothing is left to do about it."""
    if homes.bring_all(unit, channel) or behind.tell_left(unit, channel):
        return True
    rooms.forget_open(unit.tx, channel)
    return False


def gather(unit: Unit) -> bool:
    """Go on with the tickets of queues that have another channel now; false when all are there.

    How the channels stand that are no more the desk's, and what is to be drawn there, is forgotten.
    """
    if homes.gather(unit):
        return True
    rooms.forget_others(unit.tx, unit.office.desk.channels())
    threads.forget_undrawn(unit.tx, unit.office.desk.channels())
    return False


def _looks_well(room: rooms.Room) -> bool:
    return room.stands == "restricted"
