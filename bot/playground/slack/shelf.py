"""The files of a workspace: announced, uploaded, shared some time later, given out, or gone."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote

Json = dict[str, Any]


@dataclass
class Announced:
    """A file that the bot is about to upload."""

    file: str
    name: str
    length: int
    user: str


@dataclass
class Shelf:
    """Files by id, and their bytes.

    What the bot uploads is shared `share_after` seconds later, as in Slack, where scanning comes before.
    While it `holds`, that comes when it is told to `share`. The next `unshared` uploads are taken, and never
    shown to anybody.
    """

    url: str = ""
    share_after: float = 0.02
    holds: bool = False
    unshared: int = 0
    gives_files: bool = True
    """Whether the app's right to read files is granted."""
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    announced: dict[str, Announced] = field(default_factory=dict)
    held: list[Callable[[], None]] = field(default_factory=list)

    def add(self, user: str, name: str, content: bytes, mime: str = "", file: str = "") -> Json:
        """A file is there, of which nobody else knows yet."""
        file = file or f"F{secrets.token_hex(5).upper()}"
        kind = mime or guess_type(name)[0] or "application/octet-stream"
        ending = name.rpartition(".")[2]
        address = f"{self.url}/files-pri/{file}"
        self.contents[file] = content
        self.files[file] = {
            "id": file,
            "name": name,
            "title": name,
            "mimetype": kind,
            "filetype": ending,
            "user": user,
            "mode": "hosted",
            "is_external": False,
            "size": len(content),
            "url_private": f"{address}/{quote(name)}",
            "url_private_download": f"{address}/download/{quote(name)}",
            "shares": {},
        }
        return self.files[file]

    def announce(self, user: str, name: str, length: int) -> tuple[str, str]:
        """A new file's id, and the address that takes its bytes."""
        file, ticket = f"F{secrets.token_hex(5).upper()}", secrets.token_urlsafe(16)
        self.announced[ticket] = Announced(file, name, length, user)
        return file, f"{self.url}/upload/{ticket}"

    def take(self, ticket: str, content: bytes) -> bool:
        """The bytes of an announced file; false when they are not what was announced."""
        about = self.announced.get(ticket)
        if about is None or len(content) != about.length or not content:
            return False
        self.add(about.user, about.name, content, file=about.file)
        return True

    def shared(self, channel: str, message: Json, *, public: bool) -> None:
        """Write down where the files of a message are seen."""
        for file in message.get("files", []):
            known = self.files.get(file["id"], {"shares": {}})
            family = known.setdefault("shares", {}).setdefault("public" if public else "private", {})
            thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
            family.setdefault(channel, []).append({"ts": message["ts"], **thread})

    def lose(self, file: str) -> None:
        self.contents.pop(file, None)
        self.files[file] = {"id": file, "mode": "tombstone"}

    def later(
        self, share: Callable[[], None], call_later: Callable[[float, Callable[[], None]], Any]
    ) -> None:
        """Share what was uploaded, unless it is one of those that Slack forgets."""
        if self.unshared:
            self.unshared -= 1
        elif self.holds:
            self.held.append(share)
        else:
            call_later(self.share_after, share)

    def share(self) -> None:
        """What was held is shared now."""
        while self.held:
            self.held.pop(0)()
