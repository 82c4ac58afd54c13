"""Cards and Homes are drawn when they are sent, and one that waits stands for all that changes."""

import asyncio
import threading
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update

from bot.channels import Retry
from bot.core.shown import Post
from bot.delivery import DeliveryWorker
from bot.errands import Terms
from storage import Keyring, Store, Tx, outbox
from storage.leases import Addressed, NotYetError, Promised
from storage.outbox import ToAgent, ToThread
from storage.schema import settings
from tests.post_kit import START, Clock, FakeChannel, FakeDesk, eventually

TICKET = uuid4()
PATIENT = Terms(patience=0, poll=0.02)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel(clock: Clock) -> FakeChannel:
    return FakeChannel(clock)


def show(tx: Tx) -> None:
    outbox.show(tx, f"card:{TICKET}", ToThread(ticket=TICKET), channel="telegram", at=START)


def post(tx: Tx) -> None:
    words = Post(summary="post", lines=())
    outbox.say(tx, ToThread(ticket=TICKET), words, channel="telegram", purpose="note", at=START)


def deliver(store: Store, channel: FakeChannel, desk: FakeDesk, clock: Clock) -> DeliveryWorker:
    return DeliveryWorker(store, {"telegram": channel}, desk, clock=clock, terms=PATIENT)


async def test_many_changes_are_one_card_and_it_shows_the_last(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    desk = FakeDesk()
    for state in ("new", "open", "resolved"):
        desk.state = state
        await store.do(show)

    await deliver(store, channel, desk, clock).drain()

    assert channel.texts() == ["resolved"]


async def test_a_change_while_the_card_is_under_way_is_shown_afterwards(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    desk, channel.gate = FakeDesk(), asyncio.Event()
    worker = deliver(store, channel, desk, clock)
    await store.do(show)
    sending = asyncio.create_task(worker.drain())
    await eventually(lambda: channel.given)

    desk.state = "open"
    await store.do(show)
    channel.gate.set()
    await sending

    assert channel.texts() == ["new", "open"]


async def test_a_card_that_was_refused_is_drawn_anew_and_covers_what_came_meanwhile(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    desk, channel.gate = FakeDesk(), asyncio.Event()
    channel.answers[str(TICKET)] = [Retry(5)]
    worker = deliver(store, channel, desk, clock)
    await store.do(show)
    sending = asyncio.create_task(worker.drain())
    await eventually(lambda: channel.given)
    desk.state = "open"
    await store.do(show)
    channel.gate.set()
    await sending
    assert channel.texts() == []

    clock.goes(10)
    await worker.drain()

    assert channel.texts() == ["open"]


async def test_a_post_waits_for_the_card_that_begins_its_thread(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    class Strict(FakeDesk):
        def address(self, tx: Tx, row: Promised) -> Addressed | None:
            if row.kind == "say" and not any(purpose == "card" for purpose, _ in self.ended):
                raise NotYetError
            return super().address(tx, row)

    channel.answers[str(TICKET)] = [Retry(3)]
    worker = deliver(store, channel, Strict(), clock)
    await store.do(show)
    await store.do(post)
    await worker.drain()
    assert channel.texts() == []

    clock.goes(3)
    await worker.drain()

    assert channel.texts() == ["new", "post"]


async def test_a_card_does_not_wait_for_a_post_that_is_tried_again(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    channel.answers[str(TICKET)] = [Retry(60)]
    worker = deliver(store, channel, FakeDesk(), clock)
    await store.do(post)
    await worker.drain()
    await store.do(show)

    await worker.drain()
    assert channel.texts() == ["new"]
    clock.goes(60)
    await worker.drain()

    assert channel.texts() == ["new", "post"]


async def test_a_home_and_private_words_go_in_lanes_of_their_own(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    channel.answers["U1"] = [Retry(60)]

    def unit(tx: Tx) -> None:
        agent, words = ToAgent(user="U1"), Post(summary="hello", lines=())
        outbox.say(tx, agent, words, channel="telegram", purpose="whisper", at=START)
        outbox.show(tx, "home:U1", agent, channel="telegram", at=START)

    await store.do(unit)
    await deliver(store, channel, FakeDesk(), clock).drain()

    assert channel.texts() == ["new"]


class Reading(FakeDesk):
    """The state is a row that units change and the card reads."""

    def address(self, tx: Tx, row: Promised) -> Addressed | None:
        self.state = str(tx.connection.execute(select(settings.c.value)).scalar())
        return super().address(tx, row)


async def test_no_change_is_left_unshown_however_the_units_fall(
    store: Store, channel: FakeChannel, clock: Clock
) -> None:
    await store.do(lambda tx: tx.connection.execute(insert(settings).values(name="state", value=0)).rowcount)

    def change(tx: Tx) -> None:
        row = tx.lock(settings)
        assert row
        tx.connection.execute(update(settings).values(value=row.value + 1))
        show(tx)

    worker = deliver(store, channel, Reading(), clock)
    await worker.start()
    for _ in range(40):
        await asyncio.gather(*(store.do(change) for _ in range(3)))
    await worker.drain()
    await worker.stop()

    assert channel.texts()[-1] == "120"


async def test_a_card_is_not_drawn_while_a_unit_that_changes_it_is_not_committed(
    postgres_url: str, keyring: Keyring, channel: FakeChannel, clock: Clock
) -> None:
    """That unit saw the row wait and made no other: drawn now, the card would never show the change."""
    store = await Store.open(postgres_url, keyring)
    entered, go_on = threading.Event(), threading.Event()

    def change(tx: Tx) -> None:
        tx.connection.execute(update(settings).values(value=1))
        show(tx)
        entered.set()
        assert go_on.wait(5)

    async def elsewhere() -> None:
        other = await Store.open(postgres_url, keyring)
        await other.do(change)
        await other.close()

    await store.do(lambda tx: tx.connection.execute(insert(settings).values(name="state", value=0)).rowcount)
    await store.do(show)
    worker = deliver(store, channel, Reading(), clock)
    process = asyncio.create_task(asyncio.to_thread(asyncio.run, elsewhere()))
    await asyncio.to_thread(entered.wait, 5)

    await worker.drain()
    go_on.set()
    await process
    await worker.drain()

    assert channel.texts()[-1] == "1"
    await store.close()
