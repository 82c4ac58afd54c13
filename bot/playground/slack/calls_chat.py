"""The Web API's `chat.*` and `reactions.*`."""

import json
from typing import Any

from bot.playground.slack.blockkit import check_blocks, too_heavy
from bot.playground.slack.shapes import MisshapenError, units
from bot.playground.slack.workspace import Channel, RefusalError, Workspace

Json = dict[str, Any]

LONGEST, LONGEST_UPDATE = 40_000, 4_000
SHOWN = ("text", "blocks", "metadata")


def post_message(space: Workspace, call: Json) -> Json:
    channel = _target(space, call["channel"])
    content = content_of(call, LONGEST)
    thread = _thread(channel, call.get("thread_ts", ""))
    if thread and call.get("reply_broadcast") in {True, "1", "true"}:
        thread["subtype"] = "thread_broadcast"
    message = space.add(channel, {**_by_the_bot(space), **content, **thread})
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def update(space: Workspace, call: Json) -> Json:
    channel = _writable(space, call["channel"])
    message = _own(space, channel, call["ts"])
    content = content_of(call, LONGEST_UPDATE)
    space.change(channel, message, content, edited_by=space.bot_user)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


def delete(space: Workspace, call: Json) -> Json:
    channel = _writable(space, call["channel"])
    message = _there(channel, call["ts"])
    if message.get("user") != space.bot_user:
        raise RefusalError("cant_delete_message")
    space.delete(channel, message)
    return {"channel": channel.id, "ts": call["ts"]}


def post_ephemeral(space: Workspace, call: Json) -> Json:
    channel, person = _writable(space, call["channel"]), space.person(call["user"])
    if person.id not in channel.members:
        raise RefusalError("user_not_in_channel")
    content = content_of(call, LONGEST)
    thread = {"thread_ts": call["thread_ts"]} if call.get("thread_ts") else {}
    whisper(space, person.id, {"channel": channel.id, **content, **thread})
    return {"message_ts": person.ephemeral[-1]["ts"]}


def add_reaction(space: Workspace, call: Json) -> Json:
    message = space.channel(call["channel"]).messages.get(call["timestamp"])
    if message is None:
        raise RefusalError("message_not_found")
    names = message.setdefault("reactions", [])
    if call["name"] in names:
        raise RefusalError("already_reacted")
    names.append(call["name"])
    space.touch()
    return {}


def whisper(space: Workspace, user: str, message: Json) -> None:
    """Show a message to one person only."""
    own = {"type": "message", "ts": space.stamp(), "ephemeral": True, **_by_the_bot(space)}
    space.people[user].ephemeral.append({**own, **message})
    space.touch()


def content_of(call: Json, longest: int) -> Json:
    """The words and blocks of a call, checked as strictly as Slack does."""
    text, blocks = call.get("text", ""), call.get("blocks") or []
    blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
    if not (text or blocks):
        raise RefusalError("no_text")
    if units(text) > longest:
        raise RefusalError("msg_too_long")
    try:
        check_blocks(blocks)
    except MisshapenError as error:
        raise RefusalError("invalid_blocks", str(error)) from None
    if too_heavy(blocks):
        raise RefusalError("msg_blocks_too_long")
    return {"text": text, "blocks": blocks, **_metadata(call.get("metadata"))}


def _metadata(metadata: Any) -> Json:
    if metadata is None:
        return {}
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    if not (isinstance(metadata.get("event_type"), str) and isinstance(metadata.get("event_payload"), dict)):
        raise RefusalError("invalid_metadata_format")
    return {"metadata": metadata}


def _target(space: Workspace, channel: str) -> Channel:
    if channel[:1] in {"U", "W"}:  # a person: their direct messages with the app
        return space.direct(channel)
    return _writable(space, channel)


def _writable(space: Workspace, channel_id: str) -> Channel:
    channel = space.channel(channel_id)
    if channel.archived:
        raise RefusalError("is_archived")
    if space.bot_user not in channel.members:
        raise RefusalError("not_in_channel")
    return channel


def _thread(channel: Channel, ts: str) -> Json:
    if not ts:
        return {}
    if ts not in channel.messages:
        raise RefusalError("thread_not_found")
    return {"thread_ts": channel.messages[ts].get("thread_ts", ts)}


def _own(space: Workspace, channel: Channel, ts: str) -> Json:
    message = _there(channel, ts)
    if message.get("bot_id") != space.bot_id:
        raise RefusalError("cant_update_message")
    return message


def _there(channel: Channel, ts: str) -> Json:
    message = channel.messages.get(ts)
    if message is None or message.get("subtype") == "tombstone":
        raise RefusalError("message_not_found")
    return message


def _by_the_bot(space: Workspace) -> Json:
    return {"user": space.bot_user, "bot_id": space.bot_id, "app_id": space.app}
