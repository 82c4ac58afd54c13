"""The inbox: what was heard, each thing once, and in which order its lane is to be worked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, delete, func, or_, select, tuple_, update

from bot.core.heard import Incoming
from storage.dialects import is_exactly, upsert
from storage.payload import pack, unpack
from storage.prepared import Prepared
from storage.schema import inbox, lanes
from storage.tx import Tx

INCOMING = TypeAdapter(Incoming)

Key = tuple[str, str, bytes]


KEPT = (inbox.c.id, inbox.c.lane, inbox.c.channel, inbox.c.account, inbox.c.key)
ROW = ("id", "channel", "account", "key", "lane", "position", "state", "payload", "heard_at")
NEW = Prepared(upsert(inbox).on_conflict_do_nothing().returning(*KEPT), ROW)
NEW_LANE = Prepared(upsert(lanes).on_conflict_do_nothing(), ("lane",))

WAITING = is_exactly(inbox.c.state, "waiting")
MAY_GO_ON = or_(lanes.c.not_before.is_(None), lanes.c.not_before <= bindparam("now"))

LANES_WAITING = (
    select(inbox.c.lane)
    .join(lanes, lanes.c.lane == inbox.c.lane)
    .where(WAITING, MAY_GO_ON)
    .group_by(inbox.c.lane)
    .order_by(func.min(inbox.c.heard_at))
    .limit(bindparam("limit"))
)
NEXT = (
    select(inbox)
    .join(lanes, lanes.c.lane == inbox.c.lane)
    .where(inbox.c.lane == bindparam("of_lane"), WAITING, MAY_GO_ON)
    .order_by(inbox.c.position, inbox.c.id)
    .limit(1)
)
# The lane's row is locked, never messages: that would hand those of one person to several workers. With a key
# share, so that hearing more in this lane does not wait for the unit that works it.
LOCK_LANE = (
    select(lanes.c.lane)
    .where(
        lanes.c.lane == bindparam("of_lane"),
        MAY_GO_ON,
        select(inbox.c.id).where(inbox.c.lane == bindparam("of_lane"), WAITING).exists(),
    )
    .with_for_update(skip_locked=True, key_share=True)
)
LEFT = select(inbox.c.id).where(inbox.c.lane == bindparam("of_lane"), WAITING).limit(1)
TAKE = Prepared(NEXT)
LOOK_BEHIND = Prepared(LEFT)
TAKE_LANE = Prepared(LOCK_LANE)
WAIT = Prepared(LANES_WAITING)
SETTLE = update(inbox).where(inbox.c.id == bindparam("row"), WAITING, inbox.c.attempts == bindparam("seen"))

HANDLED = Prepared(SETTLE, ("state", "payload", "handled_at"))
HANDLED_BEFORE = (inbox.c.heard_at < bindparam("before"), is_exactly(inbox.c.state, "handled"))
OLD = select(inbox.c.id).where(*HANDLED_BEFORE).order_by(inbox.c.heard_at).limit(bindparam("most"))
PRUNE = Prepared(delete(inbox).where(inbox.c.id.in_(OLD)))


@dataclass(frozen=True, slots=True)
class Kept:
    """Where one incoming thing is kept; `new` is false when it had been heard before."""

    id: UUID
    lane: str
    new: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """The next row of a lane, which is locked until the unit ends. `open_payload` gives what was heard."""

    id: UUID
    lane: str
    attempts: int
    awaited_until: datetime | None
    payload: bytes


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that was given up; `error` is the class of what went wrong."""

    id: UUID
    channel: str
    account: str
    lane: str
    attempts: int
    error: str
    heard_at: datetime


def hear(tx: Tx, batch: Sequence[Incoming], at: datetime) -> list[Kept]:
    """Keep each incoming thing once, by its natural key; tells where, in the order of the batch.

    It rings no bell: whoever hears also works the lanes, and others find them by looking.
    """
    rows = {key: _row(tx, incoming, key, at) for incoming in batch for key in (_key(tx, incoming),)}
    _insert_lanes(tx, sorted({row["lane"] for row in rows.values()}))
    kept = _insert(tx, rows)
    return [kept[_key(tx, incoming)] for incoming in batch]


def _key(tx: Tx, incoming: Incoming) -> Key:
    hashed = tx.hash("inbox", incoming.channel, incoming.account, incoming.key)
    return incoming.channel, incoming.account, hashed


def lane_of(tx: Tx, incoming: Incoming) -> str:
    return f"{incoming.channel}:{tx.hash('lane', incoming.channel, incoming.account, incoming.lane).hex()}"


def _row(tx: Tx, incoming: Incoming, key: Key, at: datetime) -> dict[str, Any]:
    row = tx.new_id()
    return {
        "id": row,
        "channel": incoming.channel,
        "account": incoming.account,
        "key": key[2],
        "lane": lane_of(tx, incoming),
        "position": incoming.order,
        "state": "waiting",
        "payload": tx.seal(None, inbox.c.payload, row, pack(incoming)),
        "heard_at": at,
    }


