"""A restored backup sends nothing twice that waited then: an operator decides, and Slack is asked."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs

from bot import settings
from bot.channels import Retry, Sent
from bot.commands.mending import MendingError
from bot.commands.post import hold_back, waiting
from bot.core.shown import Post
from bot.core.words import Say
from bot.delivery import DeliveryWorker
from bot.errands import Terms
from storage import Keyring, Store, Tx, doubtful, hearing, leases, outbox, restored, stuck
from storage.copying import copy
from storage.outbox import ToChannel, ToCustomer
from tests.command_line import Sanad
from tests.desk_kit import EAGER, Case, bare
from tests.kit import KEYS, SUPPORT, Street, living_in, street
from tests.post_kit import START, Clock, FakeChannel, FakeDesk

ANNA = uuid4()


def told_in_a_thread(place: Street, words: str) -> bool:
    return any(words in reply.text for card in place.slack.messages(SUPPORT) for reply in card.thread)


def promise(tx: Tx, text: str, channel: str = "telegram") -> UUID:
    if channel == "slack":
        post, where = Post(summary=text, lines=()), ToChannel(channel="C024BE91L")
        return outbox.say(tx, where, post, channel=channel, purpose="note", at=START)
    return outbox.say(
        tx, ToCustomer(address=ANNA), Say(text=text), channel=channel, purpose="reply", at=START
    )


def leased_and_refused(tx: Tx, channel: str) -> None:
    """Tried once, before anything else."""
    (row,) = leases.take_due(tx, channel, at=START, now=START, limit=9, lease_for=timedelta(seconds=30))
    leases.retry(tx, row, START, START, unsure=False)


def telegram(store: Store, channel: FakeChannel, clock: Clock) -> DeliveryWorker:
    terms = Terms(patience=0, poll=0.02)
    return DeliveryWorker(store, {"telegram": channel}, FakeDesk(), clock=clock, terms=terms)


@pytest.mark.parametrize("decision", ["replay", "arrived"])
async def test_what_waited_for_a_customer_is_sent_when_an_operator_says_so(
    store: Store, decision: str
) -> None:
    clock, desk = Clock(), FakeDesk()
    channel = FakeChannel(clock)
    worker = DeliveryWorker(
        store, {"telegram": channel}, desk, clock=clock, terms=Terms(patience=0, poll=0.02)
    )
    row = await store.do(partial(promise, text="before"))
    assert await store.do(partial(restored.doubt, now=START)) == (1, 0)
    await store.do(partial(promise, text="after"))
    await worker.drain()
    assert channel.texts() == ["after"], "nobody waits for the decision"
    assert [(one.id, one.held) for one in await store.read(stuck.stuck)] == [(row, True)]

    decide = stuck.hasten if decision == "replay" else restored.arrived
    assert await store.do(partial(decide, row=row))
    await worker.drain()

    assert channel.texts() == (["after", "before"] if decision == "replay" else ["after"])
    assert [type(result) for _purpose, result in desk.ended] == [Sent, Sent]
    assert await store.read(stuck.stuck) == []
    assert not await store.do(partial(restored.arrived, row=row))
    await worker.stop()


async def test_what_counts_as_arrived_is_neither_tried_again_nor_held_back_again(
    store: Store,
) -> None:
    clock = Clock()
    channel = FakeChannel(clock)
    worker = telegram(store, channel, clock)
    row = await store.do(partial(promise, text="before"))
    await store.do(partial(leased_and_refused, channel="telegram"))
    await store.do(partial(restored.doubt, now=START))
    assert await store.do(partial(restored.arrived, row=row))

    assert await store.read(waiting) == []
    assert not await store.do(partial(stuck.hasten, row=row))
    assert await store.do(partial(restored.doubt, now=START)) == (0, 0)
    await worker.drain()

    assert (channel.texts(), await store.read(stuck.stuck)) == ([], [])
    await worker.stop()


@pytest.mark.parametrize("kept_for", ["before the backup", "before it is replayed"])
async def test_what_was_tried_days_ago_is_tried_for_as_long_as_a_new_message(
    store: Store, kept_for: str
) -> None:
    clock = Clock()
    channel = FakeChannel(clock)
    worker = telegram(store, channel, clock)
    row = await store.do(partial(promise, text="before"))
    await store.do(partial(leased_and_refused, channel="telegram"))
    if kept_for == "before the backup":
        await store.do(partial(restored.doubt, now=START))
    clock.goes(4 * 24 * 3600)
    assert await store.do(partial(stuck.hasten, row=row))
    channel.answers[str(ANNA)] = [Retry(1.0)]
    await worker.drain()
    assert [one.failed for one in await store.read(stuck.stuck)] == [False]
    clock.goes(2)
    await worker.drain()

    assert channel.texts() == ["before"]
    await worker.stop()


async def test_what_is_held_back_and_redacted_meanwhile_is_not_sent_any_more(store: Store) -> None:
    row = await store.do(partial(promise, text="a secret"))
    await store.do(partial(restored.doubt, now=START))
    assert await store.do(partial(doubtful.withdraw, row=row, at=START))
    assert await store.read(stuck.stuck) == []
    assert not await store.do(partial(stuck.hasten, row=row))


@pytest.mark.parametrize("sign", ["a lease", "a beat"])
async def test_nothing_is_held_back_beside_a_desk_that_runs(store: Store, sign: str) -> None:
    """On SQLite the lock of the file tells, before the outbox is looked at."""
    await store.do(partial(promise, text="under way"))
    if sign == "a lease":
        lease = partial(leases.take_due, channel="telegram", limit=9, lease_for=timedelta(seconds=30))
        await store.do(partial(lease, at=START, now=START))
    else:
        await store.do(partial(hearing.beat, channel="slack", until=START, at=START))
    if store.exclusive:
        assert await store.do(partial(hold_back, now=START)) == (1, 0)
        return
    with pytest.raises(MendingError, match="A desk is at work on this database"):
        await store.do(partial(hold_back, now=START + timedelta(seconds=20)))
    assert await store.read(stuck.stuck) == []
    assert await store.do(partial(hold_back, now=START + timedelta(minutes=3))) == (1, 0)


async def test_slack_is_asked_for_what_waited_before_it_is_posted(store: Store) -> None:
    clock = Clock()
    channel = FakeChannel(clock)
    worker = DeliveryWorker(
        store, {"slack": channel}, FakeDesk(), clock=clock, terms=Terms(patience=0, poll=0.02)
    )
    await store.do(partial(promise, text="a note", channel="slack"))
    assert await store.do(partial(restored.doubt, now=START)) == (0, 1)
    await worker.drain()

    assert [parcel.chat for parcel in channel.asked] == ["C024BE91L"]
    assert channel.texts() == ["a note"], "it is not there, so it goes"
    await worker.stop()


async def test_a_restored_desk_repeats_nothing_by_itself(sqlite_url: str, tmp_path: Path) -> None:
    copied = tmp_path / "copy.db"
    async with street(sqlite_url, tmp_path) as place:
        async with living_in(place, tuning=EAGER) as here:
            await place.listens()
            customer = here.customer("en")
            case, agent = (
                Case(here, customer, await here.files(customer, "The site is down")),
                await here.agent(),
            )
            await case.clicks(agent, "claim")
            place.telegram.faults.fail("sendMessage", times=None)
            place.slack.faults.fail("chat.postMessage", times=10_000)
            await case.says(agent, "Please restart it")
            await customer.says("It is still down")
            await here.settles()
            await asyncio.to_thread(copy, tmp_path / "sanad.db", copied)
            place.telegram.faults.clear()
            place.slack.faults.clear()
            await place.telegram.until(lambda: case.reached("Please restart it"))
            await place.slack.until(lambda: told_in_a_thread(place, "It is still down"))
            await here.settles()

        place.settings["DATABASE_URL"] = f"sqlite+aiosqlite:///{copied}"
        store = await Store.open(place.settings["DATABASE_URL"], Keyring.parse(KEYS))
        await store.do(partial(restored.doubt, now=place.clock()))
        held = [row for row in await store.read(stuck.stuck) if row.held]
        await store.close()
        async with living_in(place, tuning=EAGER) as here:
            case = Case(here, customer, case.reference)
            await asyncio.sleep(0.5)
            await here.settles()
            assert case.reached("Please restart it") == 1
            assert bare(await case.thread()).count("It is still down") == 1
            for row in held:
                await here.app.store.do(partial(restored.arrived, row=row.id))
            await here.settles()
            assert case.reached("Please restart it") == 1
            assert "1 message delivered" in (await case.card()).text


def test_an_operator_holds_back_lists_and_decides(sanad: Sanad) -> None:
    missing, _, why_missing = sanad("outbox", "restored")
    assert (missing, "sanad.db is not there" in why_missing) == (1, True)
    sanad("db", "upgrade")
    done, told, _ = sanad("outbox", "restored")
    assert done == 0
    assert told.startswith("0 messages to customers are held back")
    assert sanad("outbox", "arrived", "--all")[:2] == (0, "0 count as delivered.\n")
    stranger = str(uuid4())
    assert sanad("outbox", "arrived", stranger)[0] == 1


async def test_what_is_held_back_is_told_in_the_numbers_and_at_the_start(
    database_url: str, tmp_path: Path
) -> None:
    async with street(database_url, tmp_path) as place:
        async with living_in(place) as here:
            await here.settles()
        store = await Store.open(place.settings["DATABASE_URL"], Keyring.parse(KEYS))
        await store.do(partial(promise, text="before"))
        await store.do(partial(restored.doubt, now=place.clock()))
        await store.close()
        with capture_logs() as logs:
            async with living_in(place) as here:
                page = (await here.app.numbers()).decode()

    assert "sanad_outbox_held 1.0" in page
    told = [line for line in logs if line["event"] == "outbox.held"]
    assert [(line["many"], line["log_level"]) for line in told] == [(1, "warning")]


def test_what_is_held_back_is_told_by_the_check(sanad: Sanad) -> None:
    async def held_back() -> None:
        given = settings.load(to_run=False)
        keys = Keyring.parse(given.keys.get_secret_value())
        store = await Store.open(given.database_url.get_secret_value(), keys)
        await store.do(partial(promise, text="before"))
        await store.do(partial(restored.doubt, now=START))
        await store.close()

    sanad("db", "upgrade")
    assert "held back" not in sanad("check", "--offline")[1]
    asyncio.run(held_back())
    told = "warn  outbox: 1 message is held back since a backup was put back: see `sanad outbox list`"
    assert told in sanad("check", "--offline")[1]
