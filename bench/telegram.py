"""A local Telegram that does nothing but pass on, as fast as it can, or with an API's delay."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

TOKEN = "4242:AAbenchbenchbenchbenchbenchbenchben"  # noqa: S105 - it opens nothing
ME = {"id": 4242, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
MOST = 100


class LeanTelegram:
    """getUpdates and sendMessage as the Bot API has them; all else is taken and told yes.

    `answered` is called with the chat of each message that was taken.
    """

    def __init__(self, delay: float, answered: Callable[[int], None]) -> None:
        self.calls = 0
        self._delay = delay
        self._answered = answered
        self._updates: deque[dict[str, Any]] = deque()
        self._number = 0
        self._new = asyncio.Event()

    def write(self, chat: int, text: str) -> None:
        """Somebody writes to the bot."""
        self._number += 1
        someone = {"id": chat, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
        message: dict[str, Any] = {
            "message_id": self._number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Somebody"},
            "from": someone,
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self._updates.append({"update_id": self._number, "message": message})
        self._new.set()

    async def answer(self, path: str, sent: dict[str, str]) -> dict[str, Any]:
        self.calls += 1
        if self._delay:
            await asyncio.sleep(self._delay)
        match path.rpartition("/")[2]:
            case "getUpdates":
                return _yes(await self._wait(sent))
            case "sendMessage":
                return _yes(self._take(sent))
            case "getMe":
                return _yes(ME)
            case _other:
                return _yes(True)

    async def _wait(self, sent: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(sent.get("offset", 0))
        while self._updates and self._updates[0]["update_id"] < offset:
            self._updates.popleft()
        if not self._updates:
            self._new.clear()
            try:
                async with asyncio.timeout(float(sent.get("timeout", 0))):
                    await self._new.wait()
            except TimeoutError:
                return []
        return [
            self._updates[at] for at in range(min(MOST, int(sent.get("limit", MOST)), len(self._updates)))
        ]

    def _take(self, sent: dict[str, str]) -> dict[str, Any]:
        self._number += 1
        chat = int(sent["chat_id"])
        self._answered(chat)
        told = {"id": chat, "type": "private", "first_name": "Somebody"}
        return {"message_id": self._number, "date": int(time.time()), "chat": told, "text": sent["text"]}


def _yes(result: object) -> dict[str, Any]:
    return {"ok": True, "result": result}
