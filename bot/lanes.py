"""Lanes worked side by side: each by one task at a time, and not too many at once."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice


class Lanes:
    """`work` takes a lane as far as it goes, and does not raise."""

    def __init__(self, work: Callable[[str], Awaitable[None]], abreast: int) -> None:
        self._work = work
        self._abreast = abreast
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._waiting: dict[str, None] = {}
        self._stopped = False
        self.begun = 0

    @property
    def busy(self) -> bool:
        return bool(self._busy)

    def works(self, lane: str) -> bool:
        return lane in self._busy

    def offer(self, lane: str, *, at_once: bool = False) -> None:
        """Work the lane, once more if it is being worked; `at_once` for somebody who waits for the answer."""
        if at_once and lane not in self._busy:
            self._start(lane)
        else:
            self._waiting[lane] = None
            self._go_on()

    def _go_on(self) -> None:
        free = (lane for lane in self._waiting if lane not in self._busy)
        for lane in list(islice(free, max(0, self._abreast - len(self._busy)))):
            self._start(lane)

    def _start(self, lane: str) -> None:
        self._waiting.pop(lane, None)
        if not self._stopped:
            self.begun += 1
            task = self._busy[lane] = asyncio.create_task(self._run(lane))
            task.add_done_callback(lambda _task: self._finished(lane))

    async def _run(self, lane: str) -> None:
        await self._work(lane)

    def _finished(self, lane: str) -> None:
        del self._busy[lane]
        self._go_on()

    async def idle(self) -> None:
        """Return when no lane is worked or waits to be."""
        while self._busy:
            await asyncio.wait(self._busy.values())
            await asyncio.sleep(0)  # their callbacks start what waited

    async def stop(self) -> None:
        """Start no lane any more, and wait for those that are being worked."""
        self._stopped = True
        await self.idle()
