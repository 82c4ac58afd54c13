"""The outbox as its worker sees it: what may be sent now, leased for a while, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Row, Select, func, or_, select, update

from bot.core.outcome import Closed, Failed, Sent
from bot.core.shown import Card, Home, Post
from bot.core.words import Say
from storage import deliveries
from storage.errors import DamagedError, ErasedError
from storage.outbox import BELL, TARGET, Content, Target
from storage.payload import unpack
from storage.schema import outbox
from storage.tx import Tx

CONTENT = TypeAdapter(Content)

Result = Sent | Failed | Closed
"""How a row ends when it was tried."""


class NotYetError(Exception):
    """A row must wait for something else: a post, for the thread that its ticket's card begins."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a row goes, and what; `replaces` is the external id of the message that it takes the place of."""

    chat: str
    what: Say | Post | Card | Home
    thread: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """A leased row. `what` is None for a row that shows, and for one whose words can no longer be read.

    `expired`: it was worth sending until a moment that has passed.
    """

    id: UUID
    kind: str
    lane: str
    channel: str
    target: Target
    shows: str
    what: Say | Post | None
    owner: UUID | None
    purpose: str
    ticket_id: UUID | None
    words_id: UUID | None
    cycle: int
    attempts: int
    unsure: bool
    expired: bool
    tried_since: datetime | None
    lease: UUID
    leased_until: datetime


def take_due(
    tx: Tx, channel: str, *, at: datetime, now: datetime, limit: int, lease_for: timedelta
) -> list[Promised]:
    """Lease what `channel` may send: one row of a lane at most. `at` is desk time, `now` machine time.

    Of the say rows of a lane only the first may go, even while it waits to be tried again; a row whose
    `not_before` has not come is not in its lane yet, so that a held reply or a survey for tomorrow does not
    silence the person. Show rows neither wait for say rows nor hold them up, except while one is under way.
    A row whose lease is over was perhaps sent by a worker that died: it comes back unsure.
    """
    found = tx.connection.execute(_due(channel, at, now).limit(limit).with_for_update(skip_locked=True)).all()
    firsts = {row.lane: row.seq for row in reversed(found)}
    if not firsts:
        return []
    leased = tx.connection.execute(
        update(outbox)
        .where(outbox.c.seq.in_(list(firsts.values())))
        .values(
            unsure=or_(outbox.c.unsure, outbox.c.lease.is_not(None)),
            lease=tx.new_id(),
            leased_until=now + lease_for,
        )
        .returning(outbox)
    ).all()
    return [_promised(tx, row, at) for row in sorted(leased, key=lambda row: int(row.seq))]


def _due(channel: str, at: datetime, now: datetime) -> Select[tuple[int, str]]:
    pending = (outbox.c.state == "pending", outbox.c.channel == channel)
    joined = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= at)
    under_way = select(outbox.c.lane).where(*pending, outbox.c.leased_until > now)
    first = (
        select(func.min(outbox.c.seq)).where(*pending, joined, outbox.c.kind == "say").group_by(outbox.c.lane)
    )
    return (
        select(outbox.c.seq, outbox.c.lane)
        .where(
            *pending,
            joined,
            or_(outbox.c.retry_at.is_(None), outbox.c.retry_at <= now),
            outbox.c.lane.not_in(under_way),
            or_(outbox.c.kind == "show", outbox.c.seq.in_(first)),
        )
        .order_by(outbox.c.seq)
    )


def _promised(tx: Tx, row: Row[Any], at: datetime) -> Promised:
    return Promised(
        id=row.id,
        kind=row.kind,
        lane=row.lane,
        channel=row.channel,
        target=TARGET.validate_python(row.target),
        shows=row.shows or "",
        what=_words(tx, row),
        owner=row.owner,
        purpose=row.purpose,
        ticket_id=row.ticket_id,
        words_id=row.words_id,
        cycle=row.cycle,
        attempts=row.attempts,
        unsure=row.unsure,
        expired=row.expires_at is not None and row.expires_at <= at,
        tried_since=row.tried_since,
        lease=row.lease,
        leased_until=row.leased_until,
    )