def _insert_lanes(tx: Tx, names: Sequence[str]) -> None:
    # Sorted, as the rows are: two batches that meet wait for each other in one direction only.
    for name in names:
        NEW_LANE.run(tx, lane=name)


def _insert(tx: Tx, rows: dict[Key, dict[str, Any]]) -> dict[Key, Kept]:
    new = [row for key in sorted(rows) for row in NEW.all(tx, **rows[key])]
    kept = {tuple(row[2:]): Kept(row.id, row.lane, new=True) for row in new}
    if missing := rows.keys() - kept.keys():
        old = select(*KEPT).where(tuple_(*KEPT[2:]).in_(list(missing)))
        kept |= {tuple(row[2:]): Kept(row.id, row.lane, new=False) for row in tx.connection.execute(old)}
    return kept


def lanes_waiting(tx: Tx, now: datetime, limit: int) -> list[str]:
    """Lanes with something to handle that need not wait, the longest waiting first."""
    return [row.lane for row in WAIT.all(tx, now=now, limit=limit)]


def take(tx: Tx, lane: str, now: datetime) -> Heard | None:
    """The lane's next row, in the platform's order; None if there is none, or the lane waits or is worked."""
    if tx.dialect == "postgresql" and TAKE_LANE.one_or_none(tx, of_lane=lane, now=now) is None:
        return None
    row = TAKE.one_or_none(tx, of_lane=lane, now=now)
    return Heard(row.id, row.lane, row.attempts, row.awaited_until, row.payload) if row else None


def worked_elsewhere(tx: Tx, lane: str, now: datetime) -> bool:
    """Whether `take` left something alone that may be handled: another process has the lane."""
    return tx.dialect == "postgresql" and TAKE.one_or_none(tx, of_lane=lane, now=now) is not None


def waits(tx: Tx, lane: str) -> bool:
    """Whether anything waits in the lane; what is heard later is offered by whoever hears it."""
    return LOOK_BEHIND.one_or_none(tx, of_lane=lane) is not None


def open_payload(tx: Tx, heard: Heard) -> Incoming:
    """What was heard. Raises DamagedError, or ValidationError where another version wrote it."""
    return unpack(INCOMING, tx.unseal_bytes(None, inbox.c.payload, heard.id, heard.payload))


def handled(tx: Tx, heard: Heard, at: datetime) -> None:
    """It is done: the words are emptied, the key stays."""
    HANDLED.run(tx, row=heard.id, seen=heard.attempts, state="handled", payload=None, handled_at=at)


def failed(tx: Tx, heard: Heard, error: str, retry_at: datetime) -> bool:
    """Count an attempt and let the lane wait; false if meanwhile somebody else worked the row."""
    if not _settle(tx, heard, attempts=heard.attempts + 1, error=error):
        return False
    put_off(tx, heard.lane, retry_at)
    return True


def put_off(tx: Tx, lane: str, until: datetime) -> None:
    """Let the lane wait for something else; nothing is counted against its next row."""
    tx.connection.execute(update(lanes).where(lanes.c.lane == lane).values(not_before=until))


def park(tx: Tx, heard: Heard, error: str) -> bool:
    """Keep the row for an operator to replay, words and all; the lane goes on. False as in `failed`."""
    return _settle(tx, heard, state="parked", attempts=heard.attempts + 1, error=error)


def _settle(tx: Tx, heard: Heard, **values: Any) -> bool:
    as_taken = {"row": heard.id, "seen": heard.attempts}
    return tx.connection.execute(SETTLE, as_taken | values).rowcount == 1


def parked(tx: Tx) -> list[Parked]:
    rows = tx.connection.execute(
        select(inbox).where(is_exactly(inbox.c.state, "parked")).order_by(inbox.c.heard_at, inbox.c.id)
    )
    return [_parked(row) for row in rows]


def _parked(row: Row[Any]) -> Parked:
    return Parked(row.id, row.channel, row.account, row.lane, row.attempts, row.error, row.heard_at)


def replay(tx: Tx, row: UUID) -> bool:
    """Handle a parked row after all, next in its lane; false if there is no such row."""
    lane = tx.connection.execute(
        update(inbox)
        .where(inbox.c.id == row, inbox.c.state == "parked")
        .values(state="waiting", attempts=0, error="")
        .returning(inbox.c.lane)
    ).scalar()
    if lane is None:
        return False
    tx.connection.execute(update(lanes).where(lanes.c.lane == lane).values(not_before=None))
    tx.ring("inbox")
    return True


def prune(tx: Tx, before: datetime, limit: int = 5000) -> int:
    """Forget the keys of what was heard before and is handled; tells how many, `limit` at most."""
    return PRUNE.run(tx, before=before, most=limit)
