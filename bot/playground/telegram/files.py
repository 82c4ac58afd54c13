"""Files that people send: their JSON by kind, and their bytes for `getFile`."""

from dataclasses import dataclass
from typing import Any

from bot.playground.telegram.refusals import bad_request

Json = dict[str, Any]

LARGEST_DOWNLOAD = 20 * 1024 * 1024

KINDS = {
    "animation": ("video/mp4", "mp4"),
    "photo": ("image/jpeg", "jpg"),
    "document": ("application/pdf", "pdf"),
    "voice": ("audio/ogg", "oga"),
    "video": ("video/mp4", "mp4"),
    "video_note": ("video/mp4", "mp4"),
    "audio": ("audio/mpeg", "mp3"),
    "sticker": ("image/webp", "webp"),
}
_NAMED = ("document", "audio", "video", "animation")
_SQUARE = {"width": 320, "height": 320}
_MORE: dict[str, Json] = {
    "voice": {"duration": 3},
    "video": {"duration": 3, **_SQUARE},
    "video_note": {"duration": 3, "length": 240},
    "animation": {"duration": 3, **_SQUARE},
    "audio": {"duration": 3},
    "sticker": {"type": "regular", "is_animated": False, "is_video": False, **_SQUARE},
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    path: str
    content: bytes


class Files:
    """What was uploaded, by file id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._made = 0

    def media(self, kind: str, name: str, content: bytes, mime: str = "") -> Json:
        """The part of a message that carries such a file."""
        usual, ending = KINDS[kind]
        mime = mime or usual
        file = self._store(kind, ending, content)
        body = {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(content)}
        if kind == "photo":
            small = {**body, "file_id": f"{file.id}-small", "width": 90, "height": 90}
            return {"photo": [small, {**body, "width": 1280, "height": 960}]}
        if kind in _NAMED:
            body["file_name"] = name or f"{kind}.{ending}"
        body |= {} if kind in {"sticker", "video_note"} else {"mime_type": mime}
        media: Json = {kind: body | _MORE.get(kind, {})}
        return {**media, "document": dict(body)} if kind == "animation" else media

    def describe(self, file_id: str) -> Json:
        """`getFile`."""
        file = self._by_id.get(file_id.removesuffix("-small"))
        if not file:
            raise bad_request("invalid file_id")
        if len(file.content) > LARGEST_DOWNLOAD:
            raise bad_request("file is too big")
        size = len(file.content)
        return {
            "file_id": file_id,
            "file_unique_id": f"u{file.id}",
            "file_size": size,
            "file_path": file.path,
        }

    def content(self, path: str) -> bytes | None:
        """What is downloaded from a path that `getFile` told."""
        file = self._by_path.get(path)
        return file.content if file else None

    def lose(self, file_id: str) -> None:
        """From now on Telegram does not know the file any more."""
        file = self._by_id.pop(file_id.removesuffix("-small"))
        del self._by_path[file.path]

    def kept(self, file_id: str) -> bytes | None:
        """What everybody in the chat can look at."""
        file = self._by_id.get(file_id.removesuffix("-small"))
        return file.content if file else None

    def _store(self, kind: str, ending: str, content: bytes) -> StoredFile:
        self._made += 1
        number = self._made
        file = StoredFile(f"local-{kind}-{number}", f"{kind}s/file_{number}.{ending}", content)
        self._by_id[file.id] = file
        self._by_path[file.path] = file
        return file
