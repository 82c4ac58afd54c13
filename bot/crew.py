"""A crew: pieces of work that a worker takes up one after the other, and that are done side by side."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from storage import Bell

Work = Coroutine[Any, Any, None]


class Crew:
    """At most `abreast` pieces are under way; `bell` wakes whoever takes them up."""

    def __init__(self, bell: Bell, abreast: int, stop_within: float) -> None:
        self._bell, self._abreast, self._stop_within = bell, abreast, stop_within
        self._under_way: set[asyncio.Task[None]] = set()
        self._runner: asyncio.Task[None] | None = None
        self.begun = 0
        self.stopping = False

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    @property
    def room(self) -> int:
        """How many more pieces may begin."""
        return self._abreast - len(self._under_way)

    @property
    def running(self) -> bool:
        return self._runner is not None and not self._runner.done()

    def start(self, takes_up: Work) -> None:
        """`takes_up` begins pieces, until the crew is stopping."""
        self._runner = asyncio.create_task(takes_up)

    def begin(self, piece: Work) -> None:
        self.begun += 1
        task = asyncio.create_task(piece)
        self._under_way.add(task)
        task.add_done_callback(self._done)

    async def rest(self) -> None:
        """Return when what is under way now is done."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def stop(self) -> None:
        """Take nothing more; what is not done in time is left as if we had died."""
        self.stopping = True
        self._bell.ring()
        if self._runner:  # not cancelled: what is just being leased would wait for its lease to end
            await self._runner
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=self._stop_within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        if self.room <= 0:
            self._bell.ring()  # others may have waited for room
        self._under_way.discard(task)
