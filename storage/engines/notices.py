"""PostgreSQL's NOTIFY: what one process wrote rings the bells of the others."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.hints import Hints

NAME = "sanad"
GATHER = 0.02
"""Seconds in which rings are gathered: NOTIFY inside each unit would make all their commits stand in line."""
AGAIN = 5.0
"""Seconds between attempts to listen."""


class Notices:
    """Listens and notifies on a connection of its own. What it loses, a look each second finds."""

    def __init__(self, engine: AsyncEngine, hints: Hints) -> None:
        self._engine = engine
        self._hints = hints
        self._topics: set[str] = set()
        self._wake = asyncio.Event()
        self._closing = asyncio.Event()
        self._task = asyncio.create_task(self._listen_again_and_again())

    def pass_on(self, topics: Iterable[str]) -> None:
        self._topics.update(topics)
        self._wake.set()

    async def close(self) -> None:
        self._closing.set()  # what a cancelled statement leaves behind may hide that it was cancelled
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _listen_again_and_again(self) -> None:
        while not self._closing.is_set():
            try:
                await self._listen()
            except (SQLAlchemyError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), AGAIN)

    async def _listen(self) -> None:
        async with self._engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            if raw is None:
                return
            await raw.add_listener(NAME, self._heard)
            raw.add_termination_listener(lambda _connection: self._wake.set())  # to find out that it is gone
            try:
                while True:
                    await self._wake.wait()
                    await asyncio.sleep(GATHER)
                    await raw.execute("select pg_notify($1, $2)", NAME, self._gathered())
            finally:
                await raw.remove_listener(NAME, self._heard)

    def _gathered(self) -> str:
        topics = " ".join(sorted(self._topics))
        self._topics.clear()
        self._wake.clear()
        return topics

    def _heard(self, connection: Any, sender: int, _channel: str, topics: str) -> None:
        if sender != connection.get_server_pid():
            self._hints.ring(topics.split())
