"""Everything that a page can show of the workspace, as JSON."""

from typing import Any

from bot.playground.slack.calls_people import in_channel, thread
from bot.playground.slack.seen import Shown, dialog
from bot.playground.slack.workspace import Channel, Person, Workspace

Json = dict[str, Any]


def snapshot(space: Workspace) -> Json:
    """`revision`, `bot`, `groups`, `channels` with messages and replies, `agents` with what they see.

    A message's `files` are Slack's own objects (`id`, `name`, `mimetype`, `size`); `LocalSlack.file(id)`
    gives their bytes.
    """
    return {
        "revision": space.revision,
        "bot": {"id": space.bot_user, "name": space.bot_name},
        "groups": dict(space.groups),
        "channels": [_channel(space, one) for one in space.channels.values() if one.kind != "im"],
        "agents": [_agent(space, person) for person in space.people.values()],
    }


def _channel(space: Workspace, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "public": channel.public,
        "archived": channel.archived,
        "members": sorted(channel.members),
        "messages": [
            {
                **_message(space, raw),
                "replies": [_message(space, reply) for reply in thread(channel, ts)],
            }
            for ts, raw in sorted(channel.messages.items())
            if in_channel(raw)
        ],
    }


def _message(space: Workspace, raw: Json) -> Json:
    user = raw.get("user", "")
    person = space.people.get(user)
    return {
        "ts": raw["ts"],
        "thread_ts": raw.get("thread_ts", ""),
        "user": user,
        "name": person.name if person else space.bot_name,
        "bot": bool(raw.get("bot_id")) or user == space.bot_user,
        "text": Shown(raw).text,
        "blocks": raw.get("blocks") or [],
        "files": raw.get("files") or [],
        "edited": "edited" in raw,
        "deleted": raw.get("subtype") == "tombstone",
        "broadcast": raw.get("subtype") == "thread_broadcast",
    }


def _agent(space: Workspace, person: Person) -> Json:
    joined = [one.id for one in space.channels.values() if person.id in one.members and one.kind != "im"]
    return {
        "id": person.id,
        "name": person.name,
        "locale": person.locale,
        "channels": joined,
        "home": person.home["blocks"] if person.home else None,
        "dialog": _dialog(person),
        "direct": [_message(space, raw) for raw in space.direct(person.id).messages.values()],
        "whispers": [{**_message(space, raw), "channel": raw.get("channel", "")} for raw in person.ephemeral],
    }


def _dialog(person: Person) -> Json | None:
    shown = dialog(person)
    if shown is None:
        return None
    return {
        "id": shown.raw["id"],
        "title": shown.title,
        "submit": shown.raw.get("submit", {}).get("text", ""),
        "close": shown.raw.get("close", {}).get("text", ""),
        "blocks": shown.raw["blocks"],
        "errors": dict(person.errors),
    }
