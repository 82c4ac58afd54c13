"""Room on the disk: before it runs out nothing more is taken in, so that what is acknowledged is kept."""

import errno
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from bot.channels import Ears
from bot.core.heard import Incoming
from bot.core.now import Now
from bot.settings import Settings
from storage.store import parse_url

log = structlog.get_logger()

Free = Callable[[Path], int]
"""How many bytes are free for this program where a folder is, or will be."""

MEBIBYTE = 1024 * 1024
LEAST = 128 * MEBIBYTE
"""Below this nothing is taken in: what is under way needs the rest."""

ENOUGH = 192 * MEBIBYTE
"""From here on intake goes on; between the two it stays as it is, so that it does not flutter."""


class NoRoomError(Exception):
    """The disk is nearly full: nothing is taken in until there is room again."""


def free_bytes(folder: Path) -> int:
    """What is free where the folder is, or where it would be made."""
    nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return shutil.disk_usage(nearest).free


def is_full(error: Exception) -> bool:
    """Whether the disk had no room for what was to be written, or the program no more of it."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def folders(given: Settings) -> list[Path]:
    """Where this program fills the disk; PostgreSQL's is the database server's own business."""
    url = parse_url(given.database_url.get_secret_value())
    own = [Path(url.database or "").parent] if url.get_backend_name() == "sqlite" else []
    inside = any(given.files.absolute().is_relative_to(folder.absolute()) for folder in own)
    return own if inside else [*own, given.files]


class Room:
    """Whether there is room to keep what comes in; it is looked at every few seconds."""

    def __init__(self, folders: Sequence[Path], free: Free = free_bytes) -> None:
        self._folders, self._free = folders, free
        self.left = 0
        self.shut = False
        self.look()

    def look(self) -> None:
        """See how much is left in the fullest of the folders."""
        self.left = min((self._free(folder) for folder in self._folders), default=ENOUGH)
        shut = self.left < (ENOUGH if self.shut else LEAST)
        if shut and not self.shut:
            log.error("room.none", left=self.left, least=LEAST, hint="free some disk space; intake waits")
        elif self.shut and not shut:
            log.info("room.enough", left=self.left)
        self.shut = shut

    def require(self) -> None:
        """Raises NoRoomError."""
        if self.shut:
            raise NoRoomError(f"{self.left // MEBIBYTE} MiB are free, {ENOUGH // MEBIBYTE} are wanted")


class Doorkeeper:
    """Ears that hear nothing while there is no room: a webhook then says 503, polling confirms nothing.

    `count` is told of which channel how many were heard.
    """

    def __init__(self, ears: Ears, room: Room, count: Callable[[str, int], None]) -> None:
        self._ears, self._room, self._count = ears, room, count

    async def hear(self, batch: Sequence[Incoming]) -> None:
        self._room.require()
        for incoming in batch:
            self._count(incoming.channel, 1)
        await self._ears.hear(batch)

    async def hear_now(self, incoming: Incoming, within: float = 2.0) -> tuple[Now, ...] | None:
        self._room.require()
        self._count(incoming.channel, 1)
        return await self._ears.hear_now(incoming, within)
