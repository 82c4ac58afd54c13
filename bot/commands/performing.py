"""The demo's desk at work: a clock that obeys, and orders that come in on a line.

They are answered with how the desk stands. When the other end is gone, so is the playground, however it
ended, and this process ends as well.
"""

import asyncio
import os
import socket
import threading
from contextlib import suppress

from bot import logs, loop, settings
from bot.app import running
from bot.commands.running import until_told
from bot.commands.stagehand import DeskClock, Stagehand
from bot.machine import App
from bot.playground.orders import ORDER, Order
from bot.settings import Settings

FAREWELL = 10.0
"""Seconds that it has to end by itself when the playground is gone."""


def main(line: socket.socket) -> None:
    given = settings.load(None)
    logs.set_up(given.log_level, given.secrets())
    loop.run(until_told(perform(given, line)))


async def perform(given: Settings, line: socket.socket) -> None:
    """Run the desk and obey, until told to stop or until nobody gives orders any more."""
    heard, answers = await asyncio.open_connection(sock=line)
    orders = asyncio.Queue[Order]()
    work = asyncio.current_task()
    assert work
    listening = asyncio.create_task(listen(heard, orders))
    listening.add_done_callback(lambda _however: leave(work))
    clock = await DeskClock.kept(given)
    async with running(given, clock=clock) as app:
        await obey(app, clock, orders, answers)


async def listen(heard: asyncio.StreamReader, orders: asyncio.Queue[Order]) -> None:
    """Take orders in, also while the desk is still being built, until nobody is there to give them."""
    # Who was killed before it had read our last answer has reset the connection; half a line is no order.
    with suppress(ConnectionError):
        while (line := await heard.readline()).endswith(b"\n"):
            orders.put_nowait(ORDER.validate_json(line))


def leave(work: asyncio.Task[None]) -> None:
    """End the work; and the process, should that take too long, whatever its loop is doing."""
    late = threading.Timer(FAREWELL, os._exit, (1,))
    late.daemon = True
    late.start()
    work.cancel()


async def obey(
    app: App, clock: DeskClock, orders: asyncio.Queue[Order], answers: asyncio.StreamWriter
) -> None:
    hand = Stagehand(app, clock)
    while True:
        standing = await hand.does(await orders.get())
        answers.write(standing.model_dump_json().encode() + b"\n")
