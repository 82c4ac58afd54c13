"""What Slack knows about people and channels, asked for and remembered for a while."""

import asyncio
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.channels.slack.wire import RefusedError, Wire
from bot.core.standing import Standing

REMEMBERED = 3600.0
REFUSED = 30.0
HASTE, HURRY = 1.0, 0.3
"""Seconds: how long what was told holds, how long a failure does; how long a message waits for names, and a
person who pressed something for their language."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom our token belongs to: the workspace, the bot's user, and what the token allows.

    `ahead` is by how much this machine's clock is ahead of Slack's, as far as Slack told its time.
    """

    team: str
    user: str
    scopes: frozenset[str]
    ahead: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack told about a person, nothing when it refused, and how long that holds."""

    name: str
    locale: str
    until: float


class Directory:
    """Users and channels of one workspace."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._known: dict[str, Known] = {}

    async def names(self, users: Iterable[str]) -> dict[str, str]:
        """Display names by user id; within a second, and without those that could not be told."""
        known = await self._ask_about(set(users), HASTE)
        return {user: told.name for user, told in known.items() if told.name}

    async def locale(self, user: str) -> str:
        """The language of a person's Slack, such as `en-US`; at once, else nothing."""
        known = await self._ask_about({user}, HURRY)
        return known[user].locale if user in known else ""

    async def _ask_about(self, users: set[str], within: float) -> dict[str, Known]:
        now = time.monotonic()
        missing = [user for user in users if user not in self._known or self._known[user].until < now]
        if missing:
            tasks = [asyncio.create_task(self._look_up(user)) for user in missing]
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
        return {user: self._known[user] for user in users if user in self._known}

    async def identity(self) -> Identity:
        """Raises `RefusedError`, for example with `invalid_auth`."""
        told = await self._wire.ask(self._wire.client.auth_test)
        self._wire.workspace = told.get("url", "")
        headers = {name.lower(): value for name, value in told["headers"].items()}
        scopes = frozenset(filter(None, headers.get("x-oauth-scopes", "").split(",")))
        return Identity(told["team_id"], told["user_id"], scopes, _ahead(headers.get("date", "")))

    async def locate(self) -> None:
        """Learn the workspace's address, for links; without it they are plain words."""
        if not self._wire.workspace:
            with suppress(RefusedError, TimeoutError):
                async with asyncio.timeout(HURRY):
                    await self.identity()

    async def person(self, user: str) -> dict[str, Any]:
        """Slack's own description of a person (`deleted`, `profile`, ...). Raises `RefusedError`."""
        return dict((await self._wire.ask(self._wire.client.users_info, user=user))["user"])

    async def user_locale(self, user: str) -> str:
        """The language of a person's Slack, such as `en-US`, or nothing. Raises `RefusedError`."""
        told = await self._wire.ask(self._wire.client.users_info, user=user, include_locale=True)
        return str(told["user"].get("locale") or "")

    async def channel_info(self, channel: str) -> dict[str, Any]:
        """Slack's own description of a channel (`name`, `is_private`, `is_archived`, `is_member`, ...).

        Raises `RefusedError`, with `channel_not_found` also for a private channel that the bot is not in.
        """
        told = await self._wire.ask(self._wire.client.conversations_info, channel=channel)
        return dict(told["channel"])

    async def standing(self, channel: str) -> Standing | None:
        """How a channel stands for us; None where Slack does not say just now."""
        try:
            info = await self.channel_info(channel)
        except RefusedError as refused:
            return "gone" if refused.why == "channel_not_found" else None
        if info.get("is_archived"):
            return "archived"
        if not info.get("is_member"):
            return "left"
        return "open" if info.get("is_private") else "public"

    async def standing_in_haste(self, channel: str) -> Standing | None:
        """The same for somebody who waits: None where that takes longer than a second."""
        try:
            async with asyncio.timeout(HASTE):
                return await self.standing(channel)
        except TimeoutError:
            return None

    async def members(self, channel: str) -> list[str]:
        """The user ids of everybody in a channel, bots too. Raises `RefusedError`."""
        users: list[str] = []
        cursor = ""
        while True:
            told = await self._wire.ask(
                self._wire.client.conversations_members, channel=channel, limit=999, cursor=cursor
            )
            users += told["members"]
            cursor = (told.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return users

    async def group_members(self, group: str) -> list[str]:
        """The user ids of everybody in a user group. Raises `RefusedError`."""
        told = await self._wire.ask(self._wire.client.usergroups_users_list, usergroup=group)
        return list(told["users"])

    async def _look_up(self, user: str) -> None:
        try:
            told = await self._wire.ask(self._wire.client.users_info, user=user, include_locale=True)
        except RefusedError:
            self._known[user] = Known("", "", time.monotonic() + REFUSED)
        else:
            profile = told["user"].get("profile") or {}
            name = profile.get("display_name") or profile.get("real_name") or told["user"].get("name", "")
            locale = told["user"].get("locale") or ""
            self._known[user] = Known(name, locale, time.monotonic() + REMEMBERED)


def _ahead(date: str) -> timedelta:
    """By how much our clock is ahead of the one that wrote an HTTP date; nothing where that is none."""
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return timedelta()
    return datetime.now(UTC) - told
