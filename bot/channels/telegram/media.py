"""Files in Telegram's messages, as attachments."""

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.texts import carried
from bot.core.heard import Attachment

MOST = 20 * 1024 * 1024
"""Bytes of a file that Telegram gives to a bot [core.telegram.org/bots/api#getfile]."""

# An animation comes with a document of the same content, so it is looked for first.
_KINDS = ("animation", "document", "audio", "video", "video_note", "voice", "sticker")


def attachments(message: Mapping[str, Any]) -> tuple[Attachment, ...]:
    """What the message carries besides words: at most one, as every part of an album is a message."""
    if photo := message.get("photo"):
        return (_file("photo", max(photo, key=lambda size: size.get("width", 0) * size.get("height", 0))),)
    for kind in _KINDS:
        if kind in message:
            return (_file(kind, message[kind]),)
    if "location" in message:
        return (_place(message["location"], message.get("venue", {})),)
    return ()


def _file(kind: str, file: Mapping[str, Any]) -> Attachment:
    return Attachment(
        kind=kind,
        file_id=carried(file["file_id"]),
        name=carried(file.get("file_name", "")),
        mime=carried(file.get("mime_type", "")),
        size=int(file.get("file_size", 0)),
        most=MOST,
        unique=carried(file.get("file_unique_id", "")),
    )


def _place(location: Mapping[str, Any], venue: Mapping[str, Any]) -> Attachment:
    """A location has no file: its name is `latitude,longitude`, after the venue's own words if it has any."""
    coordinates = f"{float(location['latitude'])},{float(location['longitude'])}"
    words = (venue.get("title", ""), venue.get("address", ""), coordinates)
    return Attachment(kind="location", name=", ".join(carried(word) for word in words if word))
