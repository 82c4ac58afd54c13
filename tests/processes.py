"""Bots as children: started fast, asked at named points, killed there as by a power cut, and born again."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.playground.nursery import NURSERY, PRELOADING
from bot.tuning import Tuning
from tests import child
from tests.kit import TUNING, Street, free_port
from tests.patience import QUICK

Decide = Callable[[str, str], Awaitable[bool]]
"""Told a child's name and the point it has reached; false kills it there."""

NURSERY.set_forkserver_preload([PRELOADING, "tests.child"])  # it is the playground's as well


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


class Tally:
    """Counts who passes what."""

    def __init__(self) -> None:
        self.passed = Counter[tuple[str, str]]()

    async def __call__(self, name: str, point: str) -> bool:
        self.passed[name, point] += 1
        return True


class Hold:
    """Once begun, keeps the first child that reaches a point waiting there until it is let go."""

    def __init__(self, point: str) -> None:
        self._point, self._begun = point, False
        self.reached, self._free = asyncio.Event(), asyncio.Event()

    def begin(self) -> None:
        self._begun = True

    def let_go(self) -> None:
        self._free.set()

    async def __call__(self, _name: str, point: str) -> bool:
        if self._begun and point == self._point and not self.reached.is_set():
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
            self.kill(name)
        if self._talks:  # the dead say no more, so these end
            await asyncio.wait(self._talks)
        sys.stdout.write(self.logs())  # shown beside a failure

    async def start(self, name: str, settings: dict[str, str], tuning: Tuning) -> None:
        """Start a bot, and wait until it listens."""
        assert self._server
        port = self._server.sockets[0].getsockname()[1]
        self._orders[name] = child.Orders(name, port, settings, self._folder / f"{name}.log", tuning)
        self._running[name] = asyncio.Event()
        self._bear(name)
        async with asyncio.timeout(20):
            await self._running[name].wait()

    def kill(self, name: str) -> None:
        """End it as a power cut would."""
        process = self._children[name]
        process.kill()
        process.join()

    def logs(self) -> str:
        """All that the children have logged."""
        return "".join(
            orders.log.read_text("utf-8") for orders in self._orders.values() if orders.log.exists()
        )

    def mistakes(self) -> list[str]:
        """What they logged as errors: a death, or a platform that is away, is no reason for any."""
        return [line for line in self.logs().splitlines() if '"level": "error"' in line or line[:1] != "{"]

    def _bear(self, name: str) -> None:
        process = NURSERY.Process(target=child.live, args=(self._orders[name],), daemon=True)
        process.start()  # in no other thread: two that start at once may wait for each other for ever
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
        self.kill(name)
        self.deaths += 1
        await self._mourn()
        self._bear(name)


@asynccontextmanager
async def bot(
    place: Street,
    folder: Path,
    decide: Decide = go_on,
    mourn: Callable[[], Awaitable[None]] = nobody_mourns,
) -> AsyncIterator[Family]:
    """One bot on the street."""
    async with Family(folder, decide, mourn) as family:
        await family.start("bot", place.settings, QUICK)
        await place.listens()
        yield family


class Balancer:
    """The public address of several bots: whoever calls it reaches one after the other."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = cycle(ports)
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def at(self, port: int) -> AsyncIterator[Self]:
        """Serve on this port while the block runs."""
        application = web.Application()
        application.router.add_post("/{path:.*}", self._pass_on)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        async with aiohttp.ClientSession() as self._session:
            await web.TCPSite(runner, "127.0.0.1", port).start()
            try:
                yield self
            finally:
                await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        assert self._session
        url = f"http://127.0.0.1:{next(self._ports)}{request.path}"
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        try:
            async with self._session.post(url, data=await request.read(), headers=headers) as answer:
                body = await answer.read()
                return web.Response(status=answer.status, body=body, content_type=answer.content_type)
        except aiohttp.ClientError:
            return web.Response(status=502)


@asynccontextmanager
async def two_bots(place: Street, folder: Path, decide: Decide = go_on) -> AsyncIterator[Family]:
    """Two bots, `one` and `other`, behind one public address, with leases as long as in earnest."""
    ports = {"one": free_port(), "other": free_port()}
    async with (
        Balancer([*ports.values()]).at(int(place.settings["SANAD_PORT"])),
        Family(folder, decide) as family,
    ):
        own = {name: place.settings | {"SANAD_PORT": str(port)} for name, port in ports.items()}
        await asyncio.gather(*(family.start(name, settings, TUNING) for name, settings in own.items()))
        await place.listens()
        yield family
