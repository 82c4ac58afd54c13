"""PostgreSQL: one unit per transaction, any number of processes."""

import asyncio
import random
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import greenlet_spawn

from storage import migrate
from storage.crypto import Keyring
from storage.dialects import rolled_back
from storage.engines import Unit, connect
from storage.engines.notices import Notices
from storage.errors import AwayError, CannotOpenError, ClosedError
from storage.hints import Hints
from storage.keys import Safe, open_safe
from storage.tx import Tx

T = TypeVar("T")

CONNECTIONS = 20
TRIES = 8
CUT_OFF = 2
"""So many connections may be found cut off before a unit is told: one that lay idle, one of the pool's."""
WRITE, READ = "BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresEngine:
    """A pool of connections. What the database undoes for another's sake is tried again."""

    exclusive = False

    def __init__(self, engine: AsyncEngine, safe: Safe) -> None:
        self.hints = Hints()
        self._engine = engine
        self._idle: list[Connection] = []
        self._safe = safe
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._running: set[asyncio.Task[object]] = set()
        self._closed = False
        self._notices = Notices(engine, self.hints)

    @classmethod
    async def open(cls, url: URL, keyring: Keyring) -> Self:
        engine = connect.postgres(url, CONNECTIONS + 1)  # one listens

        def prepare(connection: Connection) -> Safe:
            migrate.require_current(connection)
            return open_safe(connection, keyring)

        try:
            async with engine.begin() as connection:
                safe = await connection.run_sync(prepare)
        except (SQLAlchemyError, OSError) as error:
            await engine.dispose()
            raise CannotOpenError(
                f"cannot open {url.render_as_string(hide_password=True)}: {type(error).__name__}; "
                "is DATABASE_URL right, and the server up?"
            ) from error
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine, safe)

    async def do(self, unit: Unit[T]) -> T:
        return await self._undisturbed(self._again_and_again(WRITE, unit))

    async def read(self, unit: Unit[T]) -> T:
        return await self._undisturbed(self._again_and_again(READ, unit))

    async def _undisturbed(self, work: Coroutine[None, None, T]) -> T:
        """In a task of its own: a caller that is cancelled must not leave a commit in doubt."""
        if self._closed:
            work.close()
            raise ClosedError("the store is closed")
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    def _forget(self, task: asyncio.Task[T]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # its caller may be gone: then nobody else looks

    async def _again_and_again(self, begin: str, unit: Unit[T]) -> T:
        for tried in range(1, TRIES):
            try:
                return await self._once(begin, unit)
            except DBAPIError as error:
                if not rolled_back(error):
                    raise
            await asyncio.sleep(random.uniform(0, 0.02 * 2**tried))  # noqa: S311 - spreads retries, guards nothing
        return await self._once(begin, unit)

    async def _once(self, begin: str, unit: Unit[T]) -> T:
        def run() -> tuple[Tx, T]:
            with self._transaction(begin) as connection:
                tx = Tx(connection, self._safe)
                return tx, unit(tx)

        async with self._free:
            tx, result = await greenlet_spawn(run)
        self._committed(tx)
        return result

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        connection = self._begun(begin)
        try:
            yield connection
            connection.commit()
        except BaseException:
            if connection.invalidated:  # then what lies idle has been cut off, too
                self._let_go()
            connection.close()
            raise
        self._idle.append(connection)

    def _begun(self, begin: str, more: int = CUT_OFF) -> Connection:
        """A connection that lies idle, or another: SQLAlchemy's pool takes longer than many a unit.

        Whether one was cut off meanwhile shows when it begins: nothing is lost yet, so the next one is tried.
        """
        connection = self._idle.pop() if self._idle else self._connected()
        try:
            connection.info[connect.BEGINNING] = begin
            connection.begin()
        except BaseException as error:
            connection.close()
            self._let_go()
            if more and isinstance(error, DBAPIError) and error.connection_invalidated:
                return self._begun(begin, more - 1)
            raise
        return connection

    def _connected(self) -> Connection:
        try:
            return self._engine.sync_engine.connect()
        except OSError as error:  # no socket, no name, nobody there: each is told by an error of another kind
            raise AwayError(f"PostgreSQL cannot be reached: {type(error).__name__}") from error

    def _let_go(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _committed(self, tx: Tx) -> None:
        tx.committed()
        if tx.rings:
            self.hints.ring(tx.rings)
            self._notices.pass_on(tx.rings)

    async def close(self) -> None:
        self._closed = True
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._notices.close()
        await greenlet_spawn(self._let_go)
        await self._engine.dispose()
