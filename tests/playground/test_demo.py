"""`sanad demo` without a browser: the page answers, a fresh desk is fresh, and strangers are refused."""

import asyncio
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from multiprocessing import forkserver
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import pytest

from bot import policies
from bot.commands import performing
from bot.core.policy import PolicyError
from bot.playground.demo import main
from bot.playground.nursery import STAGING
from bot.playground.orders import Look, Order
from bot.playground.page.server import PortTakenError, serving
from tests import in_memory
from tests.playground.visitor import ARABIC, RUSSIAN, Visitor, bot_said, phone, visiting
from tests.playing import playing

Json = dict[str, Any]

CONSOLE = Path(sys.executable).with_name("sanad")


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with visiting() as somebody:
        yield somebody


async def test_the_page_shows_two_phones_and_the_desk_of_the_policy(visitor: Visitor) -> None:
    async with visitor.http.get(visitor.address) as page:
        assert page.status == 200
        assert "Sanad" in await page.text()
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]

    shown = await visitor.sees(lambda _anything: True)

    assert [person["language"] for person in shown["telegram"]["people"]] == ["ar", "ru"]
    assert [channel["name"] for channel in shown["slack"]["channels"]] == ["support", "billing", "fallback"]
    assert len(shown["slack"]["agents"]) == 2
    assert shown["policies"] == list(policies.names())


async def test_everything_that_the_page_needs_is_here(visitor: Visitor) -> None:
    """Nothing comes from elsewhere, and no file is missing."""
    static = Path(sys.modules["bot.playground.page.server"].__file__ or "").parent / "static"

    for file in static.rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        assert "://" not in text.replace("http://www.w3.org/2000/svg", ""), file
        assert "innerHTML" not in text, file
        assert text.count("\n") < 300, file
        async with visitor.http.get(f"{visitor.address}static/{file.relative_to(static)}") as answer:
            assert answer.status == 200, file


async def test_the_bot_answers_on_the_phone(visitor: Visitor) -> None:
    await visitor.on_phone(ARABIC, do="says", text="/start")

    shown = await visitor.sees(lambda shown: len(bot_said(shown, ARABIC)) > 1)

    assert shown["bot"] == {"state": "running", "code": None, "why": ""}
    assert bot_said(shown, RUSSIAN) == []


async def test_another_policy_starts_a_fresh_desk(visitor: Visitor) -> None:
    await visitor.on_phone(ARABIC, do="says", text="/start")
    await visitor.sees(lambda shown: bot_said(shown, ARABIC))

    await visitor.does({"on": "fresh", "policy": "captain-mama", "language": "ar"})

    shown = await visitor.sees(lambda shown: shown["bot"]["state"] == "running")
    assert (shown["policy"], shown["language"], shown["desk"]) == ("captain-mama", "ar", 2)
    assert phone(shown, ARABIC)["messages"] == []
    names = [one["name"] for one in shown["slack"]["channels"]]
    assert names == ["support", "department", "supervision", "fallback"]


async def test_agents_read_dialogs_in_the_language_of_their_cards(visitor: Visitor) -> None:
    await visitor.does({"on": "fresh", "policy": "general", "language": "ru"})
    await visitor.runs()

    asked = {"do": "gives", "command": "/tickets", "channel": "C0QUEUE1"}
    await visitor.does({"on": "desk", "who": "U0AGENTA", "act": asked})

    shown = await visitor.sees(lambda shown: shown["slack"]["agents"][0]["dialog"])
    assert shown["slack"]["agents"][0]["dialog"]["title"] == "Обращения"


async def test_a_policy_that_is_not_there_leaves_the_desk_as_it_is(visitor: Visitor) -> None:
    status, told = await visitor.does({"on": "fresh", "policy": "nowhere", "language": "en"})

    assert status == 409
    assert "no such policy" in told["error"]
    assert visitor.demo.number == 1


async def test_what_was_written_while_the_bot_was_dead_is_answered_when_it_lives(visitor: Visitor) -> None:
    await visitor.sees(lambda shown: shown["bot"]["state"] == "running")

    await visitor.does({"on": "bot", "do": "kill"})
    shown = await visitor.sees(lambda shown: shown["bot"]["state"] == "stopped")
    assert shown["bot"]["code"] == -signal.SIGKILL
    await visitor.on_phone(RUSSIAN, do="says", text="/start")
    await visitor.does({"on": "bot", "do": "start"})

    await visitor.sees(lambda shown: bot_said(shown, RUSSIAN))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "rebound.example"},
    ],
)
async def test_other_sites_can_do_nothing(visitor: Visitor, headers: dict[str, str]) -> None:
    what = {"on": "phone", "who": ARABIC, "act": {"do": "says", "text": "from elsewhere"}}

    status, _nothing = await visitor.does(what, **headers)

    assert status == 403
    assert phone(visitor.demo.seen(), ARABIC)["messages"] == []


async def test_other_sites_can_see_nothing(visitor: Visitor) -> None:
    for headers in ({"Host": "rebound.example"}, {"Origin": "https://elsewhere.example"}):
        async with visitor.http.get(f"{visitor.address}events", headers=headers) as answer:
            assert answer.status == 403


