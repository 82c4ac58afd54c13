"""SQLite: one writer thread that commits in groups, and readers of their own."""

import asyncio
from pathlib import Path
from typing import Self, TypeVar, cast

from sqlalchemy import Connection

from storage import migrate
from storage.crypto import Keyring
from storage.engines import Unit, connect
from storage.engines.filelock import FileLock
from storage.engines.readers import Readers
from storage.engines.writer import Writer
from storage.errors import ClosedError
from storage.hints import Hints
from storage.keys import Safe, open_safe
from storage.tx import Tx

T = TypeVar("T")


class SQLiteEngine:
    """One file, worked on by one process; other processes may help out."""

    def __init__(self, path: Path, safe: Safe, lock: FileLock | None) -> None:
        self.exclusive = lock is not None
        self.hints = Hints()
        self._safe = safe
        self._lock = lock
        self._writer = Writer(connect.sqlite_writing(path), safe, self._committed)
        self._readers = Readers(path)
        self._reading: set[asyncio.Task[object]] = set()
        self._closed = False

    @classmethod
    async def open(cls, path: Path, keyring: Keyring, *, exclusive: bool) -> Self:
        if not exclusive:
            connect.require_there(path)
        with connect.opening(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path) if exclusive else None
        try:
            safe = await asyncio.to_thread(_prepare, path, keyring, upgrade=exclusive)
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(path, safe, lock)

    async def do(self, unit: Unit[T]) -> T:
        return cast("T", await self._writer.take(unit))

    async def read(self, unit: Unit[T]) -> T:
        if self._closed:
            raise ClosedError("the store is closed")
        # A task of its own: a caller that is cancelled must not leave a connection half used.
        task = asyncio.ensure_future(self._read(unit))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)
        return await asyncio.shield(task)

    async def _read(self, unit: Unit[T]) -> T:
        def run(connection: Connection) -> T:
            tx = Tx(connection, self._safe)
            result = unit(tx)
            tx.committed()
            return result

        return await self._readers.run(run)

    def _committed(self, tx: Tx) -> None:
        tx.committed()
        self.hints.ring(tx.rings)

    async def close(self) -> None:
        self._closed = True
        await self._writer.close()
        await asyncio.gather(*self._reading, return_exceptions=True)
        await self._readers.close()
        if self._lock:
            self._lock.release()
            self._lock = None


def _prepare(path: Path, keyring: Keyring, *, upgrade: bool) -> Safe:
    connect.require_writable(path)
    if upgrade:
        migrate.upgrade_file(path)
    with connect.sqlite_writing(path).begin() as connection:
        migrate.require_current(connection)
        return open_safe(connection, keyring)
