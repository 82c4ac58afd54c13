"""The real bot, as a child process of the playground."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.playground.nursery import bear
from bot.playground.orders import LAST_WORDS, ORDER, Order, Standing

PATIENCE = 5.0
"""Seconds that the bot has to finish what it is doing when it is told to stop."""

STILLBORN = 1

OURS = ("SANAD_", "TELEGRAM_", "SLACK_", "WHATSAPP_", "DATABASE_URL")


class AwayError(RuntimeError):
    """The bot does not run, or ended before it answered."""

    def __init__(self) -> None:
        super().__init__("Sanad is not running, so nobody can move its clock; start it again first")


@dataclass(frozen=True, slots=True)
class Life:
    """A bot that was born: its process, and our end of the line to it."""

    process: ForkServerProcess
    answers: asyncio.StreamReader
    orders: asyncio.StreamWriter

    @property
    def pid(self) -> int:
        assert self.process.pid
        return self.process.pid

    async def end(self) -> int | None:
        """Wait for it; tells how it ended. A signal counts below zero."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self.process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self.process.sentinel)
        self.process.join()
        self.orders.close()
        return self.process.exitcode


class Bot:
    """The whole desk in a folder of its own; what it logs goes to the terminal. `changed` is told of its end.

    We give orders on a line to it, which is closed when we are gone.
    """

    def __init__(self, settings: Mapping[str, str], folder: Path, changed: Callable[[], None]) -> None:
        self._environment = {**inherited(), **settings}
        self._folder = folder
        self._last_words = folder / LAST_WORDS
        self._changed = changed
        self._born: asyncio.Task[Life | None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._exit_code: int | None = None
        self._ordering = asyncio.Lock()

    @property
    def running(self) -> bool:
        return self._watch is not None and not self._watch.done()

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs. A signal counts below zero."""
        return None if self.running else self._exit_code

    @property
    def last_words(self) -> str:
        """Why it could not go on, if it could say."""
        return self._last_words.read_text(encoding="utf-8") if self._last_words.exists() else ""

    async def start(self) -> None:
        """Let it be born, if it does not run; nobody waits until it is."""
        if self.running:
            return
        self._last_words.unlink(missing_ok=True)
        self._born = asyncio.create_task(self._is_born())
        self._watch = asyncio.create_task(self._lives(self._born))
        self._changed()

    async def _is_born(self) -> Life | None:
        """None when this machine cannot bear it: why is among its last words."""
        ours, its = socket.socketpair()
        with its:
            try:
                process = await bear(self._folder, self._environment, its)
            except (OSError, EOFError) as error:
                ours.close()
                self._last_words.write_text(f"Sanad could not be started here: {error}", encoding="utf-8")
                return None
        return Life(process, *await asyncio.open_connection(sock=ours))

    async def _lives(self, born: asyncio.Task[Life | None]) -> None:
        life = await born
        self._exit_code = await life.end() if life else STILLBORN
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
            if not (self.running and self._born):
                return b""
            life = await self._born
            if life is None:
                return b""
            try:
                life.orders.write(ORDER.dump_json(order) + b"\n")
                return await life.answers.readline()
            except ConnectionError:
                return b""

    async def stop(self) -> None:
        """Ask it to stop, and insist."""
        await self._send(signal.SIGTERM)
        await self.kill()

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self._send(signal.SIGKILL)

    async def _send(self, sign: signal.Signals) -> None:
        """Send a signal, and give it time to end."""
        if self.running and self._born and self._watch and (life := await self._born):
            with suppress(ProcessLookupError):
                os.kill(life.pid, sign)
            await asyncio.wait({self._watch}, timeout=PATIENCE)


def inherited() -> dict[str, str]:
    """Our own environment without the settings of any other desk."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
