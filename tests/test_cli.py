"""The command line: what each command says, and with which code it ends."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest

from bot.commands.mending import told
from bot.commands.running import until_told
from bot.core.heard import Incoming, Said, Sender
from bot.core.words import Say
from storage import Keyring, Store, Tx, inbox, leases, migrate, outbox
from storage.crypto import new_operator_key
from tests.command_line import DATABASE, Sanad
from tests.kit import desk_file

T = TypeVar("T")

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EXAMPLE = (Path(__file__).parent.parent / "desk.example.toml").read_text(encoding="utf-8")
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


pytestmark = pytest.mark.usefixtures("an_operators_folder")


def in_store(unit: Callable[[Tx], T]) -> T:
    async def run() -> T:
        store = await Store.open(DATABASE, Keyring.parse(os.environ["SANAD_KEYS"]))
        try:
            return await store.do(unit)
        finally:
            await store.close()

    return asyncio.run(run())


def test_python_m_bot_is_sanad_and_lists_what_it_can_do() -> None:
    said = subprocess.run([sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True)

    for command in ("run", "demo", "check", "policy", "calendar", "inbox", "outbox", "db", "keys"):
        assert f"\n  {command} " in said.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["demo", "--port", "many"],
        ["policy", "check"],
        ["calendar", "preview", "--shift", "2029-04-23"],
        ["calendar", "confirm", "tomorrow"],
        ["calendar", "shift", "2029-04-23", "--to", "2029-04-23"],
        ["inbox", "replay"],
        ["inbox", "replay", "not-an-id"],
        ["outbox", "replay", str(uuid4()), "--all"],
        ["db", "downgrade", "9999"],
    ],
)
def test_wrong_usage_ends_with_2(sanad: Sanad, words: list[str]) -> None:
    code, said, complaint = sanad(*words)

    assert (code, said) == (2, "")
    assert complaint.startswith("Usage: sanad")


def test_run_without_tokens_says_everything_that_is_missing(sanad: Sanad) -> None:
    code, _, complaint = sanad("run")

    assert code == 1
    assert [line.split(":")[1].strip() for line in complaint.splitlines()] == [
        *("TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    ]


def test_a_new_key_is_one_that_works(sanad: Sanad) -> None:
    code, said, _ = sanad("keys", "new")

    assert code == 0
    assert len(Keyring.parse(said.strip()).keys) == 1


def test_the_tables_go_up_and_down(sanad: Sanad) -> None:
    assert sanad("db", "upgrade")[:2] == (0, f"The tables are at revision {migrate.head()}.\n")
    code, said, complaint = sanad("db", "downgrade", "base")
    assert (code, complaint) == (1, "nothing was changed; say --yes to do it\n")
    assert "every ticket" in said
    assert sanad("db", "upgrade")[0] == 0

    for _again in range(2):
        code, said, complaint = sanad("db", "downgrade", "base", "--yes")
        assert (code, said.splitlines()[-1], complaint) == (0, "The tables are at revision base.", "")
    code, _, complaint = sanad("db", "downgrade", migrate.head(), "--yes")
    assert (code, complaint.count("\n")) == (1, 1)
    assert "`sanad db upgrade` goes forward" in complaint
    assert sanad("db", "upgrade")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("inbox", "list"),
        ("outbox", "list"),
        ("outbox", "replay", "--all"),
        ("ticket", "show", "4829-1372"),
        ("ticket", "why", "4829-1372"),
        ("ticket", "export", "4829-1372"),
        ("calendar", "preview"),
        ("keys", "rotate"),
        ("db", "downgrade", "base", "--yes"),
    ],
    ids=" ".join,
)
def test_a_command_for_a_database_that_is_not_there_says_so_and_makes_none(
    sanad: Sanad, an_operators_folder: Path, words: tuple[str, ...]
) -> None:
    (an_operators_folder / "desk.toml").write_text(EXAMPLE, "utf-8")

    code, said, complaint = sanad(*words)

    assert (code, said) == (1, "")
    assert complaint == f"{an_operators_folder / 'sanad.db'} is not there; is DATABASE_URL right?\n"
    assert [file.name for file in an_operators_folder.iterdir()] == ["desk.toml"]


def test_no_tables_are_taken_from_under_a_running_desk(sanad: Sanad) -> None:
    in_store(set_aside)

    async def meanwhile() -> tuple[int, str, str]:
        running = await Store.open(DATABASE, Keyring.parse(os.environ["SANAD_KEYS"]))
        try:
            return await asyncio.to_thread(sanad, "db", "downgrade", "base", "--yes")
        finally:
            await running.close()

    code, said, complaint = asyncio.run(meanwhile())
    assert (code, said) == (1, "")
    assert complaint.startswith("another process works on")
    assert "KeyError" in sanad("inbox", "list")[1]


def test_a_database_of_a_newer_release_does_not_go_back_with_this_one(sanad: Sanad) -> None:
    sanad("db", "upgrade")
    with sqlite3.connect("sanad.db") as database:
        database.execute("update alembic_version set version_num = '9999'")
    database.close()

    code, _, complaint = sanad("db", "downgrade", "0001", "--yes")
    assert (code, complaint.count("\n")) == (1, 1)
    assert "run the newer release" in complaint


def something_said() -> Incoming:
    return Incoming(
        channel="telegram",
        account="1",
        key="chat:1",
        lane="chat",
        order=1,
        at=NOW,
        sender=Sender(chat="chat"),
        what=Said(message="1", text="where is my order"),
    )


def set_aside(tx: Tx) -> str:
    (kept,) = inbox.hear(tx, [something_said()], NOW)
    heard = inbox.take(tx, kept.lane, NOW)
    assert heard
    assert inbox.park(tx, heard, "KeyError")
    return str(kept.id)


def test_what_was_set_aside_is_listed_without_words_and_replayed(sanad: Sanad) -> None:
    row = in_store(set_aside)

    _, listed, _ = sanad("inbox", "list")
    assert listed == f"{row}  telegram  heard 2026-11-21T12:00:00+00:00  1 attempts  KeyError\n"

    assert sanad("inbox", "replay", row)[:2] == (0, "1 will be tried again.\n")
    assert sanad("inbox", "list")[1] == "Nothing was set aside.\n"


def test_replaying_what_is_not_there_changes_nothing(sanad: Sanad) -> None:
    row, stranger = in_store(set_aside), str(uuid4())

    code, _, complaint = sanad("inbox", "replay", row, stranger)

    assert (code, complaint.split()[0]) == (1, stranger)
    assert row in sanad("inbox", "list")[1]


def does_not_arrive(tx: Tx) -> str:
    target = outbox.ToChannel(channel="C024BE91L")
    row = outbox.say(tx, target, Say(text="words"), channel="slack", purpose="note", at=NOW)
    (leased,) = leases.take_due(tx, "slack", at=NOW, now=NOW, limit=1, lease_for=timedelta(seconds=30))
    assert leases.retry(tx, leased, NOW + timedelta(hours=1), NOW, unsure=False)
    return str(row)


def test_what_does_not_arrive_is_listed_without_words_and_hastened(sanad: Sanad) -> None:
    row = in_store(does_not_arrive)
    about = f"{row}  slack  note  promised 2026-11-21T12:00:00+00:00  1 attempts, next"

    assert sanad("outbox", "list")[1] == f"{about} 2026-11-21T13:00:00+00:00\n"
    assert sanad("outbox", "replay", "--all")[:2] == (0, "1 will be tried again.\n")
    assert sanad("outbox", "list")[1] == f"{about} now\n"


def test_after_a_rotation_the_old_key_is_not_needed(sanad: Sanad, monkeypatch: pytest.MonkeyPatch) -> None:
    in_store(set_aside)
    old, new = os.environ["SANAD_KEYS"], new_operator_key()

    monkeypatch.setenv("SANAD_KEYS", f"{new},{old}")
    assert sanad("keys", "rotate")[0] == 0

    monkeypatch.setenv("SANAD_KEYS", new)
    assert "KeyError" in sanad("inbox", "list")[1]


def test_a_wrong_key_is_told_and_shown_nowhere(sanad: Sanad, monkeypatch: pytest.MonkeyPatch) -> None:
    in_store(set_aside)
    other = new_operator_key()
    monkeypatch.setenv("SANAD_KEYS", other)

    code, _, complaint = sanad("inbox", "list")

    assert code == 1
    assert "SANAD_KEYS does not hold" in complaint
    assert other not in complaint


def test_a_policy_with_mistakes_is_told_all_of_them(sanad: Sanad) -> None:
    Path("mine.toml").write_text('name = "mine"\ncolour = 3\nlanguages = ["fr"]\n', encoding="utf-8")

    code, _, complaint = sanad("policy", "check", "mine.toml")

    assert code == 1
    assert "mine.toml: colour: is not a key that is known here" in complaint
    assert "mine.toml: languages[0]: " in complaint
    assert sanad("policy", "check", "captain-mama")[0] == 0


def test_a_store_that_no_desk_ever_ran_on_says_so(sanad: Sanad, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feast moves once a desk goes by it. Of a number with a wrong digit it is told that it is wrong."""
    assert sanad("db", "upgrade")[0] == 0
    monkeypatch.setenv("SANAD_POLICY", "captain-mama")
    Path("desk.toml").write_text(desk_file("captain-mama"), "utf-8")
    monkeypatch.setenv("SANAD_DESK", "desk.toml")

    code, said, complaint = sanad("calendar", "preview", "--shift", "2029-04-23", "--to", "2029-04-22")
    assert (code, said) == (1, "")
    assert "the desk has not been started with this database yet" in complaint
    assert "the desk that runs" not in complaint

    code, said, complaint = sanad("ticket", "why", "1234-5678")
    assert (code, said) == (1, "")
    assert "no ticket can have the number 1234-5678: one of its digits is wrong" in complaint
    assert "it has eight digits" in sanad("ticket", "why", "1234-567")[2]


async def test_told_to_stop_the_work_cleans_up_first() -> None:
    cleaned = False

    async def work() -> None:
        nonlocal cleaned
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            cleaned = True

    async with asyncio.timeout(5):
        await until_told(work())

    assert cleaned


def test_what_nobody_foresaw_is_told_by_its_traceback_and_without_a_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended, told():
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")

    complaint = capsys.readouterr().err
    assert ended.value.code == 1
    assert "RuntimeError: https://api.telegram.org/bot[hidden]/getMe" in complaint
    assert TOKEN not in complaint
