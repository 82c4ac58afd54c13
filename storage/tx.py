"""A transaction as a unit sees it: the connection, the seals, the locks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, ColumnElement, Connection, Row, Table, select

from storage import crypto
from storage.columns import new_id
from storage.crypto import Keyring
from storage.drivers import command, is_open
from storage.errors import SpoiledError
from storage.keys import STORE, Keys, Safe


class Tx:
    """Given to a unit, and good until the unit returns.

    A unit may be run again when the database undoes its transaction: it changes nothing but the database,
    and what it wants to be known outside it returns.
    """

    def __init__(self, connection: Connection, safe: Safe) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self.rings: set[str] = set()
        self.happened_to: dict[UUID, set[str]] = {}
        """The tickets that something has happened to in this unit, in order, and the kinds of its facts."""
        self.seen: dict[object, object] = {}
        """What this unit has read already, where it is the only one to change it."""
        self._undone = False
        self._safe = safe
        self._keys = Keys(connection, safe)

    @property
    def keyring(self) -> Keyring:
        return self._safe.keyring

    def touch(self, ticket_id: UUID, *happened: str) -> None:
        """The unit ends with what follows from these kinds of facts, or from a new look at the ticket."""
        self.happened_to.setdefault(ticket_id, set()).update(happened)

    def new_id(self) -> UUID:
        return new_id()

    def hash(self, *parts: str) -> bytes:
        """A keyed hash of 32 bytes, for look-ups: the same in this store for ever, and in no other."""
        return self._safe.hash(parts)

    def seal(self, owner: UUID | None, column: Column[Any], row: UUID, words: str | bytes) -> bytes:
        """Seal words for one column of one row, with the owner's key (None: the store's own).

        Raises ErasedError.
        """
        plain = words.encode("utf-8", "surrogatepass") if isinstance(words, str) else words
        return crypto.seal(self._keys.cipher(owner or STORE), plain, crypto.place(column, row))

    def unseal(self, owner: UUID | None, column: Column[Any], row: UUID, sealed: bytes) -> str:
        """The words that were sealed. Raises ErasedError, DamagedError."""
        return self.unseal_bytes(owner, column, row, sealed).decode("utf-8", "surrogatepass")

    def unseal_bytes(self, owner: UUID | None, column: Column[Any], row: UUID, sealed: bytes) -> bytes:
        """The bytes that were sealed. Raises ErasedError, DamagedError."""
        return crypto.unseal(self._keys.cipher(owner or STORE), sealed, crypto.place(column, row))

    def cipher(self, owner: UUID) -> AESGCM:
        """The owner's cipher, for bytes that are kept outside the database. Raises ErasedError."""
        return self._keys.cipher(owner)

    def new_owner(self, owner: UUID) -> None:
        """Make a customer's key. An owner that has one keeps it."""
        self._keys.create(owner)

    def erase_owner(self, owner: UUID) -> None:
        """Destroy a customer's key: what it sealed can never be read again."""
        self.seen.clear()
        self._keys.erase(owner)

    def lock(self, table: Table, *where: ColumnElement[bool]) -> Row[Any] | None:
        """The one row that `where` describes, locked until the unit ends; None if there is none.

        On SQLite a unit is alone anyway.
        """
        return self.connection.execute(select(table).where(*where).with_for_update()).one_or_none()

    @contextmanager
    def behind_savepoint(self) -> Iterator[None]:
        """What is done here is undone where it raises, and nothing else."""
        command(self.connection, "SAVEPOINT part")
        try:
            yield
            self.require_whole()
        except BaseException:
            self.seen.clear()
            if not self.is_undone():
                command(self.connection, "ROLLBACK TO part")
                command(self.connection, "RELEASE part")
            raise
        command(self.connection, "RELEASE part")

    def require_whole(self) -> None:
        """Raises SpoiledError where the database has undone what this unit did."""
        if self.is_undone():
            raise SpoiledError("the database had undone the unit, and it went on: nothing of it is kept")

    def is_undone(self) -> bool:
        """Whether the transaction is not there any more, as after a disk was full.

        Outside one, SQLite keeps what it is told: what comes yet is told in one that will be undone.
        """
        if not self._undone and not is_open(self.connection):
            self._undone = True
            if not self.connection.invalidated:
                command(self.connection, "BEGIN")
        return self._undone

    def ring(self, topic: str) -> None:
        """Once this is committed, wake whoever waits for `topic`, in every process."""
        self.rings.add(topic)

    def committed(self) -> None:
        """Called by the engine after the commit."""
        self._keys.committed()
