"""What the store asks of a database; sqlite.py and postgres.py answer."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from storage.hints import Hints
from storage.tx import Tx

T = TypeVar("T")
Unit = Callable[[Tx], T]
"""One transaction's work: synchronous, and free of every effect but the database's."""


class Engine(Protocol):
    """One database."""

    exclusive: bool
    hints: Hints

    async def do(self, unit: Unit[T]) -> T:
        """Run the unit in a transaction, and return once it is committed."""

    async def read(self, unit: Unit[T]) -> T:
        """Run a unit that only reads, on one consistent view of what is committed."""

    async def close(self) -> None:
        """Finish what was begun, then let go of the database."""
