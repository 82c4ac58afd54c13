"""A row is one process's for as long as that is at it, and soon another's when it died."""

import asyncio
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.channels import Pace
from bot.core.enclosures import Enclosure
from bot.core.words import Say
from bot.delivery import DeliveryWorker
from bot.errands import Terms
from bot.holding import Hold, Holds
from storage import Store, Tx, outbox
from storage.leases import Promised, Result
from storage.outbox import ToCustomer
from storage.schema import outbox as rows
from tests.post_kit import START, Clock, FakeChannel, FakeDesk, eventually

TERMS = Terms(patience=0, poll=0.02)
LARGE = Enclosure(id=uuid4(), kind="document", name="film.mp4", size=40 * 1024 * 1024)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slow(clock: Clock) -> FakeChannel:
    """A platform that takes its time for what the first process sends."""
    channel = FakeChannel(clock)
    channel.gate = asyncio.Event()
    return channel


@pytest.fixture
def quick(clock: Clock) -> FakeChannel:
    """The same platform, for the other process."""
    return FakeChannel(clock)


def process(store: Store, channel: FakeChannel, clock: Clock, terms: Terms = TERMS) -> DeliveryWorker:
    return DeliveryWorker(store, {"telegram": channel}, FakeDesk(), clock=clock, terms=terms)


async def promise(store: Store, *files: Enclosure) -> None:
    def unit(tx: Tx) -> None:
        target, say = ToCustomer(address=uuid4()), Say(text="See the film", files=files)
        outbox.say(tx, target, say, channel="telegram", purpose="reply", at=START)

    await store.do(unit)


async def renewed(store: Store, clock: Clock) -> None:
    """Return when whoever sends it has said that it is alive."""
    until = clock() + timedelta(seconds=TERMS.lease_for)
    async with asyncio.timeout(5):
        while await store.read(lambda tx: tx.connection.scalar(select(rows.c.leased_until))) != until:  # noqa: ASYNC110 - it waits for what is seen from outside
            await asyncio.sleep(0.01)


async def states(store: Store) -> list[str]:
    return await store.read(lambda tx: list(tx.connection.execute(select(rows.c.state)).scalars()))


async def test_what_takes_long_to_send_is_sent_by_nobody_else_meanwhile(
    store: Store, slow: FakeChannel, quick: FakeChannel, clock: Clock
) -> None:
    first, second = process(store, slow, clock), process(store, quick, clock)
    await promise(store, LARGE)
    await first.start()
    await eventually(lambda: slow.given)
    for _ in range(12):
        clock.goes(15)
        await renewed(store, clock)
        await second.drain()
    assert not quick.given

    assert slow.gate
    slow.gate.set()
    await eventually(lambda: slow.sent)
    await first.stop()
    assert await states(store) == ["sent"]


async def test_a_large_file_whose_process_died_goes_by_another_within_half_a_minute(
    store: Store, slow: FakeChannel, quick: FakeChannel, clock: Clock
) -> None:
    first = process(store, slow, clock, replace(TERMS, stop_within=0))
    await promise(store, LARGE)
    await first.start()
    await eventually(lambda: slow.given)
    await first.stop()  # what is not done in time is left as if it had died

    clock.goes(31)
    await process(store, quick, clock).drain()

    assert quick.texts() == ["See the film"]
    assert await states(store) == ["sent"]


async def test_with_as_much_under_way_as_may_be_it_stays_with_who_sends_it(
    store: Store, slow: FakeChannel, quick: FakeChannel, clock: Clock
) -> None:
    first = process(store, slow, clock, replace(TERMS, abreast=1))
    await promise(store, LARGE)
    await first.start()
    await eventually(lambda: slow.given)
    for _ in range(4):
        clock.goes(15)
        await renewed(store, clock)
        await process(store, quick, clock).drain()

    assert not quick.given
    assert slow.gate
    slow.gate.set()
    await first.stop()


class Away(FakeDesk):
    """The database goes away before it is told what became of a message."""

    def __init__(self) -> None:
        super().__init__()
        self.back = False
        self.asked = 0

    def settled(self, tx: Tx, row: Promised, result: Result, chat: str) -> None:
        self.asked += 1
        if not self.back:
            raise ConnectionResetError
        super().settled(tx, row, result, chat)


