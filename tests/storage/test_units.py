"""Units: committed as a whole or not at all, and nobody is told before."""

import asyncio
import os
import socket
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest.mock import AsyncMock

import asyncpg
import pytest
from sqlalchemy import Column, Connection, MetaData, String, Table, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.util import await_

from storage import (
    AlreadyRunningError,
    CannotOpenError,
    ClosedError,
    Keyring,
    Store,
    Tx,
    drivers,
)
from storage.dialects import passing
from storage.engines import connect
from storage.errors import AwayError, SpoiledError
from storage.prepared import Prepared
from storage.schema import places, settings
from tests.post_kit import START


def put(name: str, error: type[BaseException] | None = None) -> Callable[[Tx], str]:
    def unit(tx: Tx) -> str:
        tx.connection.execute(insert(settings).values(name=name, value=1))
        if error:
            raise error
        return name

    return unit


def names(tx: Tx) -> set[str]:
    return set(tx.connection.execute(select(settings.c.name)).scalars())


async def test_a_unit_returns_what_it_made_once_that_is_committed(store: Store) -> None:
    assert await store.do(put("a")) == "a"
    assert await store.read(names) == {"a"}


async def test_a_unit_that_raises_undoes_itself_and_no_other(store: Store) -> None:
    await store.do(put("a"))
    works = [put("b", KeyError), put("c"), put("a"), put("d")]
    done = await asyncio.gather(*(store.do(unit) for unit in works), return_exceptions=True)

    assert [type(each) for each in done] == [KeyError, str, IntegrityError, str]
    assert await store.read(names) == {"a", "c", "d"}


async def test_a_unit_that_raises_stop_iteration_does_not_leave_its_caller_waiting(store: Store) -> None:
    with pytest.raises(RuntimeError):
        await store.do(put("a", StopIteration))

    assert await store.read(names) == set()


async def test_many_units_at_once_are_all_done(store: Store) -> None:
    wanted = {f"n{number}" for number in range(300)}

    assert set(await asyncio.gather(*(store.do(put(name)) for name in wanted))) == wanted
    assert await store.read(names) == wanted


async def test_a_caller_that_goes_away_leaves_whole_units_and_a_store_that_works(store: Store) -> None:
    def both(number: int) -> Callable[[Tx], None]:
        def unit(tx: Tx) -> None:
            put(f"left {number}")(tx)
            put(f"right {number}")(tx)

        return unit

    tasks = [asyncio.create_task(store.do(both(number))) for number in range(60)]
    for number, task in enumerate(tasks):
        if number % 3:
            task.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)
    await store.do(put("after"))

    found = await store.read(names)
    assert {f"left {number}" for number in range(0, 60, 3)} <= found
    assert {name[5:] for name in found if "left" in name} == {name[6:] for name in found if "right" in name}


async def test_changes_that_race_for_a_row_all_count(store: Store) -> None:
    await store.do(put("count"))

    def add(tx: Tx) -> None:
        row = tx.lock(settings, settings.c.name == "count")
        assert row
        tx.connection.execute(update(settings).values(value=row.value + 1))

    await asyncio.gather(*(store.do(add) for _ in range(50)))

    assert await store.read(lambda tx: tx.connection.execute(select(settings.c.value)).scalar()) == 51


async def test_units_that_lock_each_other_out_are_tried_again(store: Store) -> None:
    """On PostgreSQL one of the two is undone by the server; its caller never knows."""
    await store.do(put("a"))
    await store.do(put("b"))
    met = threading.Event()

    def touch(*order: str) -> Callable[[Tx], None]:
        def unit(tx: Tx) -> None:
            for name in order:
                tx.connection.execute(update(settings).where(settings.c.name == name).values(value=order[0]))
                met.wait(0.01)

        return unit

    await asyncio.gather(*(store.do(touch(*order)) for order in [("a", "b"), ("b", "a")] * 3))

    values = await store.read(lambda tx: set(tx.connection.execute(select(settings.c.value)).scalars()))
    assert len(values) == 1


