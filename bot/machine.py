"""The desk while it runs: its parts, what is asked of it from outside, and how well it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot import calendars, web
from bot.channels import Channel
from bot.clocks import Clock, utc_now
from bot.delivery import DeliveryWorker
from bot.draining import Worker, drained
from bot.files import FileWorker
from bot.gathering import Gathering
from bot.inbox import InboxWorker
from bot.metrics import Metrics
from bot.readback import Readback
from bot.replanning import Replanning
from bot.room import NoRoomError, Room
from bot.ticks import Tick, next_due
from handlers.unit import Office
from storage import Store, backlog, inbox


@dataclass(frozen=True, slots=True)
class App:
    """A desk that runs: what tests and health checks may look at."""

    office: Office
    store: Store
    inbox: InboxWorker
    files: FileWorker
    delivery: DeliveryWorker
    channels: Mapping[str, Channel]
    room: Room
    metrics: Metrics
    readback: Readback
    clock: Clock
    replanning: Replanning = field(default_factory=Replanning)
    gathering: Gathering = field(default_factory=Gathering)

    async def tick(self) -> None:
        """Do all that is due now, by desk time; but first what agents did in an absence is heard."""
        if await self.readback.time_stands():
            return
        await calendars.keep_up(self.store, self.office, self.clock())
        await self.replanning.go_on(self.store, self.office, self.clock())
        await Tick(self.store, self.office, self.clock(), utc_now()).run()

    async def next_due(self) -> datetime | None:
        """When time has something to do after this moment, by desk time."""
        return await next_due(self.store, self.office, self.clock())

    async def numbers(self) -> bytes:
        """What is counted and measured, as Prometheus reads it."""
        at = self.clock()
        waiting = await self.store.read(lambda tx: backlog.measure(tx, at))
        return self.metrics.page(waiting, self.room, utc_now(), at)

    async def drain(self) -> None:
        """Return when all that was heard is handled and all that can be delivered now is delivered."""
        workers: list[Worker] = [self.inbox, self.files, *self.delivery.pumps]
        await drained(self.store, workers)
        while any([await channel.answered() for channel in self.channels.values()]):
            await drained(self.store, workers)

    def checks(self) -> dict[str, web.Check]:
        """What has to be well for the desk to be ready."""
        return {"database": self._database_answers, "workers": self._workers_run, "room": self._has_room}

    async def _database_answers(self) -> None:
        await self.store.read(inbox.parked)

    async def _workers_run(self) -> None:
        if not (self.inbox.running and self.files.running and self.delivery.running):
            raise web.NotReadyError("a worker has stopped")

    async def _has_room(self) -> None:
        try:
            self.room.require()
        except NoRoomError as none:
            raise web.NotReadyError(f"intake waits for disk space: {none}") from None

    async def look_around(self) -> None:
        """See whether there is still room on the disk."""
        self.room.look()
