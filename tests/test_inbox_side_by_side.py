"""Lanes go side by side, in one process and in many; each in its own order, and nothing twice."""

import asyncio
from collections import defaultdict
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.util import await_only
from structlog.testing import capture_logs

from bot.inbox import InboxWorker
from storage import Keyring, Store, Tx, inbox
from tests.diary import Diary, handled
from tests.post_kit import Clock, eventually, said


def by_lane(texts: list[str]) -> dict[str, list[int]]:
    found = defaultdict(list)
    for text in texts:
        lane, number = text.split()
        found[lane].append(int(number))
    return dict(found)


async def test_two_processes_keep_each_person_s_order_and_do_nothing_twice(
    postgres_url: str, keyring: Keyring
) -> None:
    diary, clock, people = Diary(), Clock(), [f"p{number}" for number in range(10)]
    stores = [await Store.open(postgres_url, keyring) for _ in range(2)]
    workers = [
        InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock, poll=0.02)
        for store in stores
    ]
    await asyncio.gather(*(worker.start() for worker in workers))

    async def talk(person: str, seed: int) -> None:
        for number in range(30):
            hears = (number + seed) % 3  # the first, the second, or both
            for worker in workers[hears == 1 : 1 + (hears != 0)]:
                await worker.hear([said(number, lane=person)])

    await asyncio.gather(*(talk(person, seed) for seed, person in enumerate(people)))
    await asyncio.gather(*(worker.drain() for worker in workers))
    await asyncio.gather(*(worker.stop() for worker in workers))

    assert by_lane(await handled(stores[0])) == {person: list(range(30)) for person in people}
    await asyncio.gather(*(store.close() for store in stores))


async def test_what_is_heard_while_another_process_has_the_lane_is_handled_when_it_lets_go(
    postgres_url: str, keyring: Keyring
) -> None:
    diary, clock, let_go, taken = Diary(), Clock(), asyncio.Event(), asyncio.Event()
    mine, other = [await Store.open(postgres_url, keyring) for _ in range(2)]
    worker = InboxWorker(mine, diary.handle, diary.give_up, diary.tell, clock=clock, poll=3600)
    await worker.start()

    def take_and_die(tx: Tx) -> None:
        assert inbox.take(tx, inbox.lane_of(tx, said(1)), clock())
        taken.set()
        await_only(let_go.wait())

    await other.do(lambda tx: inbox.hear(tx, [said(1)], clock()))
    working = asyncio.create_task(other.do(take_and_die))
    await taken.wait()
    await worker.hear([said(2)])
    await worker.rest(turns=False)
    let_go.set()
    await working

    await eventually(lambda: len(diary.told) == 2)
    assert await handled(mine) == ["anna 1", "anna 2"]
    await worker.stop()
    await asyncio.gather(mine.close(), other.close())


async def test_a_slow_lane_keeps_nobody_waiting(store: Store) -> None:
    diary, clock = Diary(), Clock()
    diary.fails["anna 1"] = [KeyError] * 3
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock, abreast=1)

    await worker.hear([said(1), *(said(1, lane=f"p{number}") for number in range(100))])
    await worker.drain()

    assert len(await handled(store)) == 100
    await worker.stop()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_however_messages_are_shuffled_into_batches_lanes_keep_their_order(
    store: Store, data: st.DataObject
) -> None:
    diary, run = Diary(), uuid4()
    lanes = data.draw(st.dictionaries(st.sampled_from("abc"), st.integers(1, 6), min_size=1))
    left = {lane: list(range(count)) for lane, count in lanes.items()}
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=Clock(), abreast=2)

    while any(left.values()):
        lane = data.draw(st.sampled_from([lane for lane, numbers in left.items() if numbers]))
        count = data.draw(st.integers(1, len(left[lane])))
        batch = [said(number, lane=f"{lane}-{run}") for number in left[lane][:count]]
        left[lane] = left[lane][count:]
        await worker.hear(data.draw(st.permutations([*batch, batch[0]])))
    await worker.drain()
    await worker.stop()

    mine = [text for text in await handled(store) if str(run) in text]
    assert by_lane(mine) == {f"{lane}-{run}": list(range(count)) for lane, count in lanes.items()}


async def test_what_went_wrong_is_logged_without_what_was_written(store: Store) -> None:
    diary = Diary()
    diary.fails["my secret 1"] = [KeyError]
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=Clock())

    with capture_logs() as logs:
        await worker.hear([said(1, text="my secret 1")])
        await worker.drain()
    await worker.stop()

    [line] = logs
    assert line["event"] == "inbox.stumbled"
    assert line["trace"][-1] == "KeyError"
    assert "secret" not in str(logs)