async def test_a_request_without_its_origin_does_nothing(visitor: Visitor) -> None:
    async with visitor.http.post(f"{visitor.address}act", json={"on": "bot", "do": "kill"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("what", [{}, {"on": "moon"}, {"on": "phone", "who": ARABIC, "act": {"do": "flies"}}])
async def test_what_makes_no_sense_is_refused(visitor: Visitor, what: Json) -> None:
    status, told = await visitor.does(what)

    assert status == 400
    assert told["error"]


async def test_a_taken_port_is_an_error_that_says_so() -> None:
    async with playing() as (demo, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(PortTakenError, match=f"port {port} is taken"):
            async with serving(demo, port):
                pass


async def test_an_unknown_policy_is_told_before_anything_starts() -> None:
    with pytest.raises(PolicyError, match="no such policy"):
        await main(port=0, policy="nowhere", shelf=policies)


async def test_the_command_prints_its_address_and_stops_when_told() -> None:
    begun = time.monotonic()
    pipe = asyncio.subprocess.PIPE
    demo = await asyncio.create_subprocess_exec(CONSOLE, "demo", "--port", "0", stdout=pipe)
    assert demo.stdout
    line = (await demo.stdout.readline()).decode()
    assert "http://127.0.0.1:" in line
    assert time.monotonic() - begun < 10  # three seconds on a machine with nothing else to do

    demo.send_signal(signal.SIGINT)

    assert await asyncio.wait_for(demo.wait(), 20) == 0


@asynccontextmanager
async def started(folder: Path, **environment: str) -> AsyncIterator[tuple[Process, str]]:
    """The demo as a process of its own, and the address of its page."""
    with (folder / "log").open("wb") as log:
        demo = await asyncio.create_subprocess_exec(
            *(CONSOLE, "demo", "--port", "0"), stdout=-1, stderr=log, env={**os.environ, **environment}
        )
    assert demo.stdout
    address = (await demo.stdout.readline()).decode().split()[4]
    try:
        yield demo, address
    finally:
        with suppress(ProcessLookupError):
            demo.kill()
        await demo.wait()


async def shows(address: str, wanted: str) -> None:
    """Wait until the page is told this."""
    async with asyncio.timeout(60), aiohttp.ClientSession() as http, http.get(f"{address}events") as events:
        async for line in events.content:
            if wanted.encode() in line:
                return


async def test_the_bot_does_not_outlive_the_playground(tmp_path: Path) -> None:
    """Not even when the playground is killed, and can say goodbye to nobody."""
    with TemporaryDirectory(dir=in_memory.folder()) as short:  # whoever is killed does not tidy up
        async with started(tmp_path, TMPDIR=short) as (demo, address):
            await shows(address, '"state":"running"')
            demo.kill()

            # The bot has inherited it: it is at its end when nobody is left who could write there.
            assert demo.stdout
            assert await asyncio.wait_for(demo.stdout.read(), 60) == b""


async def test_where_no_bot_can_be_born_the_page_says_why(tmp_path: Path) -> None:
    """A machine may forbid what it takes, such as a socket in a folder with a long name."""
    long = tmp_path / ("long" * 30)
    long.mkdir()
    async with started(tmp_path, TMPDIR=str(long)) as (_demo, address):
        await shows(address, "could not be started here: AF_UNIX path too long")


@pytest.fixture
def another_nursery() -> Iterator[None]:
    """Whose bots see what has changed on this machine since the one before had loaded everything."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - it is there for tests
    yield
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - it is there for tests


@pytest.mark.usefixtures("another_nursery")
async def test_a_bot_that_cannot_start_says_why_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """On the page and on the terminal; and once that is mended, it starts. Nothing is left elsewhere."""
    gone = tmp_path / "apscheduler.py"
    gone.write_text(f"raise ModuleNotFoundError('no such module', name={gone.stem!r})", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    async with visiting() as visitor:
        shown = await visitor.sees(lambda shown: shown["bot"]["state"] == "stopped" and shown["bot"]["why"])
        assert shown["bot"]["code"] == 1
        assert "package apscheduler is not installed" in shown["bot"]["why"]
        assert "make clean, then make demo" in shown["bot"]["why"]
        assert capfd.readouterr().err.splitlines() == [shown["bot"]["why"]]

        (elsewhere := tmp_path / "elsewhere").mkdir()
        loads = await asyncio.create_subprocess_exec(
            sys.executable, "-c", f"import {STAGING}", cwd=elsewhere, stderr=asyncio.subprocess.DEVNULL
        )
        await loads.wait()
        assert list(elsewhere.iterdir()) == []

        gone.unlink()
        await visitor.does({"on": "bot", "do": "start"})
        assert (await visitor.runs())["bot"]["why"] == ""


@pytest.mark.parametrize("last", [b"", b'{"do": "lo'])
async def test_the_bot_hears_of_the_end_however_it_comes(last: bytes) -> None:
    """Killed in the middle of an order, or before an answer was read: the next read is an error then."""
    ours, its = socket.socketpair()
    heard, answers = await asyncio.open_connection(sock=its)
    orders = asyncio.Queue[Order]()
    listening = asyncio.create_task(performing.listen(heard, orders))
    if not last:
        answers.write(b"an answer that nobody reads\n")
    ours.send(b'{"do": "look"}\n' + last)
    assert await orders.get() == Look()
    ours.close()

    await asyncio.wait_for(listening, 5)
    assert orders.empty()
    answers.close()