async def test_readers_do_not_wait_for_a_writer_and_see_only_what_is_committed(
    sqlite_url: str, keyring: Keyring
) -> None:
    store = await Store.open(sqlite_url, keyring)
    entered, go_on = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        put("slow")(tx)
        entered.set()
        assert go_on.wait(5)

    writing = asyncio.create_task(store.do(slow))
    await asyncio.to_thread(entered.wait, 5)
    assert await store.read(names) == set()
    go_on.set()
    await writing
    assert await store.read(names) == {"slow"}
    await store.close()


async def test_more_may_read_than_there_are_readers_and_one_that_raises_leaves_no_trace(
    sqlite_url: str, keyring: Keyring
) -> None:
    store = await Store.open(sqlite_url, keyring)
    await store.do(put("a"))

    def fails(tx: Tx) -> set[str]:
        raise KeyError(*names(tx))

    for _again in range(2):
        read = await asyncio.gather(
            *(store.read(unit) for unit in [names, fails, names] * 5), return_exceptions=True
        )
        assert [told for told in read if not isinstance(told, KeyError)] == [{"a"}] * 10
    await store.do(put("b"))
    assert await store.read(names) == {"a", "b"}, "nobody looks at an older view"
    await store.close()


async def test_a_unit_that_spoils_the_commit_of_its_group_fails_alone(
    sqlite_url: str, keyring: Keyring
) -> None:
    """A reference that is checked at the commit only: the unit itself runs through."""
    store = await Store.open(sqlite_url, keyring)

    def spoiler(tx: Tx) -> None:
        tx.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        tx.connection.execute(insert(places).values(address_id=tx.new_id(), updated_at=START))

    works = [put("a"), put("b"), spoiler, put("c"), put("d", KeyError)]
    done = await asyncio.gather(*(store.do(unit) for unit in works), return_exceptions=True)

    assert [type(each) for each in done] == [str, str, IntegrityError, str, KeyError]
    assert await store.read(names) == {"a", "b", "c"}
    await store.close()


async def test_a_reader_sees_one_moment_whatever_is_committed_meanwhile(store: Store) -> None:
    loop = asyncio.get_running_loop()
    await store.do(put("a"))

    def looks_twice(tx: Tx) -> tuple[set[str], set[str]]:
        before = names(tx)
        if tx.dialect == "sqlite":  # a thread of its own
            asyncio.run_coroutine_threadsafe(store.do(put("b")), loop).result()
        else:  # a greenlet of the event loop's
            await_(store.do(put("b")))
        return before, names(tx)

    assert await store.read(looks_twice) == ({"a"}, {"a"})
    assert await store.read(names) == {"a", "b"}


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await store.read(put("a"))

    assert await store.read(names) == set()


async def test_a_reference_to_nothing_is_refused(store: Store) -> None:
    def orphan(tx: Tx) -> None:
        row = {"address_id": tx.new_id(), "updated_at": START}
        tx.connection.execute(insert(places).values(**row))

    with pytest.raises(IntegrityError):
        await store.do(orphan)


async def test_a_closed_store_finishes_what_it_was_given_and_takes_no_more(store: Store) -> None:
    given = [asyncio.create_task(store.do(put(f"n{number}"))) for number in range(20)]
    await asyncio.sleep(0)
    await store.close()

    assert len(await asyncio.gather(*given)) == 20
    with pytest.raises(ClosedError):
        await store.do(put("late"))
    with pytest.raises(ClosedError):
        await store.read(names)


async def test_a_bell_rings_once_the_unit_is_committed(store: Store) -> None:
    bell = store.hints.bell("outbox")

    await store.do(lambda tx: tx.ring("outbox"))

    assert await bell.wait(1)
    assert not await bell.wait(0.01)


async def test_a_bell_does_not_ring_for_a_unit_that_was_undone(store: Store) -> None:
    bell = store.hints.bell("outbox")

    def unit(tx: Tx) -> None:
        tx.ring("outbox")
        raise KeyError

    with pytest.raises(KeyError):
        await store.do(unit)
    assert not await bell.wait(0.01)


async def test_a_bell_rings_in_other_processes_too(postgres_url: str, keyring: Keyring) -> None:
    mine, other = [await Store.open(postgres_url, keyring) for _ in range(2)]
    bell, deaf = other.hints.bell("outbox"), other.hints.bell("inbox")
    await asyncio.sleep(0.2)  # it listens as soon as it can, not before it opens

    await mine.do(lambda tx: tx.ring("outbox"))

    assert await bell.wait(5)
    assert not await deaf.wait(0.01)
    await asyncio.gather(mine.close(), other.close())


