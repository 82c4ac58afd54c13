"""How the desk's channels stand, as far as they are not simply open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, delete, select, update

from bot.core.standing import Standing
from storage import Tx
from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import rooms, settings

STANDS = Prepared(select(rooms.c.stands).where(rooms.c.channel == bindparam("of_channel")))
NOTED = Prepared(select(rooms).order_by(rooms.c.channel))
LOOKED_AFTER = "channels"


@dataclass(frozen=True, slots=True)
class Room:
    """A channel and how it stands, since a moment of desk time."""

    channel: str
    stands: Standing
    since: datetime


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """The channels that Slack was asked about by the desk file of the last start; those of its queues."""

    channels: frozenset[str] = frozenset()
    queues: Mapping[str, str] = field(default_factory=dict)


def standing(tx: Tx, channel: str) -> Standing:
    return cast("Standing", STANDS.scalar(tx, of_channel=channel) or "open")


def lock(tx: Tx, channel: str, at: datetime) -> Room:
    """The channel, held until the unit ends, so that a change of it is told by one who sees it."""
    new = upsert(rooms).values(channel=channel, stands="open", since=at)
    # Written even where nothing changes: one that is only looked at may be forgotten before it is locked.
    held = new.on_conflict_do_update(index_elements=["channel"], set_={"channel": new.excluded.channel})
    row = tx.connection.execute(held.returning(rooms)).one()
    return Room(row.channel, row.stands, row.since)


def become(tx: Tx, channel: str, stands: Standing, at: datetime) -> None:
    changed = update(rooms).where(rooms.c.channel == channel).values(stands=stands, since=at)
    tx.connection.execute(changed)


def noted(tx: Tx) -> list[Room]:
    """The channels that something is to be done about, those included that are open again."""
    return [Room(row.channel, row.stands, row.since) for row in NOTED.all(tx)]


def forget_others(tx: Tx, channels: Collection[str]) -> None:
    """Only what is known of these channels is kept."""
    tx.connection.execute(delete(rooms).where(rooms.c.channel.not_in(channels)))


def forget_open(tx: Tx, channel: str) -> None:
    """Nothing is left to be done about a channel, if it is open."""
    tx.connection.execute(delete(rooms).where(rooms.c.channel == channel, rooms.c.stands == "open"))


def looked_after(tx: Tx) -> LookedAfter:
    """Nothing, before the first start."""
    row = tx.lock(settings, settings.c.name == LOOKED_AFTER)
    return LookedAfter(frozenset(row.value["channels"]), row.value["queues"]) if row else LookedAfter()


def look_after(tx: Tx, now: LookedAfter) -> None:
    value = {"channels": sorted(now.channels), "queues": dict(now.queues)}
    row = upsert(settings).values(name=LOOKED_AFTER, value=value)
    tx.connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
