"""After an absence the threads of live tickets are read back, so that what agents did there is heard."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from uuid import UUID, uuid4

import structlog

from bot.channels import Channel, Ears
from bot.channels.slack import RefusedError, Slack
from bot.channels.slack.rereading import Head, Rereading
from bot.channels.slack.stamps import micros, stamp_of
from bot.core.heard import Incoming
from bot.room import NoRoomError, Room
from storage import Store, hearing, threads
from storage.threads import Live, Said

log = structlog.get_logger()

SLACK = "slack"
BEAT = timedelta(minutes=1)
OVERLAP = timedelta(minutes=10)
"""Slack may still have been about to repeat what was not acknowledged; what is heard twice is kept once."""

LATELY = timedelta(days=1)
"""What agents wrote so long before the absence is looked at again: they may have edited or deleted it."""

LEASE = timedelta(minutes=10)
AWAITED = timedelta(seconds=30)
LONGEST = timedelta(minutes=30)
"""How long time stands for a reading: what is late for longer is told as late, whatever is still found."""

HANDLED_WITHIN = 10.0
"""Seconds until time goes on, although what was read back may not be handled yet."""

CHANNEL_GONE = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


@dataclass(slots=True)
class Readback:
    """Keeps in the store until when Slack was heard. `clock` tells desk time, `machine` the machine's.

    `handled` returns when what was heard is handled.
    """

    store: Store
    slack: Channel | None
    ears: Ears
    room: Room
    clock: Callable[[], datetime]
    machine: Callable[[], datetime]
    handled: Callable[[], Awaitable[None]]
    absence: timedelta
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _stood_since: datetime | None = None
    _beaten: datetime | None = None
    _awaited_until: datetime | None = None
    _reader: UUID = field(default_factory=uuid4)

    async def time_stands(self) -> bool:
        """Whether time has to wait: what agents did in an absence may have kept what would now be late.

        For a while after the start that is so until Slack is there, and then while any process reads back.
        """
        now = self.machine()
        self._awaited_until = self._awaited_until or now + AWAITED
        if self._beaten and now - self._beaten <= self.absence:
            return False
        last = await self.store.read(partial(hearing.last, channel=SLACK))
        if last is None or now - last.at <= self.absence:
            return False
        if last.reading_until and now < last.reading_until:
            self._stood_since = self._stood_since or now
            return now - self._stood_since < LONGEST
        self._stood_since = None
        return self._beaten is None and now < self._awaited_until

    async def keep_up(self) -> None:
        """While Slack is heard, say so once a minute; after an absence, first read back what was missed."""
        async with self._lock:
            await self._keep_up()

    async def _keep_up(self) -> None:
        until, at = self.clock(), self.machine()
        recently = self._beaten is not None and at - self._beaten < BEAT
        slack = self.slack
        if not isinstance(slack, Slack) or not slack.hears or self.room.shut or recently:
            return
        last = await self.store.read(partial(hearing.last, channel=SLACK))
        if last and at - last.at > self.absence and not await self._made_up(slack, last.until - OVERLAP):
            return
        await self.store.do(partial(hearing.beat, channel=SLACK, until=until, at=at))
        self._beaten = at

    async def _made_up(self, slack: Slack, since: datetime) -> bool:
        """False if another process is at it, or Slack cannot be asked: then it begins again soon."""
        if not await self._lease():
            return False
        try:
            count = await self._read(slack.rereading, since)
            log.info("slack.read_back", since=since.isoformat(), heard=count)
            with suppress(TimeoutError):
                async with asyncio.timeout(HANDLED_WITHIN):
                    await self.handled()
        except (RefusedError, NoRoomError) as error:
            log.warning("slack.not_read_back", why=str(error))
            await self.store.do(partial(hearing.let_go, channel=SLACK, reader=self._reader))
            return False
        return True

    async def _lease(self) -> bool:
        now = self.machine()
        return await self.store.do(
            partial(hearing.take, channel=SLACK, reader=self._reader, now=now, until=now + LEASE)
        )

    async def _read(self, again: Rereading, since: datetime) -> int:
        live = await self.store.read(threads.live)
        lately = await self.store.read(partial(threads.said_since, since=since - LATELY))
        count = 0
        for channel, placed in groupby(live, key=lambda one: one.thread.channel):
            here = list(placed)
            alone = Counter(one.ticket for one in here)
            try:
                heads = await again.heads(channel, here[0].thread.ts)
            except RefusedError as refused:
                if refused.why not in CHANNEL_GONE:
                    raise
                continue
            for one in here:
                # Of a ticket with two threads here nobody knows in which of them words stood.
                said = [
                    each
                    for each in lately
                    if each.ticket == one.ticket and each.channel == channel and alone[one.ticket] == 1
                ]
                count += await self._hear(await _missed(again, one, heads, said, since))
                await self._lease()
        return count

    async def _hear(self, heard: list[Incoming]) -> int:
        if heard:
            await self.ears.hear(sorted(heard, key=lambda one: one.order))
        return len(heard)


async def _missed(
    again: Rereading, one: Live, heads: dict[str, Head], said: list[Said], since: datetime
) -> list[Incoming]:
    """What happened in one thread; one in which nothing can have happened costs no question."""
    thread, after = one.thread, stamp_of(since)
    head = heads.get(thread.ts)
    if head is None and await again.exists(thread):
        head = Head(gone=False, latest="")  # older than Slack shows
    card = [again.deleted(thread, thread.ts, "")] if one.current and (head is None or head.gone) else []
    if head is None or not (said or micros(head.latest) > micros(after)):
        return card
    oldest = min([after, *(each.ts for each in said)], key=micros)
    found = await again.thread(thread, oldest, after)
    gone = [each for each in said if each.ts not in found.there] if one.current else []
    return [*found.heard, *(again.deleted(thread, each.ts, each.user) for each in gone), *card]
