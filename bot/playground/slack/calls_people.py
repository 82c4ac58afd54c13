"""The Web API's `auth.*`, `conversations.*`, `users.*` and `usergroups.*`."""

from typing import Any

from bot.playground.slack.workspace import Channel, Person, RefusalError, Workspace

Json = dict[str, Any]


def auth_test(space: Workspace, _call: Json) -> Json:
    ids = {"team_id": space.team, "user_id": space.bot_user, "bot_id": space.bot_id}
    return {"url": "https://local.slack.com/", "team": "Local", "user": space.bot_name.lower(), **ids}


def info(space: Workspace, call: Json) -> Json:
    return {"channel": _channel(space, space.channel(call["channel"]))}


def listing(space: Workspace, call: Json) -> Json:
    kinds = call.get("types", "public_channel").split(",")
    wanted = [
        _channel(space, channel)
        for channel in space.channels.values()
        if channel.kind != "im" and ("public_channel" if channel.public else "private_channel") in kinds
    ]
    return _page("channels", wanted, call, 1000)


def members(space: Workspace, call: Json) -> Json:
    return _page("members", sorted(space.channel(call["channel"]).members), call, 999)


def history(space: Workspace, call: Json) -> Json:
    channel = _readable(space, call["channel"])
    top = [message for message in channel.messages.values() if in_channel(message)]
    return _messages(_newer(top[::-1], call), call)


def replies(space: Workspace, call: Json) -> Json:
    channel = _readable(space, call["channel"])
    if call["ts"] not in channel.messages:
        raise RefusalError("thread_not_found")
    head = str(channel.messages[call["ts"]].get("thread_ts", call["ts"]))
    return _messages([channel.messages[head], *_newer(thread(channel, head), call)], call)


def open_direct(space: Workspace, call: Json) -> Json:
    return {"channel": {"id": space.direct(call["users"]).id}}


def user_info(space: Workspace, call: Json) -> Json:
    person = space.person(call["user"])
    locale = {"locale": person.locale} if _true(call.get("include_locale")) else {}
    return {"user": {**_user(person), **locale}}


def groups(space: Workspace, _call: Json) -> Json:
    shown = [{"id": group, "handle": handle, "name": handle} for group, handle in space.groups.items()]
    return {"usergroups": shown}


def group_users(space: Workspace, call: Json) -> Json:
    if call["usergroup"] not in space.groups:
        raise RefusalError("no_such_subteam")
    return {"users": list(space.group_users[call["usergroup"]])}


def in_channel(message: Json) -> bool:
    """Whether a message is seen in the channel itself: no reply, or one that was sent there too."""
    is_reply = message.get("thread_ts", message["ts"]) != message["ts"]
    return not is_reply or message.get("subtype") == "thread_broadcast"


def thread(channel: Channel, head: str) -> list[Json]:
    """The replies under a message, in order."""
    return [
        message
        for ts, message in sorted(channel.messages.items())
        if message.get("thread_ts") == head and ts != head
    ]


def _readable(space: Workspace, channel_id: str) -> Channel:
    channel = space.channel(channel_id)
    if space.bot_user not in channel.members:
        raise RefusalError("not_in_channel")
    return channel


def _newer(messages: list[Json], call: Json) -> list[Json]:
    """Those after `oldest`; a thread's head is told in any case."""
    oldest = float(call.get("oldest") or 0)
    return [message for message in messages if float(message["ts"]) > oldest]


def _messages(messages: list[Json], call: Json) -> Json:
    page = _page("messages", messages, call, 1000)
    if not _true(call.get("include_all_metadata")):
        bare = [{name: part for name, part in m.items() if name != "metadata"} for m in page["messages"]]
        page["messages"] = bare
    return page


def _page(name: str, items: list[Any], call: Json, most: int) -> Json:
    start, limit = int(call.get("cursor") or 0), min(int(call.get("limit") or 100), most)
    end = start + limit
    more = str(end) if end < len(items) else ""
    return {
        name: items[start:end],
        "has_more": bool(more),
        "response_metadata": {"next_cursor": more},
    }


def _channel(space: Workspace, channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": not channel.public,
        "is_archived": channel.archived,
        "is_member": space.bot_user in channel.members,
        "is_im": channel.kind == "im",
        "num_members": len(channel.members),
    }


def _user(person: Person) -> Json:
    profile = {"real_name": person.name, "display_name": person.name}
    return {"id": person.id, "name": person.id.lower(), "profile": profile, "is_bot": False}


def _true(value: Any) -> bool:
    return value in {True, "1", "true"}
