"""How long to wait before asking Telegram again."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.wire import FloodError

log = structlog.get_logger()

_MOST_DOUBLINGS = 16


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds between attempts: `first`, doubling up to `longest`; `conflict` when somebody else listens."""

    first: float = 1.0
    longest: float = 60.0
    conflict: float = 15.0

    def delays(self) -> Iterator[float]:
        """Ever longer waits, with jitter so that many processes do not come back together."""
        attempt = 0
        while True:
            full = min(self.longest, self.first * 2 ** min(attempt, _MOST_DOUBLINGS))
            yield full * random.uniform(0.5, 1.0)  # noqa: S311 - jitter is no secret
            attempt += 1


async def until_done(name: str, call: Callable[[], Awaitable[object]], patience: Patience) -> None:
    """Make the call again and again until Telegram has done it once."""
    for delay in patience.delays():
        try:
            await call()
        except TelegramError as error:
            log.warning("telegram.call_postponed", call=name, error=type(error).__name__)
            await asyncio.sleep(max(delay, error.after) if isinstance(error, FloodError) else delay)
        else:
            return
