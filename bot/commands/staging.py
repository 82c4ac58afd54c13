"""The demo's bot, started by the playground and by nobody else: the whole desk, with a clock that obeys.

Its standard input is a socket. Orders come in and are answered with how the desk stands. When the other end
is gone, so is the playground, however it ended, and this process ends as well.
"""

import asyncio
import os
import socket
import sys

from bot import logs, settings
from bot.commands.loading import loading
from bot.commands.mending import told
from bot.commands.running import until_told
from bot.playground.orders import ORDER, Order
from bot.settings import Settings

with loading():
    from bot.app import running
    from bot.commands.stagehand import DeskClock, Stagehand
    from bot.machine import App

FAREWELL = 10.0
"""Seconds that it has to end by itself when the playground is gone."""


def main() -> None:
    with told():
        given = settings.load(None)
        logs.set_up(given.log_level, given.secrets())
        asyncio.run(until_told(perform(given)))


async def perform(given: Settings) -> None:
    """Run the desk and obey, until told to stop or until nobody gives orders any more."""
    heard, answers = await asyncio.open_connection(sock=socket.socket(fileno=sys.stdin.fileno()))
    orders = asyncio.Queue[Order]()
    listening = asyncio.create_task(listen(heard, orders, asyncio.current_task()))
    clock = await DeskClock.kept(given)
    async with running(given, clock=clock) as app:
        await obey(app, clock, orders, answers)
    await listening


async def listen(
    heard: asyncio.StreamReader, orders: asyncio.Queue[Order], work: asyncio.Task[None] | None
) -> None:
    """Take orders in, also while the desk is still being built; at their end, end the work."""
    while line := await heard.readline():
        orders.put_nowait(ORDER.validate_json(line))
    asyncio.get_running_loop().call_later(FAREWELL, os._exit, 1)
    if work:
        work.cancel()


async def obey(
    app: App, clock: DeskClock, orders: asyncio.Queue[Order], answers: asyncio.StreamWriter
) -> None:
    hand = Stagehand(app, clock)
    while True:
        standing = await hand.does(await orders.get())
        answers.write(standing.model_dump_json().encode() + b"\n")


if __name__ == "__main__":
    main()
