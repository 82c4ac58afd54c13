"""`sanad demo`: a desk to play with, its customers and its agents, on one page."""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self

from bot.playground.furniture import Language, Shelf
from bot.playground.page.server import serving
from bot.playground.page.uploads import Uploads
from bot.playground.stage import Plan, Stage
from bot.playground.telegram.changes import Changes

Json = dict[str, Any]

UNDO = 5
"""Seconds in which an agent's slip can be taken back: long enough to be tried, and soon over."""


async def main(*, port: int, policy: str, shelf: Shelf) -> None:
    """Show the page until cancelled. Raises PolicyError, or OSError when the port is taken."""
    async with Demo(shelf, policy) as demo, serving(demo, port) as address:
        sys.stdout.write(f"Sanad's playground is at {address} (Ctrl-C ends it)\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


class Demo:
    """The desk of the moment, and the way to a fresh one."""

    def __init__(self, shelf: Shelf, policy: str, language: Language = "en", *, undo: int = UNDO) -> None:
        self.changes = Changes()
        self.uploads = Uploads()
        self.number = 0
        self._shelf = shelf
        self._undo = undo
        self._first = self._plan(policy, language)
        self._open = AsyncExitStack()
        self._swapping = asyncio.Lock()
        self._stage: Stage | None = None

    async def __aenter__(self) -> Self:
        await self._begin(self._first)
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._open.aclose()

    @property
    def stage(self) -> Stage:
        assert self._stage, "there is always a desk inside `async with`"
        return self._stage

    async def fresh(self, policy: str, language: Language) -> None:
        """Clear everything away and begin anew. Raises PolicyError, and then leaves everything as it is."""
        plan = self._plan(policy, language)
        async with self._swapping:
            await self._begin(plan)

    def seen(self) -> Json:
        """Everything that the page shows, as JSON values."""
        stage = self.stage
        asked = stage.plan.asked
        telegram = stage.telegram.snapshot()
        return {
            "desk": self.number,
            "policy": asked,
            "policies": [*self._shelf.names(), *([] if asked in self._shelf.names() else [asked])],
            "language": stage.plan.language,
            "time": stage.walker.seen(),
            "bot": {"state": stage.bot_state, "code": stage.bot.exit_code, "why": stage.bot.last_words},
            "telegram": {name: telegram[name] for name in ("bot", "down", "commands", "people")},
            "groups": {str(owner): group.as_json() for owner, group in stage.groups.items()},
            "slack": {
                **stage.slack.snapshot(),
                "down": stage.slack_is_down,
                "undo": stage.plan.undo,
                "revision": 0,
            },
        }

    def _plan(self, asked: str, language: Language) -> Plan:
        known = asked in self._shelf.names()
        policy = self._shelf.load(asked)
        return Plan(asked if known else str(Path(asked).resolve()), policy, language, self._undo)

    async def _begin(self, plan: Plan) -> None:
        async with AsyncExitStack() as opening:
            self._stage = await opening.enter_async_context(Stage(plan, self.changes.touch))
            before, self._open = self._open, opening.pop_all()
        self.number += 1
        self.changes.touch()
        await before.aclose()
