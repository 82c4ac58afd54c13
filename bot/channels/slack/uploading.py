"""Files for a thread: announced to Slack, uploaded, and shared; delivered when Slack shows them there.

Slack shares some time after it has said yes, and now and then not at all. What was uploaded, and when, is
jotted down before it is shared: after an attempt that showed nothing it is looked for first, and shared anew
only when Slack has had a minute to show it.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.channels import Failed, Outcome, Parcel, Retry, Sent
from bot.channels.slack.fitting import escaped
from bot.channels.slack.outcomes import PAUSE, passes
from bot.channels.slack.stamps import micros, moment
from bot.channels.slack.wire import RefusedError, Wire, error_code
from bot.channels.streaming import Stream
from bot.core.enclosures import Bundle, Enclosure

Json = dict[str, Any]

LOOKS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 2.0, 2.0)
"""Seconds between the looks for what was shared."""
UNSHOWN_FOR = 60.0
"""Seconds that Slack gets to show what it may have taken, and scans, before it is shared once more."""
TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=30)
NO_RIGHT = frozenset({"missing_scope", "file_uploads_disabled", "file_uploads_except_images_disabled"})
UNKNOWN = frozenset({"file_not_found", "file_deleted", "invalid_arguments"})


class Uploading:
    """Posts bundles; its errors are those of the SDK, which whoever delivers understands."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def send(self, parcel: Parcel) -> Outcome:
        try:
            return await self._send(parcel)
        except SlackApiError as error:
            if error_code(error) in NO_RIGHT:  # words can still be posted: nothing else waits for this
                return Failed("no_right")
            raise

    async def _send(self, parcel: Parcel) -> Outcome:
        if not parcel.files:
            return Failed("empty")
        chat = await self._chat(parcel)
        ids = await self._known(parcel) or [await self._upload(parcel, file) for file in parcel.files]
        await parcel.jot(_memo(chat, ids, time.time()))
        return await self._share(parcel, chat, ids)

    async def _chat(self, parcel: Parcel) -> str:
        """A word before them says whose they are, and tells the chat: Slack shares with no people."""
        if not _about(parcel):
            return parcel.chat
        chat, _ids, _shared_at = _jotted(parcel)
        if not chat:
            told = await self._wire.client.chat_postMessage(channel=parcel.chat, **_heading(parcel))
            chat = str(told["channel"])
            await parcel.jot(_memo(chat, (), 0))
        return chat

    async def _share(self, parcel: Parcel, chat: str, ids: Sequence[str]) -> Outcome:
        named: list[dict[str, str | None]] = [
            {"id": file, "title": enclosed.name} for file, enclosed in zip(ids, parcel.files, strict=True)
        ]
        await self._wire.client.files_completeUploadExternal(
            files=named, channel_id=chat, thread_ts=parcel.thread or None
        )
        return await self._shown(parcel, chat, ids) or Retry(PAUSE, unsure=True)

    async def found(self, parcel: Parcel) -> Sent | Retry | None:
        """Whether an earlier attempt has been shared by now."""
        chat, ids, shared_at = _jotted(parcel)
        if not ids:
            return None
        try:
            if shown := await self._shown(parcel, chat, ids):
                return shown
        except RefusedError as error:
            return Retry(PAUSE) if passes(error.why) else None
        return Retry(PAUSE) if time.time() - shared_at < UNSHOWN_FOR else None

    async def _known(self, parcel: Parcel) -> list[str]:
        """What an earlier attempt has uploaded, if Slack still has all of it."""
        _chat, ids, _shared_at = _jotted(parcel)
        if len(ids) != len(parcel.files):
            return []
        try:
            for file in ids:
                await self._wire.ask(self._wire.client.files_info, file=file)
        except RefusedError as error:
            if error.why in UNKNOWN:
                return []
            raise
        return ids

    async def _upload(self, parcel: Parcel, file: Enclosure) -> str:
        told = await self._wire.client.files_getUploadURLExternal(filename=file.name, length=file.size)
        stream = Stream(parcel.read(file.id), file)
        async with self._wire.session.post(told["upload_url"], data=stream, timeout=TIMEOUT) as answer:
            answer.raise_for_status()
        return str(told["file_id"])

    async def _shown(self, parcel: Parcel, chat: str, ids: Sequence[str]) -> Sent | None:
        """The message in the thread that has them, as soon as Slack shows it."""
        for pause in LOOKS:
            await asyncio.sleep(pause)
            if stamps := [ts for file in ids for ts in await self._stamps(parcel, chat, file)]:
                return Sent(tuple(sorted(set(stamps))), moment(micros(max(stamps))))
        return None

    async def _stamps(self, parcel: Parcel, chat: str, file: str) -> list[str]:
        told = await self._wire.ask(self._wire.client.files_info, file=file)
        families = (told["file"].get("shares") or {}).values()
        places = [place for family in families for place in family.get(chat, ())]
        return [place["ts"] for place in places if not parcel.thread or _thread(place) == parcel.thread]


def _memo(chat: str, ids: Sequence[str], at: float) -> str:
    return f"{chat}|{','.join(ids)}@{int(at)}"


def _jotted(parcel: Parcel) -> tuple[str, list[str], float]:
    """The chat that it goes to, the ids of what was uploaded, and when it was last about to be shared."""
    chat, _bar, rest = parcel.memo.rpartition("|")
    ids, _mark, at = rest.partition("@")
    chat = chat or ("" if _about(parcel) else parcel.chat)
    return chat, list(filter(None, ids.split(","))), float(at or 0)


def _about(parcel: Parcel) -> str:
    assert isinstance(parcel.what, Bundle)
    return parcel.what.about


def _heading(parcel: Parcel) -> Json:
    return {"text": escaped(_about(parcel)), "mrkdwn": False, "parse": "none", "link_names": False}


def _thread(place: Json) -> str:
    return str(place.get("thread_ts") or place["ts"])
