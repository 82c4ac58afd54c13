"""`sanad run` as an operator has it: a process that starts, says how it is, and stops when it is told."""

import signal
from pathlib import Path

from tests.kit import Street, street
from tests.troubles import day, record
from tests.troubles.command import answer, sanad, stops, with_ports

SAID = tuple(day.FILING)[:4]
ANSWERED = ("Welcome", *tuple(day.FILING.values())[:4])


async def test_a_desk_says_how_it_is_and_stops_with_nothing_half_done(
    database_url: str, tmp_path: Path
) -> None:
    async with street(database_url, tmp_path) as place, record.looking(database_url) as store:
        settings, customer = with_ports(place), place.telegram.person(language="en", name="customer")
        async with sanad("run", settings=settings, folder=tmp_path) as process:
            await place.slack.until(lambda: place.slack.connections or None, 20)
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
            await place.telegram.until(lambda: slow.struck, 20)
            await stops(process, signal.SIGINT)
        async with sanad("run", settings=settings, folder=tmp_path):
            await customer.sees("What is it about?", 20)
            await record.at_rest(place, store)
        day.each_holds(record.told(customer), ANSWERED[:2])
    nothing_leaked(place, (tmp_path / "said").read_text(encoding="utf-8"))
