"""A workspace: its people, channels, messages and views, and the events that their changes make."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.shelf import Shelf

Json = dict[str, Any]

TRIGGER_LIFE = 3.0
"""Seconds that a press may still open a dialog."""


class RefusalError(Exception):
    """The error that the Web API answers with."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.code, self.messages = code, messages


@dataclass
class Channel:
    """A channel, or a person's direct messages with the app (`D...`)."""

    id: str
    name: str
    public: bool = False
    archived: bool = False
    members: set[str] = field(default_factory=set)
    messages: dict[str, Json] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        if self.id.startswith("D"):
            return "im"
        return "channel" if self.public else "group"

    @property
    def family(self) -> str:
        """The first half of the scopes that such channels need."""
        return {"channel": "channels", "group": "groups", "im": "im"}[self.kind]


@dataclass
class Person:
    """Somebody in the workspace, with what only they see; `menus` are by message and block id, and so is what

    they `typed` into the open dialog (by block and action id).
    """

    id: str
    name: str
    locale: str = "en-US"
    home: Json | None = None
    view: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    ephemeral: list[Json] = field(default_factory=list)
    menus: dict[tuple[str, str], str] = field(default_factory=dict)
    typed: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass
class Trigger:
    user: str
    expires: float
    used: bool = False


class Workspace:
    """All state. Whoever changes it calls `touch`, and whoever waits awaits `changed`."""

    team, app, bot_user, bot_id = "T0LOCAL", "A0LOCAL", "U0SANAD", "B0SANAD"
    bot_name = "Sanad"

    def __init__(self, clock: Callable[[], float], scopes: frozenset[str]) -> None:
        self.clock, self.scopes = clock, scopes
        self.channels: dict[str, Channel] = {}
        self.people: dict[str, Person] = {}
        self.groups: dict[str, str] = {}
        self.group_users: dict[str, tuple[str, ...]] = {}
        self.triggers: dict[str, Trigger] = {}
        self.shelf = Shelf()
        self.emit: Callable[[Json], None] = lambda _event: None
        self.revision = 0
        self._changed = asyncio.Event()
        self._last = 0

    def stamp(self) -> str:
        """The next timestamp: the clock's, and always later than the last."""
        self._last = max(self._last + 1, int(self.clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def touch(self) -> None:
        self.revision += 1
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self, since: int, timeout: float | None = None) -> int:  # noqa: ASYNC109 - as asked
        """The revision, as soon as it is later than `since`; the same one after `timeout` seconds."""
        if self.revision <= since:
            try:
                async with asyncio.timeout(timeout):
                    await self._changed.wait()
            except TimeoutError:
                pass
        return self.revision

    def channel(self, channel_id: str) -> Channel:
        """A channel that the bot can see. Raises `channel_not_found`."""
        found = self.channels.get(channel_id)
        if found is None or (not found.public and self.bot_user not in found.members):
            raise RefusalError("channel_not_found")
        return found

    def direct(self, user: str) -> Channel:
        """The direct messages of a person and the app."""
        if user not in self.people:
            raise RefusalError("user_not_found" if user == self.bot_user else "channel_not_found")
        channel = f"D{user[1:]}"
        if channel not in self.channels:
            self.channels[channel] = Channel(channel, "", members={user, self.bot_user})
        return self.channels[channel]

    def person(self, user: str) -> Person:
        """Raises `user_not_found`."""
        if user not in self.people:
            raise RefusalError("user_not_found")
        return self.people[user]

    def add(self, channel: Channel, message: Json) -> Json:
        """Put a new message into a channel; the bot hears of it."""
        message = {"type": "message", "ts": self.stamp(), "team": self.team, **message}
        channel.messages[message["ts"]] = message
        if parent := channel.messages.get(message.get("thread_ts", "")):
            parent["thread_ts"] = parent["ts"]
            parent["reply_count"] = parent.get("reply_count", 0) + 1
            parent["latest_reply"] = message["ts"]
        self.touch()
        self.tell(channel, dict(message))
        return message

    def change(self, channel: Channel, message: Json, values: Json, edited_by: str = "") -> None:
        """Change a message in place; the bot hears of it."""
        previous, at = dict(message), self.stamp()
        edited = {"edited": {"user": edited_by, "ts": at}} if edited_by else {}
        message.update({**values, **edited})
        self.touch()
        event = {"subtype": "message_changed", "hidden": True, "ts": at}
        self.tell(channel, {**event, "message": dict(message), "previous_message": previous})

    def delete(self, channel: Channel, message: Json) -> None:
        """Take a message away; one that has replies leaves a tombstone."""
        if message.get("reply_count"):
            words = {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
            self.change(channel, message, {**words, "blocks": [], "bot_id": "", "hidden": True})
            return
        del channel.messages[message["ts"]]
        if parent := channel.messages.get(message.get("thread_ts", "")):
            parent["reply_count"] -= 1
        self.touch()
        event = {"subtype": "message_deleted", "hidden": True, "ts": self.stamp()}
        self.tell(channel, {**event, "deleted_ts": message["ts"], "previous_message": dict(message)})

    def tell(self, channel: Channel, event: Json) -> None:
        """Emit a message event, if the bot is where it happened and may hear it."""
        if self.bot_user in channel.members and f"{channel.family}:history" in self.scopes:
            shared = {"type": "message", "channel": channel.id, "channel_type": channel.kind}
            self.emit({**event, **shared, "event_ts": event["ts"]})

    def happened(self, channel: str, what: str, **more: Any) -> None:
        """Tell the app what became of a channel itself, if it is in it and may see such channels."""
        found = self.channels[channel]
        self.touch()
        if self.bot_user in found.members and f"{found.family}:read" in self.scopes:
            kind = f"{found.kind}_{what}"
            self.emit({"type": kind, "channel": channel, **more, "event_ts": self.stamp()})

    def membership(self, kind: str, channel: str, user: str) -> Json:
        """Somebody joined or left; `channel_type` follows the id's first letter, as Slack's does."""
        about = {"channel": channel, "channel_type": channel[:1], "team": self.team}
        return {"type": kind, "user": user, **about, "event_ts": self.stamp()}

    def trigger(self, user: str) -> str:
        name = f"{secrets.randbelow(10**13)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user, time.monotonic() + TRIGGER_LIFE)
        return name

    def pull(self, name: str) -> Person:
        """Use a trigger up: whose it is. Raises what Slack answers for a late or used one."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise RefusalError("invalid_trigger_id")
        if trigger.used:
            raise RefusalError("exchanged_trigger_id")
        if trigger.expires < time.monotonic():
            raise RefusalError("expired_trigger_id")
        trigger.used = True
        return self.people[trigger.user]

    def members_of(self, channels: Iterable[str], user: str) -> None:
        """Put somebody into channels without an event, as if it had been so for long."""
        for channel in channels:
            self.channels[channel].members.add(user)
        self.touch()
