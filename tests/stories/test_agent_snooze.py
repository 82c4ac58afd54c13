"""A ticket is snoozed: on the desk only, until its moment or its customer's word, and no promise moves."""

from pathlib import Path

from tests.customer_kit import a_desk_with, chat
from tests.desk_kit import Case
from tests.kit import WEEK, World
from tests.time_kit import POLICY, at, files, happened

PROMISE = """
[[targets]]
what = "resolution"
within = "8 business hours"
remind = ["1 hour before"]
"""


async def a_case_of(world: World) -> Case:
    world.clock.becomes(at(1, 10))
    await world.ticks()
    customer, reference = await files(world)
    return Case(world, customer.person, reference)


def seconds(day: int, hour: int) -> str:
    return str(int(at(day, hour).timestamp()))


async def test_a_snooze_ends_at_its_moment_and_delays_no_promise(database_url: str, tmp_path: Path) -> None:
    async with a_desk_with(database_url, tmp_path, POLICY + PROMISE) as desk:
        case, agent = await a_case_of(desk), await desk.agent()
        said = len(case.customer.chat)
        dialog = await case.opens(agent, "snooze")
        assert "Its clocks run on" in dialog.text
        await case.sends(agent, until=seconds(1, 9))
        assert agent.dialog
        assert agent.dialog.errors == {"until": "This moment has passed."}
        await case.sends(agent, "Waiting for the supplier", until=seconds(3, 12))

        assert "Snoozed by @U0AGENT, at the latest until Tuesday, 3 November, 12:00" in await case.thread()
        assert "Snoozed" in (await case.card()).text
        assert "Snooze" not in (await case.card()).choices
        await desk.passes(days=1, hours=12)
        assert await happened(desk, case.reference, "reminded", "breached", "woken") == [
            ("reminded", "1 hour before"),
            ("breached", "resolution"),
            ("reminded", "overdue"),
        ]
        digests = [m.text for m in desk.slack.messages("C0SUPPORT") if "This morning" in m.text]
        assert all("Claimed by nobody" not in told for told in digests)

        await desk.passes(days=1)
        assert "This ticket is no longer snoozed: its moment has come." in await case.thread()
        assert "Snoozed" not in (await case.card()).text
        await desk.passes(days=1)
        assert (await case.thread()).count("its moment has come") == 1
        last = [m.text for m in desk.slack.messages("C0SUPPORT") if "This morning" in m.text][-1]
        assert "Claimed by nobody" in last
        assert len(case.customer.chat) == said, "the customer hears nothing of it"


async def test_the_customers_word_wakes_it_and_its_holder_is_called(desk: World) -> None:
    customer, agent = chat(desk), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    await case.answers(agent, "snooze")
    assert "Snoozed by @U0AGENT until the customer writes." in await case.thread()

    await customer.says("I have found the cause myself")

    assert "The ticket is no longer snoozed: the customer wrote.\n@U0AGENT" in await case.thread()
    assert (await case.facts())[-2:] == ["customer_wrote customer", "woken customer"]
    await case.answers(agent, "snooze")
    await case.clicks(agent, "wake")
    assert "No longer snoozed, by @U0AGENT." in await case.thread()
    await case.answers(agent, "snooze")
    await case.answers(agent, "resolve", "Done")
    assert "Snoozed" not in (await case.card()).text


async def test_a_snooze_that_somebody_else_forestalled_is_not_done(database_url: str, tmp_path: Path) -> None:
    async with a_desk_with(database_url, tmp_path, POLICY, WEEK) as desk:
        case, slow, quick = await a_case_of(desk), await desk.agent(), await desk.agent("U0QUICK")
        await case.opens(slow, "snooze")
        await case.clicks(quick, "claim")

        await case.sends(slow, "Later")

        assert slow.dialog
        assert "in somebody else's hands now" in slow.dialog.text
        assert "Snoozed" not in await case.thread()


async def test_a_question_that_reaches_nobody_ends_no_snooze(sqlite_url: str, tmp_path: Path) -> None:
    """Nobody has looked at the ticket when the customer's chat refuses what was asked, or an agent's undo."""
    async with a_desk_with(sqlite_url, tmp_path, POLICY, "[defaults]\nundo_seconds = 60") as desk:
        case, agent = await a_case_of(desk), await desk.agent()
        await case.clicks(agent, "claim")
        await case.customer.blocks()
        await case.answers(agent, "ask", "Which router is it?")
        await case.answers(agent, "snooze", until=seconds(3, 12))
        await desk.passes(seconds=61)
        card = (await case.card()).text
        assert ("Waiting for the customer" in card, "Snoozed" in card) == (False, True)

        await desk.passes(days=2, hours=3)
        assert (await case.thread()).count("its moment has come") == 1
        assert "Snoozed" not in (await case.card()).text
        assert "woken desk" in await case.facts()

        await case.answers(agent, "ask", "And which cable?")
        await case.answers(agent, "snooze")
        await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
        card = (await case.card()).text
        assert ("Waiting for the customer" in card, "Snoozed" in card) == (False, True)
