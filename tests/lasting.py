"""Connections to PostgreSQL that outlast the store that opened them.

To connect, and to let both sides learn each statement, takes longer than most tests need of a connection.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import connect

Connect = Callable[[URL, int], AsyncEngine]


class Lent(AsyncEngine):
    """An engine that goes back to its shelf, connections and all, when its store lets go of it."""

    def __init__(self, engine: AsyncEngine, shelf: "list[Lent]") -> None:
        super().__init__(engine.sync_engine)
        self._shelf = shelf

    async def dispose(self, close: bool = True) -> None:  # noqa: ARG002 - as its parent is asked
        self._shelf.append(self)

    async def ends(self) -> None:
        await super().dispose()


class Shelf:
    """Engines of one event loop, for whoever opens this database next."""

    def __init__(self, make: Connect, database: str | None) -> None:
        self._make, self._database = make, database
        self._loop = asyncio.get_running_loop()
        self._free: dict[int, list[Lent]] = defaultdict(list)

    def connect(self, url: URL, connections: int) -> AsyncEngine:
        if url.database != self._database or asyncio.get_running_loop() is not self._loop:
            return self._make(url, connections)
        free = self._free[connections]
        return free.pop() if free else Lent(self._make(url, connections), free)

    async def close(self) -> None:
        for engines in self._free.values():
            while engines:
                await engines.pop().ends()


@asynccontextmanager
async def connections(database: str | None) -> AsyncIterator[Shelf]:
    """What this event loop opens of a database from now on is kept, until the end."""
    make = connect.postgres
    shelf = Shelf(make, database)
    connect.postgres = shelf.connect
    try:
        yield shelf
    finally:
        connect.postgres = make
        await shelf.close()
