"""Files that the bot sends: by kind, alone or as an album, with the limits that Telegram holds them to."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from http import HTTPStatus
from typing import Any

from bot.playground.telegram.chats import Chats
from bot.playground.telegram.markup import checked
from bot.playground.telegram.messages import Json
from bot.playground.telegram.params import Params
from bot.playground.telegram.people import Person
from bot.playground.telegram.refusals import RefusalError, bad_request
from bot.playground.telegram.sending import answered, move_keyboard, plain, quote, reachable, units

LONGEST_CAPTION = 1024  # UTF-16 units
LARGEST, LARGEST_PHOTO = 50 * 1024 * 1024, 10 * 1024 * 1024
FEWEST, MOST = 2, 10
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8")
_APART = ("document", "audio")

Uploaded = tuple[str, str, bytes]


def send(kind: str) -> Callable[[Chats, Params], Json]:
    """`sendPhoto` and its like."""

    def call(chats: Chats, params: Params) -> Json:
        person = reachable(chats, params)
        body = _media(chats, kind, params.upload(kind)) | caption_of(params.text("caption"))
        markup = checked(params.json("reply_markup"))
        quoted = quote(answered(person, params.json("reply_parameters")))
        chats.rates.take(person.id)
        message = chats.new_message(person, body | quoted, from_bot=True)
        message.show_markup(markup)
        move_keyboard(person, markup)
        chats.show(person, message)
        return deepcopy(message.raw)

    return call


def send_group(chats: Chats, params: Params) -> list[Json]:
    """`sendMediaGroup`: all of it or nothing."""
    person, media = reachable(chats, params), params.json("media")
    if not isinstance(media, list) or not FEWEST <= len(media) <= MOST:
        raise bad_request("group send requires 2-10 media")
    kinds = {str(one.get("type")) for one in media}
    if len(kinds) > 1 and kinds & set(_APART):
        raise bad_request("documents and audio can't be mixed with other media types")
    bodies = [_part(chats, params, one) for one in media]
    quoted = quote(answered(person, params.json("reply_parameters")))
    return _show_all(chats, person, bodies, quoted)


def _show_all(chats: Chats, person: Person, bodies: list[Json], quoted: Json) -> list[Json]:
    chats.rates.take(person.id)
    group, sent = f"{chats.changes.revision}{person.id}", []
    for body in bodies:
        message = chats.new_message(person, body | quoted | {"media_group_id": group}, from_bot=True)
        chats.show(person, message)
        sent.append(deepcopy(message.raw))
    return sent


def _part(chats: Chats, params: Params, one: Json) -> Json:
    attached = str(one.get("media", ""))
    if not attached.startswith("attach://"):
        raise bad_request("wrong HTTP URL specified")  # only uploads are spoken here
    uploaded = params.upload(attached.removeprefix("attach://"))
    return _media(chats, str(one["type"]), uploaded) | caption_of(str(one.get("caption", "")))


def _media(chats: Chats, kind: str, uploaded: Uploaded | None) -> Json:
    if uploaded is None:
        raise bad_request(f"there is no {kind} in the request")
    name, mime, content = uploaded
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > LARGEST:
        raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large")
    if kind == "photo" and len(content) > LARGEST_PHOTO:
        raise bad_request("file is too big")
    if kind == "photo" and not content.startswith(_IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if kind == "voice" and not content.startswith(b"OggS"):
        kind = "document"  # so it arrives where it is no voice message
    return chats.files.media(kind, name, content, mime)


def caption_of(text: str) -> Json:
    text = plain(text)
    if units(text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text} if text else {}


SINGLY: Mapping[str, Callable[[Chats, Params], Any]] = {
    f"send{kind.title()}": send(kind) for kind in ("photo", "document", "voice", "video", "audio")
}
