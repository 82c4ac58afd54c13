"""Queues that the desk file gives another channel: their tickets come there after a start."""

from dataclasses import dataclass

from bot.clocks import Clock
from handlers import channels
from handlers.unit import Office, Unit
from storage import Store, Tx


@dataclass(slots=True)
class Gathering:
    """Once in each process: two with different files would else take each other's tickets for ever."""

    done: bool = False

    async def go_on(self, store: Store, office: Office, clock: Clock) -> None:
        """Batch by batch, so that nobody waits long for it."""

        def batch(tx: Tx) -> bool:
            at = clock()
            return channels.gather(Unit(tx, office, at, at))

        while not self.done:
            self.done = not await store.do(batch)
