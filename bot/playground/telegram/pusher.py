"""Deliveries to a webhook: in order per chat, presses in a lane of their own, again until they are taken."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.playground.telegram.faults import Faults
from bot.playground.telegram.updates import Updates, Waiting

Json = dict[str, Any]

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_TIMEOUT = aiohttp.ClientTimeout(total=30)
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 5.0


@dataclass(slots=True)
class Hook:
    """What `setWebhook` said, and what became of it."""

    url: str
    secret: str = ""
    connections: int = 40
    last_error: str = ""
    last_error_at: int = 0
    statuses: list[int] = field(default_factory=list)


class Pusher:
    """Pushes the queue to the webhook while one is set."""

    def __init__(self, updates: Updates, faults: Faults) -> None:
        self.hook: Hook | None = None
        self._updates = updates
        self._faults = faults
        self._session: aiohttp.ClientSession | None = None
        self._main: asyncio.Task[None] | None = None
        self._lanes: dict[str, deque[Waiting]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._taken: set[int] = set()

    async def start(self, hook: Hook) -> None:
        await self.stop()
        self.hook = hook
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        self._main = asyncio.create_task(self._run(asyncio.Semaphore(hook.connections)))

    async def stop(self) -> None:
        self.hook = None
        tasks = [*self._workers, *([self._main] if self._main else [])]
        self._main = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        self._taken.clear()
        if self._session:
            await self._session.close()
            self._session = None

    async def _run(self, room: asyncio.Semaphore) -> None:
        while True:
            self._updates.arrived.clear()
            for waiting in self._updates.waiting():
                if id(waiting) not in self._taken:
                    self._assign(waiting, room)
            await self._updates.arrived.wait()

    def _assign(self, waiting: Waiting, room: asyncio.Semaphore) -> None:
        self._taken.add(id(waiting))
        lane = _lane(waiting.update)
        if lane in self._lanes:
            self._lanes[lane].append(waiting)
            return
        self._lanes[lane] = deque([waiting])
        worker = asyncio.create_task(self._work(lane, room))
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work(self, lane: str, room: asyncio.Semaphore) -> None:
        queue = self._lanes[lane]
        while queue:
            waiting = queue.popleft()
            await self._bring(waiting, room)
            if self._faults.take_double():
                await self._bring(waiting, room)
            self._updates.done(waiting)
            self._taken.discard(id(waiting))
        del self._lanes[lane]

    async def _bring(self, waiting: Waiting, room: asyncio.Semaphore) -> None:
        delay = _FIRST_WAIT
        while self.hook:
            await self._faults.is_up.wait()
            async with room:
                if await self._push(self.hook, waiting.update):
                    return
            await asyncio.sleep(delay)
            delay = min(_LONGEST_WAIT, delay * 2)

    async def _push(self, hook: Hook, update: Json) -> bool:
        assert self._session
        headers = {HEADER: hook.secret} if hook.secret else {}
        try:
            async with self._session.post(hook.url, json=update, headers=headers) as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError):
            self._failed(hook, "Connection failed")
            return False
        hook.statuses.append(status)
        if status == HTTPStatus.GONE:  # the platform takes it for good
            self.hook = None
            return True
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            self._failed(hook, f"Wrong response from the webhook: {status}")
        return status < HTTPStatus.MULTIPLE_CHOICES

    def _failed(self, hook: Hook, words: str) -> None:
        hook.last_error, hook.last_error_at = words, int(time.time())
        self._updates.touch()


def _lane(update: Json) -> str:
    if query := update.get("callback_query"):
        return f"press:{query.get('from', {}).get('id')}"
    bodies = (body for body in update.values() if isinstance(body, dict))
    return next(
        (f"chat:{body['chat'].get('id')}" for body in bodies if isinstance(body.get("chat"), dict)), ""
    )
