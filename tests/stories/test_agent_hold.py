"""A ticket is put on hold and taken up again; its clock stands only where the policy says so."""

import re
from pathlib import Path

from tests.customer_kit import a_desk_with
from tests.desk_kit import Case, bare
from tests.kit import World
from tests.time_kit import EXTENDING, POLICY, at, files, happened

PROMISE = """
[[targets]]
what = "resolution"
within = "8 business hours"
"""
PAUSING = POLICY.replace("title_asked = false", 'title_asked = false\npauses = ["on_hold", "pending"]')


async def a_case_of(world: World, language: str = "en") -> Case:
    world.clock.becomes(at(1, 10))
    customer, reference = await files(world, language=language)
    return Case(world, customer.person, reference)


async def test_a_clock_stands_while_on_hold_where_the_policy_pauses(
    database_url: str, tmp_path: Path
) -> None:
    """EDC-5: a solution may be postponed, with its reason; rule 4: the pause is taken out of the clock."""
    async with a_desk_with(database_url, tmp_path, PAUSING + PROMISE) as desk:
        case, agent = await a_case_of(desk, "ru"), await desk.agent()
        await case.clicks(agent, "claim")
        await desk.passes(hours=2)

        dialog = await case.opens(agent, "hold")
        assert "The clock of the resolution stands meanwhile" in dialog.text
        await case.sends(agent, "Ждём поставщика")
        told = bare((await case.customer.sees("Ждём поставщика")).text)
        assert case.reference in told
        assert "Put on hold by @U0AGENT.\nЖдём поставщика" in await case.thread()
        assert "Resolution: stands since " in (await case.card()).text
        assert re.search(
            r"stands since Sunday, 1 November, 12:00, (5:59|6:00):\d\d left", bare((await case.card()).text)
        )

        await desk.passes(days=2)
        assert await happened(desk, case.reference, "breached") == []
        await case.clicks(agent, "resume")
        assert "Taken up again by @U0AGENT" in await case.thread()
        assert case.reached("снова") == 1
        assert (
            case.reached("Решение займёт больше времени, чем мы говорили: вы получите его до среды, 4 ноября")
            == 1
        )
        await desk.passes(hours=5)
        assert await happened(desk, case.reference, "breached") == []
        await desk.passes(days=1)
        assert await happened(desk, case.reference, "held", "resumed", "breached") == [
            ("held", ""),
            ("resumed", ""),
            ("breached", "resolution"),
        ]


async def test_what_comes_later_after_a_standstill_is_told_with_its_end(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Rule 6, CAP-8: after a hold and after a reopening; what is left then is the least to be announced."""
    async with a_desk_with(sqlite_url, tmp_path, PAUSING + PROMISE + EXTENDING) as desk:
        desk.clock.becomes(at(1, 10))
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await desk.passes(hours=2)
        await case.answers(agent, "hold", "We wait for a part")
        desk.clock.becomes(at(4, 10))
        until = str(int(at(4, 15).timestamp()))
        await case.opens(agent, "extend")
        await case.sends(agent, "We wait for a log", until=until)
        assert agent.dialog
        assert "later than what was promised: Wednesday, 4 November, 1" in bare(agent.dialog.errors["until"])
        await agent.dismisses()
        await case.clicks(agent, "resume")
        later = "The solution needs longer than we said: you will have it by "
        assert f"again.\n{later}Wednesday, 4 November, 1" in customer.told

        await case.answers(agent, "resolve", "It runs again.")
        desk.clock.becomes(at(5, 12))
        await customer.presses("unsolved")
        assert f"{later}Sunday " in customer.told, "the answer to a press says no date"
        await customer.says("It is down again")
        await case.answers(agent, "ask", "Since when?")
        desk.clock.becomes(at(8, 12))
        await customer.says("Since an hour ago")
        assert re.search(f"{later}(09:59|10:00) tomorrow", customer.told)
        await customer.says("It is the same in another browser")
        assert "longer" not in customer.told


async def test_no_clock_stands_where_the_policy_is_silent(database_url: str, tmp_path: Path) -> None:
    """CAP-14, CMP-16: no pause is stated, so none is made; rule 4."""
    async with a_desk_with(database_url, tmp_path, POLICY + PROMISE) as desk:
        case, agent = await a_case_of(desk), await desk.agent()

        dialog = await case.opens(agent, "hold")
        assert "The clocks run on" in dialog.text
        await case.sends(agent)
        await desk.passes(days=1, hours=1)

        assert case.reached(f"Work on your request {case.reference} is on hold for now.") == 1
        assert not case.reached("The reason")
        assert await happened(desk, case.reference, "breached") == [("breached", "resolution")]
        await case.customer.says("I have found something new, please look at it")
        assert "Open" in (await case.card()).text
        assert "Resume" not in (await case.card()).buttons


async def test_what_was_taken_up_before_it_was_told_is_not_told(sqlite_url: str, tmp_path: Path) -> None:
    """By an agent, and by the customer's own words."""
    undo = "[defaults]\nundo_seconds = 60"
    async with a_desk_with(sqlite_url, tmp_path, POLICY + PROMISE, undo) as desk:
        case, agent = await a_case_of(desk), await desk.agent()
        await case.answers(agent, "hold", "A slip")
        await case.clicks(agent, "resume")
        await desk.passes(minutes=2)

        assert not case.reached("A slip")
        assert not case.reached("again")
        assert len(await happened(desk, case.reference, "taken_back")) == 1  # nothing waits for it any more

        await case.answers(agent, "hold", "A part")
        await case.customer.says("I have found the part myself")
        assert " · Open" in (await case.card()).text
        thread = bare(await case.thread())
        assert thread.index("I have found the part") < thread.index(
            "@U0AGENT, this was not sent: the ticket was taken up again before.\nA part"
        )
        await desk.passes(minutes=2)
        assert not case.reached("A part")
        assert len(await happened(desk, case.reference, "taken_back")) == 2
