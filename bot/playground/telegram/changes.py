"""A number that rises with everything that happens, and a way to wait for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress


class Changes:
    """`revision` rises whenever anything that can be seen has changed."""

    def __init__(self) -> None:
        self.revision = 0
        self._next = asyncio.Event()

    def touch(self) -> None:
        self.revision += 1
        self._next.set()
        self._next = asyncio.Event()

    async def changed(self, since: int, timeout: float | None = None) -> int:  # noqa: ASYNC109 - part of its API
        """Wait until the revision is beyond `since`, at most `timeout` seconds; returns the revision."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while self.revision <= since:
                    await self._next.wait()
        return self.revision

    async def until(self, holds: Callable[[], object], timeout: float) -> bool:  # noqa: ASYNC109 - the same
        """Wait until `holds()`, asked again after every change; False after `timeout` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not holds():
                    await self._next.wait()
        return bool(holds())
