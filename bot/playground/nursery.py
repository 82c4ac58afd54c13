"""Where the demo's bots are born: a process that has loaded the whole desk once, and forks.

To load it takes seconds; a bot that starts again, or under another policy, need not wait for that.
"""

import asyncio
import importlib
import multiprocessing
import os
import socket
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from threading import Lock

STAGING, PRELOADING = "bot.commands.staging", "bot.commands.preloading"
"""What a bot does, and what it loads. By name: the playground knows nothing of the desk."""

NURSERY: ForkServerContext = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload([PRELOADING])

_starting = Lock()


async def bear(folder: Path, environment: Mapping[str, str], line: socket.socket) -> ForkServerProcess:
    """A bot that lives in this folder, with this environment, and is ordered about on this line."""
    process = NURSERY.Process(target=_live, args=(str(folder), dict(environment), line), daemon=True)
    await asyncio.to_thread(_start, process)  # the first one waits until everything is loaded
    return process


def _start(process: ForkServerProcess) -> None:
    with _starting:
        process.start()


def _live(folder: str, environment: dict[str, str], line: socket.socket) -> None:
    os.setsid()  # or Ctrl-C would reach it before the playground has said goodbye
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    importlib.import_module(STAGING).main(line)
