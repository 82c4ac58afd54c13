"""Statements that every unit needs: put into words once, and run as their driver likes best.

SQLAlchemy takes ten times as long over a small statement as the database. What it is good for, the words in
either dialect and the values of our column types, is asked of it once for each statement.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.sql.base import Executable

from storage.drivers import Outcome, driven

Convert = Callable[[Any], Any]


class Connected(Protocol):
    """A transaction, or whatever else holds its connection."""

    @property
    def connection(self) -> Connection: ...


class Words:
    """A statement in the words of one dialect, with what turns our values into the driver's and back."""

    def __init__(self, statement: Any, columns: Sequence[str] | None, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(columns) if columns else None)
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError("defaults that SQLAlchemy makes up are not for prepared statements")
        self.sql: str = compiled.string
        given: dict[str, Any] = compiled.construct_params(_check=False)
        binds = compiled._bind_processors  # noqa: SLF001 - there is no other way to them
        self._binds = [(name, given.get(name), binds.get(name)) for name in compiled.positiontup or ()]
        told = compiled._result_columns  # noqa: SLF001 - nor to these
        self._row = _row([column.keyname for column in told])
        self._results = [
            (at, convert)
            for at, column in enumerate(told)
            if (convert := column.type._cached_result_processor(dialect, None))  # noqa: SLF001 - nor to them
        ]

    def values(self, told: dict[str, Any]) -> tuple[Any, ...]:
        get = told.get
        return tuple(
            [
                convert(get(name, usual)) if convert else get(name, usual)
                for name, usual, convert in self._binds
            ]
        )

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        return [self._row(self._ours(row)) for row in found]

    def _ours(self, row: Sequence[Any]) -> Sequence[Any]:
        ours = list(row)
        for at, convert in self._results:
            if ours[at] is not None:
                ours[at] = convert(ours[at])
        return ours


def _row(names: Sequence[str]) -> Convert:
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - known only now
    make: Convert = kind._make
    return make


class Prepared:
    """One statement. Its values are named by `bindparam`, or are the `columns` of an insert or update."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._words: dict[str, Words] = {}

    def all(self, tx: Connected, **told: Any) -> list[Any]:
        words = self._in(tx)
        return words.rows(_run(tx.connection, words.sql, words.values(told)).found)

    def one_or_none(self, tx: Connected, **told: Any) -> Any:
        """The first row, of a statement that finds one at most."""
        found = self.all(tx, **told)
        return found[0] if found else None

    def one(self, tx: Connected, **told: Any) -> Any:
        """The one row. Raises NoResultFound."""
        row = self.one_or_none(tx, **told)
        if row is None:
            raise NoResultFound("No row was found when one was required")
        return row

    def scalar(self, tx: Connected, **told: Any) -> Any:
        found = self.all(tx, **told)
        return found[0][0] if found else None

    def run(self, tx: Connected, **told: Any) -> int:
        """The number of rows that were written."""
        words = self._in(tx)
        return _run(tx.connection, words.sql, words.values(told)).written

    def run_for_each(self, tx: Connected, rows: Sequence[dict[str, Any]]) -> None:
        """Once for each of some rows, in their order."""
        words = self._in(tx)
        _run(tx.connection, words.sql, [words.values(row) for row in rows], many=True)

    def _in(self, tx: Connected) -> Words:
        dialect = tx.connection.dialect
        words = self._words.get(dialect.name)
        if words is None:
            words = self._words[dialect.name] = Words(self._statement, self._columns, dialect)
        return words


def _run(connection: Connection, sql: str, values: Any, *, many: bool = False) -> Outcome:
    if not connection.in_transaction():
        connection.begin()
    return driven(connection, sql, values, many=many)
