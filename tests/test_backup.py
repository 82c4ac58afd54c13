"""A backup that was taken while the desk ran is a desk again, for those who have the keys."""

import asyncio
import stat
from pathlib import Path

import pytest

from storage import Store, WrongKeyError
from storage.copying import copy
from storage.crypto import Keyring, new_operator_key
from tests.command_line import Sanad
from tests.kit import KEYS, living_in, street


async def test_a_backup_taken_at_work_is_restored_in_a_new_place(sqlite_url: str, tmp_path: Path) -> None:
    copied = tmp_path / "copy.db"
    async with street(sqlite_url, tmp_path) as place:
        async with living_in(place) as here:
            await place.listens()
            customer, late = here.customer("en"), here.customer("ar")
            reference = await here.files(customer, "The site is down since this morning")
            filing = asyncio.create_task(here.files(late))
            await asyncio.to_thread(copy, tmp_path / "sanad.db", copied)
            await filing

        place.settings["DATABASE_URL"] = f"sqlite+aiosqlite:///{copied}"
        async with living_in(place) as here:
            await here.tells(customer, "/status", reference)
            await customer.sees(reference)
            thread = await here.thread(reference)
            assert "The site is down since this morning" in thread

    assert stat.S_IMODE(copied.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    with pytest.raises(WrongKeyError):
        await Store.open(f"sqlite:///{copied}", Keyring.parse(new_operator_key()))
    await (await Store.open(f"sqlite:///{copied}", Keyring.parse(KEYS))).close()


def test_an_operator_takes_a_backup(sanad: Sanad, an_operators_folder: Path) -> None:
    missing, _, why_missing = sanad("db", "backup", "copy.db")
    sanad("db", "upgrade")
    done, told, _ = sanad("db", "backup", "copy.db")
    again, _, why_again = sanad("db", "backup", "copy.db")
    nowhere, _, why_nowhere = sanad("db", "backup", "no/such/folder/copy.db")

    assert (missing, done, again, nowhere) == (1, 0, 1, 1)
    assert "sanad.db is not there" in why_missing
    assert "copy.db: " in told
    assert "keep them apart" in told
    assert "is there already" in why_again
    assert "No such file or directory" in why_nowhere
    assert (an_operators_folder / "copy.db").stat().st_size > 0


def test_postgres_has_a_tool_of_its_own(sanad: Sanad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://desk@localhost/desk")

    code, _, why = sanad("db", "backup", "copy.db")

    assert (code, why.strip()) == (
        1,
        "PostgreSQL is copied by its own pg_dump; docs/operating.md shows how",
    )


def test_a_file_that_is_no_database_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear desk, " * 1000, "utf-8")

    with pytest.raises(Exception, match=r"cannot copy .*letter\.txt: file is not a database"):
        copy(tmp_path / "letter.txt", tmp_path / "copy.db")

    assert not (tmp_path / "copy.db").exists()


def test_a_database_without_our_tables_is_no_backup(sanad: Sanad, an_operators_folder: Path) -> None:
    (an_operators_folder / "sanad.db").touch()

    code, _, why = sanad("db", "backup", "copy.db")

    assert code == 1
    assert "it holds no tables of Sanad's" in why
    assert not (an_operators_folder / "copy.db").exists()
