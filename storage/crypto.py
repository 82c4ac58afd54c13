"""Sealing: AES-GCM, bound to the row that holds the bytes; operator's keys wrap the keys that seal."""

import base64
import os
import secrets
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column

from storage.errors import DamagedError, KeyringError, WrongKeyError

KEY_BYTES = 32
ID_LENGTH = 64
FORMAT = b"\x01"  # the first byte of all that is sealed, so that another cipher may follow
NONCE_BYTES = 12


def place(column: Column[Any], row: UUID) -> bytes:
    """Where sealed bytes belong: table, column and row. Moved anywhere else they do not open."""
    return f"{column.table.name}.{column.name}:{row.hex}".encode()


def seal(cipher: AESGCM, plain: bytes, where: bytes) -> bytes:
    """Sealed bytes. The nonce is random: a key is good for 2**32 of them."""
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + cipher.encrypt(nonce, plain, where)


def unseal(cipher: AESGCM, sealed: bytes, where: bytes) -> bytes:
    """What was sealed. Raises DamagedError."""
    nonce, text = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if sealed[:1] != FORMAT or len(nonce) != NONCE_BYTES:
        raise DamagedError(f"{where.decode()} does not hold sealed bytes")
    try:
        return cipher.decrypt(nonce, text, where)
    except InvalidTag:
        raise DamagedError(f"{where.decode()} was changed, or belongs to another row") from None


@dataclass(frozen=True, slots=True)
class Keyring:
    """The operator's keys by id, newest first; the newest wraps, all of them unwrap."""

    keys: dict[str, AESGCM] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read SANAD_KEYS: `id:base64 of 32 bytes`, comma separated, newest first. Raises KeyringError."""
        entries = [entry.strip() for entry in text.split(",")]
        if entries == [""]:
            raise KeyringError("SANAD_KEYS is empty; `sanad keys new` prints a key to put there")
        keys: dict[str, AESGCM] = {}
        for number, entry in enumerate(entries, start=1):
            name, key = _parse_entry(entry, f"SANAD_KEYS, entry {number}")
            if name in keys:
                raise KeyringError(f"SANAD_KEYS, entry {number}: the id {name!r} is there twice")
            keys[name] = AESGCM(key)
        return cls(keys)

    @property
    def newest(self) -> str:
        return next(iter(self.keys))

    def wrap(self, key: bytes, where: bytes) -> tuple[str, bytes]:
        """The id of the newest key, and `key` wrapped by it."""
        return self.newest, seal(self.keys[self.newest], key, where)

    def unwrap(self, name: str, wrapped: bytes, where: bytes) -> bytes:
        """The key that was wrapped. Raises WrongKeyError."""
        if name not in self.keys:
            raise WrongKeyError(
                f"the database is sealed with the key {name!r}, which SANAD_KEYS does not hold; add it there"
            )
        try:
            return unseal(self.keys[name], wrapped, where)
        except DamagedError:
            raise WrongKeyError(
                f"the key {name!r} in SANAD_KEYS is not the one that sealed this database; put that one there"
            ) from None


def _parse_entry(entry: str, where: str) -> tuple[str, bytes]:
    name, colon, encoded = entry.partition(":")
    if not colon or not name or len(name) > ID_LENGTH or not name.isascii() or not name.isprintable():
        raise KeyringError(f"{where}: expected `id:key`, with an id of 1 to {ID_LENGTH} ASCII characters")
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise KeyringError(f"{where} ({name!r}): the key is not base64") from None
    if len(key) != KEY_BYTES:
        raise KeyringError(f"{where} ({name!r}): the key has {len(key)} bytes in place of {KEY_BYTES}")
    return name, key


def new_operator_key() -> str:
    """A fresh entry for SANAD_KEYS."""
    key = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    return f"k{secrets.token_hex(3)}:{key}"
