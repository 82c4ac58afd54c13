"""Migrations: which revision a database is at, and how it gets to another."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.engines import connect
from storage.engines.filelock import FileLock
from storage.errors import NotBackError, SchemaAheadError, SchemaBehindError, TablesBusyError
from storage.migrations import back
from storage.schema import metadata

T = TypeVar("T")

PATIENCE = "10s"
BASE = "base"
"""Before the first revision: there are no tables."""
IN_USE = ("55P03", "40P01")
"""SQLSTATEs of a lock that was not had in time, and of a deadlock."""


def revisions() -> list[str]:
    """The revisions that this program knows, oldest first: each is the number that its file begins with."""
    names = (file.name for file in resources.files("storage.migrations.versions").iterdir())
    return sorted(name.partition("_")[0] for name in names if name[:1].isdigit() and name.endswith(".py"))


def head() -> str:
    return revisions()[-1]


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("select version_num from alembic_version")).scalar()


def require_current(connection: Connection) -> None:
    """Raises SchemaBehindError, SchemaAheadError."""
    known, at = revisions(), revision(connection)
    if at == known[-1]:
        return
    if at is None or at in known:
        raise SchemaBehindError(
            f"the tables are at revision {at or 'none'}, this program needs {known[-1]}; "
            "run `sanad db upgrade`"
        )
    raise _ahead(at)


def _ahead(at: str) -> SchemaAheadError:
    return SchemaAheadError(
        f"the tables are at revision {at}, this program knows {head()} at most: run the newer release, "
        f"or with it `sanad db downgrade {head()}`"
    )


def goes_back(connection: Connection, target: str) -> bool:
    """Whether there is anything to take back. Raises NotBackError, SchemaAheadError."""
    order, at = [BASE, *revisions()], revision(connection) or BASE
    if at not in order:
        raise _ahead(at)
    if order.index(at) < order.index(target):
        raise NotBackError(
            f"the tables are at revision {at}, which is earlier than {target}: nothing was changed; "
            "`sanad db upgrade` goes forward"
        )
    return at != target


def upgrade_file(path: Path) -> None:
    """Bring a SQLite file to the newest revision; one that is there already is not touched."""
    with connect.sqlite_writing(path, foreign_keys=False).begin() as connection:
        at = revision(connection)
        if at is None:
            make(connection)
        elif at in revisions() and at != head():
            upgrade_connection(connection, head())


def make(connection: Connection) -> None:
    """All tables at once, where there are none: as all migrations would leave them, but sooner."""
    metadata.create_all(connection)
    stamp(connection)


def upgrade_connection(connection: Connection, target: str) -> None:
    _hold(connection)
    _alembic().upgrade(_config(connection), target)


def downgrade_connection(connection: Connection, target: str) -> None:
    if goes_back(connection, target):
        _hold(connection)
        back.leave(connection, revision(connection), target)
        _alembic().downgrade(_config(connection), target)


def _hold(connection: Connection) -> None:
    """Lock all tables before one is changed, in one order, so that nobody meets half of the change.

    PostgreSQL would take each lock when it comes to it, and wait in the middle for as long as it takes, with
    everybody behind it. Raises TablesBusyError.
    """
    if connection.dialect.name != "postgresql" or not (
        tables := sorted(inspect(connection).get_table_names())
    ):
        return
    try:
        connection.execute(text(f"set local lock_timeout = '{PATIENCE}'"))
        connection.execute(text(f"lock table {', '.join(tables)} in access exclusive mode"))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in IN_USE:
            raise
        raise TablesBusyError(
            f"the tables are in use, and were not free within {PATIENCE}: nothing was changed. Stop every "
            "`sanad run` on this database, and whatever else reads it for long, and try again"
        ) from error


def stamp(connection: Connection) -> None:
    """Say that the tables are as the newest revision makes them."""
    _alembic().stamp(_config(connection), head())


def write_revision(connection: Connection, number: str, about: str) -> Path:
    """Write a migration from what the database has to what the schema has; tells where."""
    script = _alembic().revision(_config(connection), about, autogenerate=True, rev_id=number)
    return Path(script.path)


async def upgrade(url: URL, target: str | None = None) -> None:
    """Bring the database to `target`, or to the newest revision; all tables are locked meanwhile."""
    await on(url, lambda connection: upgrade_connection(connection, target or head()))


async def may_go_back(url: URL, target: str) -> bool:
    """Whether a downgrade would take anything back. Raises what it would raise before it changes anything."""
    with _alone(url):
        return await on(url, lambda connection: goes_back(connection, target))


async def downgrade(url: URL, target: str) -> None:
    """Take the database back to an earlier revision; `base` is before the first.

    Raises AlreadyRunningError, NotBackError, NotBackYetError, SchemaAheadError, TablesBusyError.
    """
    with _alone(url):
        await on(url, lambda connection: downgrade_connection(connection, target))


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """No desk runs on the SQLite file, and none can begin to. Raises AlreadyRunningError."""
    if url.get_backend_name() != "sqlite":
        yield
        return
    path = Path(url.database or "")
    connect.require_there(path)
    connect.require_writable(path)
    lock = FileLock(path)
    try:
        yield
    finally:
        lock.release()


async def current(url: URL) -> str | None:
    """The revision that the database is at; None before the first."""
    return await on(url, revision)


async def on(url: URL, work: Callable[[Connection], T]) -> T:
    """Do something to a database whose tables may be of any revision; committed if it does not raise."""
    if url.get_backend_name() == "sqlite":
        return await asyncio.to_thread(_on_file, Path(url.database or ""), work)
    engine = connect.postgres(url, connections=1)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _on_file(path: Path, work: Callable[[Connection], T]) -> T:
    connect.require_writable(path)
    with connect.sqlite_writing(path, foreign_keys=False).begin() as connection:
        return work(connection)


def _alembic() -> Any:
    from alembic import command  # noqa: PLC0415 - a sixth of a second that only migrations need

    return command


def _config(connection: Connection) -> Any:
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
