"""Messages of the bot: sent and deleted, with the rules that Telegram holds them to."""

import re
from copy import deepcopy
from http import HTTPStatus
from typing import Any

from bot.playground.telegram.chats import Chats
from bot.playground.telegram.groups import Group
from bot.playground.telegram.markup import checked
from bot.playground.telegram.messages import Json, Message, keyboard_of
from bot.playground.telegram.params import Params
from bot.playground.telegram.people import Person
from bot.playground.telegram.refusals import RefusalError, bad_request

LONGEST = 4096  # UTF-16 units
_LONGEST_TOAST = 200
_DELETABLE = 48 * 3600.0  # seconds
_BLANKED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x20]")
_DROPPED = re.compile("[\r\u2028-\u202e]")
_LINK = re.compile(r"https?://\S")
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def send_message(chats: Chats, params: Params) -> Json:
    if group := chats.groups.get(params.integer("chat_id")):
        return _to_group(group, params)
    person = reachable(chats, params)
    text = text_of(params)
    markup = checked(params.json("reply_markup"))
    quoted = quote(answered(person, params.json("reply_parameters")))
    chats.rates.take(person.id)
    message = chats.new_message(person, {"text": text, **quoted}, from_bot=True)
    message.preview = _has_preview(text, params.json("link_preview_options"))
    message.show_markup(markup)
    move_keyboard(person, markup)
    person.typing = False
    chats.show(person, message)
    return deepcopy(message.raw)


def _to_group(group: Group, params: Params) -> Json:
    message = group.take({"text": text_of(params)})
    message.show_markup(checked(params.json("reply_markup")))
    return deepcopy(message.raw)


def delete(chats: Chats, params: Params) -> bool:
    person = reachable(chats, params)
    message = person.message(params.integer("message_id"))
    if not message:
        raise bad_request("message to delete not found")
    if (chats.clock() - message.at).total_seconds() > _DELETABLE:
        raise bad_request("message can't be deleted")
    person.chat.remove(message)
    chats.changes.touch()
    return True


def act(chats: Chats, params: Params) -> bool:
    """`sendChatAction`."""
    person = reachable(chats, params)
    if "action" not in params:
        raise bad_request("wrong parameter action in request")
    person.typing = params.text("action") == "typing"
    chats.changes.touch()
    return True


def answer_press(chats: Chats, params: Params) -> bool:
    """`answerCallbackQuery`."""
    press = chats.live_press(params.text("callback_query_id"))
    text = params.text("text")
    if units(text) > _LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if not press:
        raise bad_request(_TOO_OLD)
    press.answer = text
    if text:
        chats.people[press.person_id].toasts.append(text)
    chats.changes.touch()
    return True


def reachable(chats: Chats, params: Params) -> Person:
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    given = params.text("chat_id")
    person = chats.people.get(int(given)) if given.lstrip("-").isdecimal() else None
    if not person or not person.started:
        raise bad_request("chat not found")
    if person.deactivated:
        raise RefusalError(HTTPStatus.FORBIDDEN, "Forbidden: user is deactivated")
    if person.blocked:
        raise RefusalError(HTTPStatus.FORBIDDEN, "Forbidden: bot was blocked by the user")
    return person


def plain(text: str) -> str:
    """Text as Telegram keeps it."""
    return _BLANKED.sub(" ", _DROPPED.sub("", text)).strip()


def text_of(params: Params) -> str:
    if params.text("parse_mode"):
        raise bad_request("unsupported parse_mode")  # plain text is all that is spoken here
    text = plain(params.text("text"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > LONGEST:
        raise bad_request("message is too long")
    return text


def answered(person: Person, reply: Any) -> Message | None:
    if reply is None:
        return None
    if not isinstance(reply, dict) or not isinstance(reply.get("message_id"), int):
        raise bad_request("can't parse reply parameters JSON object")
    message = person.message(reply["message_id"])
    if not message and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def quote(answered: Message | None) -> Json:
    if not answered:
        return {}
    return {"reply_to_message": {k: v for k, v in answered.raw.items() if k != "reply_to_message"}}


def _has_preview(text: str, options: Any) -> bool:
    disabled = isinstance(options, dict) and options.get("is_disabled") is True
    return not disabled and bool(_LINK.search(text))


def move_keyboard(person: Person, markup: Json | None) -> None:
    if markup and "keyboard" in markup:
        person.keyboard = keyboard_of(markup)
    elif markup and markup.get("remove_keyboard"):
        person.keyboard = None
