"""The outbox as its worker sees it: what may be sent now, leased for a while, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import bindparam, func, literal_column, or_, select, update

from bot.core.enclosures import Bundle
from bot.core.outcome import Closed, Failed, Sent
from bot.core.shown import Card, Home, Post, Removal
from bot.core.words import Amend, Say
from storage import deliveries, ranks
from storage.dialects import is_exactly
from storage.errors import DamagedError, ErasedError
from storage.outbox import CONTENT, TARGET, Matter, Target
from storage.payload import unpack
from storage.prepared import Prepared
from storage.schema import outbox
from storage.tx import Tx

PENDING = is_exactly(outbox.c.state, "pending")
OF_CHANNEL = (PENDING, outbox.c.channel == bindparam("of_channel"))
JOINED = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("at"))
STEPPED_ASIDE = outbox.c.rank == literal_column(str(ranks.ASIDE))
UNDER_WAY = select(outbox.c.lane).where(*OF_CHANNEL, outbox.c.leased_until > bindparam("now"))
FIRST = (
    select(func.min(outbox.c.seq))
    .where(*OF_CHANNEL, JOINED, outbox.c.kind == literal_column("'say'"), ~STEPPED_ASIDE)
    .group_by(outbox.c.lane)
)
DUE = (
    select(outbox.c.seq, outbox.c.lane)
    .where(
        *OF_CHANNEL,
        JOINED,
        or_(outbox.c.retry_at.is_(None), outbox.c.retry_at <= bindparam("now")),
        # Of a row that another process has just leased, PostgreSQL looks once more at its own columns only.
        or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("now")),
        outbox.c.lane.not_in(UNDER_WAY),
        or_(outbox.c.kind == literal_column("'show'"), STEPPED_ASIDE, outbox.c.seq.in_(FIRST)),
    )
    .order_by(outbox.c.rank, outbox.c.seq)
    .limit(bindparam("most"))
)
TAKEN = (
    update(outbox)
    .where(outbox.c.seq == bindparam("row"))
    .values(
        unsure=or_(outbox.c.unsure, outbox.c.lease.is_not(None)),
        lease=bindparam("new_lease"),
        leased_until=bindparam("new_until"),
    )
    .returning(outbox)
)
GIVE_BACK = update(outbox).where(
    outbox.c.id == bindparam("row"), PENDING, outbox.c.lease == bindparam("held_lease")
)

LEFT = select(outbox.c.seq).where(*OF_CHANNEL, outbox.c.lane == bindparam("of_lane")).limit(1)

TAKE = Prepared(DUE.with_for_update(skip_locked=True))
LEASE = Prepared(TAKEN)
LOOK = Prepared(DUE)
LOOK_BEHIND = Prepared(LEFT)
WAKE = Prepared(
    update(outbox).where(*OF_CHANNEL, outbox.c.lane == bindparam("of_lane"), outbox.c.tried_since.is_(None)),
    ("retry_at",),
)
LET_GO = Prepared(update(outbox).where(PENDING, outbox.c.lease.is_not(None)), ("leased_until",))
RENEW = Prepared(GIVE_BACK, ("leased_until",))
END = Prepared(GIVE_BACK, ("lease", "leased_until", "state", "error", "payload", "settled_at"))

ARRIVED = "arrived"
"""What is noted of a row that an operator knows to have arrived."""

Result = Sent | Failed | Closed
"""How a row ends when it was tried."""


class NotYetError(Exception):
    """A row must wait for something else: a post, for the thread that its ticket's card begins."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Where a row goes, and what; `replaces` is the external id of the message that it takes the place of.

    `amends` are those of the parts of a customer's message that is to be changed.
    """

    chat: str
    what: Say | Post | Card | Home | Bundle | Removal | Amend
    thread: str = ""
    replaces: str = ""
    amends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """A leased row. `what` is None for a row that shows, and for one whose words can no longer be read.

    `expired`: it was worth sending until a moment that has passed. `arrived`: an operator says that it has.
    """

    id: UUID
    kind: str
    lane: str
    channel: str
    target: Target
    shows: str
    what: Matter | None
    owner: UUID | None
    purpose: str
    ticket_id: UUID | None
    words_id: UUID | None
    cycle: int
    rank: int
    attempts: int
    unsure: bool
    expired: bool
    arrived: bool
    tried_since: datetime | None
    lease: UUID
    leased_until: datetime
    memo: str


def take_due(
    tx: Tx, channel: str, *, at: datetime, now: datetime, limit: int, lease_for: timedelta
) -> list[Promised]:
    """Lease what `channel` may send: one row of a lane at most. `at` is desk time, `now` machine time.

    What is pressing comes first, then the oldest.
    Of the say rows of a lane only the first may go, even while it waits to be tried again; a row whose
    `not_before` has not come is not in its lane yet, so that a held reply or a survey for tomorrow does not
    silence the person. Show rows neither wait for say rows nor hold them up, except while one is under way.
    A row that stepped aside of its lane goes when it can.
    A row whose lease is over was perhaps sent by a worker that died: it comes back unsure.
    """
    found = TAKE.all(tx, of_channel=channel, at=at, now=now, most=limit)
    firsts = {row.lane: row.seq for row in reversed(found)}
    lease = {"new_lease": tx.new_id(), "new_until": now + lease_for}
    leased = [LEASE.one(tx, row=seq, **lease) for seq in firsts.values()]
    return [_promised(tx, row, at) for row in sorted(leased, key=lambda row: (int(row.rank), int(row.seq)))]


def waits(tx: Tx, channel: str, *, at: datetime, now: datetime) -> bool:
    """Whether there is anything for `take_due`."""
    return bool(LOOK.all(tx, of_channel=channel, at=at, now=now, most=1))


def follows(tx: Tx, row: Promised) -> bool:
    """Whether anything is left in the lane of a row that has ended."""
    return LOOK_BEHIND.one_or_none(tx, of_channel=row.channel, of_lane=row.lane) is not None


def _promised(tx: Tx, row: Any, at: datetime) -> Promised:
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
        rank=row.rank,
        attempts=row.attempts,
        unsure=row.unsure,
        arrived=row.error == ARRIVED,
        expired=row.expires_at is not None and row.expires_at <= at,
        tried_since=row.tried_since,
        lease=row.lease,
        leased_until=row.leased_until,
        memo=row.memo,
    )


def _words(tx: Tx, row: Any) -> Matter | None:
    if row.payload is None:
        return None
    try:
        packed = tx.unseal_bytes(row.owner, outbox.c.payload, row.id, row.payload)
        content = unpack(CONTENT, packed)
    except (ErasedError, DamagedError, ValidationError):
        return None
    return content.say or content.post or content.bundle or content.removal


def settle(tx: Tx, row: Promised, result: Result, chat: str, now: datetime) -> bool:
    """Record how it ended; false, and nothing recorded, if the lease was lost."""
    error = "" if isinstance(result, Sent) else result.why
    if not _end(tx, row, "sent" if isinstance(result, Sent) else "failed", error, now):
        return False
    if isinstance(result, Sent):
        _remember(tx, row, result, chat)
        if row.kind == "show":
            _wake(tx, row)
    return True


def renew(tx: Tx, row: Promised, until: datetime) -> bool:
    """Whoever sends it is alive; false if the lease was lost: then it stays so."""
    return RENEW.run(tx, row=row.id, held_lease=row.lease, leased_until=until) == 1


def note(tx: Tx, row: Promised, memo: str) -> bool:
    """Keep what the channel wants to know at the next attempt; false if the lease was lost."""
    held = (outbox.c.id == row.id, PENDING, outbox.c.lease == row.lease)
    return tx.connection.execute(update(outbox).where(*held).values(memo=memo)).rowcount == 1


def drop(tx: Tx, row: Promised, why: str, now: datetime) -> bool:
    """Nobody wants it any more; false if the lease was lost."""
    return _end(tx, row, "withdrawn", why, now)


def _end(tx: Tx, row: Promised, state: str, error: str, now: datetime) -> bool:
    held = {"row": row.id, "held_lease": row.lease, "lease": None, "leased_until": None}
    ended = END.run(tx, **held, state=state, error=error[:64], payload=None, settled_at=now) == 1
    if ended and row.rank == ranks.ASIDE:
        _wake(tx, row)
    return ended


def _give_back(tx: Tx, row: Promised, **values: Any) -> bool:
    """False if the lease was lost: then nothing is changed."""
    held = {"row": row.id, "held_lease": row.lease, "lease": None, "leased_until": None}
    return tx.connection.execute(GIVE_BACK, held | values).rowcount == 1


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
    WAKE.run(tx, of_channel=row.channel, of_lane=row.lane, retry_at=None)


def put_off(tx: Tx, row: Promised, until: datetime, **changes: Any) -> bool:
    """Give the lease back untried: the row may be taken again from then on. False if the lease was lost."""
    return _wait(tx, row, retry_at=until, **changes)


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
    if row.kind == "show" and not _make_room(tx, row):
        return False
    return _give_back(tx, row, **values)


def _make_room(tx: Tx, row: Promised) -> bool:
    """One row waits for what is shown: this one, perhaps sent already, which covers what came later."""
    if tx.lock(outbox, outbox.c.id == row.id, PENDING, outbox.c.lease == row.lease) is None:
        return False
    later = (outbox.c.shows == row.shows, PENDING, outbox.c.lease.is_(None))
    superseded = {"state": "withdrawn", "error": "superseded"}
    tx.connection.execute(update(outbox).where(*later).values(**superseded))
    return True


def let_go(tx: Tx) -> None:
    """End all leases: their workers are dead. Only where no other process can be at work."""
    LET_GO.run(tx, leased_until=None)
