"""A ticket is given into somebody's hands, and never into those of somebody who may not act."""

from bot.playground.slack.workspace import Workspace
from tests.desk_kit import a_case
from tests.kit import World

STRANGER = {"to": "Only members of this queue's channel can act on its tickets."}


async def test_a_ticket_is_given_to_a_member_and_to_nobody_else(desk: World) -> None:
    case, agent, colleague = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER", "other")
    await desk.agent("U0STRANG", joins=())

    for stranger in ("U0STRANG", Workspace.bot_user):
        await case.opens(agent, "assign")
        await case.sends(agent, to=stranger)
        assert agent.dialog
        assert agent.dialog.errors == STRANGER
    await case.sends(agent, to="U0OTHER")

    assert "Claimed by: @U0OTHER" in (await case.card()).text
    thread = await case.thread()
    assert "@U0AGENT gave the ticket to @U0OTHER." in thread
    assert "their words in this thread go to the customer" in thread
    await case.says(colleague, "I am on it now")
    assert case.reached("I am on it now") == 1
    assert "assigned agent:U0AGENT" in await case.facts()


async def test_only_who_holds_it_gives_it_away_and_the_quicker_one_wins(desk: World) -> None:
    case, agent, colleague = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER", "other")
    supervisor = await desk.agent("U0SUPER")
    await case.clicks(agent, "claim")

    await case.clicks(colleague, "assign")
    await case.learns(colleague, "@U0AGENT is working on this ticket")
    await case.opens(agent, "assign")
    await case.answers(supervisor, "assign", to="U0SUPER")
    assert "Claimed by: @U0SUPER" in (await case.card()).text

    await case.sends(agent, to="U0OTHER")
    assert agent.dialog
    assert "in somebody else's hands now" in agent.dialog.text
    await case.answers(supervisor, "assign", to="U0SUPER")
    assert supervisor.dialog
    assert supervisor.dialog.errors == {"to": "The ticket is in these hands already."}
