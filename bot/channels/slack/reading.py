"""Turns whatever Slack sends into what was heard: one value for each thing that somebody did."""

import hmac
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from bot.channels.slack.buttons import pressed
from bot.channels.slack.posts import Heard, Names, attachment, message
from bot.channels.slack.stamps import micros, moment
from bot.channels.slack.views import enclosed, entered, memo_and_thread
from bot.core.heard import (
    Acted,
    Chosen,
    Commanded,
    HomeOpened,
    Incoming,
    Membership,
    RoomChanged,
    Sender,
    Submitted,
    Thread,
    Unknown,
)
from bot.core.standing import Standing

Json = dict[str, Any]

UNTOLD = ""
"""The timestamp of what Slack tells no time for: it is dated when it is heard."""

MEMBERS = frozenset({"member_joined_channel", "member_left_channel"})
ROOMS: dict[str, Standing | None] = {
    "channel_archive": "archived",
    "channel_deleted": "gone",
    "channel_left": "left",
    "channel_unarchive": None,
    "group_archive": "archived",
    "group_deleted": "gone",
    "group_left": "left",
    "group_unarchive": None,
}
"""What happened to a channel, and how it stands by that alone: an opened one may be without the app."""


def incoming(heard: Heard, channel: str, account: str, language: str = "") -> Incoming:
    """What was heard, with its lane: the thread it belongs to, else the person.

    `language` is the tag of the person's own, as Slack tells it.
    """
    at = micros(heard.at)
    lane = f"{heard.thread.channel}:{heard.thread.ts}" if heard.thread else heard.user
    return Incoming(
        channel=channel,
        account=account,
        key=heard.key,
        lane=lane,
        order=at,
        at=moment(at),
        sender=Sender(chat=heard.user, language=language),
        what=heard.what,
    )


def room_of(inner: Json) -> str:
    """The channel that an event is about, if it is about a channel itself, or about who is in it."""
    about = inner.get("type") in MEMBERS or inner.get("type") in ROOMS
    return str(inner.get("channel") or "") if about else ""


def event(body: Json, names: Names, stands: Standing | None = None) -> Heard | None:
    """An event of the Events API; None for what is not for us to hear.

    `stands` is how the channel it is about stands, as far as Slack said when it was asked.
    """
    inner, key = body["event"], f"event:{body['event_id']}"
    user, at = inner.get("user"), inner.get("event_ts") or f"{body.get('event_time', 0)}"
    match inner["type"]:
        case "message":
            return message(inner, names, _us(body))
        case name if name in MEMBERS and user in _us(body):
            return _room(key, at, inner, stands or ("open" if name == "member_joined_channel" else "left"))
        case name if name in MEMBERS:
            return Heard(key, at, user, _membership(inner, stands))
        case name if name in ROOMS and (told := _became(name, stands)):
            return _room(key, at, inner, told)
        case "app_home_opened":
            home = inner.get("tab", "home") == "home"
            return Heard(key, at, user, HomeOpened(user=user)) if home else None
        case name:
            who = user if isinstance(user, str) else ""
            return Heard(key, at, who or name, Unknown(name=name))


def _us(body: Json) -> list[str]:
    """The users that the app has: those whom the event was sent to."""
    return [one.get("user_id", "") for one in body.get("authorizations") or () if one.get("is_bot")]


def _became(name: str, stands: Standing | None) -> Standing | None:
    """Slack's answer, but for the plainer word of the event where the channel cannot be seen any more."""
    return ROOMS[name] or stands if stands in {None, "gone"} else stands


def _room(key: str, at: str, inner: Json, stands: Standing) -> Heard:
    channel = inner["channel"]
    return Heard(key, at, channel, RoomChanged(channel=channel, stands=stands))


def _membership(inner: Json, stands: Standing | None) -> Membership:
    """Slack's own `channel_type` does not tell a private channel from a public one."""
    public = stands == "public" if stands in {"open", "public"} else None
    joined = inner["type"] == "member_joined_channel"
    return Membership(user=inner["user"], channel=inner["channel"], joined=joined, public=public)


def interaction(body: Json, round_of: Callable[[str], int], secret: str) -> list[Heard]:
    """A press, a sent dialog, a command or a shortcut, in the order in which they were made.

    `round_of` tells how often a view was sent back with errors; `secret` keys the digest of what it holds.
    """
    match body.get("type") or ("command" if "command" in body else ""):
        case "block_actions":
            return [_pressed(body, action) for action in body["actions"]]
        case "view_submission":
            return [_submitted(body, round_of(body["view"]["id"]), secret)]
        case "message_action":
            return [_shortcut(body)]
        case "shortcut":
            return [_global_shortcut(body)]
        case "command":
            return [_commanded(body)]
        case name:
            return [_unknown(body, name)]


