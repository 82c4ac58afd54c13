"""Rows of the outbox that wait: found, put off, hastened, or taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, bindparam, func, select, update

from storage.dialects import is_exactly
from storage.leases import STEPPED_ASIDE
from storage.outbox import CONTENT, Content, Target, ToCustomer, bell, lane_of
from storage.payload import unpack
from storage.people import Address
from storage.prepared import Prepared
from storage.schema import carried, outbox
from storage.tx import Tx

HELD_UNTIL = Prepared(
    select(func.min(outbox.c.not_before)).where(
        is_exactly(outbox.c.state, "pending"), outbox.c.not_before > bindparam("after")
    )
)
COPIED = select(carried.c.outbox_id).where(carried.c.words_id == bindparam("of_words"))
WAITS_FOR_THEM = select(outbox.c.id).where(
    outbox.c.owner.is_not(None),
    is_exactly(outbox.c.state, "pending"),
    outbox.c.lease.is_(None),
    outbox.c.lane.startswith("to:"),
)
SURELY_WAITS = WAITS_FOR_THEM.where(outbox.c.unsure.is_(False))


def _bringing(waiting: Select[tuple[UUID]]) -> CompoundSelect[tuple[UUID]]:
    """Those that bring words, as their own or as copies: asked apart, so that each is found by its index."""
    own = waiting.where(outbox.c.words_id == bindparam("of_words"))
    return own.union(waiting.where(outbox.c.id.in_(COPIED)))


FOUND_UNSENT, FOUND_UNTOLD = _bringing(WAITS_FOR_THEM), _bringing(SURELY_WAITS)
UNSENT, UNTOLD = Prepared(FOUND_UNSENT), Prepared(FOUND_UNTOLD)
UNBEGUN = Prepared(
    select(outbox.c.id).where(
        outbox.c.id == bindparam("of_row"),
        is_exactly(outbox.c.state, "pending"),
        outbox.c.lease.is_(None),
        outbox.c.unsure.is_(False),
    )
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that nobody has begun to send."""

    id: UUID
    content: Content
    created_at: datetime
    not_before: datetime | None


def is_unbegun(tx: Tx, row: UUID) -> bool:
    """Whether this row waits, and nobody can have seen anything of it yet."""
    return UNBEGUN.scalar(tx, of_row=row) is not None


def waiting(tx: Tx, words_id: UUID, purpose: str) -> Waiting | None:
    """The row of this purpose about these words, while nobody has begun to send it."""
    found = select(outbox).where(
        outbox.c.words_id == words_id,
        outbox.c.purpose == purpose,
        is_exactly(outbox.c.state, "pending"),
        outbox.c.lease.is_(None),
        outbox.c.unsure.is_(False),
    )
    return _waiting(tx, tx.connection.execute(found).first())


def bringing(tx: Tx, target: Target, words_id: UUID, purpose: str) -> Waiting | None:
    """The row of this purpose that brings these words to one place, while nobody has begun to send it."""
    found = (
        select(outbox)
        .join(carried, carried.c.outbox_id == outbox.c.id)
        .where(
            carried.c.words_id == words_id,
            outbox.c.purpose == purpose,
            is_exactly(outbox.c.state, "pending"),
            outbox.c.lane == lane_of(target),
            outbox.c.lease.is_(None),
            outbox.c.unsure.is_(False),
        )
    )
    return _waiting(tx, tx.connection.execute(found).first())


def _waiting(tx: Tx, row: Any) -> Waiting | None:
    if row is None or row.payload is None:
        return None
    return Waiting(row.id, content_of(tx, row), row.created_at, row.not_before)


def content_of(tx: Tx, row: Any) -> Content:
    """What a row that waits is to bring."""
    return unpack(CONTENT, tx.unseal_bytes(row.owner, outbox.c.payload, row.id, row.payload))


def put_off(tx: Tx, words_id: UUID, purpose: str, until: datetime) -> None:
    """What has not begun to go out waits for longer."""
    if row := waiting(tx, words_id, purpose):
        wait(tx, row.id, until)


def wait(tx: Tx, row: UUID, until: datetime) -> None:
    """A row that has not begun to go out waits until then."""
    tx.connection.execute(update(outbox).where(outbox.c.id == row).values(not_before=until))


