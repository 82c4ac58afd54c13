"""Files that go through the page: samples of ours, the visitor's own, and those that are looked at."""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

LARGEST = 64 * 1024 * 1024
"""Bytes of one file; Telegram's own people may send far more, and Sanad has to say what it cannot fetch."""
_ROOM = 4 * LARGEST

_SAMPLES = Path(__file__).parents[1] / "samples"
_SAMPLE_OF = {
    "photo": "photo-1.jpg",
    "document": "document.pdf",
    "voice": "voice.oga",
    "audio": "voice.oga",
    "video": "video.mp4",
    "sticker": "sticker.webp",
}
_NAMES = {"ar": "سجل الأخطاء.pdf", "ru": "журнал ошибок.pdf"}
_SAMPLE = "sample:"
_MAGIC = {
    "image/jpeg": (0, b"\xff\xd8\xff"),
    "image/png": (0, b"\x89PNG\r\n\x1a\n"),
    "image/gif": (0, b"GIF8"),
    "image/webp": (8, b"WEBP"),
    "audio/ogg": (0, b"OggS"),
    "audio/mpeg": (0, b"ID3"),
    "video/mp4": (4, b"ftyp"),
}
ALBUM = ("photo-1.jpg", "photo-2.jpg", "photo-3.jpg")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes
    type: str = ""


class Uploads:
    """What the visitor chose, until it is sent; the oldest goes where there is no more room.

    `sample:photo` and its like are always there.
    """

    def __init__(self) -> None:
        self._files: OrderedDict[str, File] = OrderedDict()

    def keep(self, file: File) -> str:
        """Its id."""
        number = token_hex(12)
        self._files[number] = file
        while sum(len(one.content) for one in self._files.values()) > _ROOM:
            self._files.popitem(last=False)
        return number

    def __getitem__(self, number: str) -> File:
        """Raises LookupError."""
        if number.startswith(_SAMPLE):
            return sample(number.removeprefix(_SAMPLE), "en")
        if number not in self._files:
            raise LookupError("that file is no longer here; choose it again")
        return self._files[number]


def sample(kind: str, language: str) -> File:
    """One of ours, of the kind that is asked for; documents are named in the language of who sends them."""
    file = _SAMPLE_OF.get(kind)
    if file is None:
        return File("", b"")
    name = _NAMES.get(language, "error log.pdf") if kind == "document" else file
    content = (_SAMPLES / file).read_bytes()
    return File(name, content, shown_as(content))


def album() -> list[File]:
    return [File("", (_SAMPLES / name).read_bytes()) for name in ALBUM]


def shown_as(content: bytes) -> str:
    """What a browser may show it as: pictures and sounds only, by what they are and not by what is said."""
    return next(
        (shown for shown, (place, magic) in _MAGIC.items() if content[place:].startswith(magic)),
        "application/octet-stream",
    )
