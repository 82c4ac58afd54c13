"""The real bot, as a child process of the playground."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

PATIENCE = 5.0
"""Seconds that the bot has to finish what it is doing when it is told to stop."""

OURS = ("SANAD_", "TELEGRAM_", "SLACK_", "WHATSAPP_", "DATABASE_URL")
COMMAND = (sys.executable, "-m", "bot", "run")


class Bot:
    """`sanad run` in a folder of its own; what it logs goes to the terminal. `changed` is told of its end."""

    def __init__(self, settings: Mapping[str, str], folder: Path, changed: Callable[[], None]) -> None:
        self._environment = {**inherited(), **settings}
        self._folder = folder
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs. A signal counts below zero."""
        return self._process.returncode if self._process else None

    async def start(self) -> None:
        if self.running:
            return
        # In a session of its own, or Ctrl-C would reach it before the playground has said goodbye.
        self._process = await asyncio.create_subprocess_exec(
            *COMMAND, cwd=self._folder, env=self._environment, stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self._watch = asyncio.create_task(self._wait_for_its_end(self._process))
        self._changed()

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

    async def _wait_for_its_end(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self._changed()


def inherited() -> dict[str, str]:
    """Our own environment without the settings of any other desk."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
