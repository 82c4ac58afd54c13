"""The file worker: fetches what people sent, seals it on the disk, and clears away what was erased."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from bot import checkpoints, faults
from bot.channels import Channel, NotNowError, UnfetchableError
from bot.crew import Crew
from bot.draining import drained
from bot.room import Room, is_full
from storage import Store, Tx, awaited, fetching, files
from storage.files import Kept, Wanted
from storage.vault import Vault

log = structlog.get_logger()

TOO_LARGE, GONE = "too_large", "gone"


class FileDesk(Protocol):
    """What follows from a file, in the very transaction that records it."""

    def arrived(self, tx: Tx, file: Kept) -> None:
        """Its bytes are here."""

    def lost(self, tx: Tx, file: Kept) -> None:
        """Its bytes will never come."""

    def late(self, tx: Tx, file: Kept) -> None:
        """Words to a customer have waited for it for a while."""


@dataclass(frozen=True, slots=True)
class FileTerms:
    """How the worker goes about it; all spans are in seconds.

    A lease is renewed until its attempt ends. That of a process that died is over before an agent is told of
    a file that still does not come.
    """

    abreast: int = 4
    fetch_within: float = 240.0
    lease_for: float = 20.0
    renew_every: float = 5.0
    poll: float = 1.0
    first_pause: float = 1.0  # after an attempt that failed; then twice as long each time
    longest_pause: float = 300.0
    give_up_after: float = 24 * 3600.0
    tries: int = (
        10  # at least: a day on which nothing could be fetched, or nobody ran, is no reason to give up
    )
    told_after: float = 30.0  # an agent hears that their words still wait for their file
    held_up: float = 600.0  # and so long they wait at most
    last_chance: float = 30.0  # what an attempt has that begins when this is nearly over
    stop_within: float = 2.0
    part_kept: float = 3600.0  # what a process left half-written goes after this

    def pause(self, attempts: int) -> float:
        return min(self.longest_pause, self.first_pause * 2.0 ** min(attempts, 16))

    def again(self, wanted: Wanted, now: datetime, after: float) -> datetime | None:
        """When it is tried again after an attempt that failed; None: never."""
        end, next_one = self._until(wanted), now + timedelta(seconds=max(after, self.pause(wanted.attempts)))
        if now < end:
            return min(end, next_one)
        return next_one if wanted.bound == files.DESK and wanted.attempts + 1 < self.tries else None

    def within(self, wanted: Wanted, now: datetime) -> float:
        """How many seconds the attempt may take: words to a customer cannot wait for ever."""
        left = (self._until(wanted) - now).total_seconds()
        return (
            self.fetch_within
            if wanted.bound == files.DESK
            else min(self.fetch_within, max(left, self.last_chance))
        )

    def _until(self, wanted: Wanted) -> datetime:
        for_desk = wanted.bound == files.DESK
        return wanted.tried_since + timedelta(seconds=self.give_up_after if for_desk else self.held_up)


class FileWorker:
    """Fetches a few files side by side, each under a lease. `clock` tells machine time."""

    def __init__(
        self,
        store: Store,
        vault: Vault,
        channels: Mapping[str, Channel],
        desk: FileDesk,
        room: Room,
        *,
        clock: Callable[[], datetime],
        checkpoint: checkpoints.Checkpoint = checkpoints.nowhere,
        terms: FileTerms | None = None,
    ) -> None:
        self._store, self._vault, self._channels = store, vault, channels
        self._desk, self._room, self._clock = desk, room, clock
        self._checkpoint = checkpoint
        self._terms = terms or FileTerms()
        self._bell = store.hints.bell(files.BELL)
        self._crew = Crew(self._bell, self._terms.abreast, self._terms.stop_within)

    @property
    def running(self) -> bool:
        return self._crew.running

    @property
    def begun(self) -> int:
        return self._crew.begun

    async def start(self) -> None:
        """Begin with what an earlier run left."""
        if self._store.exclusive:
            await self._store.do(fetching.let_go)
        self._crew.start(self._run())

    async def stop(self) -> None:
        """Take nothing more; what is half fetched is fetched again by the next run."""
        await self._crew.stop()

    async def rest(self, *, turns: bool) -> bool:  # noqa: ARG002 - nobody paces it
        """Return when nothing is being fetched; tells whether anything was."""
        busy = self._crew.busy
        await self._crew.rest()
        return busy

    def waits(self, tx: Tx) -> bool:
        return files.waits(tx, self._clock()) or awaited.is_any_slow(tx, self._told_before())

    async def take_up(self) -> bool:
        return await self._fill() > 0

    async def drain(self) -> None:
        """For tests and the playground: return when nothing can be fetched now."""
        await drained(self._store, [self])

    async def sweep(self) -> None:
        """Take away what processes that died left half-written."""
        before = time.time() - self._terms.part_kept
        if swept := await asyncio.to_thread(self._vault.sweep, before):
            log.info("files.swept", parts=swept)

    async def _run(self) -> None:
        while not self._crew.stopping:
            if not await self._fill():
                await self._bell.wait(self._terms.poll)

    async def _fill(self) -> int:
        """Take what is due, as far as there is room; tells how much that was."""
        try:
            free = 0 if self._room.shut else self._crew.room
            doomed, wanted, told = await self._store.do(partial(self._take, limit=free))
            await self._clear_away(doomed)
        except Exception as error:  # noqa: BLE001 - the next look may find the database in better health
            faults.report("files.trouble", error)
            return 0
        for one in wanted:
            self._crew.begin(self._fetch(one))
        return len(wanted) + told

    def _take(self, tx: Tx, limit: int) -> tuple[list[UUID], list[Wanted], int]:
        lease_for = timedelta(seconds=self._terms.lease_for)
        told = (self._give_up(tx) if self._room.shut else 0) + self._tell_late(tx)
        doomed = files.doomed(tx, limit=100)
        wanted = files.take(tx, self._clock(), limit, lease_for) if limit > 0 else []
        return doomed, wanted, told

    def _give_up(self, tx: Tx) -> int:
        """While nothing is fetched, words to customers wait no longer than ever; tells for how many files."""
        now = self._clock()
        awaited.begin(tx, now)
        over = awaited.give_up(tx, now - timedelta(seconds=self._terms.held_up), now, awaited.NO_ROOM)
        for file in over:
            log.warning("files.lost", file=str(file.id), why=file.why)
            self._desk.lost(tx, file)
        return len(over)

    def _tell_late(self, tx: Tx) -> int:
        slow = awaited.slow(tx, self._told_before(), self._clock(), shut=self._room.shut)
        for file in slow:
            self._desk.late(tx, file)
        return len(slow)

    def _told_before(self) -> datetime:
        return self._clock() - timedelta(seconds=self._terms.told_after)

    async def _fetch(self, wanted: Wanted) -> None:
        alive = asyncio.create_task(self._stay(wanted))
        try:
            await self._bring(wanted)
        except UnfetchableError as error:
            await self._lose(wanted, TOO_LARGE if error.why == TOO_LARGE else GONE, error.why)
        except Exception as error:  # noqa: BLE001 - it is tried again, and given up in the end
            await self._try_later(wanted, error)
        finally:
            alive.cancel()
        self._bell.ring()  # the next one of its ticket may be fetched

    async def _stay(self, wanted: Wanted) -> None:
        """Renew the lease for as long as this process is at it."""
        while True:
            await asyncio.sleep(self._terms.renew_every)
            until = self._clock() + timedelta(seconds=self._terms.lease_for)
            renew = partial(fetching.renew, file=wanted.id, lease=wanted.lease, until=until)
            try:
                await self._store.do(renew)
            except Exception as trouble:  # noqa: BLE001 - the next time may go better
                faults.report("files.trouble", trouble)

    async def _bring(self, wanted: Wanted) -> None:
        size = 0
        with self._vault.write(wanted.id, wanted.cipher) as writer:
            async with (
                asyncio.timeout(self._terms.within(wanted, self._clock())),
                aclosing(self._channels[wanted.channel].fetch(wanted.about)) as pieces,  # type: ignore[type-var]  # a generator
            ):
                async for piece in pieces:
                    await asyncio.to_thread(writer.write, piece)
            size = writer.size
        self._checkpoint(checkpoints.FILE_BEFORE_COMMIT)
        if not await self._store.do(lambda tx: self._arrived(tx, wanted, size)):
            log.warning("files.lease_lost", file=str(wanted.id))

    def _arrived(self, tx: Tx, wanted: Wanted, size: int) -> bool:
        kept = files.arrived(tx, wanted, size)
        if kept:
            self._desk.arrived(tx, kept)
        else:
            files.came_late(tx, wanted.id)
        return kept is not None

    async def _try_later(self, wanted: Wanted, error: Exception) -> None:
        after = error.after if isinstance(error, NotNowError) else 0.0
        until = self._terms.again(wanted, self._clock(), after)
        if until is None:
            await self._lose(wanted, GONE, awaited.NO_ROOM if is_full(error) else files.UNREACHABLE)
            return
        log.warning("files.not_now", file=str(wanted.id), error=faults.name(error))
        try:
            await self._store.do(lambda tx: files.retry(tx, wanted, until))
        except Exception as trouble:  # noqa: BLE001 - it comes back when its lease is over
            faults.report("files.trouble", trouble)

    async def _lose(self, wanted: Wanted, state: str, why: str) -> None:
        def lose(tx: Tx) -> None:
            if kept := files.lost(tx, wanted, state, why):
                self._desk.lost(tx, kept)

        log.warning("files.lost", file=str(wanted.id), why=why)
        try:
            await self._store.do(lose)
        except Exception as trouble:  # noqa: BLE001 - it comes back when its lease is over
            faults.report("files.trouble", trouble)

    async def _clear_away(self, doomed: Sequence[UUID]) -> None:
        """The bytes of erased files leave the disk."""
        for file in doomed:
            await asyncio.to_thread(self._vault.remove, file)
        if doomed:
            await self._store.do(partial(files.removed, ids=doomed))
