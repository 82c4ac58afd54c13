"""A feast waits for the moon: it is confirmed, or moved as a whole, and what is promised moves with it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from storage import calendars, desk_time
from tests.calendar_kit import at_work, captain_mama_on, filed, moved, riyadh, writes_into_desk_file
from tests.command_line import Sanad, an_operators_folder, sanad
from tests.customer_kit import Chat
from tests.kit import SUPPORT, Street, World

__all__ = ["an_operators_folder", "sanad"]

MONDAY, TUESDAY = "2029-04-23", "2029-04-24"
ARABIC, PERSIAN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
"""Eid al-Adha 2029 is thought to begin on a Monday, and to last until Thursday."""
PREVIEW = ("preview", "--shift", MONDAY.translate(ARABIC), "--to", TUESDAY.translate(PERSIAN))


@pytest.fixture
async def place(
    database_url: str, an_operators_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Street]:
    """Captain Mama's desk, on the Wednesday before, with its operator beside it."""
    wednesday = riyadh(18, 10, month=4, year=2029)
    async with captain_mama_on(wednesday, database_url, an_operators_folder) as place:
        for name, value in place.settings.items():
            monkeypatch.setenv(name, value)
        yield place


async def types(world: World, sanad: Sanad, *words: str) -> tuple[int, str]:
    """What a command of the operator's ends with, and all that it says; the desk that runs logs meanwhile."""
    await world.app.store.do(partial(desk_time.run_ahead, ahead=world.clock.ahead))
    code, said, complaint = await asyncio.to_thread(sanad, "calendar", *words)
    lines = (said + complaint).splitlines(keepends=True)
    return code, "".join(line for line in lines if "[info" not in line)


async def test_a_feast_moves_with_a_preview_and_for_good(place: Street, sanad: Sanad) -> None:
    """CAP-6: the first reply is due after the feast, and before it if that begins a day later."""
    async with at_work(place) as world:
        customer, reference = await filed(world)
        shift = ("shift", MONDAY, "--to", TUESDAY)

        for words in (PREVIEW, shift):
            code, said = await types(world, sanad, *words)
            assert f"  {TUESDAY} Tue  Day of Arafah" in said
            assert "  2029-04-29 Sun  Eid al-Adha Holiday (observed)" in said
            assert "1 open ticket is due at other moments:" in said
            assert f"  {reference}  first response: 2029-04-29T10:0" in said
            assert "becomes 2029-04-23T10:0" in said
        assert (code, "nothing was changed; say --yes" in said) == (1, True)
        await world.ticks()
        assert await moved(world, reference) == {}

        assert (await types(world, sanad, *shift, "--yes"))[0] == 0
        await world.ticks()
        before, now = (await moved(world, reference))["first_response"]
        assert (before[:9], now[:9]) == ("Sun 29 10", "Mon 23 10")
        assert "longer than we said" not in customer.told
        assert any("1 open ticket is due" in post.text for post in world.slack.messages(SUPPORT))

    async with at_work(place) as world:
        await world.ticks()
        assert await world.app.store.read(calendars.version) == 2, "the word outlives a restart"
        assert (await types(world, sanad, "confirm", TUESDAY))[1] == (
            f"{TUESDAY} (Day of Arafah) is confirmed already\n"
        )
        before_it = world.app.office.hours.days, world.app.office.hours.version
        code, said = await types(world, sanad, "shift", TUESDAY, "--to", MONDAY, "--yes")
        assert code == 0, said
        await world.ticks()
        assert "longer than we said" not in customer.told, "it is what their receipt said"

        world.app.office.hours.become(*before_it)
        await Chat(world, customer.person).says("Is there anything new?")
        await world.ticks()
        assert not any("longer than we said" in message.text for message in customer.person.chat), (
            "of a process that has not taken it up yet, nobody hears anything"
        )


async def test_a_feast_is_confirmed_and_what_cannot_be_is_refused(place: Street, sanad: Sanad) -> None:
    async with at_work(place) as world:
        listed = (await types(world, sanad, "preview"))[1].splitlines()
        assert listed[0] == "Asia/Riyadh, holidays of SA until 2034"
        assert f"{MONDAY}                Mon      closed         Day of Arafah  (provisional)" in listed
        assert (
            "2029-04-24 to 2029-04-26  Tue-Thu  closed         Eid al-Adha Holiday  (provisional)" in listed
        )
        assert "2029-09-23                Sun      closed         National Day Holiday" in listed

        assert (await types(world, sanad, "confirm", "2029-04-25", "--yes"))[0] == 0
        await world.ticks()
        confirmed = (await types(world, sanad, "preview"))[1]
        assert f"{MONDAY}                Mon      closed         Day of Arafah\n" in confirmed

        refused = {
            (
                "confirm",
                "2029-09-23",
            ): "2029-09-23 (National Day Holiday) is no feast that waits for the moon",
            ("confirm", MONDAY): "is confirmed already",
            ("shift", MONDAY, "--to", "2029-05-01"): "a feast moves by 4 days at most",
            ("shift", MONDAY, "--to", "2029-04-17"): "a feast moves by 4 days at most",
            ("shift", "2029-02-14", "--to", "2029-02-15"): "has begun",
        }
        for words, told in refused.items():
            code, said = await types(world, sanad, *words, "--yes")
            assert (code, told in said) == (1, True), said
        for hour, refuses in ((8, False), (16, True)):
            world.clock.becomes(riyadh(23, hour, month=4, year=2029))
            _code, said = await types(world, sanad, *PREVIEW)
            assert ("the hours of today have begun" in said) == refuses, said
        _code, said = await types(world, sanad, "shift", "2029-09-23", "--to", "2029-09-24")
        assert "the next are: 2030-" in said, "what has passed waits for no moon"

        writes_into_desk_file(place, '[days]\nadded = { 2029-11-25 = "Stocktaking" }')
        code, said = await types(world, sanad, "shift", TUESDAY, "--to", MONDAY, "--yes")
        assert (code, "other days off or other hours, 2029-11-25 (Stocktaking); start" in said) == (1, True)
        world.clock.ahead -= timedelta(days=3 * 365)
        code, said = await types(world, sanad, "shift", TUESDAY, "--to", MONDAY, "--yes")
        assert (code, "for the desk it is 2029, and here it is 2026: see to the clocks" in said) == (1, True)
