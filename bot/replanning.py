"""A changed desk file reaches the tickets that live: in the first ticks after a start, batch by batch."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot import faults
from handlers.clock.replan import replan
from handlers.unit import Office
from storage import Store

BATCHES = 20
"""In one tick, so that what is due never waits long."""


@dataclass(slots=True)
class Replanning:
    """Once in each process: two with different files would else undo each other's plans for ever."""

    done: bool = False

    async def go_on(self, store: Store, office: Office, now: datetime) -> None:
        """What goes wrong is told in the log, and tried again in the next tick."""
        try:
            for _batch in range(0 if self.done else BATCHES):
                if not await store.do(partial(replan, office=office, now=now)):
                    self.done = True
                    return
        except Exception as error:  # noqa: BLE001 - time goes on, by what was planned before
            faults.report("replanning.failed", error)
