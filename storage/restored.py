"""After a backup was put back: what waited when it was made may have been sent before the loss."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select, update

from storage import ranks
from storage.dialects import is_exactly
from storage.doubtful import ANEW, HELD
from storage.leases import ARRIVED
from storage.outbox import bell
from storage.redaction import REMOVAL
from storage.schema import hearing, outbox
from storage.tx import Tx

FAR = datetime(9999, 1, 1, tzinfo=UTC)
FOR_CUSTOMERS = and_(outbox.c.kind == "say", outbox.c.lane.startswith("to:"), outbox.c.purpose != REMOVAL)


class Doubtful(NamedTuple):
    """How many rows are held back for an operator, and how many their platform is asked about."""

    held: int
    asked: int


AT_WORK = timedelta(minutes=2)
"""A desk that hears Slack says so once a minute."""


def is_at_work(tx: Tx, now: datetime) -> bool:
    """Whether a desk seems to run on this database: it has something under way, or said so just now."""
    leased = select(outbox.c.id).where(is_exactly(outbox.c.state, "pending"), outbox.c.leased_until > now)
    beaten = select(hearing.c.channel).where(hearing.c.at > now - AT_WORK)
    return any(tx.connection.execute(signs.limit(1)).first() for signs in (leased, beaten))


def doubt(tx: Tx, now: datetime) -> Doubtful:
    """Whatever could have been sent since the backup may have been.

    Words to customers wait until somebody decides, and hold nobody up. Of the rest the platform is asked
    first, where it can tell, as after an attempt without an answer. All are tried for as long as new ones.
    """
    due = (
        is_exactly(outbox.c.state, "pending"),
        outbox.c.error != ARRIVED,
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= now),
    )
    anew = {"unsure": True, **ANEW}
    waits = {
        **anew,
        "lease": None,
        "leased_until": None,
        "not_before": FAR,
        "error": HELD,
        "rank": ranks.ORDINARY,
    }
    held = tx.connection.execute(update(outbox).where(*due, FOR_CUSTOMERS).values(**waits))
    asked = tx.connection.execute(update(outbox).where(*due, outbox.c.lane.not_like("to:%")).values(**anew))
    return Doubtful(held.rowcount, asked.rowcount)


def arrived(tx: Tx, row: UUID) -> bool:
    """The desk records it as delivered, and sends nothing.

    False if it is not held back, or was changed since: then what arrived is something else.
    """
    unchanged = (outbox.c.id == row, is_exactly(outbox.c.state, "pending"), outbox.c.error == HELD)
    decided = update(outbox).where(*unchanged).values(error=ARRIVED, not_before=None)
    channel = tx.connection.execute(decided.returning(outbox.c.channel)).scalar_one_or_none()
    if channel:
        tx.ring(bell(channel))
    return channel is not None
