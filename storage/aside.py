"""Rows that step aside: words that wait for a file hold up what their ticket says after them, no more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from storage import leases, ranks
from storage.leases import OF_CHANNEL, STEPPED_ASIDE, NotYetError, Promised
from storage.outbox import bell
from storage.prepared import Prepared
from storage.schema import outbox
from storage.tx import Tx

SEQ = select(outbox.c.seq).where(outbox.c.id == bindparam("row")).scalar_subquery()
BEFORE = Prepared(
    select(outbox.c.ticket_id)
    .where(*OF_CHANNEL, outbox.c.lane == bindparam("of_lane"), outbox.c.seq < SEQ)
    .where(STEPPED_ASIDE, outbox.c.ticket_id.is_not(None))
    .distinct()
)


class AsideError(NotYetError):
    """A row must wait, and the rest of its lane need not wait with it."""


def step(tx: Tx, row: Promised, until: datetime) -> bool:
    """Put the row off, and let its lane go on without it. False if the lease was lost."""
    tx.ring(bell(row.channel))
    return leases.put_off(tx, row, until, rank=ranks.ASIDE)


def before(tx: Tx, row: Promised) -> set[UUID]:
    """The tickets whose words are to go before it, and have stepped aside."""
    place = {"of_channel": row.channel, "of_lane": row.lane}
    return {found.ticket_id for found in BEFORE.all(tx, row=row.id, **place)}