async def test_what_was_sent_before_the_database_went_away_for_minutes_is_not_sent_again(
    store: Store, quick: FakeChannel, clock: Clock
) -> None:
    """A full disk, a lock, a database that fails over: the same process must not take it for a dead one's."""
    desk = Away()
    only = DeliveryWorker(store, {"telegram": quick}, desk, clock=clock, terms=TERMS)
    await promise(store)
    await only.start()
    await eventually(lambda: desk.asked)
    clock.goes(300)
    asked = desk.asked
    await eventually(lambda: desk.asked > asked)
    desk.back = True
    await eventually(lambda: desk.ended)
    await only.stop()

    assert quick.texts() == ["See the film"]
    assert await states(store) == ["sent"]


async def test_a_process_that_stood_still_breaks_off_what_another_sends_by_now(
    store: Store, slow: FakeChannel, quick: FakeChannel, clock: Clock
) -> None:
    first = process(store, slow, clock)
    await promise(store, LARGE)
    standing = asyncio.create_task(first.drain())  # nobody renews its leases: as if it were frozen
    await eventually(lambda: slow.given)
    clock.goes(31)
    await process(store, quick, clock).drain()

    with capture_logs() as logs:
        assert not await first.pumps[0].take_up()
        await standing

    assert (slow.texts(), quick.texts()) == ([], ["See the film"])
    assert [line["event"] for line in logs] == ["delivery.lease_lost"]
    assert await states(store) == ["sent"]


@pytest.mark.parametrize("hears", [True, False], ids=["hears of it", "does not know"])
async def test_a_process_that_stood_still_before_it_began_does_not_begin(
    store: Store, quick: FakeChannel, clock: Clock, *, hears: bool
) -> None:
    """It waits on the spot for its turn while another process takes the row, and sends it."""
    waiting = FakeChannel(clock)
    waiting.limits = [Pace("all", 1.0, 1)]
    first = process(store, waiting, clock, replace(TERMS, patience=5.0))
    await promise(store)
    await promise(store)
    standing = asyncio.create_task(first.drain())
    await eventually(lambda: waiting.sent)
    await leased(store)
    clock.goes(31)
    await process(store, quick, clock).drain()
    if hears:
        await first.pumps[0].take_up()
    await standing

    assert (len(waiting.sent), len(quick.sent)) == (1, 1)
    assert await states(store) == ["sent", "sent"]


async def test_what_is_under_way_is_looked_up_where_it_comes_and_goes(
    store: Store, slow: FakeChannel, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database may have a thread of its own, beside which sends begin and end."""
    looked: set[threading.Thread] = set()
    due = Holds.due

    def noted(holds: Holds, now: datetime) -> list[Hold]:
        looked.add(threading.current_thread())
        return due(holds, now)

    monkeypatch.setattr(Holds, "due", noted)
    only = process(store, slow, clock)
    await promise(store)
    await only.start()
    await eventually(lambda: slow.given)
    clock.goes(6)
    await renewed(store, clock)
    assert slow.gate
    slow.gate.set()
    await only.stop()

    assert looked == {threading.current_thread()}


async def leased(store: Store) -> None:
    """Return when a process has taken what still waits."""

    def is_taken(tx: Tx) -> bool:
        found = select(rows.c.id).where(rows.c.state == "pending", rows.c.lease.is_not(None))
        return tx.connection.execute(found).first() is not None

    async with asyncio.timeout(5):
        while not await store.read(is_taken):  # noqa: ASYNC110 - it waits for what is seen from outside
            await asyncio.sleep(0.005)


async def test_what_is_sent_quickly_asks_the_database_nothing_more(
    store: Store, quick: FakeChannel, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    renewals: list[Promised] = []

    def noted(_tx: Tx, row: Promised, _until: datetime) -> bool:
        renewals.append(row)
        return True

    monkeypatch.setattr("storage.leases.renew", noted)
    only = process(store, quick, clock)
    for _ in range(5):
        await promise(store)
        clock.goes(4)
    await only.drain()

    assert (len(quick.sent), renewals) == (5, [])
