"""`sanad run` as an operator has it: a process that starts, says how it is, and stops when it is told."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.commands.running import ENDED_AT_ONCE
from tests.kit import Street, street
from tests.troubles import day, record
from tests.troubles.command import SOON, answer, sanad, stops, with_ports

SAID = tuple(day.FILING)[:4]
ANSWERED = ("Welcome", *tuple(day.FILING.values())[:4])


async def test_a_desk_says_how_it_is_and_stops_with_nothing_half_done(
    database_url: str, tmp_path: Path
) -> None:
    async with street(database_url, tmp_path) as place, record.looking(database_url) as store:
        settings, customer = with_ports(place), place.telegram.person(language="en", name="customer")
        async with sanad("run", settings=settings, folder=tmp_path) as process:
            await place.slack.until(lambda: place.slack.connections or None, 60)
            assert await answer(settings["SANAD_PORT"], "/healthz") == (200, "ok")
            assert (await answer(settings["SANAD_ADMIN_PORT"], "/readyz"))[0] == 200
            assert (await answer(settings["SANAD_PORT"], "/readyz"))[0] == 404
            for said in SAID:
                await customer.says(said)
            await customer.sees("What is it about?")  # and it is busy with the rest
            await stops(process)
        async with sanad("run", settings=settings, folder=tmp_path):
            await customer.sees("How serious is it?", 20)
            await record.at_rest(place, store)
            day.each_holds(record.told(customer), ANSWERED)
    nothing_leaked(place, (tmp_path / "said").read_text(encoding="utf-8"))


def nothing_leaked(place: Street, said: str) -> None:
    """Neither a secret nor a word that people wrote, and no mistake either."""
    for hidden in (place.telegram.token, place.slack.bot_token, place.slack.app_token, day.TROUBLE):
        assert hidden not in said
    assert '"event": "app.started"' in said
    assert '"level": "error"' not in said
    assert "Traceback" not in said


async def test_a_platform_that_does_not_answer_keeps_nobody_from_stopping(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with street(sqlite_url, tmp_path) as place, record.looking(sqlite_url) as store:
        settings, customer = with_ports(place), place.telegram.person(language="en", name="customer")
        slow = place.telegram.faults.hang("sendMessage", 60.0)
        async with sanad("run", settings=settings, folder=tmp_path) as process:
            await customer.says("/new")
            await place.telegram.until(lambda: slow.struck, 60)
            await stops(process, signal.SIGINT)
        async with sanad("run", settings=settings, folder=tmp_path):
            await customer.sees("What is it about?", 20)
            await record.at_rest(place, store)
        day.each_holds(record.told(customer), ANSWERED[:2])
    nothing_leaked(place, (tmp_path / "said").read_text(encoding="utf-8"))


@asynccontextmanager
async def nothing_answers(place: Street, settings: dict[str, str], folder: Path) -> AsyncIterator[Process]:
    """A desk whose every way out hangs at once, and a caller at its door who never comes to an end."""
    customer, agent = place.telegram.person(language="en"), place.slack.agent("U0AGENT", "agent")
    async with sanad("run", settings=settings, folder=folder) as process:
        await place.slack.until(lambda: place.slack.connections or None, 60)
        slow = place.telegram.faults.hang("sendMessage", 60.0)
        place.slack.faults.hang("*", times=99)
        _, stalled = await asyncio.open_connection("127.0.0.1", int(settings["SANAD_PORT"]))
        stalled.write(b"POST /telegram HTTP/1.1\r\nHost: desk\r\nContent-Length: 100\r\n\r\n{")
        await stalled.drain()
        await customer.says("/new")
        await agent.gives("/desk", "language")
        await place.telegram.until(lambda: slow.struck, 60)
        try:
            yield process
        finally:
            stalled.close()
            with suppress(ConnectionError):
                await stalled.wait_closed()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_though_nothing_answers_any_more_it_stops_within_ten_seconds(
    sqlite_url: str, tmp_path: Path, sign: signal.Signals
) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with nothing_answers(place, with_ports(place), tmp_path) as process:
            assert await stops(process, sign) < SOON
        place.slack.faults.clear()
    nothing_leaked(place, (tmp_path / "said").read_text(encoding="utf-8"))


async def test_told_twice_it_ends_at_once(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with nothing_answers(place, with_ports(place), tmp_path) as process:
            process.send_signal(signal.SIGTERM)
            await asyncio.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(1):
                assert await process.wait() == ENDED_AT_ONCE
        place.slack.faults.clear()
