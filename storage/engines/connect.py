"""How SQLAlchemy connects to either database; nothing that people wrote gets into its errors."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, NullPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState

from storage.dialects import has_forgotten
from storage.drivers import command
from storage.engines.statements import STATEMENTS
from storage.errors import CannotOpenError, SpoiledError

WRITING = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")
READING = ("query_only=ON", "busy_timeout=5000")

BEGINNING = "sanad_beginning"
"""Where a connection to PostgreSQL is told, in its `info`, by which words its next transaction begins."""

PREPARED = 512
"""Statements that a connection to PostgreSQL keeps prepared: more than the desk has."""

# The default escapes all but ASCII, so that a JSON path with other letters finds nothing on SQLite.
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

AS_ALL: dict[str, Any] = {
    "hide_parameters": True,
    "json_serializer": _dumps,
    "execution_options": {"compiled_cache": STATEMENTS},
}


def sqlite_writing(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Writers take the lock when they begin: to take it at the first write fails under any load.

    Foreign keys are off while migrations rebuild tables.
    """
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, **AS_ALL)
    _prepare(engine, "BEGIN IMMEDIATE", (*WRITING, f"foreign_keys={'ON' if foreign_keys else 'OFF'}"))
    return engine


def require_writable(path: Path) -> None:
    """Raises CannotOpenError where there is no SQLite file that could be written, or made."""
    with opening(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # SQLite gives its companions the mode of the file
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        with sqlite_writing(path).begin():
            pass


def require_there(path: Path) -> None:
    """Raises CannotOpenError where there is no such file; none is made."""
    if not path.exists():
        raise CannotOpenError(f"{path.absolute()} is not there; is DATABASE_URL right?")


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Whatever keeps the file from being opened is told with the setting that names it."""
    try:
        yield
    except (OSError, DBAPIError) as error:
        why = error.orig if isinstance(error, DBAPIError) else error.strerror
        raise CannotOpenError(
            f"cannot open {path.absolute()}: {why}; is DATABASE_URL right, and may this user write there?"
        ) from error


def sqlite_reading(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool, **AS_ALL)
    _prepare(engine, "BEGIN", READING)
    return engine


def postgres(url: URL, connections: int) -> AsyncEngine:
    # Last in, first out: a connection that is at work has its statements prepared, and few are ever opened.
    engine = create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",  # what a transaction is, we say ourselves
        pool_reset_on_return=None,
        pool_size=connections,
        max_overflow=0,
        pool_use_lifo=True,
        connect_args={"prepared_statement_cache_size": PREPARED},
        **AS_ALL,
    )
    _say_when_it_begins_and_ends(engine.sync_engine)
    _leave_what_has_forgotten(engine.sync_engine)
    return engine


def _leave_what_has_forgotten(engine: Engine) -> None:
    """A connection without the statements that were prepared on it serves no better than one cut off."""

    @event.listens_for(engine, "handle_error")
    def leave(context: ExceptionContext) -> None:
        if has_forgotten(context.original_exception):
            context.is_disconnect = True


def _say_when_it_begins_and_ends(engine: Engine) -> None:
    """SQLAlchemy's way through transactions of the driver's takes both sides longer."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        command(connection, connection.info.pop(BEGINNING, "BEGIN"))

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        if command(connection, "COMMIT") == "ROLLBACK":
            raise SpoiledError("a statement had failed, and the unit went on: nothing of it is kept")

    @event.listens_for(engine, "rollback")
    def undo(connection: Connection) -> None:
        if not connection.invalidated:
            command(connection, "ROLLBACK")

    @event.listens_for(engine, "reset")
    def leave_nothing_open(connection: Any, _record: object, state: PoolResetState) -> None:
        """Whoever was cancelled while it ended its transaction may have left it to the next."""
        if state.asyncio_safe and connection.driver_connection.is_in_transaction():
            connection.run_async(lambda driver: driver.execute("ROLLBACK"))


def _prepare(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own transactions lose updates
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        command(connection, begin)
