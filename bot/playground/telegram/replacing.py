"""A person puts another file into a message of theirs, as far as Telegram lets them."""

from bot.playground.telegram.files import KINDS
from bot.playground.telegram.messages import Json, Message

_REPLACED = ("animation", "audio", "document", "photo", "text", "video")
_TOGETHER = {"audio": ("audio",), "document": ("document",)}
_VISUAL = ("photo", "video")
_LONGEST_CAPTION = 1024


class CannotReplaceError(AssertionError):
    """A client does not offer that."""


def put(message: Message, kind: str, media: Json) -> None:
    """The message carries this file now. Its words, which it keeps, are its caption."""
    was = message.kind
    if message.from_bot or was not in _REPLACED or kind not in _REPLACED or kind not in KINDS:
        raise CannotReplaceError(f"{kind} cannot stand where {was} is")
    if message.group and kind not in _TOGETHER.get(was, _VISUAL):
        raise CannotReplaceError(f"an album with {was} takes no {kind}")
    caption = message.text
    if len(caption.encode("utf-16-le")) // 2 > _LONGEST_CAPTION:
        raise CannotReplaceError("these words are too long to stand under a file")
    for part in (was, "document", "caption", "entities"):  # an animation comes with a document
        message.raw.pop(part, None)
    message.raw.update(media | ({"caption": caption} if caption else {}))
