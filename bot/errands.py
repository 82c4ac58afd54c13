"""Errands: rows of the outbox on their way, and how the store learns what became of them."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog

from bot import faults
from bot.channels import Channel, Failed, Parcel, Read, Retry, Sent, no_bytes
from bot.core.enclosures import Bundle
from bot.core.words import Say
from bot.holding import Attempt, Hold, Holds, Renewed
from storage import Store, Tx, aside, leases, outbox
from storage.aside import AsideError
from storage.columns import made_at
from storage.dialects import passing
from storage.engines import Unit
from storage.leases import Addressed, NotYetError, Promised, Result

log = structlog.get_logger()


class PostDesk(Protocol):
    """What the desk knows about its post."""

    def address(self, tx: Tx, row: Promised) -> Addressed | None:
        """Where the row goes and what: what it shows is drawn now. None: it is not wanted any more.

        Raises NotYetError.
        """

    def settled(self, tx: Tx, row: Promised, result: Result, chat: str) -> None:
        """The row has ended, in this very transaction: what follows from it is to be recorded.

        `chat` is where it was sent; empty for a row that was never sent.
        """


@dataclass(frozen=True, slots=True)
class Terms:
    """How the worker goes about it; all spans are in seconds.

    A lease is renewed for as long as its row is under way. It is longer than that alone would need: a process
    that gets nothing done for a while must not lose what it sends to another.
    """

    abreast: int = 96  # sends of one channel under way; an API may take its time
    send_within: float = 20.0
    slowest: float = 256 * 1024.0  # bytes in a second that files may need besides
    lease_for: float = 30.0
    renew_every: float = 5.0
    poll: float = 1.0
    patience: float = 0.25  # a turn that comes sooner is waited for on the spot
    not_yet: float = 5.0  # what waits for something else is woken by it, or looks again after this
    first_pause: float = 1.0  # after an attempt that settled nothing; then twice as long each time
    longest_pause: float = 300.0
    give_up_after: float = 3 * 24 * 3600.0
    stop_within: float = 3.5  # what is under way when we are told to stop
    broken_after: int = 10  # attempts that fail by a mistake of ours, or for a file that cannot be read

    def pause(self, attempts: int) -> float:
        """Seconds before the next attempt: not for all rows the same moment."""
        longest = min(self.longest_pause, self.first_pause * 2.0 ** min(attempts, 16))
        return longest * random.uniform(0.75, 1.0)  # noqa: S311 - spreads retries, guards nothing


class LeaseLostError(Exception):
    """Another process has the row by now."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A leased row with its parcel, or with the result that it has without one."""

    row: Promised
    parcel: Parcel | None
    result: Result | None = None
    within: float = 0.0
    """How many seconds the attempt may take."""
    attempt: Attempt = field(default_factory=Attempt)


