"""A Slack that takes everything at once, and holds nothing."""

import itertools
import time
from typing import Any

MEMBERS = ("U0AGENT",)


class LeanSlack:
    """What the desk asks of Slack to post, to draw, and to know who its agents are."""

    def __init__(self) -> None:
        self.posts = 0
        self._stamps = itertools.count()

    async def answer(self, path: str, sent: dict[str, str]) -> dict[str, Any]:
        match path.rpartition("/")[2]:
            case "chat.postMessage" | "chat.update":
                self.posts += 1
                ts = sent.get("ts") or f"{int(time.time())}.{next(self._stamps) % 1_000_000:06d}"
                return {"ok": True, "ts": ts, "channel": sent.get("channel", "")}
            case "auth.test":
                return {"ok": True, "user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0", "user": "bench"}
            case "conversations.info":
                return {
                    "ok": True,
                    "channel": {"id": sent.get("channel", ""), "is_private": True, "is_member": True},
                }
            case "conversations.members":
                return {"ok": True, "members": list(MEMBERS)}
            case "users.info":
                return {"ok": True, "user": {"id": "U0AGENT", "locale": "en-US", "name": "agent"}}
            case _other:
                return {"ok": True}
