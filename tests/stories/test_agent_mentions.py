"""A note that names a colleague reaches them, and nobody who may not read the ticket."""

from pathlib import Path

from tests.desk_kit import a_case, a_desk
from tests.kit import BILLING, World


async def test_a_colleague_outside_who_may_read_the_ticket_is_told_in_private(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    above = await desk.agent("U0SUPER", joins=())
    await case.clicks(agent, "claim")

    await case.says(agent, ";; <@U0SUPER> what do we promise here?", raw=True)
    told = await case.learns(above, "@U0AGENT names you in a note:")
    assert case.reference in told.text
    assert "what do we promise here?" in told.text
    await case.answers(agent, "note", "And who pays?", colleague="U0SUPER")
    assert "And who pays?" in (await case.learns(above, "And who pays?")).text
    assert "Note by @U0AGENT for @U0SUPER:\nAnd who pays?" in await case.thread()
    assert not case.reached("what do we promise here?")


async def test_a_colleague_in_the_channel_is_called_in_the_thread_and_not_twice(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")

    await case.says(agent, ";; <@U0OTHER> please look", raw=True)
    await case.answers(agent, "note", "Please look once more", colleague="U0OTHER")

    assert "Note by @U0AGENT for @U0OTHER:\nPlease look once more" in await case.thread()
    assert other.whispers == []
    assert agent.whispers == []


async def test_whoever_may_not_read_the_ticket_learns_nothing_and_the_author_does(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    stranger = await desk.agent("U0STRANG", joins=(BILLING,))

    await case.says(agent, ";; <@U0STRANG> the invoice is wrong", raw=True)
    told = await case.learns(agent, "was not told of your note: they may not read this ticket.")
    assert "@U0STRANG" in told.text
    await case.opens(agent, "note")
    await case.sends(agent, "The invoice is wrong", colleague="U0STRANG")

    assert agent.dialog
    assert agent.dialog.errors == {"colleague": "They may not read this ticket."}
    assert stranger.whispers == []
    assert "Note by" not in await case.thread()


async def test_a_reviewer_may_read_and_is_told(database_url: str, tmp_path: Path) -> None:
    """CMP-9: a reviewer may read, not change."""
    async with a_desk(database_url, tmp_path, extra='reviewers = ["U0REVIEW"]') as desk:
        case, agent = await a_case(desk), await desk.agent()
        reviewer = await desk.agent("U0REVIEW", joins=())

        await case.says(agent, ";; <@U0REVIEW> was this right?", raw=True)

        assert "was this right?" in (await case.learns(reviewer, "names you in a note")).text
