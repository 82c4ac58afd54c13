"""`sanad run` and `sanad demo`: start, and stop when told."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot import logs, loop, settings
from bot.commands.loading import loading

ENDED_AT_ONCE = 130


def run() -> None:
    given = settings.load()
    logs.set_up(given.log_level, given.secrets())
    with loading():
        from bot.app import run

    loop.run(until_told(run(given)))


def demo(*, port: int, policy: str) -> None:
    with loading():
        from bot import policies
        from bot.playground.demo import main

    logs.set_up("warning")
    loop.run(until_told(main(port=port, policy=policy, shelf=policies)))


async def until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do the work until it ends by itself, or until SIGINT or SIGTERM cancels it and it has cleaned up.

    Told twice, it ends at once: what was promised is in the database, and goes out after the next start.
    """
    running = asyncio.get_running_loop()
    working = asyncio.create_task(work)

    def told() -> None:
        if working.cancelling():
            os._exit(ENDED_AT_ONCE)
        working.cancel()

    for sign in (signal.SIGINT, signal.SIGTERM):
        running.add_signal_handler(sign, told)
    with suppress(asyncio.CancelledError):
        await working
