"""A solution that is taken back before anybody was told leaves its ticket as it was, with all that waited."""

from pathlib import Path

from bot.playground.slack import Agent
from tests.customer_kit import a_desk_with
from tests.desk_kit import Case
from tests.time_kit import POLICY, at, files, promising

UNDO = "[defaults]\nundo_seconds = 30"
PAUSING = POLICY.replace("title_asked = false", 'title_asked = false\npauses = ["on_hold", "pending"]')
PROMISES = """
[unanswered]
within = "8 business hours"
then = "close"
remind = ["50%"]
[[targets]]
what = "resolution"
within = "8 business hours"
"""


async def resolves_by_mistake(case: Case, agent: Agent, verb: str = "resolve") -> None:
    await case.answers(agent, verb, "A slip")
    assert "Reopen" in (await case.card()).buttons
    await case.world.passes(seconds=5)
    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))


async def test_what_waited_or_rested_does_so_again_with_its_clocks(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk_with(sqlite_url, tmp_path, PAUSING + PROMISES, UNDO) as desk:
        desk.clock.becomes(at(1, 10))
        await desk.ticks()
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await case.answers(agent, "hold", "A part is on its way")
        await desk.passes(days=2)
        before = (await case.card()).text
        assert "On hold" in before
        await resolves_by_mistake(case, agent)
        assert (await case.card()).text == before
        await desk.passes(days=2)
        assert "Overdue" not in (await case.card()).text
        await case.clicks(agent, "resume")

        await case.answers(agent, "ask", "Which cable is it?")
        await desk.passes(seconds=31)
        before = (await case.card()).text
        await resolves_by_mistake(case, agent, "decline")
        assert (await case.card()).text == before
        await customer.says(f"/status {reference}")
        assert f"Request {reference}: waiting for your answer" in customer.told
        await resolves_by_mistake(case, agent)
        await desk.passes(days=3, hours=1)
        assert case.reached("is closed: our question was not answered") == 1
        assert case.reached("A slip") == 0
        facts = [fact.split()[0] for fact in await case.facts()]
        assert (facts.count("undone"), facts.count("reopened")) == (3, 0)


async def test_a_snooze_goes_on_until_its_moment_or_the_customers_word(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with promising(sqlite_url, tmp_path, "", UNDO) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        await case.opens(agent, "snooze")
        await case.sends(agent, until=f"{at(1, 12).timestamp():.0f}")
        before = (await case.card()).text
        await resolves_by_mistake(case, agent, "decline")
        assert (await case.card()).text == before
        await desk.passes(hours=2)
        assert "This ticket is no longer snoozed: its moment has come." in await case.thread()

        await case.answers(agent, "snooze")
        for slip in ("ask", "hold", "resolve"):
            await case.answers(agent, slip, "A slip")
            assert "Snoozed" not in (await case.card()).text
            await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
            assert "Snoozed" in (await case.card()).text
        await customer.says("It smokes")
        assert "The ticket is no longer snoozed: the customer wrote." in await case.thread()

        await case.answers(agent, "ask", "Which cable is it?")
        await case.answers(agent, "resolve", "A slip")
        button = await case.learns(agent, "This goes to the customer in")
        await customer.says("It also smokes")
        await desk.passes(seconds=29)
        await case.clicks(agent, "Undo", button)
        assert "Waiting for the customer" in (await case.card()).text
        await desk.passes(seconds=2)
        assert (case.reached("Which cable"), case.reached("A slip")) == (1, 0)
        await case.answers(agent, "snooze")
        await case.answers(agent, "resolve", "A slip")
        await customer.says(f"/status {reference}")
        assert f"Request {reference}: waiting for your answer" in customer.told
        await customer.says("The red one")
        await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
        assert "Open" in (await case.card()).text
        assert "Snoozed" not in (await case.card()).text
