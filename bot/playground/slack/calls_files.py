"""The Web API's `files.*`."""

import asyncio
import json
import re
from functools import partial
from typing import Any

from bot.playground.slack.workspace import Channel, RefusalError, Workspace

Json = dict[str, Any]

LONGEST_NAME = 255
CHAT = re.compile("[CGDZ][A-Z0-9]+")
"""Channels and direct messages; not people."""


def upload_url(space: Workspace, call: Json) -> Json:
    """`files.getUploadURLExternal`."""
    name, length = str(call["filename"]), int(call["length"])
    if length < 1 or len(name) > LONGEST_NAME:
        raise RefusalError("invalid_arguments", "a name of at most 255 characters, and a length")
    file, url = space.shelf.announce(space.bot_user, name, length)
    return {"file_id": file, "upload_url": url}


def complete(space: Workspace, call: Json) -> Json:
    """`files.completeUploadExternal`: it answers at once, and shares some time later."""
    asked = call["files"]
    asked = json.loads(asked) if isinstance(asked, str) else asked
    if missing := [one["id"] for one in asked if one["id"] not in space.shelf.files]:
        raise RefusalError("file_not_found", *missing)
    for one in asked:
        space.shelf.files[one["id"]]["title"] = one.get("title") or space.shelf.files[one["id"]]["name"]
    if call.get("channel_id"):
        if not CHAT.fullmatch(call["channel_id"]):
            raise RefusalError("invalid_arguments", "[ERROR] input must match regex pattern [/channel_id]")
        channel = space.channel(call["channel_id"])
        if space.bot_user not in channel.members:
            raise RefusalError("not_in_channel")
        if channel.archived:
            raise RefusalError("is_archived")
        share = partial(_share, space, channel, [one["id"] for one in asked], call.get("thread_ts", ""))
        space.shelf.later(share, asyncio.get_running_loop().call_later)
    return {"files": [{"id": one["id"], "title": one.get("title", "")} for one in asked]}


def info(space: Workspace, call: Json) -> Json:
    """`files.info`."""
    known = space.shelf.files.get(call["file"])
    if known is None:
        raise RefusalError("file_not_found")
    if known["mode"] == "tombstone":
        raise RefusalError("file_deleted")
    return {"file": known}


def _share(space: Workspace, channel: Channel, files: list[str], thread: str) -> None:
    """One message with all of them; like Slack's own, it does not say that a bot wrote it."""
    shown = {"files": [dict(space.shelf.files[file]) for file in files if file in space.shelf.files]}
    words: Json = {"user": space.bot_user, "subtype": "file_share", "text": "", "upload": True}
    where = {"thread_ts": thread} if thread in channel.messages else {}
    message = space.add(channel, {**words, **shown, **where})
    space.shelf.shared(channel.id, message, public=channel.public)
