"""One channel's pump: keeps as many sends under way as may be, one of a lane at a time."""

import asyncio

from bot import faults
from bot.crew import Crew
from bot.errands import Errand, Errands, Terms
from bot.holding import Holds
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
        self._crew = Crew(bell, terms.abreast, terms.stop_within)
        self._holds = Holds(terms.renew_every, terms.lease_for)
        self._filling = asyncio.Lock()
        self._paced_until = 0.0

    @property
    def running(self) -> bool:
        return self._crew.running

    @property
    def begun(self) -> int:
        return self._crew.begun

    def start(self) -> None:
        self._crew.start(self._run())

    async def stop(self) -> None:
        """Take nothing more; the row of a send that is cut off comes back when its lease is over."""
        await self._crew.stop()

    async def rest(self, *, turns: bool) -> bool:
        """Return when nothing is being sent, and nothing waits for its turn; tells whether anything was."""
        if self._filling.locked():
            async with self._filling:
                pass
        elif self._crew.busy:
            await self._crew.rest()
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
        while not self._crew.stopping:
            room = self._crew.room
            if await self._fill() < room or not room:
                await self._bell.wait(self._terms.poll)

    async def _fill(self) -> int:
        """Take what is due, as far as there is room; tells how many rows that were."""
        async with self._filling:
            room = self._crew.room
            if room <= 0 and not self._holds.due(self._errands.clock()):
                return 0
            try:
                taken, errands = await self._errands.take(self._channel, room, self._holds)
            except Exception as error:  # noqa: BLE001 - the next look may find the database in better health
                faults.report("delivery.trouble", error, channel=self._channel)
                return 0
            for errand in errands:
                self._holds.keep(errand.row, errand.attempt, self._errands.clock())
                self._crew.begin(self._send(errand))
            return taken

    async def _send(self, errand: Errand) -> None:
        try:
            later = await self._sender.send(errand)
        except Exception as error:  # noqa: BLE001 - the row comes back when its lease is over
            faults.report("delivery.trouble", error, channel=self._channel, row=str(errand.row.id))
            later = Later()
        finally:
            self._holds.let_go(errand.row)
        if later:
            self._remind(later)

    def _remind(self, later: Later) -> None:
        loop = asyncio.get_running_loop()
        self._bell.ring()  # what else is in its lane may go
        if later.paced:
            self._paced_until = max(self._paced_until, loop.time() + later.seconds)
        if later.seconds < self._terms.poll:
            loop.call_later(later.seconds, self._bell.ring)