class Errands:
    """Leases rows, and settles them or puts them off."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        desk: PostDesk,
        clock: Callable[[], datetime],
        desk_clock: Callable[[], datetime],
        terms: Terms,
        read: Read = no_bytes,
    ) -> None:
        self.channels = channels
        self.clock = clock
        self.terms = terms
        self._store = store
        self._desk = desk
        self._desk_clock = desk_clock
        self._read = read

    def waits(self, tx: Tx, channel: str) -> bool:
        """Whether there is anything that could be taken now."""
        return leases.waits(tx, channel, at=self._desk_clock(), now=self.clock())

    async def take(self, channel: str, limit: int, holds: Holds) -> tuple[int, list[Errand]]:
        """How many rows were taken, and those of them that are to be sent; what is under way is kept."""
        due = holds.due(self.clock())
        renewed, rows, errands = await self._store.do(lambda tx: self._take(tx, channel, limit, holds, due))
        holds.note(renewed, self.clock())
        return rows, errands

    def _take(
        self, tx: Tx, channel: str, limit: int, holds: Holds, due: Sequence[Hold]
    ) -> tuple[Renewed, int, list[Errand]]:
        now, lease_for = self.clock(), timedelta(seconds=self.terms.lease_for)
        renewed = holds.renew(tx, due, now)
        if limit <= 0:
            return renewed, 0, []
        rows = leases.take_due(tx, channel, at=self._desk_clock(), now=now, limit=limit, lease_for=lease_for)
        errands = [self._errand(tx, row) for row in rows]
        return renewed, len(rows), [errand for errand in errands if errand]

    def _errand(self, tx: Tx, row: Promised) -> Errand | None:
        if result := self._known(row):
            return Errand(row, None, result)
        try:
            with tx.behind_savepoint():
                addressed = self._desk.address(tx, row)
        except NotYetError as error:
            wait = aside.step if isinstance(error, AsideError) else leases.put_off
            wait(tx, row, self._later(self.terms.not_yet))
            return None
        except Exception as error:
            if passing(error):
                raise
            return self._broken(tx, row, error)
        if addressed is None:
            leases.drop(tx, row, "unwanted", self.clock())
            return None
        return self._ready(row, addressed)

    def _known(self, row: Promised) -> Result | None:
        """How a row ends that nobody sends."""
        if row.arrived:
            return Sent((), made_at(row.id))
        if row.expired:
            return Failed("expired")
        return Failed("unreadable") if row.kind == "say" and row.what is None else None

    def _ready(self, row: Promised, to: Addressed) -> Errand:
        """The errand; one with files may take as long as its bytes need."""
        attempt = Attempt(self._read, row.leased_until)
        parcel = Parcel(
            str(row.id),
            to.chat,
            to.what,
            thread=to.thread,
            replaces=to.replaces,
            amends=to.amends,
            made=made_at(row.id),
            read=attempt.read,
            memo=row.memo,
            jot=partial(self._jot, row),
        )
        within = self.terms.send_within + _files_in(to) / self.terms.slowest
        return Errand(row, parcel, within=within, attempt=attempt)

    async def _jot(self, row: Promised, memo: str) -> None:
        if not await self._store.do(lambda tx: leases.note(tx, row, memo)):
            raise LeaseLostError(str(row.id))

    def _broken(self, tx: Tx, row: Promised, error: Exception) -> Errand | None:
        faults.report("delivery.unaddressed", error, row=str(row.id), attempts=row.attempts + 1)
        if row.attempts + 1 >= self.terms.broken_after:
            return _ended(row, "broken")
        leases.retry(tx, row, self._later(self.terms.pause(row.attempts)), self.clock(), unsure=False)
        return None

    def _later(self, seconds: float) -> datetime:
        return self.clock() + timedelta(seconds=seconds)

    async def put_off(self, errand: Errand, seconds: float) -> None:
        until = self._later(seconds)
        await self._insist(lambda tx: leases.put_off(tx, errand.row, until))

    async def retry(self, errand: Errand, outcome: Retry) -> float:
        """Try again later; tells in how many seconds."""
        row = errand.row
        told = outcome.after if outcome.scope and outcome.after > 0 else 0.0
        seconds = told or max(outcome.after, self.terms.pause(row.attempts))
        until, now = self._later(seconds), self.clock()
        if await self._insist(lambda tx: leases.retry(tx, row, until, now, unsure=outcome.unsure)):
            log.info("delivery.retry", channel=row.channel, row=str(row.id), after=round(seconds, 3))
        else:
            _lost(row)
        return seconds

    def mistaken(self, errand: Errand, why: str = "broken") -> Retry | Failed:
        """What to do when a channel made a mistake, or our disk: they may make it only so often."""
        broken = errand.row.attempts + 1 >= self.terms.broken_after
        return Failed(why) if broken else Retry(0, unsure=True)

    def hopeless(self, errand: Errand) -> bool:
        """Whether it was tried for so long that nobody expects it any more."""
        since = errand.row.tried_since
        return since is not None and self.clock() - since >= timedelta(seconds=self.terms.give_up_after)

    async def settle(self, errand: Errand, result: Result) -> bool:
        """Record how it ended; tells whether something may follow in its lane.

        A mistake in what follows from it must not send the message again.
        """
        row, follows = errand.row, True
        topic = outbox.bell(row.channel)
        rings = self._store.hints.rings(topic)

        def settle(tx: Tx) -> bool:
            nonlocal follows
            if not self._end(tx, errand, result):
                return False
            self._desk.settled(tx, row, result, _chat(errand))
            follows = leases.follows(tx, row)
            return True

        try:
            recorded = await self._insist(settle)
        except Exception as error:  # noqa: BLE001 - reported; without its consequences the row still ends
            faults.report("delivery.unrecorded", error, row=str(row.id))
            recorded = await self._insist(lambda tx: self._end(tx, errand, result))
        if not recorded:
            _lost(row)
        # Whoever was woken by what was committed beside this may have found the lane busy.
        return follows or (not self._store.exclusive and self._store.hints.rings(topic) != rings)

    def _end(self, tx: Tx, errand: Errand, result: Result) -> bool:
        return leases.settle(tx, errand.row, result, _chat(errand), self.clock())

    async def _insist(self, unit: Unit[bool]) -> bool:
        """Run the unit as soon as the database is there: the row stays ours, and nothing else tells of it."""
        while True:
            try:
                return await self._store.do(unit)
            except Exception as error:
                if not passing(error):
                    raise
            await asyncio.sleep(0.5)


def _files_in(to: Addressed) -> int:
    """How many bytes go with it."""
    return sum(file.size for file in to.what.files) if isinstance(to.what, Say | Bundle) else 0


def _lost(row: Promised) -> None:
    log.warning("delivery.lease_lost", channel=row.channel, row=str(row.id))


def _chat(errand: Errand) -> str:
    return errand.parcel.chat if errand.parcel else ""


def _ended(row: Promised, why: str) -> Errand:
    return Errand(row, None, Failed(why))
