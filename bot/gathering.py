"""Queues that the desk file gives another channel: after a start their people and tickets come there."""

from dataclasses import dataclass

from bot.clocks import Clock
from handlers import channels
from handlers.unit import Office, Unit
from storage import Store, Tx


@dataclass(slots=True)
class Gathering:
    """Once in each process: two with different files would else take each other's tickets for ever."""

    begun: bool = False
    done: bool = False

    async def begin(self, store: Store, office: Office, clock: Clock) -> None:
        """Before Slack is asked about the channels: one that it tells nothing of has its people by then."""

        def inherit(tx: Tx) -> None:
            at = clock()
            channels.inherit(Unit(tx, office, at, at))

        if not self.begun:
            await store.do(inherit)
            self.begun = True

    async def go_on(self, store: Store, office: Office, clock: Clock) -> None:
        """Batch by batch, so that nobody waits long for it."""

        def batch(tx: Tx) -> bool:
            at = clock()
            return channels.gather(Unit(tx, office, at, at))

        while not self.done:
            self.done = not await store.do(batch)
