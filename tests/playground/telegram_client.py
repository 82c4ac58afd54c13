"""A stock client of the Bot API: nothing but HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.playground.telegram import LocalTelegram


class Client:
    """Calls methods, and returns status and answer."""

    def __init__(self, local: LocalTelegram, session: aiohttp.ClientSession) -> None:
        self._local = local
        self._session = session

    async def call(self, method: str, **values: Any) -> tuple[int, dict[str, Any]]:
        url = f"{self._local.url}/bot{self._local.token}/{method}"
        async with self._session.post(url, json=values) as response:
            return response.status, await response.json()

    async def done(self, method: str, **values: Any) -> Any:
        status, answer = await self.call(method, **values)
        assert (status, answer["ok"]) == (200, True), answer
        return answer["result"]

    async def refused(self, method: str, **values: Any) -> str:
        status, answer = await self.call(method, **values)
        assert answer == {"ok": False, "error_code": status, "description": answer["description"]}
        return str(answer["description"])


@asynccontextmanager
async def local_and_client(**settings: Any) -> AsyncIterator[tuple[LocalTelegram, Client]]:
    async with LocalTelegram(**settings) as local, aiohttp.ClientSession() as session:
        yield local, Client(local, session)
