"""Sends immediate answers in the background: once, soon, or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot import faults
from bot.core.heard import Incoming
from bot.core.now import Now

log = structlog.get_logger()

SendNow = Callable[[Incoming, Sequence[Now]], Awaitable[None]]

ABREAST = 32
MOST = 1024
"""Answers that wait to be sent; what comes on top is dropped, since it would come too late anyway."""
WITHIN = 15.0
LAST = 2.0
"""Seconds that answers under way get when the program stops."""


class Courier:
    """Holds on to its tasks, so that none is lost on the way, and waits for them at the end."""

    def __init__(self, send: SendNow) -> None:
        self._send = send
        self._free = asyncio.Semaphore(ABREAST)
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, incoming: Incoming, nows: Sequence[Now]) -> None:
        if len(self._tasks) >= MOST:
            log.warning("now.dropped", channel=incoming.channel)
        elif nows:
            task = asyncio.create_task(self._carry(incoming, nows))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, incoming: Incoming, nows: Sequence[Now]) -> None:
        try:
            async with asyncio.timeout(WITHIN), self._free:
                await self._send(incoming, nows)
        except Exception as error:  # noqa: BLE001 - whatever it was, the answer is worth nothing later
            log.warning("now.failed", channel=incoming.channel, trace=faults.trace(error))

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    async def idle(self) -> None:
        """Return when all that was taken was sent, or has failed."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Let what is under way arrive, if it does so soon."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=LAST)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
