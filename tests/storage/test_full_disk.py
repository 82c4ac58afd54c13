"""A disk that is full in the middle of a group of units: what was answered is there, and nothing else is."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import OperationalError

from storage import Keyring, Store, Tx
from storage.dialects import passing
from storage.errors import SpoiledError
from storage.schema import settings

LARGE = 400_000


def keep(tx: Tx, name: str, size: int) -> str:
    tx.connection.execute(insert(settings).values(name=name, value="x" * size))
    return name


def names(tx: Tx) -> set[str]:
    ours = select(settings.c.name).where(settings.c.name.like("unit %"))
    return set(tx.connection.execute(ours).scalars())


def limit(tx: Tx) -> None:
    """Let the file grow by a few pages and no more."""
    pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}").close()


async def test_what_was_answered_is_kept_although_a_unit_beside_it_filled_the_disk(
    tmp_path: Path, keyring: Keyring
) -> None:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/full.db", keyring)
    await store.do(limit)
    units: list[Callable[[Tx], str]] = [
        partial(keep, name=f"unit {number}", size=LARGE if number == 1 else 10) for number in range(4)
    ]

    answers = await asyncio.gather(*(store.do(unit) for unit in units), return_exceptions=True)

    assert isinstance(answers[1], Exception)
    answered = {answer for answer in answers if isinstance(answer, str)}
    kept = await store.read(names)
    await store.close()
    assert answered == kept == {"unit 0", "unit 2", "unit 3"}


async def test_a_disk_that_is_full_behind_a_savepoint_is_told_as_what_it_is(
    tmp_path: Path, keyring: Keyring
) -> None:
    """SQLite has undone the whole transaction then; who hides that is told that nothing is kept."""
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/full.db", keyring)
    await store.do(limit)
    heard: list[str] = []

    def careful(tx: Tx) -> None:
        keep(tx, "unit 0", 10)
        with tx.behind_savepoint():
            keep(tx, "unit 1", LARGE)

    def hides(tx: Tx) -> None:
        try:
            careful(tx)
        except OperationalError as error:
            heard.append(str(passing(error)))
            keep(tx, f"unit afterwards {len(heard)}", 10)

    with pytest.raises(OperationalError, match="disk is full") as told:
        await store.do(careful)
    with pytest.raises(SpoiledError):
        await store.do(hides)

    assert passing(told.value)
    assert set(heard) == {"True"}
    assert await store.do(partial(keep, name="unit 2", size=10)) == "unit 2"
    assert await store.read(names) == {"unit 2"}
    await store.close()
