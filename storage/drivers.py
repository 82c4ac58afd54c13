"""Statements and commands as the two drivers run them, with nothing in between."""

from typing import Any, NamedTuple, NoReturn

from sqlalchemy import Connection
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.util import await_


class Outcome(NamedTuple):
    """What a statement found, as the driver tells it, and how many rows it has written."""

    found: Any
    written: int


def driven(connection: Connection, sql: str, values: Any = (), *, many: bool = False) -> Outcome:
    """Run a statement. Errors are told as SQLAlchemy tells them, without values."""
    run = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgres
    try:
        return run(connection.connection, sql, values, many=many)
    except Exception as error:  # noqa: BLE001 - it is raised again, as what it is
        _retell(connection, sql, error)


def command(connection: Connection, words: str) -> str:
    """Tell what finds nothing and takes no values, such as SAVEPOINT. Errors as of `driven`.

    PostgreSQL answers with the word for what it did: to a COMMIT of what had failed, with ROLLBACK.
    """
    lite = connection.dialect.name == "sqlite"
    try:
        driver: Any = connection.connection.driver_connection
        told = driver.execute(words)
        return "" if lite else str(_awaited(connection.connection, told))
    except Exception as error:  # noqa: BLE001 - it is raised again, as what it is
        _retell(connection, words, error)
    except BaseException:
        if not lite and not connection.invalidated:
            connection.invalidate()  # cancelled: nobody knows whether it was done
        raise


def is_open(connection: Connection) -> bool:
    """Whether the transaction is still there.

    A connection that was cut off has none, and SQLite undoes all of it for some errors, as on a full disk.
    """
    if connection.invalidated:
        return False
    driver: Any = connection.connection.driver_connection
    return connection.dialect.name != "sqlite" or bool(driver.in_transaction)


def _on_sqlite(pooled: PoolProxiedConnection, sql: str, values: Any, *, many: bool) -> Outcome:
    cursor = pooled.cursor()
    try:
        if many:
            cursor.executemany(sql, values)
            return Outcome([], cursor.rowcount)
        cursor.execute(sql, values)
        return Outcome(cursor.fetchall(), cursor.rowcount)
    finally:
        cursor.close()


def _on_postgres(pooled: PoolProxiedConnection, sql: str, values: Any, *, many: bool) -> Outcome:
    driver: Any = pooled.driver_connection
    if many:
        _awaited(pooled, driver.executemany(sql, values))
        return Outcome([], len(values))
    outcome: Outcome = _awaited(pooled, _prepared(driver, pooled.info, sql, values))
    return outcome


async def _prepared(driver: Any, known: dict[str, Any], sql: str, values: Any) -> Outcome:
    """`known` holds what this connection has prepared."""
    statement = known.get(sql)
    if statement is None:
        statement = known[sql] = await driver.prepare(sql)
    found = await statement.fetch(*values)
    rows = statement.get_statusmsg().rpartition(" ")[2]
    return Outcome(found, int(rows) if rows.isdigit() else -1)


def _awaited(pooled: PoolProxiedConnection, answer: Any) -> Any:
    try:
        return await_(answer)
    except Exception as error:  # noqa: BLE001 - it is raised again, in SQLAlchemy's words
        adapter: Any = pooled.dbapi_connection
        adapter._handle_exception(error)  # noqa: SLF001 - as for its own statements


def _retell(connection: Connection, sql: str, error: Exception) -> NoReturn:
    connection._handle_dbapi_exception(error, sql, (), None, None)  # noqa: SLF001 - as its own statements
