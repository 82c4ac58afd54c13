"""Which post is leased: of a lane one row, to one process of several; what is urgent before what is older."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.core.words import Say
from storage import Store, Tx, leases, outbox, ranks
from tests.post_kit import START

ROUNDS, AT_ONCE, LANES = 40, 8, 12


def promise(tx: Tx) -> None:
    for _ in range(LANES):
        target = outbox.ToCustomer(address=tx.new_id())
        for text in ("first", "second"):
            outbox.say(tx, target, Say(text=text), channel="telegram", purpose="reply", at=START)


def take(tx: Tx, limit: int = 3) -> list[str]:
    hour = timedelta(hours=1)
    due = leases.take_due(tx, "telegram", at=START, now=START, limit=limit, lease_for=hour)
    return [row.lane for row in due]


async def test_no_lane_is_sent_to_by_two(store: Store) -> None:
    taken = Counter[str]()
    for _ in range(ROUNDS):
        await store.do(promise)
        for rows in await asyncio.gather(*(store.do(take) for _ in range(AT_ONCE))):
            taken.update(rows)

    assert [lane for lane, times in taken.items() if times > 1] == []


async def test_urgent_post_is_leased_before_older_post_where_not_all_can_be(store: Store) -> None:
    ranked = [ranks.ORDINARY, ranks.PRESSING, ranks.ORDINARY, ranks.PRESSING]

    def promised(tx: Tx) -> list[str]:
        lanes = []
        for rank in ranked:
            target = outbox.ToCustomer(address=tx.new_id())
            outbox.say(
                tx, target, Say(text="words"), channel="telegram", purpose="reply", at=START, rank=rank
            )
            lanes.append(outbox.lane_of(target))
        return lanes

    first, urgent, second, more_urgent = await store.do(promised)

    assert await store.do(lambda tx: take(tx, 1)) == [urgent]
    assert await store.do(lambda tx: take(tx, 2)) == [more_urgent, first]
    assert await store.do(take) == [second]
