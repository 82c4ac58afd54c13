"""Migrations make what the schema says, both ways, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL, make_url

from storage import Keyring, SchemaAheadError, SchemaBehindError, Store, migrate
from storage.schema import metadata
from tests import postgres

HOW = "the schema has changed: `make migration NAME=0002_what_changed` (0001_first before the first release)"


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


async def test_a_new_sqlite_file_is_brought_up_to_date_when_it_is_opened(
    tmp_path: Path, keyring: Keyring
) -> None:
    url = f"sqlite:///{tmp_path}/new.db"

    await (await Store.open(url, keyring)).close()

    assert await migrate.current(make_url(url)) == migrate.head()


async def test_a_command_that_only_helps_out_does_not_change_tables(tmp_path: Path, keyring: Keyring) -> None:
    with pytest.raises(SchemaBehindError, match="sanad db upgrade"):
        await Store.open(f"sqlite:///{tmp_path}/new.db", keyring, exclusive=False)


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
