"""Telegram's updates as `Incoming` values.

Updates are read as plain dictionaries, not as the library's objects: kinds and fields that the library does
not know yet survive, one malformed update cannot spoil its batch, and it costs a tenth of the time.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.channels.telegram.media import attachments
from bot.channels.telegram.texts import carried
from bot.core.heard import Called, Edited, Incoming, Pressed, Reach, Said, Sender, Shared, Unknown, What

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that we ask Telegram for."""

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, OSError)
"""What reading an update of an unexpected shape can raise; a refused value is a `ValueError`."""

_Json = Mapping[str, Any]
_COMMAND = re.compile(r"\A(/[A-Za-z0-9_]{1,32})@[A-Za-z0-9_]+(?!\S)")
_LONGEST_NAME = 64
_LET_IN = ("member", "administrator")
_LAST_ORDER = 2**63
_ENVELOPE = frozenset(
    """
    message_id message_thread_id from sender_chat sender_boost_count sender_business_bot date chat
    edit_date business_connection_id forward_origin forward_from forward_date is_topic_message
    is_automatic_forward reply_to_message external_reply quote reply_to_story via_bot
    has_protected_content is_from_offline author_signature media_group_id caption caption_entities
    entities link_preview_options effect_id show_caption_above_media has_media_spoiler reply_markup
    """.split()  # noqa: SIM905 - words read better than forty quoted strings
)


# What Telegram tells of a chat in the shape of a message: nobody has said it, and nobody waits for an answer.
_SERVICE = frozenset(
    """
    new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo group_chat_created
    supergroup_chat_created channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id
    migrate_from_chat_id pinned_message successful_payment refunded_payment users_shared chat_shared gift
    unique_gift gift_upgrade_sent connected_website write_access_allowed passport_data
    proximity_alert_triggered boost_added chat_background_set checklist_tasks_done checklist_tasks_added
    direct_message_price_changed
    forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened general_forum_topic_hidden
    general_forum_topic_unhidden giveaway_created giveaway_completed
    paid_message_price_changed suggested_post_approved suggested_post_approval_failed suggested_post_declined
    suggested_post_paid suggested_post_refunded video_chat_scheduled video_chat_started video_chat_ended
    video_chat_participants_invited web_app_data
    """.split()  # noqa: SIM905 - words read better than forty quoted strings
)


class _Event(NamedTuple):
    """One update, read: `chat` and `author` are Telegram's own objects."""

    key: str
    chat: _Json
    author: _Json
    at: datetime
    what: What


