"""Reads channels and threads back, for what no event told while nobody listened."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from bot.channels.slack import reading
from bot.channels.slack.directory import Directory
from bot.channels.slack.outcomes import LIMIT_PAUSE, LIMITED
from bot.channels.slack.posts import Heard, lost, mentioned, message, standing
from bot.channels.slack.stamps import micros, stamp
from bot.channels.slack.wire import RefusedError, Wire
from bot.core.heard import Incoming, PostDeleted, Thread

log = structlog.get_logger()

Json = dict[str, Any]

PAGE = 200
TRIES = 5
"""How often one page is asked for while Slack says that it is too much."""


@dataclass(frozen=True, slots=True)
class Head:
    """The message on top of a thread: whether it is a tombstone, and when the last reply under it is from."""

    gone: bool
    latest: str


@dataclass(frozen=True, slots=True)
class Reread:
    """What is to be heard of a thread, and the messages that are there."""

    heard: tuple[Incoming, ...]
    there: frozenset[str]


class Rereading:
    """Asks at a pace of its own: one call each `every` seconds."""

    def __init__(self, wire: Wire, directory: Directory, account: str, every: float) -> None:
        self._wire, self._directory, self._account, self._every = wire, directory, account, every
        self._next = 0.0

    async def heads(self, channel: str, back_to: str) -> dict[str, Head]:
        """What is on top of the threads of a channel, from `back_to` on. Raises `RefusedError`."""
        pages = self._pages(self._wire.client.conversations_history, channel=channel, oldest=_before(back_to))
        return {shown["ts"]: _head(shown) async for shown in pages}

    async def exists(self, thread: Thread) -> bool:
        """Whether anything is left of a thread. Raises `RefusedError`."""
        try:
            await self._ask(
                self._wire.client.conversations_replies, channel=thread.channel, ts=thread.ts, limit=1
            )
        except RefusedError as refused:
            if refused.why in {"thread_not_found", "message_not_found"}:
                return False
            raise
        return True

    async def thread(self, thread: Thread, oldest: str, since: str) -> Reread:
        """What was written or edited in a thread after `since`, and all that is there from `oldest` on.

        Raises `RefusedError`.
        """
        pages = self._pages(
            self._wire.client.conversations_replies,
            channel=thread.channel,
            ts=thread.ts,
            oldest=_before(oldest),
        )
        shown = [one async for one in pages if one["ts"] != thread.ts]
        heard = [each for one in shown for each in await self._heard(one, thread.channel, since)]
        return Reread(tuple(heard), frozenset(one["ts"] for one in shown))

    def deleted(self, thread: Thread, ts: str, user: str) -> Incoming:
        """That a message is not there any more; nobody knows since when."""
        what = PostDeleted(channel=thread.channel, ts=ts, thread=thread)
        heard = Heard(f"{thread.channel}:{ts}:deleted", ts, user or thread.channel, what, thread)
        return reading.incoming(heard, "slack", self._account)

    async def _heard(self, shown: Json, channel: str, since: str) -> list[Incoming]:
        """A message as its events would have told it: as it is now, and that it was edited or lost a file."""
        edited = str((shown.get("edited") or {}).get("ts") or "")
        whole = standing(shown)
        told: list[Json] = []
        if micros(shown["ts"]) > micros(since):
            told.append({**whole, "channel": channel})
        if micros(edited) > micros(since):
            change = {"subtype": "message_changed", "ts": edited, "event_ts": edited}
            told.append({**change, "channel": channel, "message": whole})
        if deleted := lost(shown):
            told.append({**deleted, "channel": channel})
        names = await self._directory.names(mentioned(shown)) if told else {}
        ours = await self._whose_files(shown) if told else ()
        try:
            heard = [message(event, names, ours) for event in told]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            log.warning("slack.not_understood", kind="message", error=type(error).__name__)
            return []
        return [reading.incoming(one, "slack", self._account) for one in heard if one]

    async def _whose_files(self, shown: Json) -> Sequence[str]:
        """Who we are, where Slack does not say by itself that we shared the files of a message."""
        shared = shown.get("files") and not shown.get("bot_id")
        return [(await self._directory.identity()).user] if shared else ()

    async def _pages(self, method: Callable[..., Awaitable[Any]], **where: Any) -> AsyncIterator[Json]:
        while True:
            told = await self._ask(method, limit=PAGE, **where)
            for shown in told["messages"]:
                yield shown
            where["cursor"] = (told.get("response_metadata") or {}).get("next_cursor", "")
            if not where["cursor"]:
                return

    async def _ask(self, method: Callable[..., Awaitable[Any]], **where: Any) -> Json:
        for left in reversed(range(TRIES)):
            await asyncio.sleep(max(0.0, self._next - time.monotonic()))
            self._next = time.monotonic() + self._every
            try:
                return await self._wire.ask(method, **where)
            except RefusedError as refused:
                if refused.why not in LIMITED or not left:
                    raise
                self._next = time.monotonic() + LIMIT_PAUSE
        raise AssertionError("the last try returns or raises")


def _head(shown: Json) -> Head:
    return Head(shown.get("subtype") == "tombstone", str(shown.get("latest_reply") or ""))


def _before(ts: str) -> str:
    """Slack tells what is later than `oldest`: just before it, so that it is told itself."""
    return stamp(micros(ts) - 1)
