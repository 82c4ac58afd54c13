"""What many tests stand on: a store on either database, and the keys that seal it."""

import base64
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import URL

from storage import Keyring, Store, migrate
from storage.engines import connect
from tests import lasting, postgres
from tests.lasting import Shelf
from tests.postgres import Emptying

DATABASES = ("sqlite", "postgres")

# How long an example takes says how busy the machine is, and nothing about the desk.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring.parse("k1:" + base64.b64encode(b"operator's key of all the tests!").decode())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("template") / "sanad.db"
    with connect.sqlite_writing(path).begin() as connection:
        migrate.make(connection)
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: URL) -> Iterator[URL]:
    """One database for all tests of this process; each finds its tables empty."""
    name = f"sanad_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with postgres.database(postgres_server, name) as url:
        postgres.in_a_loop_of_its_own(postgres.create_tables(url))
        yield url


@pytest.fixture(scope="session")
def empty_tables(postgres_tables: URL) -> Iterator[Emptying]:
    with closing(Emptying(postgres_tables)) as empty:
        yield empty


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "sanad.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'sanad.db'}"


@pytest.fixture(scope="session")
async def lasting_connections(postgres_tables: URL) -> AsyncIterator[Shelf]:
    async with lasting.connections(postgres_tables.database) as shelf:
        yield shelf


@pytest.fixture
async def own_connections(lasting_connections: Shelf, empty_tables: Emptying) -> AsyncIterator[None]:
    """For a test that breaks what it is connected by."""
    await lasting_connections.close()
    yield
    await lasting_connections.close()
    empty_tables.leave()


@pytest.fixture
def postgres_url(
    postgres_tables: URL,
    empty_tables: Emptying,
    lasting_connections: Shelf,  # noqa: ARG001 - they are to be there
) -> str:
    empty_tables()
    return postgres_tables.render_as_string(hide_password=False)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL of an empty database: a test that asks for it runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(database_url: str, keyring: Keyring) -> AsyncIterator[Store]:
    """An empty store: a test that asks for it runs on SQLite and on PostgreSQL."""
    opened = await Store.open(database_url, keyring)
    yield opened
    await opened.close()
