"""Delivers posts, cards and the Home tab, and finds out whether an unanswered attempt went through."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.channels import Failed, Outcome, Pace, Parcel, Retry, Sent
from bot.channels.slack.messages import card_blocks, post_messages, summary
from bot.channels.slack.outcomes import PAUSE, RIGHTS_PAUSE, passes, refused
from bot.channels.slack.stamps import micros, moment
from bot.channels.slack.uploading import Uploading
from bot.channels.slack.views import home_view
from bot.channels.slack.wire import NETWORK, RefusedError, Wire, error_code
from bot.core.enclosures import Bundle
from bot.core.shown import Card, Home, Post, Removal

log = structlog.get_logger()

Json = dict[str, Any]

EVENT = "sanad_parcel"
PAGES, PAGE = 5, 200
SKEW = timedelta(hours=1)
"""How far the clocks of our machine and of Slack may be apart."""

REMEMBERED = 1000

STAYING = frozenset({"cant_delete_message", "compliance_exports_prevent_deletion"})
"""What Slack says of a message that it does not let us delete, whatever we do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Slack's limits: seconds between two calls, and how many may come at once."""

    post: tuple[float, int] = (1.0, 3)  # chat.postMessage, each channel: about one a second
    update: tuple[float, int] = (1.2, 10)  # chat.update, the workspace: tier 3, 50 a minute
    publish: tuple[float, int] = (0.6, 10)  # views.publish: tier 4, 100 a minute
    history: float = 1.3  # conversations.history and .replies, read back one by one: tier 3, 50 a minute
    workspace: tuple[float, int] = (0.2, 30)  # all messages: "several hundred a minute"


