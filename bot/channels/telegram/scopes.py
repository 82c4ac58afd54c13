"""Telegram's limits, and the names under which a parcel waits for them."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from bot.channels import Pace

ACCOUNT_PACE = Pace("", every=1 / 30, burst=30)
CHAT_PACE = Pace("", every=1.0, burst=3)
"""[core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this]; short bursts pass."""


class Scopes:
    """Names and paces. A chat appears only as a keyed hash, since scopes reach logs and metrics."""

    def __init__(self, token: str, account: str, account_pace: Pace | None, chat_pace: Pace | None) -> None:
        self.account = f"telegram:{account}"
        self._key = hashlib.sha256(token.encode()).digest()
        self._account_pace = account_pace
        self._chat_pace = chat_pace

    def chat(self, chat: str) -> str:
        digest = hashlib.blake2b(chat.encode(), key=self._key, digest_size=8).hexdigest()
        return f"{self.account}:chat:{digest}"

    def paces(self, chat: str) -> Sequence[Pace]:
        paces = ((self._account_pace, self.account), (self._chat_pace, self.chat(chat)))
        return tuple(replace(pace, scope=scope) for pace, scope in paces if pace)
