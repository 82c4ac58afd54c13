"""Updates that wait for the bot: numbered, kept until they are confirmed, forgotten when too old."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.telegram.refusals import conflict

Json = dict[str, Any]

_FIRST = 700_000_001
_REMEMBERED = 10_000
_WORDS_LIVE, _PRESSES_LIVE = 24 * 3600.0, 150.0
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_OUSTED = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class Waiting:
    """An update in the queue; `again` keeps a repeated one from being dropped as confirmed long ago."""

    update: Json
    since: float
    again: bool = False

    @property
    def number(self) -> int:
        return int(self.update["update_id"])

    def is_stale(self, now: float) -> bool:
        lives = _PRESSES_LIVE if "callback_query" in self.update else _WORDS_LIVE
        return now - self.since > lives


class _Poll:
    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.refusal = ""


class Updates:
    """The queue of one bot, with the rules of `getUpdates`."""

    def __init__(self, touch: Callable[[], None]) -> None:
        self.touch = touch
        self.allowed: set[str] | None = None  # None: Telegram's own default
        self.arrived = asyncio.Event()
        self._waiting: list[Waiting] = []
        self._held: list[Waiting] | None = None
        self._next = _FIRST
        self._known: OrderedDict[int, Json] = OrderedDict()
        self._poll: _Poll | None = None

    def add(self, kind: str, body: Json) -> int:
        """Queue an update; a kind that the bot did not ask for is numbered and dropped."""
        number = self._next
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if wanted:
            return self.inject({"update_id": number, kind: body})
        self._next += 1
        return number

    def inject(self, update: Json) -> int:
        """Queue an update as it is, of whatever kind and shape."""
        number = int(update.setdefault("update_id", self._next))
        self._next = max(self._next, number + 1)
        self._known[number] = update
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        self._queue(Waiting(update, time.monotonic()))
        return number

    def resend(self, number: int) -> None:
        """Deliver an update once more, as it happens after a lost answer."""
        self._queue(Waiting(self._known[number], time.monotonic(), again=True))

    def hold(self) -> None:
        """Keep what comes from the bot until `release`."""
        self._held = self._held or []

    def release(self, *, backwards: bool = False) -> None:
        """Let go of what was held; `backwards` brings it out of order."""
        held, self._held = self._held or [], None
        for waiting in reversed(held) if backwards else held:
            self._queue(waiting)

    def waiting(self) -> list[Waiting]:
        now = time.monotonic()
        self._waiting = [one for one in self._waiting if not one.is_stale(now)]
        return self._waiting

    def drop(self) -> None:
        """What `drop_pending_updates` does."""
        self._waiting.clear()

    def done(self, waiting: Waiting) -> None:
        self._waiting = [one for one in self._waiting if one is not waiting]
        self.touch()

    def oust(self, words: str) -> None:
        """End a long poll that is under way with a conflict."""
        if self._poll:
            self._poll.refusal = words
            self._poll.wake.set()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """`getUpdates`: confirm below `offset`, wait for something, and leave it unconfirmed."""
        self.oust(_OUSTED)
        self._confirm(offset)
        self._poll = poll = _Poll()
        try:
            if not self.waiting() and seconds > 0:
                await _wait(poll.wake, seconds)
        finally:
            self._poll = None if self._poll is poll else self._poll
        if poll.refusal:
            raise conflict(poll.refusal)
        return self._batch(limit)

    def _batch(self, limit: int) -> list[Json]:
        batch = self.waiting()[:limit]
        for waiting in batch:
            waiting.again = False
        return [waiting.update for waiting in batch]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        self._waiting = [one for one in self._waiting if one.again or one.number >= offset]
        self.touch()

    def _queue(self, waiting: Waiting) -> None:
        if self._held is not None:
            self._held.append(waiting)
            return
        self._waiting.append(waiting)
        self.touch()
        self.arrived.set()
        if self._poll:
            self._poll.wake.set()


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