def _pressed(body: Json, action: Json) -> Heard:
    """A button, wherever it stands; or a pick in a field of an open dialog."""
    in_a_field = (body.get("view") or {}).get("type") == "modal" and action.get("type") != "button"
    return _chosen(body, action) if in_a_field else _acted(body, action)


def _chosen(body: Json, action: Json) -> Heard:
    """A pick in an open dialog. Slack shows another `value` in a field only if the block's id is new."""
    view, user, stamp = body["view"], body["user"]["id"], action["action_ts"]
    memo, thread = memo_and_thread(view)
    what = Chosen(
        user=user,
        dialog=view.get("callback_id", ""),
        view=view["id"],
        state=view.get("hash", ""),
        drawing=stamp,
        memo=memo,
        values=entered(view),
        thread=thread,
    )
    return Heard(f"choice:{stamp}:{user}:{action['action_id']}", stamp, user, what, thread)


def _acted(body: Json, action: Json) -> Heard:
    user, stamp, name = body["user"]["id"], action["action_ts"], action["action_id"]
    view = body["view"] if (body.get("view") or {}).get("type") == "modal" else {}
    memo, opened_in = memo_and_thread(view)
    thread = _container_thread(body.get("container") or {}) or opened_in
    verb, value, chosen = pressed(action)
    what = Acted(
        user=user,
        verb=verb,
        value=value,
        thread=thread,
        trigger=body.get("trigger_id", ""),
        reply_url=body.get("response_url", ""),
        chosen=chosen,
        view=view.get("id", ""),
        memo=memo,
    )
    return Heard(f"action:{stamp}:{user}:{name}", stamp, user, what, thread)


def _container_thread(container: Json) -> Thread | None:
    channel = container.get("channel_id", "")
    own = "" if container.get("is_ephemeral") else container.get("message_ts")
    ts = container.get("thread_ts") or own
    return Thread(channel=channel, ts=ts) if ts and not channel.startswith("D") else None


def _submitted(body: Json, rounds: int, secret: str) -> Heard:
    view, user = body["view"], body["user"]["id"]
    memo, thread = memo_and_thread(view)
    values = entered(view)
    what = Submitted(
        user=user,
        dialog=view.get("callback_id", ""),
        memo=memo,
        values=values,
        files=tuple(map(attachment, enclosed(view))),
        thread=thread,
        trigger=body.get("trigger_id", ""),
    )
    # A view sent back with errors keeps its id and hash: what it holds, and how often, tell a second try.
    digest = hmac.digest(secret.encode(), json.dumps(values).encode(), "sha256").hex()[:16]
    key = f"dialog:{view['id']}:{view.get('hash', '')}:{digest}:{rounds}"
    return Heard(key, UNTOLD, user, what, thread)


def _shortcut(body: Json) -> Heard:
    user, channel, shown = body["user"]["id"], body["channel"]["id"], body["message"]
    thread = Thread(channel=channel, ts=shown.get("thread_ts") or shown["ts"])
    what = Commanded(
        user=user,
        command=f"/{body['callback_id']}",
        channel=channel,
        thread=thread,
        trigger=body.get("trigger_id", ""),
        reply_url=body.get("response_url", ""),
    )
    return Heard(f"shortcut:{what.trigger}", body.get("action_ts") or UNTOLD, user, what, thread)


def _global_shortcut(body: Json) -> Heard:
    user, trigger = body["user"]["id"], body.get("trigger_id", "")
    what = Commanded(user=user, command=f"/{body['callback_id']}", trigger=trigger)
    return Heard(f"shortcut:{trigger}", body.get("action_ts") or UNTOLD, user, what)


def _commanded(body: Json) -> Heard:
    user = body["user_id"]
    what = Commanded(
        user=user,
        command=body["command"],
        text=body.get("text", "").strip(),
        channel=body.get("channel_id", ""),
        trigger=body.get("trigger_id", ""),
        reply_url=body.get("response_url", ""),
    )
    return Heard(f"command:{what.trigger}", UNTOLD, user, what)


def _unknown(body: Json, name: str) -> Heard:
    user = (body.get("user") or {}).get("id", "")
    key = body.get("trigger_id") or (body.get("view") or {}).get("hash") or uuid4().hex
    return Heard(f"{name}:{key}", UNTOLD, user or name, Unknown(name=name or "nothing"))
