"""Bytes of files on disk, sealed chunk by chunk: none can be changed, cut off or swapped unnoticed."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.crypto import FORMAT, NONCE_BYTES, seal, unseal
from storage.errors import DamagedError

CHUNK = 64 * 1024
TAG_BYTES = 16
SEALED_CHUNK = len(FORMAT) + NONCE_BYTES + CHUNK + TAG_BYTES
PART = ".part"
"""Ends the name of a file that is still being written."""


def place(file: UUID, number: int, *, last: bool) -> bytes:
    """Where a chunk belongs: its file, its place there, and whether another one follows."""
    return f"files.bytes:{file.hex}:{number}:{'last' if last else 'more'}".encode()


class Vault:
    """A folder of sealed files; whoever has only the folder learns their number and sizes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: UUID) -> Path:
        # The last digits are random; the first ones, of the time, would put all of a day into one folder.
        return self.folder / file.hex[-2:] / file.hex

    def write(self, file: UUID, cipher: AESGCM) -> "Writer":
        """Takes the bytes of a new file; it is there once the writer is done."""
        return Writer(file, self.path(file), cipher)

    def read(self, file: UUID, cipher: AESGCM) -> Iterator[bytes]:
        """The bytes, chunk by chunk. Raises DamagedError, also for a file that is not there."""
        try:
            with self.path(file).open("rb") as held:
                yield from _chunks(held, file, cipher)
        except FileNotFoundError:
            raise DamagedError(f"the file {file} is not in {self.folder}") from None

    def remove(self, file: UUID) -> None:
        """Take the bytes away; those that are gone already are no mistake."""
        path = self.path(file)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _sync_folder(path.parent)

    def sweep(self, before: float) -> int:
        """Take away what was begun and not finished before a moment, in seconds since 1970."""
        old = [part for part in self.folder.glob(f"*/*{PART}") if part.stat().st_mtime < before]
        for part in old:
            part.unlink(missing_ok=True)
        return len(old)


def _chunks(held: BinaryIO, file: UUID, cipher: AESGCM) -> Iterator[bytes]:
    number, sealed = 0, held.read(SEALED_CHUNK)
    while following := held.read(SEALED_CHUNK):
        yield unseal(cipher, sealed, place(file, number, last=False))
        number, sealed = number + 1, following
    yield unseal(cipher, sealed, place(file, number, last=True))


class Writer:
    """Writes one file. Used with `with`: at its end all is on the disk, after an error nothing is left."""

    def __init__(self, file: UUID, path: Path, cipher: AESGCM) -> None:
        self.size = 0
        self._file, self._path, self._cipher = file, path, cipher
        self._part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
        self._waiting = bytearray()
        self._number = 0
        self._held: BinaryIO | None = None

    @property
    def waiting(self) -> int:
        """How many bytes are kept in memory."""
        return len(self._waiting)

    def __enter__(self) -> Self:
        if not self._path.parent.exists():
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(self._path.parent.parent)
        descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._held = os.fdopen(descriptor, "wb")
        return self

    def write(self, content: bytes) -> None:
        """More bytes. Never more than a chunk is kept in memory besides them."""
        self.size += len(content)
        self._waiting += content
        while len(self._waiting) > CHUNK:  # the last chunk is told from the others, so one is kept back
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._held
        try:
            if kind is None:
                self._put(bytes(self._waiting), last=True)
                self._held.flush()
                os.fsync(self._held.fileno())
        finally:
            self._held.close()
            if kind is not None:
                self._part.unlink(missing_ok=True)
        if kind is None:
            self._part.replace(self._path)
            _sync_folder(self._path.parent)

    def _put(self, plain: bytes, *, last: bool) -> None:
        assert self._held
        self._held.write(seal(self._cipher, plain, place(self._file, self._number, last=last)))
        self._number += 1


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
