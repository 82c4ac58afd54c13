"""Simulated customers: each writes, waits for the answer, and writes again."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Script = Sequence[tuple[str, int]]
"""What one customer writes, each with the number of messages that answer it."""

FILES: Script = (
    ("/new", 2),
    ("technical", 1),
    ("website", 1),
    ("The page stays empty since this morning", 1),
    ("normal", 1),
    ("skip", 2),
    ("send", 1),
)
"""A request by the shortest way through the general policy: at first a welcome, late a keyboard put away."""

MORE: Script = tuple((f"And one more thing, number {number}", 1) for number in range(1000))
"""What somebody goes on with: an echo is told nothing else."""

WHOLE: Script = (*FILES, *MORE[: len(FILES)])
"""Somebody files a request, and then writes on it as often as that took."""

WAITS_AT_MOST = 120.0


@dataclass
class Crowd:
    """All customers of one run, who write to the end of their script or for so many seconds.

    `took` is how long each answer took.
    """

    script: Script
    many: int
    seconds: float
    took: list[float] = field(default_factory=list)
    first_chat: int = 1001
    _until: float = 0.0
    _owed: dict[int, int] = field(default_factory=dict)
    _answers: dict[int, asyncio.Event] = field(default_factory=dict)

    def answered(self, chat: int) -> None:
        """The platform has taken one more message to this chat."""
        self._owed[chat] = self._owed.get(chat, 0) - 1
        if self._owed[chat] == 0:
            self._answers[chat].set()

    async def talk(self, write: Callable[[int, str], None]) -> float:
        """All at once; the seconds from the first message to the last answer."""
        began = time.perf_counter()
        self._until = began + self.seconds
        chats = range(self.first_chat, self.first_chat + self.many)
        await asyncio.gather(*(self._one(chat, write) for chat in chats))
        seconds = time.perf_counter() - began
        if any(self._owed.values()):
            raise RuntimeError("somebody was answered more often than they wrote")
        return seconds

    async def _one(self, chat: int, write: Callable[[int, str], None]) -> None:
        for text, answers in self.script:
            self._owed[chat], self._answers[chat] = answers, asyncio.Event()
            wrote = time.perf_counter()
            write(chat, text)
            async with asyncio.timeout(WAITS_AT_MOST):
                await self._answers[chat].wait()
            self.took.append(time.perf_counter() - wrote)
            if time.perf_counter() > self._until:
                return