class Sending:
    """One account's way out."""

    def __init__(self, wire: Wire, account: str, limits: Limits) -> None:
        self._wire, self._account, self._limits = wire, f"slack:{account}", limits
        self._uploading = Uploading(wire)
        self._begun: OrderedDict[str, list[str]] = OrderedDict()  # parts sent of posts that take several

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one parcel; whatever the network does becomes an outcome."""
        scope = self._scope(parcel)
        try:
            return await self._send(parcel)
        except SlackApiError as error:
            return self._refused(error, scope)
        except RefusedError as error:
            return Retry(PAUSE, unsure=True) if passes(error.why) else Failed(error.why)
        except aiohttp.ClientConnectorError:
            return Retry(PAUSE)
        except NETWORK:
            return Retry(PAUSE, unsure=True)

    async def found(self, parcel: Parcel) -> Sent | Retry | None:
        """Look for the parcel's key in the metadata of what is there; only channels can be searched.

        Retry when Slack does not say now: to post once more without knowing could be a second post.
        """
        if isinstance(parcel.what, Bundle):
            return await self._uploading.found(parcel)
        if parcel.replaces or isinstance(parcel.what, Home | Removal) or parcel.chat[:1] not in {"C", "G"}:
            return None
        try:
            parts = {
                about["part"]: message["ts"]
                async for message in self._messages(parcel)
                if (about := _about(message)).get("key") == parcel.key
            }
        except RefusedError as error:
            log.warning("slack.not_found_out", why=error.why)
            return Retry(PAUSE) if passes(error.why) else None
        ids = [parts[part] for part in sorted(parts)]
        if ids and len(ids) == len(_drawn(parcel)):
            return _sent(ids)
        self._remember(parcel.key, ids)
        return None

    def paces(self, parcel: Parcel) -> Sequence[Pace]:
        """The limit of the method that this parcel needs, and the workspace's."""
        match parcel:
            case Parcel(what=Home()):
                own = self._limits.publish
            case Parcel(what=Removal()):
                own = self._limits.update
            case Parcel(replaces=replaced) if replaced:
                own = self._limits.update
            case _:
                own = self._limits.post
        return (Pace(self._scope(parcel), *own), Pace(self._account, *self._limits.workspace))

    def _refused(self, error: SlackApiError, scope: str) -> Outcome:
        outcome = refused(error, scope, self._account)
        if outcome == Retry(RIGHTS_PAUSE, self._account):
            log.error("slack.no_rights", why=error_code(error))
        return outcome

    def _scope(self, parcel: Parcel) -> str:
        if isinstance(parcel.what, Home):
            return f"{self._account}:views.publish"
        if isinstance(parcel.what, Removal):
            return f"{self._account}:chat.delete"
        if parcel.replaces:
            return f"{self._account}:chat.update"
        return f"{self._account}:chat.postMessage:{parcel.chat}"

    async def _send(self, parcel: Parcel) -> Outcome:
        match parcel.what:
            case Home() as home:
                await self._wire.client.views_publish(
                    user_id=parcel.chat, view=self._wire.placed(home_view(home))
                )
                return Sent((), datetime.now(UTC))
            case Bundle():
                return await self._uploading.send(parcel)
            case Removal() as removal:
                return await self._remove(removal)
            case Card() | Post():
                return await (self._update(parcel) if parcel.replaces else self._post(parcel))
            case _:
                return Failed("not_for_agents")

    async def _remove(self, removal: Removal) -> Outcome:
        """Delete what is ours; what is gone already is gone. Done again it does nothing.

        What Slack does not let go, in one place or in a channel, keeps nothing else from being deleted.
        """
        stays, trouble = "", None
        for spot in removal.spots:
            try:
                await self._wire.client.chat_delete(channel=spot.chat, ts=spot.message)
            except SlackApiError as error:
                if passes(error_code(error)):
                    raise
                if error_code(error) in STAYING:
                    stays = error_code(error)
                elif error_code(error) != "message_not_found":
                    trouble = error
        if trouble:
            raise trouble
        return Failed(stays) if stays else Sent((), datetime.now(UTC))

    async def _update(self, parcel: Parcel) -> Outcome:
        """Of a post that takes several messages this is the last one, which holds its buttons."""
        told = await self._wire.client.chat_update(
            channel=parcel.chat,
            ts=parcel.replaces,
            text=_summary(parcel),
            blocks=self._wire.placed(_drawn(parcel)[-1]),
            parse="none",
            link_names=False,
        )
        return _sent([str(told["ts"])])

    async def _post(self, parcel: Parcel) -> Outcome:
        messages = self._wire.placed(_drawn(parcel))
        sent = self._begun.get(parcel.key, [])
        for part in range(len(sent), len(messages)):
            told = await self._wire.client.chat_postMessage(**_message(parcel, messages[part], part))
            sent = [*sent, str(told["ts"])]
            self._remember(parcel.key, sent)
        self._begun.pop(parcel.key, None)
        return _sent(sent)

    async def _messages(self, parcel: Parcel) -> AsyncIterator[Json]:
        """Those of the thread, or the channel's latest, that are not older than the parcel."""
        client = self._wire.client
        where: Json = {"channel": parcel.chat, "limit": PAGE, "include_all_metadata": True}
        if parcel.made:
            where["oldest"] = f"{(parcel.made - SKEW).timestamp():.6f}"
        method: Callable[..., Awaitable[Any]] = client.conversations_history
        if parcel.thread:
            method, where = client.conversations_replies, {**where, "ts": parcel.thread}
        for _ in range(PAGES):
            told = await self._wire.ask(method, **where)
            for message in told["messages"]:
                yield message
            where["cursor"] = (told.get("response_metadata") or {}).get("next_cursor", "")
            if not where["cursor"]:
                return

    def _remember(self, key: str, ids: list[str]) -> None:
        self._begun[key] = ids
        while len(self._begun) > REMEMBERED:
            self._begun.popitem(last=False)


def _drawn(parcel: Parcel) -> list[list[Json]]:
    """The blocks of each message that a parcel takes."""
    match parcel.what:
        case Card() as card:
            return [card_blocks(card, parcel.key)]
        case Post() as post:
            return post_messages(post)
    return []


def _message(parcel: Parcel, blocks: list[Json], part: int) -> Json:
    thread: Json = {"thread_ts": parcel.thread} if parcel.thread else {}
    if thread and isinstance(parcel.what, Post) and parcel.what.broadcast:
        thread["reply_broadcast"] = True
    return {
        "channel": parcel.chat,
        "text": _summary(parcel),
        "blocks": blocks,
        "metadata": {"event_type": EVENT, "event_payload": {"key": parcel.key, "part": part}},
        "mrkdwn": False,
        "parse": "none",
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
        **thread,
    }


def _summary(parcel: Parcel) -> str:
    assert isinstance(parcel.what, Post | Card)
    return summary(parcel.what)


def _about(message: Json) -> Json:
    metadata = message.get("metadata") or {}
    about = metadata.get("event_payload") if metadata.get("event_type") == EVENT else None
    return about if isinstance(about, dict) and "part" in about else {}


def _sent(ids: list[str]) -> Sent:
    return Sent(tuple(ids), moment(micros(ids[-1])))
