"""A copy of a SQLite database that is whole, taken while the desk runs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.engines.connect import require_there
from storage.errors import CannotOpenError


def copy(source: Path, target: Path) -> int:
    """Copy the database as it is at one moment; tells how many bytes the copy has.

    What is written meanwhile is in the copy or not, each transaction as a whole. The copy is readable by its
    owner alone, and safe on the disk when this returns. Raises CannotOpenError where `source` is no
    database of the desk's, or where there is something at `target` already.
    """
    require_there(source)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CannotOpenError(f"{target.absolute()} is there already; name a new file") from None
    except OSError as why:
        raise CannotOpenError(f"cannot write {target.absolute()}: {why.strerror}") from None
    try:
        _copy(source, target)
    except (sqlite3.Error, CannotOpenError) as why:
        target.unlink()
        raise CannotOpenError(f"cannot copy {source.absolute()}: {why}") from None
    return target.stat().st_size


def _copy(source: Path, target: Path) -> None:
    address = f"{source.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as ours, closing(sqlite3.connect(target)) as made:
        _require_ours(ours)
        ours.backup(made)  # in one step: one in between begins again at each write, and never ends
        made.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
    for place in (target, target.absolute().parent):
        _sync(place)


def _require_ours(database: sqlite3.Connection) -> None:
    """A copy of nothing would pass for a backup until it is needed."""
    known = database.execute("select name from sqlite_master where name in ('alembic_version', 'tickets')")
    if len(known.fetchall()) < 2:  # noqa: PLR2004 - both of them
        raise CannotOpenError("it holds no tables of Sanad's; is DATABASE_URL right?")


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
