"""Which of the outbox's lanes go first, where a platform takes only so much at a time."""

from sqlalchemy import bindparam, case, update

from storage.dialects import is_exactly
from storage.prepared import Prepared
from storage.schema import outbox
from storage.tx import Tx

PRESSING, ORDINARY, ASIDE = 0, 1, 2
"""What is pressing goes before the rest; the order in a lane stays, but for what stepped aside."""


HASTEN = Prepared(
    update(outbox)
    .where(
        is_exactly(outbox.c.state, "pending"),
        outbox.c.channel == bindparam("of_channel"),
        outbox.c.lane == bindparam("of_lane"),
        outbox.c.lease.is_(None),
        outbox.c.rank > PRESSING,
    )
    .values(rank=PRESSING, retry_at=case((outbox.c.attempts == 0, None), else_=outbox.c.retry_at))
)


def hasten(tx: Tx, channel: str, lane: str) -> None:
    """What waits in a lane has become pressing. What waits for its turn only asks for an earlier one."""
    HASTEN.run(tx, of_channel=channel, of_lane=lane)