async def test_a_second_process_on_the_same_file_is_told_so(sqlite_url: str, keyring: Keyring) -> None:
    first = await Store.open(sqlite_url, keyring)

    with pytest.raises(AlreadyRunningError, match=r"sanad\.db"):
        await Store.open(sqlite_url, keyring)
    helper = await Store.open(sqlite_url, keyring, exclusive=False)
    await helper.do(put("helped"))
    assert await first.read(names) == {"helped"}

    await helper.close()
    await first.close()
    await (await Store.open(sqlite_url, keyring)).close()


async def test_the_folder_of_the_file_is_made(tmp_path: Path, keyring: Keyring) -> None:
    store = await Store.open(f"sqlite:///{tmp_path}/some/folder/sanad.db", keyring)
    await store.close()

    assert (tmp_path / "some/folder/sanad.db").exists()


def modes_in(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_the_file_and_its_companions_are_their_owners_alone(tmp_path: Path, keyring: Keyring) -> None:
    before = os.umask(0o022)
    try:
        store = await Store.open(f"sqlite:///{tmp_path}/sanad.db", keyring)
        await store.do(put("something"))
        modes = modes_in(tmp_path)
        await store.close()
    finally:
        os.umask(before)

    assert set(modes) == {"sanad.db", "sanad.db-wal", "sanad.db-shm", "sanad.db.lock"}
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "not an address"),
        ("mysql://desk@db/sanad", "starts with 'mysql'"),
        ("sqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("postgresql://desk:hidden@127.0.0.1:9/sanad", r"desk:\*\*\*@127.0.0.1:9/sanad"),
    ],
)
async def test_an_address_that_cannot_be_opened_is_told_without_its_password(
    keyring: Keyring, url: str, told: str
) -> None:
    with pytest.raises(CannotOpenError, match=told) as caught:
        await Store.open(url, keyring)

    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("here/sanad.db", "File exists"),
        ("here/deeper/sanad.db", "Not a directory"),
        ("here", "file is not a database"),
        ("folder", "unable to open database file"),
    ],
)
async def test_a_file_that_cannot_be_written_is_told_with_the_setting(
    tmp_path: Path, keyring: Keyring, file: str, why: str
) -> None:
    (tmp_path / "here").write_text("these words are no database, and longer than its header " * 9, "utf-8")
    (tmp_path / "folder").mkdir()

    there = (tmp_path / file).exists()
    for exclusive in (True, False):
        told = f"cannot open {tmp_path}.*: {why}" if exclusive or there else f"{tmp_path}.* is not there"
        with pytest.raises(CannotOpenError, match=f"{told}; is DATABASE_URL right"):
            await Store.open(f"sqlite:///{tmp_path}/{file}", keyring, exclusive=exclusive)


