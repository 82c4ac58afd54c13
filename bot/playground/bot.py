"""The real bot, as a child process of the playground."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from bot.playground.orders import LAST_WORDS, ORDER, Order, Standing

PATIENCE = 5.0
"""Seconds that the bot has to finish what it is doing when it is told to stop."""

OURS = ("SANAD_", "TELEGRAM_", "SLACK_", "WHATSAPP_", "DATABASE_URL")
COMMAND = (sys.executable, "-m", "bot.commands.staging")


class AwayError(RuntimeError):
    """The bot does not run, or ended before it answered."""

    def __init__(self) -> None:
        super().__init__("Sanad is not running, so nobody can move its clock; start it again first")


class Bot:
    """The whole desk in a folder of its own; what it logs goes to the terminal. `changed` is told of its end.

    Its standard input is a socket to us: we give orders there, and when we are gone it is closed.
    """

    def __init__(self, settings: Mapping[str, str], folder: Path, changed: Callable[[], None]) -> None:
        self._environment = {**inherited(), **settings}
        self._folder = folder
        self._last_words = folder / LAST_WORDS
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._ordering = asyncio.Lock()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs. A signal counts below zero."""
        return self._process.returncode if self._process else None

    @property
    def last_words(self) -> str:
        """Why it could not go on, if it could say."""
        return self._last_words.read_text(encoding="utf-8") if self._last_words.exists() else ""

    async def start(self) -> None:
        if self.running:
            return
        self._last_words.unlink(missing_ok=True)
        ours, its = socket.socketpair()
        with its:
            # In a session of its own, or Ctrl-C would reach it before the playground has said goodbye.
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND, cwd=self._folder, env=self._environment, stdin=its.fileno(), start_new_session=True
            )
        self._line = await asyncio.open_connection(sock=ours)
        self._watch = asyncio.create_task(self._wait_for_its_end(self._process, self._line[1]))
        self._changed()

    async def does(self, order: Order) -> Standing:
        """Give an order, and wait until it is done: the first ones until the bot has started.

        Raises AwayError.
        """
        # Not cancelled half-way: an answer that nobody waits for would be taken for that to the next order.
        answer = await asyncio.shield(asyncio.create_task(self._answer(order)))
        if not answer:
            raise AwayError
        return Standing.model_validate_json(answer)

    async def _answer(self, order: Order) -> bytes:
        """What it answers to an order; nothing, when it is gone."""
        async with self._ordering:
            if not (self.running and self._line):
                return b""
            answers, orders = self._line
            try:
                orders.write(ORDER.dump_json(order) + b"\n")
                return await answers.readline()
            except ConnectionError:
                return b""

    async def stop(self) -> None:
        """Ask it to stop, and insist."""
        self._send(signal.SIGTERM)
        await self._gone(PATIENCE)
        await self.kill()

    async def kill(self) -> None:
        """End it as a power cut would."""
        self._send(signal.SIGKILL)
        await self._gone(PATIENCE)

    def _send(self, sign: signal.Signals) -> None:
        if self._process and self.running:
            with suppress(ProcessLookupError):
                self._process.send_signal(sign)

    async def _gone(self, within: float) -> None:
        if self._watch:
            await asyncio.wait({self._watch}, timeout=within)

    async def _wait_for_its_end(
        self, process: asyncio.subprocess.Process, orders: asyncio.StreamWriter
    ) -> None:
        await process.wait()
        orders.close()
        self._changed()


def inherited() -> dict[str, str]:
    """Our own environment without the settings of any other desk."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
