"""One fresh desk: a local Telegram and a local Slack with people on them, and the bot between them."""

import asyncio
import base64
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bot.core.policy import Policy
from bot.playground import furniture
from bot.playground.bot import AwayError, Bot
from bot.playground.furniture import AGENTS, CUSTOMERS, Language
from bot.playground.slack import Agent, LocalSlack
from bot.playground.telegram import LocalTelegram, Person
from bot.playground.telegram.groups import Group
from bot.playground.walk import Clock, Walker

Json = dict[str, Any]
Wait = Callable[[int], Awaitable[int]]

SOON = 3.0
"""Seconds that a platform gets to bring the bot what it has; one that is cut off never does."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a desk is made of: a policy with the name or path it was asked for by, and the cards' language.

    An agent's words wait `undo` seconds, so that a slip can be taken back.
    """

    asked: str
    policy: Policy
    language: Language
    undo: int


class Stage:
    """`async with` builds the desk and takes it down again; `changed` is told whenever it looks different."""

    def __init__(self, plan: Plan, changed: Callable[[], None]) -> None:
        self.plan = plan
        self.clock = Clock()
        self.telegram = LocalTelegram(clock=self.clock)
        self.slack = LocalSlack(clock=self.clock.seconds)
        self.slack_is_down = False
        self.customers: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.agents: dict[str, Agent] = {}
        self._changed = changed
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opening:
            folder = Path(opening.enter_context(tempfile.TemporaryDirectory(prefix="sanad-demo-")))
            await opening.enter_async_context(self.telegram)
            await opening.enter_async_context(self.slack)
            self._invite()
            for watch in (self.telegram.changed, self.slack.changed):
                opening.callback(asyncio.create_task(self._pass_on(watch)).cancel)
            self.bot = Bot(self._settings(folder), folder, self._changed)
            self.walker = Walker(self.bot, self.clock, self._settle, self._changed)
            opening.push_async_callback(self.bot.stop)
            await self.bot.start()
            for watching in (self._watch_bot(), self._watch_time()):
                opening.callback(asyncio.create_task(watching).cancel)
            opening.callback(self.walker.halts)
            self._open = opening.pop_all()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._open.aclose()

    @property
    def bot_state(self) -> str:
        """`starting`, `running` (both platforms have heard from it), or `stopped`."""
        if not self.bot.running:
            return "stopped"
        listens = self.slack.connections and self.telegram.calls["getUpdates"]
        return "running" if listens else "starting"

    async def cut_slack(self, *, down: bool) -> None:
        """Make Slack unreachable, or reachable again."""
        self.slack_is_down = down
        await (self.slack.down() if down else self.slack.up())
        self._changed()

    async def cut_telegram(self, *, down: bool) -> None:
        """Make Telegram unreachable, or reachable again."""
        await (self.telegram.faults.down() if down else self.telegram.faults.up())
        self._changed()

    def _invite(self) -> None:
        for one in CUSTOMERS:
            self.customers[one.id] = self.telegram.person(one.id, one.name, one.language, one.phone)
            self.groups[one.id] = self.telegram.group(one.name)
        channels = furniture.channels(self.plan.policy)
        fallback, name = furniture.FALLBACK
        for queue, channel in (*channels.items(), (name, fallback)):
            self.slack.channel(channel, name=queue)
        for colleague in (*AGENTS, *furniture.superiors(self.plan.policy).values()):
            # They read dialogs and private words in the language of their cards, as if each had said so.
            self.agents[colleague.id] = self.slack.agent(
                colleague.id,
                colleague.name,
                locale=self.plan.language,
                channels=[*channels.values(), fallback],
            )

    def _settings(self, folder: Path) -> dict[str, str]:
        desk = folder / "desk.toml"
        desk.write_text(
            furniture.desk_file(self.plan.policy, self.plan.language, self.plan.undo), encoding="utf-8"
        )
        return {
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'sanad.db'}",
            "SANAD_POLICY": self.plan.asked,
            "SANAD_DESK": str(desk),
            "SANAD_KEYS": f"demo:{base64.b64encode(secrets.token_bytes(32)).decode()}",
            "SANAD_FILES": str(folder / "files"),
            "SANAD_PORT": "0",
            "SANAD_ADMIN_PORT": "0",
            "SANAD_LOG_LEVEL": "warning",
            "TELEGRAM_BOT_TOKEN": self.telegram.token,
            "TELEGRAM_API_URL": self.telegram.url,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "SLACK_API_URL": self.slack.url,
        }

    async def _pass_on(self, changed: Wait) -> None:
        seen = 0
        while True:
            seen = await changed(seen)
            self._changed()

    async def _watch_bot(self) -> None:
        """Connections come and go without a change that anybody sees."""
        state = ""
        while True:
            if state != self.bot_state:
                state = self.bot_state
                self._changed()
            await asyncio.sleep(0.1)

    async def _watch_time(self) -> None:
        """What is due changes with every ticket, and the office opens and closes."""
        while True:
            with suppress(AwayError):
                await self.walker.look()
            await asyncio.sleep(1)

    async def _settle(self) -> None:
        """What people said and did has reached the bot, unless it cannot."""
        await self.telegram.until(lambda: not self.telegram.pending, SOON)
        with suppress(TimeoutError):
            async with asyncio.timeout(SOON):
                await self.slack.idle()
