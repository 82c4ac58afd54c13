"""`sanad run` and `sanad demo`: start, and stop when told."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot import logs, settings


def run() -> None:
    given = settings.load()
    logs.set_up(given.log_level, given.secrets())
    from bot.app import run

    asyncio.run(until_told(run(given)))


def demo(*, port: int, policy: str) -> None:
    from bot import policies
    from bot.playground.demo import main

    logs.set_up("warning")
    asyncio.run(until_told(main(port=port, policy=policy, shelf=policies)))


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it ends by itself, or until SIGINT or SIGTERM cancels it and it has cleaned up."""
    loop = asyncio.get_running_loop()
    working = asyncio.create_task(work)
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, working.cancel)
    with suppress(asyncio.CancelledError):
        await working