@pytest.mark.usefixtures("own_connections")
async def test_what_a_unit_could_not_even_undo_is_not_committed_by_the_next(
    postgres_url: str, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = drivers.command

    def dies(connection: Connection, words: str) -> str:
        if words in ("COMMIT", "ROLLBACK"):
            raise asyncio.CancelledError
        return say(connection, words)

    store = await Store.open(postgres_url, keyring)
    with monkeypatch.context() as patched:
        patched.setattr(connect, "command", dies)
        with pytest.raises(asyncio.CancelledError):
            await store.do(put("a"))
    await store.do(put("b"))

    assert await store.read(names) == {"b"}
    await store.close()


@pytest.mark.usefixtures("own_connections")
async def test_a_statement_is_prepared_anew_when_its_table_has_changed(
    postgres_url: str, keyring: Keyring
) -> None:
    scratch = Table("scratch", MetaData(), Column("value", String))
    found = Prepared(select(scratch.c.value))

    store = await Store.open(postgres_url, keyring)
    await store.do(saying("create table scratch as select 'as it was' as value"))
    try:
        for look in (found.scalar, lambda tx: tx.connection.execute(select(scratch.c.value)).scalar()):
            assert await store.read(look) == "as it was"
            await store.do(saying("alter table scratch alter value type varchar(9)"))
            assert await store.read(look) == "as it was"
            await store.do(saying("alter table scratch alter value type text"))
    finally:
        await store.do(saying("drop table scratch"))
        await store.close()


def saying(*words: str) -> Callable[[Tx], list[str]]:
    return lambda tx: [drivers.command(tx.connection, word) for word in words]


@pytest.mark.usefixtures("own_connections")
@pytest.mark.parametrize("kind", ["prepared", "through SQLAlchemy"])
async def test_statements_that_the_server_has_forgotten_cost_one_unit_another_run(
    postgres_url: str, keyring: Keyring, kind: str
) -> None:
    """As after DISCARD ALL: by an operator, or by what stands between us and the server."""
    found, runs = Prepared(select(settings.c.name).order_by(settings.c.name)), 0
    store = await Store.open(postgres_url, keyring)

    def look(tx: Tx) -> list[str]:
        nonlocal runs
        runs += 1
        if kind == "prepared":
            return [row.name for row in found.all(tx)]
        return sorted(names(tx))

    def write(name: str) -> Callable[[Tx], str]:
        return lambda tx: put(name)(tx) if look(tx) else ""

    await store.do(put("a"))
    assert await asyncio.gather(*(store.read(look) for _ in range(9))) == [["a"]] * 9
    for round_, words in enumerate([("DEALLOCATE ALL",), ("ROLLBACK", "DISCARD ALL", "BEGIN")]):
        runs = 0
        await store.do(saying(*words))
        assert await store.do(write(f"{round_}"))
        assert runs <= 2
        await store.do(saying(*words))
        await asyncio.gather(*(store.read(look) for _ in range(9)))
        assert runs <= 2 + 9 + 1

    assert await store.read(names) == {"a", "0", "1"}
    await store.close()


CUT = (
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)


@pytest.mark.usefixtures("own_connections")
@pytest.mark.parametrize("whose", ["", " and query ilike 'listen%'"], ids=["all", "the listener's"])
async def test_connections_that_were_cut_while_nobody_used_them_cost_no_unit(
    postgres_url: str, keyring: Keyring, whose: str
) -> None:
    store, other = [await Store.open(postgres_url, keyring) for _ in range(2)]
    await asyncio.gather(*(store.do(put(f"before {number}")) for number in range(30)))
    await other.do(lambda tx: tx.connection.execute(text(CUT + whose)).all())

    for number in range(30):
        await store.do(put(f"after {number}"))
    assert len(await store.read(names)) == 60
    await asyncio.gather(store.close(), other.close())


@pytest.mark.usefixtures("own_connections")
@pytest.mark.parametrize("error", [FileNotFoundError(2, ""), OSError("two refused"), socket.gaierror(-2, "")])
async def test_a_server_that_is_away_is_a_trouble_that_passes(
    postgres_url: str, keyring: Keyring, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    store, other = [await Store.open(postgres_url, keyring) for _ in range(2)]
    await other.do(lambda tx: tx.connection.execute(text(CUT)).all())

    with monkeypatch.context() as away:
        away.setattr(asyncpg, "connect", AsyncMock(side_effect=error))
        with pytest.raises(AwayError) as told:
            await store.do(put("a"))
    await store.do(put("b"))

    assert passing(told.value)
    assert await store.read(names) == {"b"}
    await asyncio.gather(store.close(), other.close())


@pytest.mark.usefixtures("own_connections")
async def test_whoever_is_cut_short_leaves_nothing_open(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    for turns in range(20):
        others = asyncio.all_tasks()
        reading = asyncio.ensure_future(store.read(names))
        for _ in range(turns // 2):
            await asyncio.sleep(0)
        for task in asyncio.all_tasks() - others:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await reading
        await store.do(put(f"{turns}"))

    assert len(await store.read(names)) == 20
    await store.close()


@pytest.mark.usefixtures("own_connections")
async def test_a_unit_that_hides_a_refused_statement_is_not_told_that_it_was_kept(
    postgres_url: str, keyring: Keyring
) -> None:
    store = await Store.open(postgres_url, keyring)

    def hides(tx: Tx) -> None:
        put("a")(tx)
        with suppress(IntegrityError):
            put("a")(tx)

    with pytest.raises(SpoiledError):
        await store.do(hides)
    assert await store.read(names) == set()
    await store.close()
