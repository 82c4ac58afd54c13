"""Migrations make what the schema says, both ways, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, insert, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.core.words import Say
from storage import Keyring, SchemaAheadError, SchemaBehindError, Store, Tx, migrate, outbox, restored, search
from storage.errors import NotBackYetError, TablesBusyError
from storage.migrations import back
from storage.outbox import ToCustomer
from storage.schema import metadata, settings
from storage.schema import outbox as outbox_rows
from tests import postgres

HOW = "the schema has changed: `python -m storage.migrations.write 0002_what_changed`"


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """A database without any tables."""
    if request.param == "sqlite":
        yield make_url(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
        return
    with postgres.database(request.getfixturevalue("postgres_server"), "sanad_migrations") as url:
        yield url


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def test_the_migrations_make_what_the_schema_says(empty_url: URL) -> None:
    await migrate.upgrade(empty_url)

    assert await migrate.on(empty_url, differences) == [], HOW
    assert await migrate.current(empty_url) == migrate.head()


async def test_there_is_a_way_back_and_forth_again(empty_url: URL) -> None:
    await migrate.upgrade(empty_url)
    await migrate.downgrade(empty_url, "base")

    assert await migrate.current(empty_url) is None
    assert await migrate.on(empty_url, tables) == set()

    await migrate.upgrade(empty_url)
    assert await migrate.on(empty_url, tables) == set(metadata.tables)


async def test_a_new_sqlite_file_is_made_as_all_migrations_would_leave_it(
    tmp_path: Path, keyring: Keyring
) -> None:
    url = make_url(f"sqlite:///{tmp_path}/new.db")
    store = await Store.open(str(url), keyring)
    await store.close()

    assert await migrate.current(url) == migrate.head()
    assert await migrate.on(url, differences) == []
    await migrate.downgrade(url, "base")
    assert await migrate.on(url, tables) == set()


async def test_an_older_sqlite_file_is_brought_up_to_date_when_it_is_opened(
    tmp_path: Path, keyring: Keyring
) -> None:
    url = make_url(f"sqlite:///{tmp_path}/older.db")
    await migrate.upgrade(url, migrate.revisions()[0])

    await (await Store.open(str(url), keyring)).close()

    assert await migrate.current(url) == migrate.head()
    assert await migrate.on(url, differences) == []


async def test_a_command_that_only_helps_out_does_not_change_tables(tmp_path: Path, keyring: Keyring) -> None:
    (tmp_path / "empty.db").touch()

    with pytest.raises(SchemaBehindError, match="sanad db upgrade"):
        await Store.open(f"sqlite:///{tmp_path}/empty.db", keyring, exclusive=False)


async def test_postgresql_is_brought_up_to_date_by_the_operator_only(
    postgres_server: URL, keyring: Keyring
) -> None:
    with postgres.database(postgres_server, "sanad_behind") as url:
        address = url.render_as_string(hide_password=False)
        with pytest.raises(SchemaBehindError, match="sanad db upgrade"):
            await Store.open(address, keyring)
        await migrate.upgrade(url)
        await (await Store.open(address, keyring)).close()


async def test_tables_of_a_newer_release_are_left_alone(empty_url: URL, keyring: Keyring) -> None:
    def leap(connection: Connection) -> None:
        connection.execute(text("update alembic_version set version_num = '9999'"))

    await migrate.upgrade(empty_url)
    await migrate.on(empty_url, leap)

    with pytest.raises(SchemaAheadError, match="revision 9999"):
        await Store.open(empty_url.render_as_string(hide_password=False), keyring)


async def test_tables_that_somebody_holds_are_not_waited_for_in_the_middle_of_a_change(
    postgres_server: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "PATIENCE", "100ms")
    with postgres.database(postgres_server, "sanad_in_use") as url:
        await migrate.upgrade(url, "0001")
        engine = create_async_engine(url)
        async with engine.begin() as reader:
            await reader.execute(text("select count(*) from words"))
            with pytest.raises(TablesBusyError, match="Stop every `sanad run`"):
                await migrate.upgrade(url)
        await engine.dispose()
        assert await migrate.current(url) == "0001"

        await migrate.upgrade(url)
        assert await migrate.current(url) == migrate.head()


async def test_the_way_back_waits_for_what_only_this_version_can_send(
    store: Store, database_url: str
) -> None:
    """And an index that nobody writes for a while does not pass for complete afterwards."""
    url = make_url(database_url)

    def changed(tx: Tx) -> None:
        target = outbox.ToSent(address=uuid4(), ticket=uuid4(), words=uuid4())
        outbox.show(tx, "words:1", target, channel="telegram", at=datetime.now(UTC))
        tx.connection.execute(insert(settings), [{"name": search.PROGRESS, "value": "done"}])

    await store.do(changed)
    with pytest.raises(NotBackYetError, match="1 messages wait"):
        await migrate.on(url, lambda connection: back.leave(connection, "0002", "0001"))
    await store.do(lambda tx: tx.connection.execute(delete(outbox_rows)))
    await migrate.on(url, lambda connection: back.leave(connection, "0002", "0001"))

    assert await store.read(search.complete) is False


@pytest.mark.parametrize("what", ["an offer", "arrived", "held back"])
async def test_the_way_back_waits_for_what_an_older_version_would_mistake(
    store: Store, database_url: str, what: str
) -> None:
    """What counts as arrived it would send, of what is held back it would never tell."""
    url, now = make_url(database_url), datetime.now(UTC)

    def offered(tx: Tx) -> None:
        target = outbox.ToOffer(ticket=uuid4(), words=uuid4(), row=uuid4())
        outbox.show(tx, "offer:1", target, channel="slack", at=now)

    def said(tx: Tx) -> None:
        say = Say(text="before")
        row = outbox.say(tx, ToCustomer(address=uuid4()), say, channel="telegram", purpose="reply", at=now)
        restored.doubt(tx, now)
        if what == "arrived":
            restored.arrived(tx, row)

    await store.do(offered if what == "an offer" else said)
    with pytest.raises(NotBackYetError, match="decide of each" if what == "held back" else "1 messages wait"):
        await migrate.on(url, lambda connection: back.leave(connection, "0002", "0001"))