def _words(tx: Tx, row: Row[Any]) -> Say | Post | None:
    if row.payload is None:
        return None
    try:
        packed = tx.unseal_bytes(row.owner, outbox.c.payload, row.id, row.payload)
        content = unpack(CONTENT, packed)
    except (ErasedError, DamagedError, ValidationError):
        return None
    return content.say or content.post


def settle(tx: Tx, row: Promised, result: Result, chat: str, now: datetime) -> bool:
    """Record how it ended; false, and nothing recorded, if the lease was lost."""
    error = "" if isinstance(result, Sent) else result.why
    if not _end(tx, row, "sent" if isinstance(result, Sent) else "failed", error, now):
        return False
    if isinstance(result, Sent):
        _remember(tx, row, result, chat)
        _wake(tx, row)
    return True


def drop(tx: Tx, row: Promised, why: str, now: datetime) -> bool:
    """Nobody wants it any more; false if the lease was lost."""
    return _end(tx, row, "withdrawn", why, now)


def _end(tx: Tx, row: Promised, state: str, error: str, now: datetime) -> bool:
    values = {"state": state, "error": error[:64], "payload": None, "settled_at": now}
    return _holds(tx, row) and _give_back(tx, row, **values)


def _holds(tx: Tx, row: Promised) -> bool:
    as_leased = (outbox.c.id == row.id, outbox.c.state == "pending", outbox.c.lease == row.lease)
    return tx.lock(outbox, *as_leased) is not None


def _give_back(tx: Tx, row: Promised, **values: Any) -> bool:
    changed = update(outbox).where(outbox.c.id == row.id).values(lease=None, leased_until=None, **values)
    return tx.connection.execute(changed).rowcount == 1


def _remember(tx: Tx, row: Promised, sent: Sent, chat: str) -> None:
    for part, external_id in enumerate(sent.ids):
        deliveries.remember(
            tx,
            row.channel,
            chat,
            external_id,
            purpose=row.purpose,
            ticket_id=row.ticket_id,
            words_id=row.words_id,
            at=sent.at,
            outbox_id=row.id,
            part=part,
            cycle=row.cycle,
        )


def _wake(tx: Tx, row: Promised) -> None:
    """What waits in the lane and was never tried may have waited for this: a post for its thread's card."""
    if row.kind == "show":
        waiting = (outbox.c.lane == row.lane, outbox.c.state == "pending", outbox.c.tried_since.is_(None))
        tx.connection.execute(
            update(outbox).where(*waiting, outbox.c.channel == row.channel).values(retry_at=None)
        )


def put_off(tx: Tx, row: Promised, until: datetime) -> bool:
    """Give the lease back untried: the row may be taken again from then on. False if the lease was lost."""
    return _wait(tx, row, retry_at=until)


def retry(tx: Tx, row: Promised, until: datetime, now: datetime, *, unsure: bool) -> bool:
    """Give the lease back after an attempt that settled nothing; false if the lease was lost."""
    return _wait(
        tx,
        row,
        attempts=row.attempts + 1,
        tried_since=row.tried_since or now,
        retry_at=until,
        unsure=row.unsure or unsure,
    )


def _wait(tx: Tx, row: Promised, **values: Any) -> bool:
    if not _holds(tx, row):
        return False
    if row.kind == "show":
        _make_room(tx, row)
    return _give_back(tx, row, **values)


def _make_room(tx: Tx, row: Promised) -> None:
    """One row waits for what is shown: this one, perhaps sent already, which covers what came later."""
    later = (outbox.c.shows == row.shows, outbox.c.state == "pending", outbox.c.lease.is_(None))
    superseded = {"state": "withdrawn", "error": "superseded"}
    tx.connection.execute(update(outbox).where(*later).values(**superseded))


def let_go(tx: Tx) -> None:
    """End all leases: their workers are dead. Only where no other process can be at work."""
    leased = (outbox.c.state == "pending", outbox.c.lease.is_not(None))
    tx.connection.execute(update(outbox).where(*leased).values(leased_until=None))
    tx.ring(BELL)
