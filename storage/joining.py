"""Posts that wait take more of the same along, so that a busy channel is asked for one message, not many."""

from collections.abc import Callable, Collection
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import bindparam, select, update

from bot.core.shown import Post
from storage.dialects import is_exactly
from storage.errors import DamagedError, ErasedError
from storage.outbox import Content, Target, carry, lane_of
from storage.payload import pack, unpack
from storage.prepared import Prepared
from storage.schema import outbox
from storage.tx import Tx

CONTENT = TypeAdapter(Content)

LAST = Prepared(
    select(outbox)
    .where(
        is_exactly(outbox.c.state, "pending"),
        outbox.c.channel == bindparam("of_channel"),
        outbox.c.lane == bindparam("of_lane"),
        outbox.c.kind == "say",
    )
    .order_by(outbox.c.seq.desc())
    .limit(1)
)

STILL_UNTRIED = Prepared(
    select(outbox)
    .where(
        outbox.c.id == bindparam("of_row"),
        is_exactly(outbox.c.state, "pending"),
        outbox.c.lease.is_(None),
        outbox.c.tried_since.is_(None),
        outbox.c.not_before.is_(None),
    )
    .with_for_update()
)
CHANGE = Prepared(update(outbox).where(outbox.c.id == bindparam("of_row")), ("payload",))

Join = Callable[[Post], Post | None]
"""What a post that waits becomes; None: it is better left alone."""


def join(
    tx: Tx, target: Target, become: Join, *, channel: str, purpose: str, carries: Collection[UUID]
) -> bool:
    """Add to what waits last in a lane, if it was promised for the same purpose and nobody has tried it yet.

    False where there is nothing like that: then it needs a post of its own. The words of a joined post stay
    apart; what becomes of the post becomes of all that it `carries`.
    """
    found = LAST.one_or_none(tx, of_channel=channel, of_lane=lane_of(target))
    if found is None or found.purpose != purpose:
        return False
    row = STILL_UNTRIED.one_or_none(tx, of_row=found.id)
    joined = become(waiting) if row and (waiting := _post(tx, row.owner, row.id, row.payload)) else None
    if row is None or joined is None:
        return False
    payload = tx.seal(row.owner, outbox.c.payload, row.id, pack(Content(post=joined)))
    CHANGE.run(tx, of_row=row.id, payload=payload)
    carry(tx, row.id, joined, carries)
    return True


def _post(tx: Tx, owner: UUID | None, row: UUID, payload: bytes | None) -> Post | None:
    if payload is None:
        return None
    try:
        return unpack(CONTENT, tx.unseal_bytes(owner, outbox.c.payload, row, payload)).post
    except (ErasedError, DamagedError, ValidationError):
        return None
