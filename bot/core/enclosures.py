"""Files on their way to somebody: named by our own id, their bytes read when they are sent."""

import re
from uuid import UUID

from bot.core.heard import Attachment, Value
from bot.core.text import clean

LONGEST_NAME = 120
MEBIBYTE = 1024 * 1024
LARGEST = 50 * MEBIBYTE
"""Bytes of a file that a customer's channel takes from an agent."""
MOST_IN_DIALOG, LARGEST_IN_DIALOG = 10, 10 * MEBIBYTE
"""How many files the field of a dialog takes, and of what size at most."""
_ENDINGS = {
    "photo": "jpg",
    "voice": "ogg",
    "audio": "mp3",
    "video": "mp4",
    "video_note": "mp4",
    "animation": "mp4",
    "sticker": "webp",
}
_BY_TYPE = {
    "application/x-tgsticker": "tgs",
    "video/webm": "webm",
    "image/png": "png",
    "application/pdf": "pdf",
}
_UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2028\u2029\u202a-\u202e\u2066-\u2069]+')


class Enclosure(Value):
    """One file: `id` is ours, the rest what whoever gets it is told."""

    id: UUID
    kind: str
    name: str
    mime: str = ""
    size: int = 0


class Bundle(Value):
    """Files that are posted together: in a ticket's thread, or elsewhere, where `about` names the ticket."""

    files: tuple[Enclosure, ...]
    about: str = ""


def enclose(file: UUID, about: Attachment) -> Enclosure:
    """The file under the name that people are to see."""
    return Enclosure(id=file, kind=about.kind, name=file_name(about), mime=about.mime, size=about.size)


def file_name(about: Attachment) -> str:
    """The sender's own name, in any script, as far as a disk takes it; one by its kind where it has none."""
    named = _UNFIT.sub("_", clean(about.name)).strip(" .")
    if named:
        return _shortened(named)
    kind = about.kind or "file"
    ending = _BY_TYPE.get(about.mime) or _ENDINGS.get(about.kind, "bin")
    return f"{kind}.{ending}"


def _shortened(name: str) -> str:
    """What does not fit goes out of the middle: the ending says what it is."""
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if dot and len(ending) < LONGEST_NAME // 4 else ""
    return f"{(stem if tail else name)[: LONGEST_NAME - len(tail)]}{tail}"
