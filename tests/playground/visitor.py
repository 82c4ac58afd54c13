"""Somebody at the demo's page without a browser, who sees what it sees and does what it can do."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.playground.demo import Demo
from tests.playing import playing

Json = dict[str, Any]

ARABIC, RUSSIAN = 5_000_001, 5_000_002


class Visitor:
    """Somebody at the page."""

    def __init__(self, http: aiohttp.ClientSession, demo: Demo, address: str) -> None:
        self.http, self.demo, self.address = http, demo, address

    async def does(self, what: Json, **headers: str) -> tuple[int, Json]:
        ours = {"Origin": self.address.rstrip("/"), **headers}
        async with self.http.post(f"{self.address}act", json=what, headers=ours) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else {}

    async def on_phone(self, who: int, **act: Any) -> tuple[int, Json]:
        return await self.does({"on": "phone", "who": who, "act": act})

    async def tells(self, who: int, *texts: str) -> None:
        """Write one after the other, each when the one before was answered."""
        for text in texts:
            before = len(bot_said(self.demo.seen(), who))
            await self.on_phone(who, do="says", text=text)
            await self.hears(who, before)

    async def hears(self, who: int, before: int) -> None:
        """Wait until the bot has said more than `before` on a phone."""
        await self.sees(lambda shown: len(bot_said(shown, who)) > before)

    async def runs(self) -> Json:
        """Wait until the bot runs and has told how desk time stands."""
        return await self.sees(lambda shown: shown["bot"]["state"] == "running" and shown["time"])

    async def walks(self, to: str) -> Json:
        """Move desk time, and see what is seen when it has arrived."""
        status, told = await self.does({"on": "time", "to": to})
        assert status == 200, told
        return await self.sees(lambda shown: shown["time"]["walk"] and not shown["time"]["walk"]["going"])

    async def sees(self, holds: Callable[[Json], object], within: float = 20.0) -> Json:
        """What the page shows, as soon as `holds` is true of it."""
        stream = f"{self.address}events"
        async with asyncio.timeout(within), self.http.get(stream) as events:
            async for line in events.content:
                if line.startswith(b"data: ") and holds(shown := json.loads(line[6:])):
                    return dict(shown)
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def visiting(policy: str = "general", *, undo: int = 0) -> AsyncIterator[Visitor]:
    """Somebody at the page of a fresh desk."""
    # One event holds everything that is seen, in a line longer than aiohttp reads by itself.
    async with (
        playing(policy, undo=undo) as (demo, address),
        aiohttp.ClientSession(read_bufsize=2**22) as http,
    ):
        yield Visitor(http, demo, address)


def phone(shown: Json, who: int) -> Json:
    return next(person for person in shown["telegram"]["people"] if person["id"] == who)


def bot_said(shown: Json, who: int) -> list[str]:
    return [message["text"] for message in phone(shown, who)["messages"] if message["from_bot"]]


def desk_said(shown: Json) -> list[Json]:
    """All that the bot wrote at the desk, cards and threads."""
    cards = [message for channel in shown["slack"]["channels"] for message in channel["messages"]]
    return [post for card in cards for post in (card, *card["replies"]) if post["bot"]]
