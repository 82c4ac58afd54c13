"""Bots as children: started fast, asked at named points, killed there as by a power cut, and born again."""

import asyncio
import multiprocessing
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any, Self

from tests import child
from tests.kit import Street

Decide = Callable[[str, str], Awaitable[bool]]
"""Told a child's name and the point it has reached; false kills it there."""

NURSERY: ForkServerContext = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["tests.child"])


async def go_on(_name: str, _point: str) -> bool:
    return True


async def nobody_mourns() -> None:
    """Nobody looks at what a death has left."""


class Plan:
    """Kills whoever passes `point` for the so manyeth time; all children are counted together."""

    def __init__(self, point: str, *passings: int) -> None:
        self._point, self._left = point, set(passings)
        self.passed = Counter[str]()

    @property
    def done(self) -> bool:
        """All that were to die have died."""
        return not self._left

    async def __call__(self, _name: str, point: str) -> bool:
        self.passed[point] += 1
        if point != self._point or self.passed[point] not in self._left:
            return True
        self._left.remove(self.passed[point])
        return False


class Hold:
    """Keeps one child waiting at one point, once, until it is let go."""

    def __init__(self, name: str, point: str) -> None:
        self._where = (name, point)
        self.reached, self._free = asyncio.Event(), asyncio.Event()

    def let_go(self) -> None:
        self._free.set()

    async def __call__(self, name: str, point: str) -> bool:
        if (name, point) == self._where:
            self.reached.set()
            await self._free.wait()
        return True


class Family:
    """The parent of bots that share one database. Whoever is killed by `decide` is born again at once.

    `mourn` is called in between.
    """

    def __init__(
        self, folder: Path, decide: Decide = go_on, mourn: Callable[[], Awaitable[None]] = nobody_mourns
    ) -> None:
        self._decide, self._mourn = decide, mourn
        self.deaths = 0
        self._folder = folder
        self._children: dict[str, ForkServerProcess] = {}
        self._orders: dict[str, child.Orders] = {}
        self._running: dict[str, asyncio.Event] = {}
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._server
        self._server.close()
        for name in self._children:
            await self.kill(name)
        if self._talks:  # the dead say no more, so these end
            await asyncio.wait(self._talks)
        sys.stdout.write(self.logs())  # shown beside a failure

    async def start(self, name: str, settings: dict[str, str]) -> None:
        """Start a bot, and wait until it listens."""
        assert self._server
        port = self._server.sockets[0].getsockname()[1]
        self._orders[name] = child.Orders(name, port, settings, self._folder / f"{name}.log")
        self._running[name] = asyncio.Event()
        await self._bear(name)
        async with asyncio.timeout(20):
            await self._running[name].wait()

    async def kill(self, name: str) -> None:
        """End it as a power cut would."""
        process = self._children[name]
        process.kill()
        await asyncio.to_thread(process.join)

    def logs(self) -> str:
        """All that the children have logged."""
        return "".join(
            orders.log.read_text("utf-8") for orders in self._orders.values() if orders.log.exists()
        )

    def mistakes(self) -> list[str]:
        """What they logged as errors: a death, or a platform that is away, is no reason for any."""
        return [line for line in self.logs().splitlines() if '"level": "error"' in line or line[:1] != "{"]

    async def _bear(self, name: str) -> None:
        process = NURSERY.Process(target=child.live, args=(self._orders[name],), daemon=True)
        await asyncio.to_thread(process.start)
        self._children[name] = process

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)
        with suppress(ConnectionError):
            await self._answer(reader, writer)
            writer.close()
            await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = ""
        while point := (await reader.readline()).decode().strip():
            name = name or point
            if point == child.RUNNING:
                self._running[name].set()
            if not await self._decide(name, point):
                await self._die(name)
                return
            writer.write(b"\n")

    async def _die(self, name: str) -> None:
        await self.kill(name)
        self.deaths += 1
        await self._mourn()
        await self._bear(name)


@asynccontextmanager
async def bot(
    place: Street,
    folder: Path,
    decide: Decide = go_on,
    mourn: Callable[[], Awaitable[None]] = nobody_mourns,
) -> AsyncIterator[Family]:
    """One bot on the street."""
    async with Family(folder, decide, mourn) as family:
        await family.start("bot", place.settings)
        await place.listens()
        yield family
