"""Whom a 429 holds: one chat, or the whole account."""

import time
from collections.abc import Callable


class Floods:
    """Judges the scope of refusals, because Telegram's answer names only a number of seconds.

    A 429 is first taken for its own chat, as a chat's limit (about one message a second) is met far more
    easily than the account's (30 a second). When a second chat is refused while the first is still held, and
    no message to anybody was accepted in between, the account itself must be the reason.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: dict[str, float] = {}

    def accepted(self) -> None:
        """Telegram took a message: the account is open."""
        self._held.clear()

    def holds_all(self, chat: str, after: float) -> bool:
        """Whether this refusal, for `after` seconds, holds the account and not only the chat."""
        now = self._clock()
        others = any(until > now for held, until in self._held.items() if held != chat)
        self._held[chat] = now + after
        return others
