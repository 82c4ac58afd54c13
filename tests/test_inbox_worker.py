"""What is heard is handled once and in order, whatever goes wrong on the way."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.core.heard import Incoming
from bot.core.now import Now
from bot.inbox import InboxWorker, Patience
from storage import Store, Tx, inbox
from tests.diary import Diary, handled
from tests.post_kit import Clock, said


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def worker(store: Store, diary: Diary, clock: Clock) -> AsyncIterator[InboxWorker]:
    made = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock, poll=0.05)
    yield made
    await made.stop()


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_what_is_heard_is_handled_and_answered(store: Store, worker: InboxWorker, diary: Diary) -> None:
    await worker.hear([said(1), said(2)])
    await worker.drain()

    assert await handled(store) == ["anna 1", "anna 2"]
    assert diary.told == ["anna 1", "anna 2"]


async def test_a_message_that_comes_again_is_handled_once(store: Store, worker: InboxWorker) -> None:
    await worker.hear([said(1), said(1)])
    await worker.drain()
    await worker.hear([said(1), said(2)])
    await worker.drain()

    assert await handled(store) == ["anna 1", "anna 2"]


async def test_a_batch_out_of_order_is_put_in_the_platform_s_order(store: Store, worker: InboxWorker) -> None:
    await worker.hear([said(number) for number in (3, 1, 2)])
    await worker.drain()

    assert await handled(store) == ["anna 1", "anna 2", "anna 3"]


async def test_what_an_earlier_run_left_is_handled_at_the_start(
    store: Store, worker: InboxWorker, clock: Clock
) -> None:
    await store.do(lambda tx: inbox.hear(tx, [said(1)], clock()))

    await worker.start()
    await eventually_handled(store, 1)

    assert await handled(store) == ["anna 1"]


async def eventually_handled(store: Store, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await handled(store)) < count:  # noqa: ASYNC110 - what is seen from outside
            await asyncio.sleep(0.005)


async def test_a_handler_that_fails_once_is_tried_again_and_its_lane_waits(
    store: Store, worker: InboxWorker, diary: Diary, clock: Clock
) -> None:
    diary.fails["anna 1"] = [KeyError]

    await worker.hear([said(1), said(2), said(1, lane="omar")])
    await worker.drain()
    assert await handled(store) == ["omar 1"]

    clock.goes(1)
    await worker.drain()
    assert await handled(store) == ["omar 1", "anna 1", "anna 2"]
    assert diary.apologies == []


async def test_what_cannot_be_handled_is_parked_and_told_once_and_the_lane_goes_on(
    store: Store, worker: InboxWorker, diary: Diary, clock: Clock
) -> None:
    diary.fails["anna 1"] = [KeyError] * 5

    await worker.hear([said(1), said(2)])
    for _ in range(5):
        await worker.drain()
        clock.goes(60)

    assert await handled(store) == ["anna 2"]
    assert diary.apologies == ["anna 1"]
    assert diary.told == ["sorry about anna 1", "anna 2"]
    [row] = await store.read(inbox.parked)
    assert (row.error, row.attempts) == ("KeyError", 5)


async def test_a_parked_message_can_be_replayed(
    store: Store, worker: InboxWorker, diary: Diary, clock: Clock
) -> None:
    diary.fails["anna 1"] = [KeyError] * 5
    await worker.hear([said(1)])
    for _ in range(5):
        await worker.drain()
        clock.goes(60)
    [row] = await store.read(inbox.parked)

    assert await store.do(lambda tx: inbox.replay(tx, row.id))
    await worker.drain()

    assert await handled(store) == ["anna 1"]
    assert await store.read(inbox.parked) == []
    assert not await store.do(lambda tx: inbox.replay(tx, row.id))


async def test_a_database_that_is_away_is_not_the_message_s_fault(
    store: Store, worker: InboxWorker, diary: Diary
) -> None:
    diary.fails["anna 1"] = [ConnectionResetError] * 7

    await worker.hear([said(1), said(2)])
    await worker.drain()

    assert await handled(store) == ["anna 1", "anna 2"]
    assert await store.read(inbox.parked) == []


async def test_an_apology_that_fails_too_does_not_stop_the_lane(
    store: Store, diary: Diary, clock: Clock
) -> None:
    def give_up(_tx: Tx, _incoming: Incoming) -> Sequence[Now]:
        raise LookupError

    patience = Patience(attempts=1)
    worker = InboxWorker(store, diary.handle, give_up, diary.tell, clock=clock, patience=patience)
    diary.fails["anna 1"] = [KeyError]

    await worker.hear([said(1), said(2)])
    await worker.drain()
    await worker.stop()

    assert await handled(store) == ["anna 2"]
    assert len(await store.read(inbox.parked)) == 1


@pytest.mark.parametrize("point", ["hear:before-commit", "handle:before-commit", "handle:after-commit"])
async def test_a_worker_that_dies_at_any_point_loses_nothing_and_doubles_nothing(
    store: Store, diary: Diary, clock: Clock, point: str
) -> None:
    class DeadError(BaseException):
        """The process is gone."""

    def die(name: str) -> None:
        if name == point:
            raise DeadError

    dying = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock, checkpoint=die)
    try:
        await dying.hear([said(1)])  # the platform is not told yes, if this raises
    except DeadError:
        heard = False
    else:
        heard = True
    await asyncio.sleep(0.05)

    living = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock)
    if not heard:
        await living.hear([said(1)])
    await living.drain()

    assert await handled(store) == ["anna 1"]
    await living.stop()
