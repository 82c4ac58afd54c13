"""Messages of the bot, edited: a text as a text, and what stands under a file as a caption."""

from copy import deepcopy

from bot.playground.telegram.chats import Chats
from bot.playground.telegram.files import KINDS
from bot.playground.telegram.markup import checked_inline
from bot.playground.telegram.messages import Json, Message
from bot.playground.telegram.params import Params
from bot.playground.telegram.refusals import bad_request
from bot.playground.telegram.sending import reachable, text_of
from bot.playground.telegram.sending_files import caption_of

_UNCAPTIONED = ("sticker", "video_note")
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def edit_text(chats: Chats, params: Params) -> Json:
    message = _editable(chats, params)
    if "text" not in message.raw:
        raise bad_request("there is no text in the message to edit")
    return _with_body(chats, message, {"text": text_of(params)}, params)


def edit_caption(chats: Chats, params: Params) -> Json:
    """An empty caption takes away the one that is there."""
    message = _editable(chats, params)
    if message.kind not in KINDS or message.kind in _UNCAPTIONED:
        raise bad_request("there is no caption in the message to edit")
    return _with_body(chats, message, caption_of(params.text("caption")), params)


def _with_body(chats: Chats, message: Message, body: Json, params: Params) -> Json:
    markup, new = checked_inline(params.json("reply_markup")), next(iter(body.values()), "")
    if new == message.text and markup == message.raw.get("reply_markup"):
        raise bad_request(_SAME)
    message.raw.pop("caption", None)
    message.raw.update(body)
    message.edited = chats.clock()
    message.raw["edit_date"] = int(message.edited.timestamp())
    return _with_markup(chats, message, markup)


def edit_markup(chats: Chats, params: Params) -> Json:
    message = _editable(chats, params)
    markup = checked_inline(params.json("reply_markup"))
    if markup == message.raw.get("reply_markup"):
        raise bad_request(_SAME)
    return _with_markup(chats, message, markup)


def _editable(chats: Chats, params: Params) -> Message:
    person = reachable(chats, params)
    message = person.message(params.integer("message_id"))
    if not message:
        raise bad_request("message to edit not found")
    if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return message


def _with_markup(chats: Chats, message: Message, markup: Json | None) -> Json:
    message.show_markup(markup)
    chats.changed(message)
    return deepcopy(message.raw)
