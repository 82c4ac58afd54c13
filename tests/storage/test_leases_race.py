"""Several processes look for post at the same moment: of a lane one row is leased, and to one of them."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.core.words import Say
from storage import Store, Tx, leases, outbox
from tests.post_kit import START

ROUNDS, AT_ONCE, LANES = 40, 8, 12


def promise(tx: Tx) -> None:
    for _ in range(LANES):
        target = outbox.ToCustomer(address=tx.new_id())
        for text in ("first", "second"):
            outbox.say(tx, target, Say(text=text), channel="telegram", purpose="reply", at=START)


def take(tx: Tx) -> list[str]:
    hour = timedelta(hours=1)
    return [row.lane for row in leases.take_due(tx, "telegram", at=START, now=START, limit=3, lease_for=hour)]


async def test_no_lane_is_sent_to_by_two(store: Store) -> None:
    taken = Counter[str]()
    for _ in range(ROUNDS):
        await store.do(promise)
        for rows in await asyncio.gather(*(store.do(take) for _ in range(AT_ONCE))):
            taken.update(rows)

    assert [lane for lane, times in taken.items() if times > 1] == []
