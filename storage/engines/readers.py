"""SQLite's readers: each in a thread of its own, where a unit runs whole.

To go there and back for each statement takes many times as long as the statements of a desk do.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection as Driver
from typing import Any, Self, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection

from storage.engines import connect

T = TypeVar("T")

ABREAST = 4
"""So many may read at the same time; others wait for their turn."""


class Reader:
    """A connection of aiosqlite's that SQLAlchemy has opened in its thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._driver = aiosqlite.Connection(self._connect, iter_chunk_size=64)

    @classmethod
    async def open(cls, path: Path) -> Self:
        reader = cls(path)
        await reader._driver
        return reader

    def _connect(self) -> Driver:
        self._connection = connect.sqlite_reading(self._path).connect()
        return cast("Driver", self._connection.connection.driver_connection)

    async def run(self, work: Callable[[Connection], T]) -> T:
        return cast("T", await self._in_thread(self._transacted, work))

    def _transacted(self, work: Callable[[Connection], T]) -> T:
        with self._connection.begin():
            return work(self._connection)

    async def _in_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        # It has no public way to run more than one statement there.
        return await self._driver._execute(work, *given)  # type: ignore[no-untyped-call]  # noqa: SLF001 - see above

    async def close(self) -> None:
        await self._in_thread(self._connection.close)
        await self._driver.close()


class Readers:
    """As many readers as are needed at the same time, and no more than may be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turns = asyncio.Semaphore(ABREAST)
        self._idle: list[Reader] = []

    async def run(self, work: Callable[[Connection], T]) -> T:
        """What the work comes to, on one consistent view of what is committed."""
        async with self._turns:
            reader = self._idle.pop() if self._idle else await Reader.open(self._path)
            try:
                return await reader.run(work)
            finally:
                self._idle.append(reader)

    async def close(self) -> None:
        """Nobody reads any more."""
        while self._idle:
            await self._idle.pop().close()
