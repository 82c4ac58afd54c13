"""The delivery worker: sends what the outbox promises, in order in each lane, side by side across lanes."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from bot import checkpoints
from bot.channels import Channel, Read, no_bytes
from bot.draining import drained
from bot.errands import Errands, PostDesk, Terms
from bot.pacing import Pacer
from bot.pump import Pump
from bot.sending import Observe, Sender
from storage import Store
from storage.leases import let_go
from storage.outbox import bell


class DeliveryWorker:
    """One pump for each channel, so that a slow one keeps none of the others waiting.

    `clock` tells machine time; `desk_clock` desk time, which is the same unless a test or a demo moves it.
    `read` gives the bytes of files that go with a message.
    """

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        desk: PostDesk,
        *,
        clock: Callable[[], datetime],
        desk_clock: Callable[[], datetime] | None = None,
        checkpoint: checkpoints.Checkpoint = checkpoints.nowhere,
        terms: Terms | None = None,
        observe: Observe = lambda _channel, _outcome: None,
        read: Read = no_bytes,
    ) -> None:
        terms = terms or Terms()
        self._store = store
        errands = Errands(store, channels, desk, clock, desk_clock or clock, terms, read)
        sender = Sender(errands, Pacer(), checkpoint, observe)
        self.pumps = [Pump(name, errands, sender, store.hints.bell(bell(name)), terms) for name in channels]

    @property
    def running(self) -> bool:
        return all(pump.running for pump in self.pumps)

    async def start(self) -> None:
        """Begin with what an earlier run left. Where no other process can be at work, its leases are over."""
        if self._store.exclusive:
            await self._store.do(let_go)
        for pump in self.pumps:
            pump.start()

    async def stop(self) -> None:
        """Take nothing more, and finish what is under way."""
        await asyncio.gather(*(pump.stop() for pump in self.pumps))

    async def drain(self, *, turns: bool = True) -> None:
        """For tests and the playground: return when nothing can be sent now.

        It waits for turns of our own pacing (unless told not to, where the clock stands still), but not for
        retries, held scopes, or what is to be sent later.
        """
        await drained(self._store, self.pumps, turns=turns)
