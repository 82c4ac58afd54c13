"""What tests run in a process of its own: the bot, or a command.

The bot asks its parent at each named point whether it may go on. Over one loopback socket: it writes a name
and a line's end, and goes on when a line's end comes back.
"""

import asyncio
import multiprocessing
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from bot import app, cli, logs, loop, settings
from bot.tuning import Tuning

RUNNING = "running"
"""The last point of a start: the desk listens."""


class Orders(NamedTuple):
    """What a child is told at its birth; `parent` is the port that it asks."""

    name: str
    parent: int
    settings: dict[str, str]
    log: Path
    tuning: Tuning


class Asker:
    """A checkpoint that waits for the parent's word. Units run in other threads: one asks at a time."""

    def __init__(self, parent: int, name: str) -> None:
        self._lock = Lock()
        self._socket = socket.create_connection(("127.0.0.1", parent))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self(name)

    def __call__(self, point: str) -> None:
        with self._lock:
            self._socket.sendall(f"{point}\n".encode())
            if self._socket.recv(1) != b"\n":
                os._exit(1)  # the parent is gone


def live(orders: Orders) -> None:
    """Run the desk until somebody kills this process, or its parent ends."""
    with orders.log.open("a", encoding="utf-8") as stream:
        logs.set_up("info", stream=stream)
        loop.run(_live(orders))


async def _live(orders: Orders) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    asyncio.get_running_loop().add_reader(parent.sentinel, os._exit, 1)
    given = settings.Settings.model_validate(orders.settings)
    ask = Asker(orders.parent, orders.name)
    async with app.running(given, clock=_now, checkpoint=ask, tuning=orders.tuning):
        ask(RUNNING)
        await asyncio.Event().wait()


def _now() -> datetime:
    return datetime.now(UTC)


def types(words: Sequence[str], environment: Mapping[str, str], said: Path) -> None:
    """Run a `sanad` command as in an environment of its own; what it says and complains of goes to `said`."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["sanad", *words]
    with said.open("a", encoding="utf-8") as stream, redirect_stdout(stream), redirect_stderr(stream):
        cli.main()
