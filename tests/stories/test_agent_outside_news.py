"""Whoever holds a ticket without being in its channel hears in private what only its thread would tell."""

from bot.playground.slack import Agent
from tests.desk_kit import Case, a_case, acts, bare
from tests.kit import World
from tests.stories.test_channel_moves import SECOND

ROUTER = "Your router is on its way"


async def held_above(desk: World) -> tuple[Case, Agent, Agent]:
    """A ticket that an agent has given to a supervisor who is not in its channel."""
    case, agent = await a_case(desk), await desk.agent()
    above = await desk.agent("U0SUPER", "supervisor", joins=())
    await case.answers(agent, "assign", to="U0SUPER")
    return case, agent, above


async def writes(desk: World, case: Case, above: Agent, text: str) -> None:
    """The supervisor answers from what they are told in private."""
    await above.gives("/ticket", case.reference)
    await desk.settles()
    await acts(above, "reply", above.whispers[-1])
    await desk.settles()
    await case.sends(above, text)


async def test_who_holds_it_from_outside_hears_that_their_words_did_not_arrive_and_sends_them_again(
    desk: World,
) -> None:
    case, _agent, above = await held_above(desk)
    await case.customer.blocks()
    await desk.settles()
    await writes(desk, case, above, ROUTER)

    told = await case.learns(above, "this did not reach the customer: they have blocked us.")
    assert f"Ticket {case.reference}" in bare(told.text)
    assert ROUTER in told.text

    await case.customer.unblocks()
    await desk.settles()
    offer = await case.learns(above, "This did not reach the customer:")
    assert offer.buttons[0] == "Send again"
    await case.clicks(above, "Send again", offer)
    assert case.reached(ROUTER) == 1
    await case.clicks(above, "Send again", offer)
    await case.learns(above, "These words have been sent again already, or were taken back.")
    assert case.reached(ROUTER) == 1
    assert "This did not reach the customer:" in await case.thread()


async def test_who_holds_it_from_outside_hears_what_was_merged_into_it(desk: World) -> None:
    case, agent, above = await held_above(desk)
    other = Case(desk, case.customer, await desk.files(case.customer, SECOND))
    await other.clicks(agent, "claim")
    await other.says(agent, "We look into it")

    await other.answers(agent, "merge", reference=case.reference)

    told = await case.learns(above, f"merged the ticket {other.reference} into this one.")
    for words in (SECOND, "We look into it"):
        assert words in told.text
    assert "Reply" in told.buttons


async def test_an_offer_in_private_that_is_overtaken_says_so_when_it_is_pressed(desk: World) -> None:
    """No post in private can be drawn again."""
    case, agent, above = await held_above(desk)
    await case.customer.blocks()
    await desk.settles()
    await above.gives("/ticket", case.reference)
    await desk.settles()
    await acts(above, "resolve", above.whispers[-1])
    await desk.settles()
    await case.sends(above, "It works again.")
    await case.customer.unblocks()
    await desk.settles()
    offer = await case.learns(above, "The customer has not learned yet how this ended.")
    await case.clicks(agent, "reopen")

    await case.clicks(above, "Send again", offer)

    await case.learns(above, "This is not sent any more: the ticket has gone on since.")
    assert not case.reached("It works again.")
