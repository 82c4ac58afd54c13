"""Moves desk time. It never jumps over anything: what is due happens in its order, each at its own moment."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from bot.playground.bot import AwayError, Bot
from bot.playground.orders import Coming, Drain, Jump, Look, Order, Standing, Tick

Json = dict[str, Any]
Whither = Literal["hour", "day", "opening", "working_day", "due"]

SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


class NowhereError(LookupError):
    """There is no such moment to walk to."""


@dataclass(slots=True)
class Clock:
    """Desk time, as the bot last told it: machine time, and how far it runs `ahead` of that."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def seconds(self) -> float:
        return self().timestamp()


@dataclass(slots=True)
class Walk:
    """The way to `goal`, and where it halted; `trouble` says why it ended before."""

    goal: datetime
    going: bool = True
    trouble: str = ""
    halts: list[Coming] = field(default_factory=list)

    def as_json(self) -> Json:
        halts = [halt.model_dump(mode="json") for halt in self.halts]
        told = {"going": self.going, "trouble": self.trouble, "halts": halts}
        return {"goal": self.goal.isoformat(), **told}


class Walker:
    """Walks, one way at a time. `settle` waits until the platforms have brought the bot what they have."""

    def __init__(
        self, bot: Bot, clock: Clock, settle: Callable[[], Awaitable[None]], changed: Callable[[], None]
    ) -> None:
        self._bot = bot
        self._clock = clock
        self._settle = settle
        self._changed = changed
        self._standing: Standing | None = None
        self._walk: Walk | None = None
        self._task: asyncio.Task[None] | None = None

    def sets_off(self, whither: Whither) -> Walk:
        """Begin to walk. Raises NowhereError; AwayError; RuntimeError while another walk is under way."""
        if self._walk and self._walk.going:
            raise RuntimeError("time is moving already")
        self._walk = walk = Walk(self._goal(whither))
        self._task = asyncio.create_task(self._go(walk))
        self._task.add_done_callback(lambda _task: self._arrive(walk))
        self._changed()
        return walk

    def halts(self) -> None:
        """Go no further than where it is now."""
        if self._task:
            self._task.cancel()

    async def rests(self) -> None:
        """Wait until nobody walks."""
        if self._task:
            await asyncio.wait({self._task})

    async def look(self) -> None:
        """See how the desk stands. Raises AwayError."""
        await self._does(Look())

    def seen(self) -> Json | None:
        """What the page shows of it, once the bot has told."""
        if self._standing is None:
            return None
        told = self._standing.model_dump(mode="json", exclude={"ahead", "working_day"})
        walk = self._walk.as_json() if self._walk else None
        return {**told, "ahead": self._standing.ahead.total_seconds(), "walk": walk}

    def _goal(self, whither: Whither) -> datetime:
        if self._standing is None or not self._bot.running:
            raise AwayError
        if span := SPANS.get(whither):
            return self._clock() + span
        coming = self._standing.coming
        moments = {
            "due": coming.at if coming else None,
            "opening": self._standing.opening,
            "working_day": self._standing.working_day,
        }
        if goal := moments[whither]:
            return goal
        raise NowhereError("nothing is due" if whither == "due" else "no working week is known")

    async def _go(self, walk: Walk) -> None:
        past = self._clock()
        await self._halt()
        while coming := await self._next(past, walk.goal):
            await self._reach(coming.at)
            walk.halts.append(coming)
            await self._halt()
            past = coming.at
        await self._reach(walk.goal)
        await self._halt()

    async def _next(self, past: datetime, goal: datetime) -> Coming | None:
        coming = (await self._does(Look(after=past))).coming
        return coming if coming and coming.at <= goal else None

    async def _reach(self, moment: datetime) -> None:
        if moment > self._clock():  # it may have come by itself meanwhile
            await self._does(Jump(to=moment))

    async def _halt(self) -> None:
        """Let everything happen that is to happen by now."""
        await self._does(Tick())
        await self._does(Drain())
        await self._settle()
        await self._does(Drain())

    async def _does(self, order: Order) -> Standing:
        before = self.seen()
        self._standing = standing = await self._bot.does(order)
        self._clock.ahead = standing.ahead
        if self.seen() != before:
            self._changed()
        return standing

    def _arrive(self, walk: Walk) -> None:
        walk.going = False
        if self._task and not self._task.cancelled() and (error := self._task.exception()):
            walk.trouble = str(error)
        self._changed()
