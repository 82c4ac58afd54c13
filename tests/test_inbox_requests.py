"""A request that waits for its answer gets it once, from whichever process handled it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.core.now import Toast
from bot.inbox import Handled, InboxWorker
from storage import Keyring, Store, inbox
from storage.engines import Unit
from tests.diary import Diary, handled
from tests.post_kit import Clock, eventually, said


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def worker(store: Store, diary: Diary) -> AsyncIterator[InboxWorker]:
    made = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=Clock())
    yield made
    await made.stop()


async def test_a_request_is_answered_by_what_it_caused(worker: InboxWorker, diary: Diary) -> None:
    assert await worker.hear_now(said(1)) == (Toast(press="anna 1"),)
    assert diary.told == []


async def test_a_request_never_overtakes_its_lane(store: Store, worker: InboxWorker) -> None:
    await worker.hear([said(1), said(2)])

    assert await worker.hear_now(said(3)) == (Toast(press="anna 3"),)
    assert await handled(store) == ["anna 1", "anna 2", "anna 3"]


async def test_a_request_that_comes_again_does_nothing_and_has_nothing_to_say(
    store: Store, worker: InboxWorker
) -> None:
    await worker.hear_now(said(1))

    assert await worker.hear_now(said(1)) == ()
    assert await handled(store) == ["anna 1"]


async def test_a_request_waits_only_so_long_and_is_answered_afterwards(
    store: Store, worker: InboxWorker, diary: Diary
) -> None:
    clock = Clock()
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock)
    diary.fails["anna 1"] = [KeyError]

    assert await worker.hear_now(said(1), within=0.2) is None

    clock.goes(1)
    await worker.drain()
    assert diary.told == ["anna 1"]
    await worker.stop()


async def test_a_request_is_answered_though_another_process_handled_it(
    postgres_url: str, keyring: Keyring, diary: Diary
) -> None:
    clock = Clock()
    mine, other = [await Store.open(postgres_url, keyring) for _ in range(2)]
    hearing = InboxWorker(mine, diary.handle, diary.give_up, diary.tell, clock=clock)
    handling = InboxWorker(other, diary.handle, diary.give_up, diary.tell, clock=clock)
    diary.fails["anna 1"] = [KeyError]  # the first to try has to leave it to the other

    request = asyncio.create_task(hearing.hear_now(said(1), within=5))
    await eventually(lambda: not diary.fails["anna 1"])
    while not request.done():
        clock.goes(1)
        await handling.drain()
        await asyncio.sleep(0.01)

    assert await request == (Toast(press="anna 1"),)
    assert diary.told == []
    await asyncio.gather(hearing.stop(), handling.stop())
    await asyncio.gather(mine.close(), other.close())


class LateNews:
    """A store whose word that something was handled comes some time after the commit."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def do(self, unit: Unit[Any]) -> Any:
        result = await self._store.do(unit)
        if isinstance(result, Handled):
            await asyncio.sleep(0.2)
        return result


async def test_a_request_waits_for_its_own_process_to_hear_of_its_commit(
    postgres_url: str, keyring: Keyring, diary: Diary
) -> None:
    store: Any = LateNews(await Store.open(postgres_url, keyring))
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=Clock())

    assert await worker.hear_now(said(1)) == (Toast(press="anna 1"),)
    assert await worker.hear_now(said(1)) == (), "and nothing more, when it comes again"
    await worker.stop()
    await store.close()


async def test_a_request_whose_caller_goes_away_is_handled_all_the_same(
    store: Store, worker: InboxWorker
) -> None:
    request = asyncio.create_task(worker.hear_now(said(1)))
    while not await store.read(lambda tx: inbox.lanes_waiting(tx, Clock()(), 1)):
        if await handled(store):
            break
        await asyncio.sleep(0)
    request.cancel()
    await asyncio.gather(request, return_exceptions=True)
    await worker.drain()

    assert await handled(store) == ["anna 1"]
