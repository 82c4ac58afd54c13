"""What is promised is sent: in order, side by side, in its turn, and as near to once as may be."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.util import await_
from structlog.testing import capture_logs

from bot.channels import Closed, Failed, Retry, Sent
from bot.core.words import Say
from bot.delivery import DeliveryWorker
from bot.errands import Terms
from storage import Keyring, Store, Tx, leases, outbox
from storage.deliveries import find
from storage.leases import Addressed, Promised, Result
from storage.outbox import ToCustomer
from storage.schema import outbox as rows
from tests.post_kit import START, Clock, FakeChannel, FakeDesk, eventually

ANNA, OMAR = uuid4(), uuid4()
PATIENT = Terms(patience=0, poll=0.02)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel(clock: Clock) -> FakeChannel:
    return FakeChannel(clock)


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
async def worker(
    store: Store, channel: FakeChannel, desk: FakeDesk, clock: Clock
) -> AsyncIterator[DeliveryWorker]:
    made = DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=PATIENT)
    yield made
    await made.stop()


async def say(
    store: Store,
    *texts: str,
    to: UUID = ANNA,
    not_before: float | None = None,
    expires_at: float | None = None,
) -> list[UUID]:
    """Promise these words in one unit; the moments are given in seconds from the start."""

    def moment(seconds: float | None) -> datetime | None:
        return None if seconds is None else START + timedelta(seconds=seconds)

    def unit(tx: Tx) -> list[UUID]:
        return [
            outbox.say(
                tx,
                ToCustomer(address=to),
                Say(text=text),
                channel="telegram",
                purpose="reply",
                at=START,
                not_before=moment(not_before),
                expires_at=moment(expires_at),
            )
            for text in texts
        ]

    return await store.do(unit)


async def states(store: Store) -> list[tuple[str, str]]:
    def read(tx: Tx) -> list[tuple[str, str]]:
        found = tx.connection.execute(select(rows.c.state, rows.c.error).order_by(rows.c.seq))
        return [(row.state, row.error) for row in found]

    return await store.read(read)


async def test_words_are_sent_in_the_order_they_were_promised(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, desk: FakeDesk
) -> None:
    await say(store, "one", "two", "three")
    await worker.drain()

    assert channel.texts() == ["one", "two", "three"]
    assert [purpose for purpose, _ in desk.ended] == ["reply"] * 3
    assert await states(store) == [("sent", "")] * 3


async def test_a_running_worker_is_woken_by_the_promise(
    store: Store, channel: FakeChannel, desk: FakeDesk, clock: Clock
) -> None:
    worker = DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=Terms(poll=60))
    await worker.start()
    await asyncio.sleep(0.05)

    await say(store, "one", "two")
    await eventually(lambda: channel.texts() == ["one", "two"])

    await worker.stop()


async def test_a_promise_made_while_the_one_before_it_is_being_settled_waits_for_no_look(
    postgres_url: str,
    keyring: Keyring,
    channel: FakeChannel,
    desk: FakeDesk,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = await Store.open(postgres_url, keyring)
    worker = DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=Terms(poll=60))
    look = leases.follows

    async def promises() -> None:
        await say(store, "two")
        await asyncio.sleep(0.1)  # whoever it woke has found its lane busy

    def looks(tx: Tx, row: Promised) -> bool:
        follows = look(tx, row)
        if channel.texts() == ["one"]:
            await_(promises())
        return follows

    monkeypatch.setattr(leases, "follows", looks)
    await worker.start()
    await say(store, "one")
    await eventually(lambda: channel.texts() == ["one", "two"])

    await worker.stop()
    await store.close()


async def test_what_a_platform_named_its_messages_is_kept(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock
) -> None:
    channel.answers[str(ANNA)] = [Sent(("m1", "m2"), clock())]

    await say(store, "a long one")
    await worker.drain()

    about = await store.read(lambda tx: find(tx, "telegram", str(ANNA), "m2"))
    assert about is not None
    assert about.purpose == "reply"


async def test_a_refusal_holds_its_lane_and_no_other(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock
) -> None:
    channel.answers[str(ANNA)] = [Retry(30)]
    await say(store, "one", "two")
    await say(store, "hello", to=OMAR)

    await worker.drain()
    assert channel.texts() == ["hello"]
    clock.goes(31)
    await worker.drain()

    assert channel.texts() == ["hello", "one", "two"]


async def test_lanes_go_side_by_side_up_to_the_limit(store: Store, desk: FakeDesk, clock: Clock) -> None:
    channel = FakeChannel(clock)
    channel.gate = asyncio.Event()
    worker = DeliveryWorker(
        store, {"telegram": channel}, desk, clock=clock, terms=replace(PATIENT, abreast=4)
    )
    for _ in range(6):
        await say(store, "one", "two", to=uuid4())

    await worker.start()
    await eventually(lambda: len(channel.given) == 4)
    await asyncio.sleep(0.05)
    assert len(channel.given) == 4
    channel.gate.set()
    await worker.drain()
    await worker.stop()

    assert sorted(channel.texts()) == ["one"] * 6 + ["two"] * 6


async def test_a_shut_way_is_recorded_and_the_lane_goes_on(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, desk: FakeDesk
) -> None:
    channel.answers[str(ANNA)] = [Closed("blocked"), Failed("too_long")]

    refused = await say(store, "one", "two", "three")
    with capture_logs() as logs:
        await worker.drain()

    assert await states(store) == [("failed", "blocked"), ("failed", "too_long"), ("sent", "")]
    assert [line for line in logs if line["event"] == "delivery.refused"] == [
        {
            "event": "delivery.refused",
            "log_level": "warning",
            "row": str(row),
            "channel": "telegram",
            "why": why,
        }
        for row, why in zip(refused, ("blocked", "too_long"), strict=False)
    ]
    assert [result for _, result in desk.ended[:2]] == [Closed("blocked"), Failed("too_long")]


async def test_words_are_emptied_when_they_are_settled(store: Store, worker: DeliveryWorker) -> None:
    await say(store, "one")
    await worker.drain()

    assert await store.read(lambda tx: tx.connection.execute(select(rows.c.payload)).scalar()) is None


async def test_what_nobody_wants_any_more_is_withdrawn(
    store: Store, worker: DeliveryWorker, desk: FakeDesk, channel: FakeChannel
) -> None:
    desk.unwanted.add(f"to:{ANNA}")

    await say(store, "one")
    await worker.drain()

    assert await states(store) == [("withdrawn", "unwanted")]
    assert channel.given == []


async def test_a_held_reply_is_sent_later_and_silences_nobody(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock
) -> None:
    await say(store, "held", not_before=30)
    await say(store, "at once")

    await worker.drain()
    assert channel.texts() == ["at once"]
    clock.goes(30)
    await worker.drain()

    assert channel.texts() == ["at once", "held"]


async def test_a_held_reply_can_be_changed_or_withdrawn(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock
) -> None:
    first, second = await say(store, "first", "second", not_before=30)

    assert await store.do(lambda tx: outbox.change(tx, first, Say(text="first, mended")))
    assert await store.do(lambda tx: outbox.withdraw(tx, second, clock()))
    clock.goes(30)
    await worker.drain()

    assert channel.texts() == ["first, mended"]
    assert not await store.do(lambda tx: outbox.change(tx, first, Say(text="too late")))
    assert not await store.do(lambda tx: outbox.withdraw(tx, first, clock()))


async def test_what_came_too_late_to_matter_is_not_sent(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock, desk: FakeDesk
) -> None:
    await say(store, "code", expires_at=30)
    clock.goes(31)

    await worker.drain()

    assert channel.given == []
    assert desk.ended == [("reply", Failed("expired"))]


async def test_a_platform_that_is_away_is_asked_for_three_days_and_no_longer(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock, desk: FakeDesk
) -> None:
    channel.answers[str(ANNA)] = [Retry(0)] * 1000
    await say(store, "one")

    for _ in range(3 * 24):
        await worker.drain()
        clock.goes(3600)
        assert desk.ended == []
    await worker.drain()

    assert desk.ended == [("reply", Failed("unreachable"))]


async def test_attempts_come_further_and_further_apart(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock
) -> None:
    channel.answers[str(ANNA)] = [Retry(0)] * 100
    await say(store, "one")

    for _ in range(1200):
        await worker.drain()
        clock.goes(1)

    assert 9 <= len(channel.given) <= 15


class DeadError(BaseException):
    """The process is gone."""


def dying(store: Store, channel: FakeChannel, desk: FakeDesk, clock: Clock, point: str) -> DeliveryWorker:
    def die(name: str) -> None:
        if name == point:
            raise DeadError

    channels = {"telegram": channel}
    return DeliveryWorker(store, channels, desk, clock=clock, terms=PATIENT, checkpoint=die)


@pytest.mark.parametrize(
    ("point", "times"), [("deliver:before-send", 1), ("deliver:after-send", 2), ("settle:after-commit", 1)]
)
async def test_a_death_loses_nothing_and_doubles_only_what_was_sent_and_not_settled(
    store: Store,
    worker: DeliveryWorker,
    channel: FakeChannel,
    desk: FakeDesk,
    clock: Clock,
    point: str,
    times: int,
) -> None:
    await say(store, "one", "two")
    with capture_logs():
        await dying(store, channel, desk, clock, point).drain()
    clock.goes(31)
    await worker.drain()

    assert channel.texts() == ["one"] * times + ["two"]


async def test_on_sqlite_nobody_waits_for_the_leases_of_a_process_that_is_dead(
    sqlite_url: str, keyring: Keyring, channel: FakeChannel, desk: FakeDesk, clock: Clock
) -> None:
    store = await Store.open(sqlite_url, keyring)
    await say(store, "one")
    await dying(store, channel, desk, clock, "deliver:before-send").drain()

    worker = DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=PATIENT)
    await worker.start()
    await eventually(lambda: channel.texts() == ["one"])

    await worker.stop()
    await store.close()


async def test_a_database_that_is_away_for_a_moment_sends_nothing_twice(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    class Shaky(FakeDesk):
        """The database goes away while it is told what became of the message."""

        away = 2

        def settled(self, tx: Tx, row: Promised, result: Result, chat: str) -> None:
            if self.away:
                self.away -= 1
                raise ConnectionResetError
            super().settled(tx, row, result, chat)

    shaky = Shaky()
    worker = DeliveryWorker(store, {"telegram": channel}, shaky, clock=clock, terms=PATIENT)
    await say(store, "one")

    await worker.drain()

    assert channel.texts() == ["one"]
    assert len(shaky.ended) == 1
    assert await states(store) == [("sent", "")]


async def test_a_platform_that_can_tell_is_asked_before_anything_is_sent_again(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, desk: FakeDesk, clock: Clock
) -> None:
    channel.knows = True
    began = datetime.now(UTC) - timedelta(milliseconds=1)
    await say(store, "one")
    await dying(store, channel, desk, clock, "deliver:after-send").drain()
    clock.goes(31)

    await worker.drain()

    assert channel.texts() == ["one"]
    assert desk.ended == [("reply", Sent(("found",), clock()))]
    assert [parcel.made and began <= parcel.made <= datetime.now(UTC) for parcel in channel.asked] == [True]


async def test_after_a_timeout_the_platform_is_asked_first_too(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, clock: Clock
) -> None:
    channel.knows = True
    channel.answers[str(ANNA)] = [Retry(5, unsure=True)]
    await say(store, "one")
    await worker.drain()
    clock.goes(10)

    await worker.drain()

    assert len(channel.asked) == 1
    assert channel.texts() == ["one"]


async def test_a_send_that_hangs_is_cut_and_comes_again(
    store: Store, channel: FakeChannel, desk: FakeDesk, clock: Clock
) -> None:
    channel.gate = asyncio.Event()
    terms = replace(PATIENT, send_within=0.05)
    worker = DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=terms)
    await say(store, "one")
    await worker.drain()
    assert channel.texts() == []

    channel.gate.set()
    clock.goes(10)
    await worker.drain()

    assert channel.texts() == ["one"]


async def test_a_lease_that_was_lost_settles_nothing(
    store: Store, worker: DeliveryWorker, channel: FakeChannel, desk: FakeDesk, clock: Clock
) -> None:
    """A send takes longer than its lease: another worker sends it meanwhile, and has the say."""
    slow = FakeChannel(clock)
    slow.gate, channel.gate = asyncio.Event(), asyncio.Event()
    late = DeliveryWorker(store, {"telegram": slow}, desk, clock=clock, terms=PATIENT)
    await say(store, "one")
    first = asyncio.create_task(late.drain())
    await eventually(lambda: slow.given)
    clock.goes(31)
    second = asyncio.create_task(worker.drain())
    await eventually(lambda: channel.given)

    with capture_logs() as logs:
        slow.gate.set()
        await eventually(lambda: logs)
    assert [line["event"] for line in logs] == ["delivery.lease_lost"]
    assert await states(store) == [("pending", "")]
    channel.gate.set()
    await asyncio.gather(first, second)

    assert len(desk.ended) == 1
    assert await states(store) == [("sent", "")]


async def test_a_mistake_in_what_follows_never_sends_again(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    class Forgetful(FakeDesk):
        def settled(self, _tx: Tx, _row: Promised, _result: Result, _chat: str) -> None:
            raise LookupError

    worker = DeliveryWorker(store, {"telegram": channel}, Forgetful(), clock=clock, terms=PATIENT)
    await say(store, "one")
    with capture_logs() as logs:
        await worker.drain()
        clock.goes(100)
        await worker.drain()

    assert channel.texts() == ["one"]
    assert [line["event"] for line in logs] == ["delivery.unrecorded"]


async def test_a_row_that_cannot_be_addressed_holds_its_lane_only_so_long(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    class Confused(FakeDesk):
        def address(self, tx: Tx, row: Promised) -> Addressed | None:
            if row.what == Say(text="one"):
                raise LookupError
            return super().address(tx, row)

    desk = Confused()
    worker = DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=PATIENT)
    await say(store, "one", "two")
    with capture_logs():
        for _ in range(10):
            await worker.drain()
            clock.goes(300)
    await worker.drain()

    assert channel.texts() == ["two"]
    assert desk.ended[0] == ("reply", Failed("broken"))
