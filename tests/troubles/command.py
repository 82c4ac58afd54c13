"""`sanad` in a process of its own, as an operator starts it."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.playground.bot import inherited
from bot.playground.nursery import NURSERY
from tests import child
from tests.kit import Street, free_port

SOON = 10.0
"""Seconds within which a service has to stop."""

PATIENCE = 20.0
"""Seconds within which a command has to end."""


@asynccontextmanager
async def sanad(
    *words: str, settings: dict[str, str], folder: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A `sanad` command in a process of its own; what it says goes to `said`."""
    with (folder / "said").open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words,
            cwd=Path(__file__).parents[2], env={**inherited(), **settings}, stdout=said, stderr=said,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def stops(process: asyncio.subprocess.Process, sign: signal.Signals = signal.SIGTERM) -> float:
    """Tell it to stop; the seconds that it takes."""
    begun = time.monotonic()
    process.send_signal(sign)
    async with asyncio.timeout(SOON):
        assert await process.wait() == 0
    return time.monotonic() - begun


def with_ports(place: Street) -> dict[str, str]:
    return place.settings | {"SANAD_PORT": str(free_port()), "SANAD_ADMIN_PORT": str(free_port())}


async def answer(port: str, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as response:
        return response.status, await response.text()


async def run_to_end(*words: str, settings: dict[str, str], folder: Path) -> tuple[int, str]:
    """The exit code of a command that ends by itself, and what it said.

    It is forked from a process that has loaded the whole desk: to load it anew takes longer than all else.
    """
    said = folder / "said"
    process = NURSERY.Process(target=child.types, args=(words, {**inherited(), **settings}, said))
    process.start()
    await asyncio.to_thread(process.join, PATIENCE)
    assert process.exitcode is not None, f"sanad {words} goes on and on"
    return process.exitcode, said.read_text(encoding="utf-8")
