"""A tick: the database knows what is due, by desk time; whoever is awake does it, each thing once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from bot import faults
from bot.core.civil import civil, is_civil
from bot.core.mornings import morning, next_morning
from handlers.clock import digest, reminders, ticking
from handlers.customer.expiry import KEPT, expire
from handlers.unit import Office
from storage import Store, Tx, digests, dues, held, places
from storage import reminders as on_record

SIDE_BY_SIDE = 64
"""Tickets whose units are given to the store at once."""

TURNS = 5
"""How often a ticket is done with in one tick: others may make it due again, but not for ever."""


class StillDueError(Exception):
    """However often a ticket was done with, something was still due to it."""


@dataclass(slots=True)
class Tick:
    """One whole pass, at a moment of desk time `at` and of machine time `now`.

    What fails is put off, and keeps nobody else waiting.
    """

    store: Store
    office: Office
    at: datetime
    now: datetime

    async def run(self) -> None:
        await self._tickets()
        for queue in await self.store.read(on_record.queues):
            await self._try(partial(reminders.tell, office=self.office, queue=queue, at=self.at))
        await self._mornings()
        await self._drafts()

    async def _tickets(self) -> None:
        """Until nothing is due, or all that is left is in the hands of others."""
        seen: Counter[UUID] = Counter()
        ripe = partial(dues.ripe, at=self.at, now=self.now, limit=SIDE_BY_SIDE)
        while found := await self.store.read(ripe):
            done = await asyncio.gather(*(self._ticket(ticket_id, seen) for ticket_id in found))
            if not any(done):
                return

    async def _ticket(self, ticket_id: UUID, seen: Counter[UUID]) -> bool:
        """False while others are at it."""
        try:
            if seen[ticket_id] == TURNS:
                raise StillDueError  # noqa: TRY301 - put off as whatever else goes wrong
            due = partial(ticking.tick, office=self.office, ticket_id=ticket_id, at=self.at)
            if not await self.store.do(due):
                return False
            seen[ticket_id] += 1
        except Exception as error:  # noqa: BLE001 - one ticket's trouble is not the others'
            faults.report("tick.put_off", error, ticket=str(ticket_id))
            await self.store.do(partial(dues.put_off, ticket_id=ticket_id, at=self.at, now=self.now))
        return True

    async def _mornings(self) -> None:
        """Each queue is told how it stands, as long as the working day lasts."""
        hours = self.office.hours
        now = morning(self.at, hours.calendar, hours.zone)
        if now is None:
            return
        told = await self.store.read(partial(digests.begun, day=now.day))
        for queue in sorted(self.office.desk.queues.keys() - told):
            await self._try(partial(digest.tell, office=self.office, queue=queue, morning=now, at=self.at))

    async def _drafts(self) -> None:
        """What was never sent is forgotten, at an hour when its writer may be told."""
        if not is_civil(self.at, self.office.hours.zone):
            return
        untouched = partial(places.untouched, since=self.at - KEPT, limit=SIDE_BY_SIDE)
        while found := await self.store.read(untouched):
            units = [partial(expire, office=self.office, address_id=one, at=self.at) for one in found]
            if not any(await asyncio.gather(*map(self._try, units))):
                return

    async def _try(self, unit: Callable[[Tx], None]) -> bool:
        try:
            await self.store.do(unit)
        except Exception as error:  # noqa: BLE001 - the next tick may do better, and the rest goes on
            faults.report("tick.failed", error)
            return False
        return True


async def next_due(store: Store, office: Office, after: datetime) -> datetime | None:
    """The first moment after another when a tick will find something to do, or words are to be sent."""

    def look(tx: Tx) -> datetime | None:
        touched = places.first_touched(tx)
        expiry = civil(touched + KEPT, office.hours.zone) if touched else None
        coming = dues.coming(tx, after)
        opening = next_morning(after, office.hours.calendar, office.hours.zone)
        found = (coming.due_at if coming else None, held.held_until(tx, after), opening)
        return min((at for at in (*found, expiry) if at and at > after), default=None)

    return await store.read(look)
