"""Platforms set limits, and tell new ones: each parcel takes its turn, and nobody else waits for it."""

from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels import Pace, Retry
from bot.core.words import Say
from bot.delivery import DeliveryWorker
from bot.errands import Terms
from bot.pacing import Pacer
from storage import Store, Tx, outbox, ranks
from storage.outbox import ToCustomer
from tests.post_kit import START, Clock, FakeChannel, FakeDesk

A_CHAT = Pace("chat", every=1, burst=2)
ALL = Pace("all", every=0.1, burst=3)


async def say(store: Store, to: UUID, *texts: str, rank: int = ranks.ORDINARY) -> None:
    def unit(tx: Tx) -> None:
        for text in texts:
            target = ToCustomer(address=to)
            outbox.say(tx, target, Say(text=text), channel="telegram", purpose="reply", at=START, rank=rank)

    await store.do(unit)


class Sending:
    """A worker whose clock the test moves, round by round."""

    def __init__(self, store: Store, *limits: Pace) -> None:
        self.clock = Clock()
        self.channel = FakeChannel(self.clock)
        self.channel.limits = list(limits)
        terms = Terms(patience=0, poll=0.01)
        channels = {"telegram": self.channel}
        self.worker = DeliveryWorker(store, channels, FakeDesk(), clock=self.clock, terms=terms)

    async def after(self, seconds: float) -> list[str]:
        """What has arrived when so many seconds have passed."""
        self.clock.goes(seconds)
        await self.worker.drain(turns=False)
        return self.channel.texts()


async def test_a_chat_gets_a_burst_and_then_one_a_second(store: Store) -> None:
    sending = Sending(store, A_CHAT)
    await say(store, uuid4(), "1", "2", "3", "4")

    assert await sending.after(0) == ["1", "2"]
    assert await sending.after(0.5) == ["1", "2"]
    assert await sending.after(0.5) == ["1", "2", "3"]
    assert await sending.after(1) == ["1", "2", "3", "4"]


async def test_a_busy_chat_takes_nobody_s_turn(store: Store) -> None:
    sending = Sending(store, A_CHAT, ALL)
    await say(store, uuid4(), *(f"busy {number}" for number in range(10)))
    await sending.after(0)
    await say(store, uuid4(), "quiet")

    assert (await sending.after(0.2))[-1] == "quiet"


async def test_a_limit_of_the_whole_account_is_kept(store: Store) -> None:
    sending = Sending(store, ALL)
    for number in range(10):
        await say(store, uuid4(), str(number))

    assert len(await sending.after(0)) == 3
    assert len(await sending.after(0.2)) == 5
    assert len(await sending.after(0.5)) == 8  # five turns have come meanwhile, but three is all at once
    assert len(await sending.after(0.2)) == 10


async def test_what_the_platform_holds_up_waits_and_nothing_else(store: Store) -> None:
    sending, anna, omar = Sending(store, A_CHAT), uuid4(), uuid4()
    sending.channel.answers[str(anna)] = [Retry(20, scope=f"chat:{anna}")]
    await say(store, anna, "1", "2")
    await say(store, omar, "hello")

    assert await sending.after(0) == ["hello"]
    assert await sending.after(19) == ["hello"]
    assert await sending.after(1) == ["hello", "1", "2"]


async def test_a_hold_on_the_account_holds_everybody_without_asking_again(store: Store) -> None:
    sending, anna = Sending(store, ALL), uuid4()
    sending.channel.answers[str(anna)] = [Retry(20, scope="all")]
    await say(store, anna, "1")
    await sending.after(0)
    await say(store, uuid4(), "2")

    assert await sending.after(10) == []
    assert len(sending.channel.given) == 1
    assert sorted(await sending.after(10)) == ["1", "2"]


async def test_what_is_pressing_takes_the_next_turn_and_nobody_loses_a_second_one(store: Store) -> None:
    sending = Sending(store, ALL)
    for number in range(6):
        await say(store, uuid4(), str(number))
    assert len(await sending.after(0)) == 3
    late = uuid4()
    await say(store, late, "late")
    await sending.after(0)
    await say(store, uuid4(), "urgent", rank=ranks.PRESSING)
    await sending.after(0)

    assert (await sending.after(0.1))[3:] == ["urgent"]
    await store.do(lambda tx: ranks.hasten(tx, "telegram", f"to:{late}"))
    await sending.after(0)
    assert (await sending.after(0.1))[4:] == ["late"]
    assert (await sending.after(0.3))[5:] == ["3", "4", "5"]


@pytest.mark.parametrize("limit", [A_CHAT, ALL])
@example(waits=[(0.0, 0)] * 6 + [(1.0, 0)])  # three that nobody sent when their turn had come, and one more
@given(waits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2)), min_size=1, max_size=30))
def test_overtaking_gives_nobody_a_turn_that_there_is_not(
    limit: Pace, waits: list[tuple[float, int]]
) -> None:
    """Everybody goes once, in the limit, and the more pressing first."""
    pacer, clock = Pacer(), Clock()
    asked = {str(number): (gap, rank) for number, (gap, rank) in enumerate(waits)}
    sent: list[tuple[float, int]] = []
    waiting: dict[str, int] = {}

    def look() -> None:
        for parcel, rank in sorted(waiting.items(), key=lambda one: one[1]):
            if not pacer.wait(parcel, [limit], clock(), rank):
                pacer.done(parcel)
                del waiting[parcel]
                sent.append((clock().timestamp(), rank))

    for parcel, (gap, rank) in asked.items():
        clock.goes(gap)
        waiting[parcel] = rank
        look()
    ranks_left = sorted(waiting.values())
    already = len(sent)
    while waiting:
        clock.goes(limit.every / 10)
        look()

    assert [rank for _, rank in sent[already:]] == ranks_left
    assert len(sent) == len(asked)
    _keep_to(limit, [moment for moment, _ in sent])


@pytest.mark.parametrize("limit", [A_CHAT, ALL])
@given(gaps=st.lists(st.floats(0, 3), max_size=30))
def test_no_span_of_time_sees_more_than_the_limit(limit: Pace, gaps: list[float]) -> None:
    pacer, clock, sent = Pacer(), Clock(), list[float]()
    for number, gap in enumerate(gaps):
        clock.goes(gap)
        while wait := pacer.wait(str(number), [limit], clock()):
            clock.goes(wait)
        pacer.done(str(number))
        sent.append(clock().timestamp())

    _keep_to(limit, sent)


def _keep_to(limit: Pace, sent: list[float]) -> None:
    for first, start in enumerate(sent):
        for last in range(first, len(sent)):
            allowed = limit.burst + (sent[last] - start) / limit.every
            assert last - first + 1 <= allowed + 0.01
