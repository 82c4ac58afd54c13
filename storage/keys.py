"""The keys that seal: one for each customer, one of the store's own, and one for look-ups."""

import hmac
import os
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, Row, bindparam, delete, func, select

from storage.columns import new_id
from storage.crypto import KEY_BYTES, Keyring, place
from storage.dialects import upsert
from storage.errors import ErasedError, WrongKeyError
from storage.prepared import Connected, Prepared
from storage.schema import keys

STORE = UUID(int=0)
"""The owner of what belongs to no customer."""

DATA, INDEX = "data", "index"
DATA_KEY = Prepared(select(keys).where(keys.c.owner == bindparam("of_owner"), keys.c.purpose == DATA))
NEXT_WRAPPER = select(func.min(keys.c.wrapped_by)).where(keys.c.wrapped_by > bindparam("after"))
WRAPPER = Prepared(NEXT_WRAPPER)
ALL_KEYS = Prepared(select(keys).where(keys.c.owner == bindparam("of_owner")))
NEW_KEY = Prepared(upsert(keys).on_conflict_do_nothing(), ("id", "owner", "purpose", "wrapped_by", "wrapped"))
CACHED = 4096


class Safe:
    """The unwrapped keys that this process holds; threads share it."""

    def __init__(self, keyring: Keyring, index_key: bytes) -> None:
        self.keyring = keyring
        self._index = hmac.new(index_key, digestmod="sha256")
        self._ciphers: OrderedDict[UUID, AESGCM] = OrderedDict()
        self._erased: set[UUID] = set()
        self._lock = Lock()

    def hash(self, parts: tuple[str, ...]) -> bytes:
        """A keyed hash, 32 bytes; where one part ends and the next begins makes a difference."""
        encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
        keyed = self._index.copy()  # to set up a key takes longer than to hash a few words
        keyed.update(b"".join([len(part).to_bytes(4, "big") + part for part in encoded]))
        return keyed.digest()

    def get(self, owner: UUID) -> AESGCM | None:
        with self._lock:
            if owner in self._erased:
                raise ErasedError(f"the customer {owner} was erased")
            if cipher := self._ciphers.get(owner):
                self._ciphers.move_to_end(owner)
            return cipher

    def keep(self, ciphers: dict[UUID, AESGCM]) -> None:
        """Take in keys whose rows are committed."""
        with self._lock:
            for owner, cipher in ciphers.items():
                if owner not in self._erased:
                    self._ciphers[owner] = cipher
            while len(self._ciphers) > CACHED:
                self._ciphers.popitem(last=False)

    def forget(self, owners: set[UUID]) -> None:
        """Customers whose erasure is committed. Ids never come again, so this holds for ever."""
        with self._lock:
            self._erased |= owners
            for owner in owners:
                self._ciphers.pop(owner, None)


class Keys:
    """One transaction's keys. They enter the safe when it commits: what it saw may yet be undone."""

    def __init__(self, connection: Connection, safe: Safe) -> None:
        self.safe = safe
        self.connection = connection
        self._seen: dict[UUID, AESGCM] = {}
        self._erased: set[UUID] = set()

    def cipher(self, owner: UUID) -> AESGCM:
        """The owner's cipher. Raises ErasedError, WrongKeyError."""
        if owner in self._erased:
            raise ErasedError(f"the customer {owner} was erased")
        cipher = self._seen.get(owner) or self.safe.get(owner)
        if cipher is None:
            cipher = self._seen[owner] = AESGCM(self._load(owner))
        return cipher

    def _load(self, owner: UUID) -> bytes:
        row = DATA_KEY.one_or_none(self, of_owner=owner)
        if row is None:
            raise ErasedError(f"the customer {owner} was erased")
        return unwrap(self.safe.keyring, row)

    def create(self, owner: UUID) -> None:
        """A key for a new owner; one who has a key keeps it."""
        _add_key(self, self.safe.keyring, owner, DATA)
        self._seen[owner] = AESGCM(self._load(owner))

    def erase(self, owner: UUID) -> None:
        if owner == STORE:
            raise ValueError("the store's own key is never erased")
        self.connection.execute(delete(keys).where(keys.c.owner == owner))
        self._seen.pop(owner, None)
        self._erased.add(owner)

    def committed(self) -> None:
        self.safe.keep(self._seen)
        self.safe.forget(self._erased)


class Opening(NamedTuple):
    """The transaction in which a store is opened; there are no units yet."""

    connection: Connection


def open_safe(connection: Connection, keyring: Keyring) -> Safe:
    """The safe of this store, whose own keys are made on the first day. Raises WrongKeyError."""
    opening = Opening(connection)
    for purpose in (DATA, INDEX):
        _add_key(opening, keyring, STORE, purpose)
    _check_keyring(opening, keyring)
    own = {row.purpose: unwrap(keyring, row) for row in ALL_KEYS.all(opening, of_owner=STORE)}
    safe = Safe(keyring, own[INDEX])
    safe.keep({STORE: AESGCM(own[DATA])})
    return safe


def _check_keyring(tx: Connected, keyring: Keyring) -> None:
    for wrapper in _wrappers(tx):
        if wrapper not in keyring.keys:
            raise WrongKeyError(
                f"the database is sealed with the key {wrapper!r}, which SANAD_KEYS does not hold; "
                "add it there"
            )


def _wrappers(tx: Connected) -> Iterator[str]:
    """The operator's keys that wrap something: each is found by the index, however many keys it wraps."""
    wrapper = ""
    while wrapper := WRAPPER.scalar(tx, after=wrapper):
        yield wrapper


def _add_key(tx: Connected, keyring: Keyring, owner: UUID, purpose: str) -> None:
    """A fresh key of the owner's. One that is there already stays, and the fresh one is nobody's."""
    row = new_id()
    wrapped_by, wrapped = keyring.wrap(os.urandom(KEY_BYTES), place(keys.c.wrapped, row))
    NEW_KEY.run(tx, id=row, owner=owner, purpose=purpose, wrapped_by=wrapped_by, wrapped=wrapped)


def unwrap(keyring: Keyring, row: Row[Any]) -> bytes:
    return keyring.unwrap(row.wrapped_by, row.wrapped, place(keys.c.wrapped, row.id))
