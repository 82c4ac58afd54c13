"""Where the two databases speak differently."""

from sqlalchemy import Column, ColumnElement, Insert, Table, literal_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import DBAPIError

UNAVAILABLE = ("08", "25006", "40", "53", "55", "57")
"""SQLSTATEs that pass: connection, read-only, rollback, resources, locks, operator."""

FORGOTTEN = "26000"
"""The SQLSTATE of a prepared statement that does not exist: after DEALLOCATE ALL or DISCARD ALL."""

OUTDATED = AsyncAdapt_asyncpg_dbapi.InvalidCachedStatementError
"""What is told of a statement that was prepared for a table as it was."""

BUSY = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_READONLY",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_NOMEM",
    "SQLITE_CANTOPEN",
)
"""SQLite's words for what passes: somebody else's lock, a file that cannot be written, a full disk."""


def upsert(table: Table) -> postgresql.Insert:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`, for either database."""
    return postgresql.insert(table)


def is_exactly(column: Column[str], word: str) -> ColumnElement[bool]:
    """`column = 'word'`, written out: a partial index is used only where its condition can be read.

    `word` is one of ours, never anybody's input.
    """
    return column == literal_column(f"'{word}'")


def ignoring_duplicates(statement: Insert) -> Insert:
    """The insert (before it was given values), doing nothing for a row that is there already."""
    return postgresql.insert(statement.table).on_conflict_do_nothing()


def passing(error: BaseException) -> bool:
    """Whether the database could not serve just now: nothing is wrong with what was asked of it."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, ConnectionError)
    state = _state(error.orig)
    name = getattr(error.orig, "sqlite_errorname", None) or ""
    return error.connection_invalidated or state.startswith(UNAVAILABLE) or name.startswith(BUSY)


def rolled_back(error: BaseException) -> bool:
    """Whether it is not for what the unit asked that the database undid it: it may be run again at once.

    It did so for another's sake (deadlock, serialization), or what was prepared is no more.
    """
    if not isinstance(error, DBAPIError):
        return False
    return _state(error.orig).startswith("40") or has_forgotten(error.orig)


def has_forgotten(error: BaseException | None) -> bool:
    """Whether a statement that was prepared on this connection to PostgreSQL is no more, as others may be.

    It was discarded, or its tables have changed since.
    """
    return _state(error) == FORGOTTEN or isinstance(error, OUTDATED)


def _state(error: BaseException | None) -> str:
    return getattr(error, "sqlstate", None) or ""
