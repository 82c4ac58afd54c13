"""The inbox's own rules, where no worker is needed to see them."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.inbox import InboxWorker
from storage import Store, Tx, inbox
from storage.schema import inbox as rows
from tests.diary import Diary, handled
from tests.post_kit import START, Clock, said


async def test_it_tells_where_each_thing_is_kept_and_whether_it_is_new(store: Store) -> None:
    await store.do(lambda tx: inbox.hear(tx, [said(1)], START))

    kept = await store.do(lambda tx: inbox.hear(tx, [said(2), said(1), said(2)], START))

    assert [each.new for each in kept] == [True, False, True]
    assert kept[0].id == kept[2].id != kept[1].id
    assert {each.lane for each in kept} == {kept[0].lane}
    assert kept[0].lane.startswith("telegram:")
    assert "anna" not in kept[0].lane


async def test_an_empty_batch_is_nothing(store: Store) -> None:
    assert await store.do(lambda tx: inbox.hear(tx, [], START)) == []


async def test_the_same_chat_on_another_account_is_another_lane(store: Store) -> None:
    other = said(1).model_copy(update={"account": "other"})

    mine, others = await store.do(lambda tx: inbox.hear(tx, [said(1), other], START))

    assert others.new
    assert mine.lane != others.lane


async def test_two_things_at_the_same_place_are_handled_as_they_came(store: Store) -> None:
    diary = Diary()
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=Clock())

    await worker.hear([said(1, key="first", text="first")])
    await worker.hear([said(1, key="second", text="second")])
    await worker.drain()
    await worker.stop()

    assert await handled(store) == ["first", "second"]


async def test_old_keys_are_forgotten_and_what_waits_or_is_parked_is_not(store: Store) -> None:
    diary, clock = Diary(), Clock()
    diary.fails["anna 1"] = [KeyError] * 5
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock)
    await worker.hear([said(1), said(2), said(1, lane="omar")])
    for _ in range(5):
        await worker.drain()
        clock.goes(60)
    await store.do(lambda tx: inbox.hear(tx, [said(3)], START))
    await worker.stop()

    old = await store.do(lambda tx: inbox.prune(tx, START + timedelta(days=14)))

    assert old == 2
    assert len(await store.read(inbox.parked)) == 1
    assert len(await store.read(lambda tx: inbox.lanes_waiting(tx, clock(), 9))) == 1


async def test_a_row_that_cannot_be_read_is_parked_and_its_lane_goes_on(store: Store) -> None:
    diary, clock = Diary(), Clock()
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=clock)

    def spoil(tx: Tx) -> None:
        first, _ = inbox.hear(tx, [said(1), said(2)], START)
        tx.connection.execute(update(rows).where(rows.c.id == first.id).values(payload=b"spoiled"))

    await store.do(spoil)
    for _ in range(5):
        await worker.drain()
        clock.goes(60)
    await worker.stop()

    assert await handled(store) == ["anna 2"]
    [row] = await store.read(inbox.parked)
    assert row.error == "storage.errors.DamagedError"


async def test_words_are_emptied_once_they_are_handled(store: Store) -> None:
    diary = Diary()
    worker = InboxWorker(store, diary.handle, diary.give_up, diary.tell, clock=Clock())

    await worker.hear([said(1)])
    await worker.drain()
    await worker.stop()

    assert await store.read(lambda tx: tx.connection.execute(select(rows.c.payload)).scalars().all()) == [
        None
    ]
