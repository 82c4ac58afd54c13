"""What a process is at: its rows stay its own meanwhile, and what it has lost it breaks off."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.channels import Read, no_bytes
from storage import Tx, leases
from storage.errors import DamagedError, ErasedError
from storage.leases import Promised


class Attempt:
    """The call to a platform, while it lasts, and the bytes of files that are read for it.

    `unread` tells why they could not be: a platform sees only that the connection ended. `ours_until` tells
    for how long no other process takes the row.
    """

    def __init__(self, read: Read = no_bytes, ours_until: datetime | None = None) -> None:
        self.unread: Exception | None = None
        self.ours_until = ours_until
        self._read = read
        self._timer: asyncio.Timeout | None = None
        self._broken_off = False

    async def read(self, file: UUID) -> AsyncIterator[bytes]:
        try:
            async for piece in self._read(file):
                yield piece
        except (DamagedError, ErasedError) as error:
            self.unread = error
            raise

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Raises TimeoutError when the time is over, or when it is broken off, be it before it begins."""
        if self._broken_off:
            raise TimeoutError
        async with asyncio.timeout(seconds) as timer:
            self._timer = timer
            try:
                yield
            finally:
                self._timer = None

    def is_ours(self, now: datetime) -> bool:
        """Whether no other process can have taken the row, by its own lease."""
        return self.ours_until is None or now < self.ours_until

    def break_off(self) -> None:
        self._broken_off = True
        if self._timer:
            self._timer.reschedule(asyncio.get_running_loop().time())


@dataclass(slots=True)
class Hold:
    """A leased row, from when it is taken until its end is on record."""

    row: Promised
    attempt: Attempt
    renew_at: datetime


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a unit did about the leases that were to be renewed, for when it has committed."""

    until: datetime
    kept: list[Hold]
    lost: list[Hold]


class Holds:
    """What one channel has under way.

    Leases are renewed in the very unit that takes more rows, so that none of our own is ever taken for a dead
    process's, however long we were kept from it: by a database that was away, or by standing still ourselves.
    What ends soon costs nothing.
    """

    def __init__(self, renew_every: float, lease_for: float) -> None:
        self._every, self._lease_for = timedelta(seconds=renew_every), timedelta(seconds=lease_for)
        self._held: dict[tuple[UUID, UUID], Hold] = {}  # a row that was given back may be here again already

    def keep(self, row: Promised, attempt: Attempt, now: datetime) -> None:
        self._held[row.id, row.lease] = Hold(row, attempt, now + self._every)

    def let_go(self, row: Promised) -> None:
        self._held.pop((row.id, row.lease), None)

    def due(self, now: datetime) -> list[Hold]:
        return [hold for hold in self._held.values() if hold.renew_at <= now]

    def renew(self, tx: Tx, due: Sequence[Hold], now: datetime) -> Renewed:
        """Those that were due when the unit was asked for: it may run beside the loop, where they change."""
        renewed = Renewed(now + self._lease_for, [], [])
        for hold in due:
            kept = leases.renew(tx, hold.row, renewed.until)
            (renewed.kept if kept else renewed.lost).append(hold)
        return renewed

    def note(self, renewed: Renewed, now: datetime) -> None:
        """The unit has committed. What another process sends by now must not go out by us as well."""
        for hold in renewed.kept:
            hold.renew_at = now + self._every
            hold.attempt.ours_until = renewed.until
        for hold in renewed.lost:
            hold.attempt.break_off()
            self.let_go(hold.row)
