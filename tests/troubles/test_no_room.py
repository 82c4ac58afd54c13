"""The disk is nearly full, or the database cannot be written: nothing that was acknowledged is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.playground.telegram.pusher import HEADER
from bot.room import ENOUGH, LEAST
from storage import inbox
from storage.dialects import passing
from tests.kit import World, world
from tests.patience import QUICK
from tests.troubles import day, record
from tests.troubles.test_strangers import SECRET, calls, heard, update

OTHERS_END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass
class Disk:
    """A disk whose free space is in our hand."""

    free: int = ENOUGH

    def __call__(self, _folder: Path) -> int:
        return self.free

    def becomes(self, free: int, here: World) -> None:
        self.free = free
        here.app.room.look()


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture(params=[False, True], ids=["dialled", "public"])
async def here(
    request: pytest.FixtureRequest, disk: Disk, sqlite_url: str, tmp_path: Path
) -> AsyncIterator[World]:
    async with world(sqlite_url, tmp_path, public=request.param, tuning=replace(QUICK, free=disk)) as made:
        yield made


async def test_what_is_said_while_the_disk_is_full_is_heard_when_there_is_room(
    here: World, disk: Disk
) -> None:
    customer, agent = here.customer("en"), await here.agent()
    card = await here.card(await here.files(customer, day.TROUBLE))
    await agent.clicks("claim", card)
    await here.settles()
    before = await heard(here)

    disk.becomes(LEAST - 1, here)
    await customer.says("It also happens on my phone")
    await asyncio.sleep(0.4)  # some attempts
    assert await heard(here) == before
    disk.becomes(ENOUGH - 1, here)
    await asyncio.sleep(0.2)
    assert await heard(here) == before, "it fluttered"

    disk.becomes(ENOUGH, here)
    await record.at_rest(here, here.app.store)
    assert "It also happens on my phone" in "\n".join(reply.text for reply in card.thread)


async def test_a_full_disk_is_told_to_the_platforms_and_to_the_operator(
    disk: Disk, sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path, public=True, tuning=replace(QUICK, free=disk)) as made:
        disk.becomes(LEAST - 1, made)

        assert await calls(made, "/telegram", update(made, "words"), {HEADER: SECRET}) == 503
        assert await heard(made) == 0

        disk.becomes(ENOUGH, made)
        assert await calls(made, "/telegram", update(made, "words"), {HEADER: SECRET}) == 200


@contextmanager
def held_by_another(path: str) -> Iterator[None]:
    """Another program writes to the file, and takes its time."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


async def test_a_database_that_another_program_holds_is_waited_for(desk: World, sqlite_url: str) -> None:
    customer = desk.customer("en")
    reference = await desk.files(customer, day.TROUBLE)

    with held_by_another(make_url(sqlite_url).database or ""):
        await customer.says("It also happens on my phone")
        await asyncio.sleep(6)  # longer than SQLite waits

    await record.at_rest(desk, desk.app.store)
    assert (await desk.thread(reference)).count("It also happens on my phone") == 1
    assert await desk.app.store.read(inbox.parked) == []


async def test_a_database_file_that_cannot_grow_for_a_while_loses_nothing(desk: World) -> None:
    customer, agent = desk.customer("en"), await desk.agent()
    reference = await desk.files(customer, day.TROUBLE)
    card = await desk.card(reference)
    await agent.clicks("claim", card)
    await desk.settles()

    await limited(desk, to=1)
    await customer.says("It also happens on my phone" + " and on all others" * 180)
    await agent.writes(card, "We are looking into it" + " with great care" * 180)
    await asyncio.sleep(0.5)
    await limited(desk, to=1_000_000)

    await record.at_rest(desk, desk.app.store)
    assert (await desk.thread(reference)).count("It also happens on my phone") == 1
    assert sum("We are looking into it" in message.text for message in customer.chat) == 1
    assert await desk.app.store.read(inbox.parked) == []


async def limited(desk: World, *, to: int) -> None:
    """Let SQLite itself say that the disk is full beyond so many pages (never fewer than there are)."""
    limit = f"PRAGMA max_page_count={to}"
    await desk.app.store.do(lambda tx: tx.connection.exec_driver_sql(limit).close())


def test_a_file_that_may_only_be_read_is_a_trouble_that_passes(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "made.db").execute("CREATE TABLE kept (words)").connection.close()
    only_read = create_engine(f"sqlite:///file:{tmp_path}/made.db?mode=ro&uri=true", poolclass=NullPool)

    with pytest.raises(DBAPIError) as refused, only_read.begin() as connection:
        connection.exec_driver_sql("INSERT INTO kept VALUES (1)")

    assert passing(refused.value)


@pytest.mark.usefixtures("own_connections")
async def test_a_postgres_that_takes_no_writes_for_a_while_loses_nothing(
    postgres_url: str, tmp_path: Path
) -> None:
    async with world(postgres_url, tmp_path, tuning=QUICK) as desk:
        customer = desk.customer("en")
        reference = await desk.files(customer, day.TROUBLE)

        await only_reads(postgres_url, "on")
        try:
            await customer.says("It also happens on my phone")
            await asyncio.sleep(0.5)
        finally:
            await only_reads(postgres_url, "off")

        await record.at_rest(desk, desk.app.store)
        assert (await desk.thread(reference)).count("It also happens on my phone") == 1
        assert await desk.app.store.read(inbox.parked) == []


async def only_reads(url: str, switch: str) -> None:
    """Let the database refuse writes, or take them again, and end the connections that know otherwise."""
    mine = {"server_settings": {"default_transaction_read_only": "off"}}
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool, connect_args=mine)
    async with engine.connect() as connection:
        await connection.exec_driver_sql(
            f'ALTER DATABASE "{engine.url.database}" SET default_transaction_read_only = {switch}'
        )
        await connection.exec_driver_sql(OTHERS_END)
    await engine.dispose()