def order_of(update: Any) -> int | None:
    """The update's own number, or None where there is none to confirm it by."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and 0 <= number < _LAST_ORDER else None


def incoming(update: _Json, account: str, now: datetime) -> Incoming:
    """What the update says; a placeholder for what this version cannot read.

    `now` dates what Telegram does not date. A placeholder that names nobody has an empty chat. Only private
    chats are heard: of everything else is kept that it was there.
    """
    other: What = Unknown(name="group")
    try:
        group = Called() if _calls(update, account) else other
        return _told(_read(update, now), group, account, update["update_id"])
    except MALFORMED:
        return _told(_unreadable(update, now), other, account, update["update_id"])


def _calls(update: _Json, account: str) -> bool:
    """Whether it is a command, a reply to the bot, or its being let in: what it hears of a group anyway."""
    if "my_chat_member" in update:
        return update["my_chat_member"]["new_chat_member"]["status"] in _LET_IN
    message = update.get("message") or {}
    answered = (message.get("reply_to_message") or {}).get("from") or {}
    return carried(message.get("text", "")).startswith("/") or str(answered.get("id", "")) == account


def _told(event: _Event, group: What, account: str, order: int) -> Incoming:
    private = event.chat.get("type", "private") == "private"
    return Incoming(
        channel="telegram",
        account=account,
        key=event.key,
        lane=_id(event.chat),
        order=order,
        at=event.at,
        sender=_sender(event) if private else Sender(chat=_id(event.chat), language=_hint(event)),
        what=event.what if private else group,
    )


def _read(update: _Json, now: datetime) -> _Event:
    if "message" in update:
        return _message(update["message"])
    if "edited_message" in update:
        return _edited(update["edited_message"], update["update_id"])
    if "callback_query" in update:
        return _pressed(update["callback_query"], now)
    if "my_chat_member" in update:
        return _reach(update["my_chat_member"])
    return _unreadable(update, now)


def _message(message: _Json) -> _Event:
    number, chat = int(message["message_id"]), message["chat"]
    what = _said(message, str(number))
    return _Event(
        f"message:{_id(chat)}:{number}", chat, message.get("from", chat), _moment(message["date"]), what
    )


def _said(message: _Json, number: str) -> What:
    if "contact" in message:
        return _shared(message, number)
    files = attachments(message)
    if not files and "text" not in message:
        kind = _kind(message)
        return Unknown(name=kind, message="" if kind in _SERVICE else number)
    replied = message.get("reply_to_message") or {}
    return Said(
        message=number,
        text=_text(message),
        files=files,
        reply_to=str(replied.get("message_id", "")),
        group=carried(message.get("media_group_id", "")),
    )


def _shared(message: _Json, number: str) -> Shared:
    contact = message["contact"]
    own = "user_id" in contact and contact["user_id"] == message.get("from", {}).get("id")
    return Shared(message=number, phone=carried(contact["phone_number"]), name=_name(contact), own=own)


def _edited(message: _Json, update: int) -> _Event:
    number, chat, edited = int(message["message_id"]), message["chat"], int(message["edit_date"])
    files = attachments(message)
    what: What = Edited(message=str(number), text=_text(message), files=files)
    if not files and "text" not in message:
        what = Unknown(name=_kind(message), message=str(number))
    # Two edits may share a second, and numbers of updates begin anew some day: together they are one edit's.
    key = f"edit:{_id(chat)}:{number}:{edited}:{update}"
    return _Event(key, chat, message.get("from", chat), _moment(edited), what)


def _pressed(query: _Json, now: datetime) -> _Event:
    message, author = query.get("message") or {}, query["from"]
    press = carried(query["id"])
    what = Pressed(
        press=press, message=str(message.get("message_id", "")), data=carried(query.get("data", ""))
    )
    return _Event(f"press:{press}", message.get("chat") or _chat_with(author), author, now, what)


def _reach(change: _Json) -> _Event:
    chat, date = change["chat"], int(change["date"])
    status = carried(change["new_chat_member"]["status"])
    what = Reach(open=status not in ("kicked", "left"))
    return _Event(f"member:{_id(chat)}:{date}:{status}", chat, change["from"], _moment(date), what)


def _unreadable(update: _Json, now: datetime) -> _Event:
    kind = next((carried(key) for key in update if key != "update_id"), "nothing")[:_LONGEST_NAME]
    body = update.get(kind)
    named = [body.get(role) for role in ("chat", "from", "user")] if isinstance(body, dict) else []
    whose = next((one for one in named if isinstance(one, dict) and isinstance(one.get("id"), int)), {})
    chat = whose if "type" in whose else _chat_with(whose)
    return _Event(f"other:{kind}:{update['update_id']}", chat, {}, now, Unknown(name=kind))


def _chat_with(person: _Json) -> _Json:
    return {"id": person.get("id", ""), "type": "private"}  # a private chat has its person's number


def _sender(event: _Event) -> Sender:
    return Sender(chat=_id(event.chat), name=_name(event.author), language=_hint(event))


def _hint(event: _Event) -> str:
    return carried(event.author.get("language_code", ""))


def _text(message: _Json) -> str:
    return _COMMAND.sub(r"\1", carried(message.get("text") or message.get("caption") or ""))


def _kind(message: _Json) -> str:
    return next((carried(key) for key in message if key not in _ENVELOPE), "empty")[:_LONGEST_NAME]


def _name(person: _Json) -> str:
    names = (person.get("first_name"), person.get("last_name"))
    return carried(" ".join(name for name in names if name))


def _id(chat: _Json) -> str:
    return str(chat["id"])


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
