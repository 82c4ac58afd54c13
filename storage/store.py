"""The store: units of work over one of two databases."""

from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.crypto import Keyring
from storage.engines import Engine, Unit
from storage.engines.postgres import PostgresEngine
from storage.engines.sqlite import SQLiteEngine
from storage.errors import CannotOpenError
from storage.hints import Hints

T = TypeVar("T")


class Store:
    """Everything that is kept. Open it with `Store.open`, in a running event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    async def open(cls, url: str, keyring: Keyring, *, exclusive: bool = True) -> Self:
        """Open the database at `url` (SQLite or PostgreSQL), checking its tables and its keys.

        SQLite: with `exclusive` the folder and the file are made, the tables are brought up to date, and any
        other process that wants the same is refused; a command that only helps out opens without it.
        Raises CannotOpenError, AlreadyRunningError, SchemaBehindError, SchemaAheadError, WrongKeyError.
        """
        address = parse_url(url)
        if address.get_backend_name() == "postgresql":
            return cls(await PostgresEngine.open(address, keyring))
        return cls(await SQLiteEngine.open(Path(address.database or ""), keyring, exclusive=exclusive))

    @property
    def hints(self) -> Hints:
        """Bells that ring when post was written."""
        return self._engine.hints

    @property
    def exclusive(self) -> bool:
        """Whether no other process can be at work on this database."""
        return self._engine.exclusive

    async def do(self, unit: Unit[T]) -> T:
        """Run the unit in a transaction, and return what it returned once that is committed.

        A unit that raises changes nothing. A caller that is cancelled does not stop a unit that has begun:
        it is committed, or not, as a whole.
        """
        return await self._engine.do(unit)

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads, on one consistent view of what is committed."""
        return await self._engine.read(unit)

    async def close(self) -> None:
        """Finish the units that were given, then let go of the database."""
        await self._engine.close()


def parse_url(url: str) -> URL:
    """DATABASE_URL with its driver: `sqlite` and `postgresql` alone are enough. Raises CannotOpenError."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise CannotOpenError("DATABASE_URL is not an address; try sqlite:///var/sanad.db") from None
    match address.get_backend_name():
        case "sqlite" if address.database and address.database != ":memory:":
            return address.set(drivername="sqlite+aiosqlite")
        case "sqlite":
            raise CannotOpenError("DATABASE_URL names no file; try sqlite+aiosqlite:///var/sanad.db")
        case "postgres" | "postgresql":
            return address.set(drivername="postgresql+asyncpg")
        case other:
            raise CannotOpenError(f"DATABASE_URL starts with {other!r}; we know sqlite and postgresql")
