"""Telegram's limits on sending: off until they are enforced."""

import math
import time
from dataclasses import dataclass

from bot.playground.telegram.refusals import too_many_requests


@dataclass(slots=True)
class _Bucket:
    """`burst` messages at once, then one each `every` seconds; a refusal holds until there is room again."""

    every: float
    burst: int
    used_until: float = 0.0
    held_until: float = 0.0

    def wait(self, now: float) -> float:
        room_at = self.used_until - (self.burst - 1) * self.every
        return max(0.0, self.held_until - now, room_at - now)

    def take(self, now: float) -> None:
        self.used_until = max(self.used_until, now) + self.every


class Rates:
    """Answers 429 to what comes too fast, for one chat or for the account."""

    def __init__(self) -> None:
        self._enforced = False
        self._chat_every = 1.0
        self._chat_burst = 1
        self._account = _Bucket(1 / 30, 30)
        self._chats: dict[int, _Bucket] = {}

    def enforce(self, *, chat_every: float = 1.0, chat_burst: int = 3, account: int = 30) -> None:
        """From now on: a message each `chat_every` seconds per chat, and `account` a second in all."""
        self._enforced = True
        self._chat_every, self._chat_burst = chat_every, chat_burst
        self._account = _Bucket(1 / account, account)
        self._chats.clear()

    def lift(self) -> None:
        self._enforced = False

    def take(self, chat: int) -> None:
        """Count one message to the chat, or refuse it."""
        if not self._enforced:
            return
        now = time.monotonic()
        own = self._chats.setdefault(chat, _Bucket(self._chat_every, self._chat_burst))
        for bucket in (own, self._account):
            if wait := bucket.wait(now):
                seconds = max(1, math.ceil(wait))
                bucket.held_until = now + seconds
                raise too_many_requests(seconds)
        own.take(now)
        self._account.take(now)
