"""Which of the outbox's lanes go first, where a platform takes only so much at a time."""

from sqlalchemy import case, update

from storage.dialects import is_exactly
from storage.schema import outbox
from storage.tx import Tx

PRESSING, ORDINARY = 0, 1
"""What is pressing goes before the rest; the order in a lane stays."""


def hasten(tx: Tx, channel: str, lane: str) -> None:
    """What waits in a lane has become pressing. What waits for its turn only asks for an earlier one."""
    waits = (outbox.c.channel == channel, outbox.c.lane == lane, outbox.c.lease.is_(None))
    turn = case((outbox.c.attempts == 0, None), else_=outbox.c.retry_at)
    hastened = update(outbox).where(is_exactly(outbox.c.state, "pending"), *waits, outbox.c.rank > PRESSING)
    tx.connection.execute(hastened.values(rank=PRESSING, retry_at=turn))
