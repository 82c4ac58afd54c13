"""One channel's pump: keeps as many sends under way as may be, one of a lane at a time."""

import asyncio

from bot import faults
from bot.errands import Errand, Errands, Terms
from bot.sending import Later, Sender
from storage import Bell, Tx


class Pump:
    """Takes what is due when the bell rings, when a send has ended, and each second at the latest."""

    def __init__(self, channel: str, errands: Errands, sender: Sender, bell: Bell, terms: Terms) -> None:
        self._channel = channel
        self._errands = errands
        self._sender = sender
        self._bell = bell
        self._terms = terms
        self._sends: set[asyncio.Task[None]] = set()
        self.begun = 0
        self._filling = asyncio.Lock()
        self._paced_until = 0.0
        self._runner: asyncio.Task[None] | None = None
        self._stopping = False

    @property
    def running(self) -> bool:
        return self._runner is not None and not self._runner.done()

    def start(self) -> None:
        self._runner = asyncio.create_task(self._run())

    async def stop(self) -> None:
        # Not cancelled: rows that are just being leased would wait for their leases to end.
        self._stopping = True
        self._bell.ring()
        if self._runner:
            await self._runner
        if self._sends:
            _, late = await asyncio.wait(self._sends, timeout=self._terms.stop_within)
            for send in late:  # its row comes back when its lease is over, as if we had died
                send.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def rest(self, *, turns: bool) -> bool:
        """Return when nothing is being sent, and nothing waits for its turn; tells whether anything was."""
        if self._filling.locked():
            async with self._filling:
                pass
        elif self._sends:
            await asyncio.wait(self._sends)
        elif turns and self._paced_for():
            await asyncio.sleep(min(self._paced_for(), 0.05))
        else:
            return False
        return True

    def waits(self, tx: Tx) -> bool:
        return self._errands.waits(tx, self._channel)

    async def take_up(self) -> bool:
        return await self._fill() > 0

    def _paced_for(self) -> float:
        return max(0.0, self._paced_until - asyncio.get_running_loop().time())

    async def _run(self) -> None:
        while not self._stopping:
            room = self._room()
            if await self._fill() < room or not room:
                await self._bell.wait(self._terms.poll)

    def _room(self) -> int:
        return self._terms.abreast - len(self._sends)

    async def _fill(self) -> int:
        """Take what is due, as far as there is room; tells how many rows that were."""
        async with self._filling:
            room = self._room()
            if room <= 0:
                return 0
            try:
                taken, errands = await self._errands.take(self._channel, room)
            except Exception as error:  # noqa: BLE001 - the next look may find the database in better health
                faults.report("delivery.trouble", error, channel=self._channel)
                return 0
            for errand in errands:
                self._start(errand)
            return taken

    def _start(self, errand: Errand) -> None:
        self.begun += 1
        task = asyncio.create_task(self._send(errand))
        self._sends.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self._room() <= 0:
            self._bell.ring()  # others may have waited for room
        self._sends.discard(task)

    async def _send(self, errand: Errand) -> None:
        try:
            later = await self._sender.send(errand)
        except Exception as error:  # noqa: BLE001 - the row comes back when its lease is over
            faults.report("delivery.trouble", error, channel=self._channel, row=str(errand.row.id))
            later = Later()
        if later:
            self._remind(later)

    def _remind(self, later: Later) -> None:
        loop = asyncio.get_running_loop()
        self._bell.ring()  # what else is in its lane may go
        if later.paced:
            self._paced_until = max(self._paced_until, loop.time() + later.seconds)
        if later.seconds < self._terms.poll:
            loop.call_later(later.seconds, self._bell.ring)
