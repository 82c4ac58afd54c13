"""Message events: what agents write, edit and delete."""

from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

from bot.channels.slack.plain_rich import mentions, spoken
from bot.core.heard import Attachment, PostDeleted, Posted, PostEdited, Thread, Unknown, What

Json = dict[str, Any]
Names = Mapping[str, str]

WORDS = frozenset({"", "file_share", "thread_broadcast", "me_message"})
KINDS = {"image": "photo", "video": "video", "audio": "audio"}
SLACKBOT = "USLACKBOT"


class Heard(NamedTuple):
    """One thing heard: `key` is unique in the workspace, `at` is Slack's timestamp, if it tells one."""

    key: str
    at: str
    user: str
    what: What
    thread: Thread | None = None


def message(event: Json, names: Names, ours: Container[str] = ()) -> Heard | None:
    """A message event; None for what bots say, our own included, and for edits that change no words.

    `ours` are the users that we are: Slack does not say that a bot shared a file.
    """
    said = event.get("message") or event
    if said.get("user") in ours and not said.get("bot_id") and event.get("subtype") != "message_deleted":
        return None
    match event.get("subtype", ""):
        case "message_changed":
            return _changed(event, names)
        case "message_deleted":
            return _deleted(event, event["deleted_ts"], event.get("previous_message") or {})
        case subtype if subtype == "bot_message" or _by_a_bot(event):
            return None
        case subtype if subtype in WORDS:
            return _posted(event, names)
        case subtype:
            return _unknown(event, f"message/{subtype}")


def mentioned(event: Json) -> frozenset[str]:
    """The ids of the users whom the words of the event mention."""
    return mentions(event) | mentions(event.get("message") or {})


def _posted(event: Json, names: Names) -> Heard:
    user, channel, ts = event["user"], event["channel"], event["ts"]
    thread = _thread(event, channel)
    text = spoken(event, names)
    files = tuple(attachment(file) for file in event.get("files") or ())
    named = tuple(sorted(mentions(event)))
    what = Posted(user=user, channel=channel, ts=ts, thread=thread, text=text, files=files, mentions=named)
    return Heard(f"{channel}:{ts}:posted", ts, user, what, thread)


def _changed(event: Json, names: Names) -> Heard | None:
    new, old = event["message"], event.get("previous_message") or {}
    if new.get("subtype") == "tombstone":
        return _deleted(event, new["ts"], old)
    if _by_a_bot(new) or _words(new) == _words(old):
        return None
    channel, ts = event["channel"], new["ts"]
    thread, text, gone = _thread(new, channel), spoken(new, names), tuple(_gone(new, old))
    what = PostEdited(user=new["user"], channel=channel, ts=ts, thread=thread, text=text, gone=gone)
    key = f"{channel}:{ts}:edited:{_version(event, new, old)}"
    return Heard(key, _when(event), new["user"], what, thread)


def _version(event: Json, new: Json, old: Json) -> str:
    """Which change it is: that a file was deleted, which is no edit of the words, is told by what is left."""
    edited = _edited(new)
    if edited and edited != _edited(old):
        return edited
    return ",".join(_files(new, there=False)) or _when(event)


def standing(message: Json) -> Json:
    """The message without what is left of deleted files."""
    there = set(_files(message, there=True))
    return {**message, "files": [file for file in message.get("files") or () if file["id"] in there]}


def lost(message: Json) -> Json | None:
    """That files of it were deleted, as the event told it that nobody heard; None where all are there."""
    if not any(_files(message, there=False)):
        return None
    before = {**message, "files": [{**file, "mode": "hosted"} for file in message["files"]]}
    told = {"subtype": "message_changed", "ts": message["ts"], "event_ts": message["ts"]}
    return {**told, "message": message, "previous_message": before}


def _deleted(event: Json, ts: str, old: Json) -> Heard:
    channel, user = event["channel"], old.get("user", "")
    # Slack may leave out what stood there: then it can be a card as well as anything.
    thread = _thread({"ts": ts, **(old or {"thread_ts": ts})}, channel)
    what = PostDeleted(channel=channel, ts=ts, thread=thread)
    return Heard(f"{channel}:{ts}:deleted", _when(event), user or channel, what, thread)


def _unknown(event: Json, name: str) -> Heard:
    channel, ts = event.get("channel", ""), event.get("ts", "")
    return Heard(f"{channel}:{ts}:{name}", _when(event), event.get("user") or channel, Unknown(name=name))


def _thread(message: Json, channel: str) -> Thread | None:
    """The thread that a message belongs to; a bot's own message (a card) is the head of one."""
    if channel.startswith("D"):  # the app's direct messages are no desk
        return None
    ts = message.get("thread_ts") or (message["ts"] if _by_a_bot(message) else "")
    return Thread(channel=channel, ts=ts) if ts else None


def _by_a_bot(message: Json) -> bool:
    return bool(message.get("bot_id")) or message.get("user") == SLACKBOT


def _words(message: Json) -> tuple[str, list[str]]:
    """What tells two versions apart: another style, or a preview below, makes no other words."""
    people = {user: user for user in mentions(message)}
    return spoken(message, people), list(_files(message, there=True))


def _files(message: Json, *, there: bool) -> Iterator[str]:
    """The ids of the files that are there; or of those that are not, but for what is left of them."""
    for file in message.get("files") or ():
        if (file.get("mode") == "tombstone") is not there:
            yield file["id"]


def _gone(new: Json, old: Json) -> Iterator[str]:
    """The files that stood in a message and do not any more."""
    yield from _files(new, there=False)
    left = {file["id"] for file in new.get("files") or ()}
    yield from (file for file in _files(old, there=True) if file not in left)


def _edited(message: Json) -> str:
    return str((message.get("edited") or {}).get("ts") or "")


def _when(event: Json) -> str:
    return str(event.get("event_ts") or event.get("ts") or "")


def attachment(file: Json) -> Attachment:
    """A file as Slack describes it."""
    mime = file.get("mimetype") or ""
    return Attachment(
        kind=KINDS.get(mime.partition("/")[0], "document"),
        file_id=file["id"],
        name=file.get("name") or "",
        mime=mime,
        size=file.get("size") or 0,
    )