def hasten_words(tx: Tx, words_id: UUID) -> None:
    """What waited for the files of these words need not wait any more: they, and posts that hand on files."""
    idle = (is_exactly(outbox.c.state, "pending"), outbox.c.lease.is_(None))
    own = select(outbox.c.id).where(outbox.c.words_id == words_id, *idle)
    handing = select(outbox.c.id).where(outbox.c.id.in_(COPIED), STEPPED_ASIDE, *idle)
    waits = outbox.c.id.in_(own.union(handing))
    changed = update(outbox).where(waits, *idle).values(retry_at=None).returning(outbox.c.channel)
    for channel in set(tx.connection.execute(changed, {"of_words": words_id}).scalars()):
        tx.ring(bell(channel))


def withdraw_all(tx: Tx, target: Target, *, channel: str, purpose: str, at: datetime) -> None:
    """Take back what waits for a place and was promised for this purpose; what is begun is tried no more."""
    waiting = (
        is_exactly(outbox.c.state, "pending"),
        outbox.c.channel == channel,
        outbox.c.lane == lane_of(target),
        outbox.c.purpose == purpose,
    )
    unbegun = (*waiting, outbox.c.lease.is_(None), outbox.c.unsure.is_(False))
    values = {"state": "withdrawn", "payload": None, "settled_at": at}
    tx.connection.execute(update(outbox).where(*unbegun).values(**values))
    tx.connection.execute(update(outbox).where(*waiting).values(expires_at=at))


def held_until(tx: Tx, after: datetime) -> datetime | None:
    """When the first of the rows that are held back joins its lane, of those that do so after a moment."""
    return cast("datetime | None", HELD_UNTIL.scalar(tx, after=after))


def unsent(tx: Tx, words_id: UUID) -> UUID | None:
    """The row that still waits to bring these words to a customer, if it does."""
    return cast("UUID | None", UNSENT.scalar(tx, of_words=words_id))


def untold(tx: Tx, words_id: UUID) -> bool:
    """Whether a customer cannot have these words yet: they wait, and no attempt to send them is in doubt."""
    return UNTOLD.scalar(tx, of_words=words_id) is not None


def under_way(tx: Tx, words_id: UUID) -> bool:
    """Whether some row still has to bring these words to somebody."""
    return tx.connection.execute(waits_of(words_id).limit(1)).first() is not None


def waits_of(words_id: UUID) -> Select[tuple[UUID]]:
    """The rows that still have to bring these words to somebody."""
    return select(outbox.c.id).where(outbox.c.words_id == words_id, is_exactly(outbox.c.state, "pending"))


def unsent_among(tx: Tx, addresses: Collection[Address], words_ids: Collection[UUID]) -> set[UUID]:
    """Those of these words that nobody has begun to bring to these addresses."""
    lanes = {lane_of(ToCustomer(address=address.id)) for address in addresses}
    waits = (
        outbox.c.owner.is_not(None),
        is_exactly(outbox.c.state, "pending"),
        outbox.c.lease.is_(None),
        outbox.c.unsure.is_(False),
        outbox.c.channel.in_({address.channel for address in addresses}),
        outbox.c.lane.in_(lanes),
    )
    own = select(outbox.c.words_id).where(outbox.c.words_id.in_(words_ids), *waits)
    copies = select(carried.c.words_id).join(outbox, outbox.c.id == carried.c.outbox_id)
    found = own.union(copies.where(carried.c.words_id.in_(words_ids), *waits))
    return set(tx.connection.execute(found).scalars())


def brought_by(tx: Tx, row: UUID) -> list[UUID]:
    """The words that a row brings to a customer: they are kept with each ticket that they are about."""
    own = select(outbox.c.words_id).where(outbox.c.id == row, outbox.c.words_id.is_not(None))
    copies = select(carried.c.words_id).where(carried.c.outbox_id == row)
    return list(tx.connection.execute(own.union(copies)).scalars())


def goes_at(tx: Tx, row: UUID) -> datetime | None:
    """Until when a row is held back."""
    found = select(outbox.c.not_before).where(outbox.c.id == row)
    return cast("datetime | None", tx.connection.execute(found).scalar_one())
