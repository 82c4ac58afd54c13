"""A calendar changes while tickets live: what is to come moves, what was met or missed stays."""

from functools import partial
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.check import check
from bot.commands.tickets import plain
from handlers import situations
from handlers.clock.why import account
from handlers.unit import Unit
from storage import Tx, desk_time, tickets
from tests.calendar_kit import (
    answered,
    at_work,
    captain_mama_on,
    filed,
    history,
    kinds,
    moved,
    riyadh,
    writes_into_desk_file,
)
from tests.desk_kit import bare
from tests.kit import SUPPORT, World


async def why(world: World, reference: str) -> str:
    """The account, as the card's window tells it."""

    def look(tx: Tx) -> str:
        ticket, now = tickets.find(tx, reference.replace("-", "")), world.clock()
        assert ticket
        unit = Unit(tx, world.app.office, now, now)
        return bare("\n".join(map(plain, account(unit, situations.look(unit, ticket)))))

    return await world.app.store.read(look)


A_DAY_OFF = '[days]\nadded = { 2026-11-25 = "Stocktaking" }\n'


async def test_what_is_to_come_moves_and_what_was_met_or_missed_stays(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-6: a day off of one's own is put into the desk file while tickets live, each in another state."""
    async with captain_mama_on(riyadh(18, 10), database_url, tmp_path) as place:
        async with at_work(place) as world:
            late, missed = await filed(world, "late")
            await world.passes(days=5, minutes=1)
            patient, waiting = await filed(world, "patient")
            lucky, met = await filed(world, "lucky")
            await answered(world, lucky, met)
            missed_before, told_before = await kinds(world, missed), len(late.person.chat)
        writes_into_desk_file(place, A_DAY_OFF)
        async with at_work(place) as world:
            for _tick in range(2):
                await world.ticks()

            a_day_later = await moved(world, waiting)
            assert set(a_day_later) == {"first_response", "resolution"}
            for before, now in a_day_later.values():
                assert before.startswith("Thu 26 10:0")
                assert now == before.replace("Thu 26", "Sun 29")
            assert set(await moved(world, met)) == {"resolution"}
            assert (
                "Skipped: Wednesday, 25 November"
                not in (first := await why(world, met)).split("Resolution")[0]
            )
            assert "Due: Thursday, 26 November" in first.split("Resolution")[0]
            assert "Skipped: Wednesday, 25 November" in first.split("Resolution")[1]
            assert await moved(world, missed) == {}
            assert await kinds(world, missed) == missed_before
            assert "first_response breached" in missed_before
            assert await kinds(world, met) == ["first_response met"]

            assert len([fact for fact in await history(world, waiting) if fact.kind == "recalculated"]) == 2
            assert "longer than we said" in patient.told
            assert "by Sunday" in patient.told
            assert len(late.person.chat) == told_before
            told = [post for post in world.slack.messages(SUPPORT) if "working days" in post.text]
            assert ["2 open tickets are due at other moments" in post.text for post in told] == [True]


async def test_a_moment_is_told_once_though_the_day_off_is_taken_back_and_given_again(
    database_url: str, tmp_path: Path
) -> None:
    """CAP-7: sooner again is not told, so what comes back is what they know already."""
    async with captain_mama_on(riyadh(23, 10), database_url, tmp_path) as place:
        async with at_work(place) as world:
            customer, _reference = await filed(world)
        for days in (A_DAY_OFF, "", A_DAY_OFF):
            writes_into_desk_file(place, days, instead_of=A_DAY_OFF)
            async with at_work(place) as world:
                await world.ticks()
                told = [message.text for message in customer.person.chat if "longer" in message.text]

        assert ["by Sunday, " in text for text in told] == [True]


async def test_what_is_late_by_a_day_off_that_was_taken_back_when_it_was_over_is_named_before(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the desk may mean it so: it is told before the start, and on record afterwards."""
    async with captain_mama_on(riyadh(18, 10), sqlite_url, tmp_path) as place:
        for name, value in place.settings.items():
            monkeypatch.setenv(name, value)
        writes_into_desk_file(place, over := A_DAY_OFF.replace("11-25", "11-22"))
        async with at_work(place) as world:
            _customer, reference = await filed(world)
            await world.passes(days=5, hours=2)
            await world.app.store.do(partial(desk_time.run_ahead, ahead=world.clock.ahead))
            assert [line for line in await checked() if "late at once" in line] == []
        writes_into_desk_file(place, "", instead_of=over)
        (said,) = [line for line in await checked() if "late at once" in line]
        assert said.startswith(
            "warn  calendar: the working days of the policy and the desk file are other ones"
        )
        assert f"late at once would be {reference}; leave days that are over as they were" in said
        async with at_work(place) as world:
            with capture_logs() as logs:
                await world.ticks()
            found = [log["target"] for log in logs if log["event"] == "calendar.late_at_once"]
            assert found == ["first_response"], "no other is promised before somebody has looked"
            assert "first_response breached" in await kinds(world, reference)


async def checked() -> list[str]:
    lines: list[str] = []
    await check(lines.append, offline=True)
    return lines
