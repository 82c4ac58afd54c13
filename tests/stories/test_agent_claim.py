"""Agents claim a ticket, release it, and lose races: one has it, everybody else is told who."""

import asyncio

from tests.desk_kit import a_case
from tests.kit import SUPPORT, World


async def test_of_ten_who_claim_at_once_one_wins_and_the_others_are_told_who(desk: World) -> None:
    world = desk
    case = await a_case(world)
    agents = [await world.agent(f"U0AGENT{n}", f"agent {n}") for n in range(10)]
    card = await case.card()

    await asyncio.gather(*(agent.clicks("claim", card) for agent in agents))

    told = await case.thread()
    [winner] = [agent for agent in agents if f"Claimed by @{agent.id}" in told]
    assert told.count("Claimed by") == 1
    assert f"Claimed by: @{winner.id}" in (await case.card()).text
    for loser in agents:
        if loser is not winner:
            await case.learns(loser, f"@{winner.id} is working on this ticket")
    assert winner.whispers == []


async def test_a_second_claim_by_the_winner_changes_nothing(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    unclaimed = await case.glance()

    await case.clicks(agent, "claim")
    await case.clicks(agent, "claim", unclaimed)

    await case.learns(agent, "This ticket is already yours")
    assert (await case.thread()).count("Claimed by") == 1


async def test_a_claim_says_what_happens_to_words_in_the_thread(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    await case.clicks(agent, "claim")

    assert "their words in this thread go to the customer" in await case.thread()
    assert "begins with ;; stays here" in await case.thread()


async def test_a_released_ticket_is_claimed_by_another(desk: World) -> None:
    case = await a_case(desk)
    first, second = await desk.agent("U0FIRST"), await desk.agent("U0SECOND")

    await case.clicks(first, "claim")
    await case.clicks(first, "release")
    card = await case.card()
    assert "Claimed by" not in card.text
    assert "Claim" in card.buttons

    await case.clicks(second, "claim")
    assert "Claimed by: @U0SECOND" in (await case.card()).text
    assert "Released by @U0FIRST" in await case.thread()


async def test_only_the_claimer_releases(desk: World) -> None:
    case = await a_case(desk)
    first, second = await desk.agent("U0FIRST"), await desk.agent("U0SECOND")
    await case.clicks(first, "claim")

    await case.clicks(second, "release")

    await case.learns(second, "@U0FIRST is working on this ticket")
    assert "Claimed by: @U0FIRST" in (await case.card()).text


async def test_a_stranger_is_refused_in_private(desk: World) -> None:
    case, stranger = await a_case(desk), await desk.agent("U0STRANG", joins=())
    desk.slack.publish(SUPPORT)

    for verb in ("claim", "note", "priority"):
        await case.clicks(stranger, verb)

    await case.learns(stranger, "Only members of this queue's channel can act on its tickets")
    assert stranger.dialog is None
    assert "Claimed" not in await case.thread()


async def test_who_joins_may_act_and_who_leaves_may_not(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent("U0COMES", joins=())
    desk.slack.publish(SUPPORT)
    await case.clicks(agent, "claim")
    await case.learns(agent, "Only members")

    desk.slack.publish(SUPPORT, public=False)
    await agent.joins(SUPPORT)
    await case.clicks(agent, "claim")
    assert "Claimed by: @U0COMES" in (await case.card()).text

    card = await case.card()
    await agent.leaves(SUPPORT)
    desk.slack.publish(SUPPORT)
    await case.clicks(agent, "release", card)
    assert "Claimed by: @U0COMES" in (await case.card()).text


async def test_a_missed_join_is_made_up_for(desk: World) -> None:
    case = await a_case(desk)
    agent = desk.slack.agent("U0QUIET", "quiet", channels=[SUPPORT])  # no event told of it
    await case.clicks(agent, "claim")
    await case.learns(agent, "Only members")

    await desk.agent("U0OTHER")  # makes the desk look who is there
    await case.clicks(agent, "claim")

    assert "Claimed by: @U0QUIET" in (await case.card()).text


async def test_a_dialog_of_somebody_who_has_left_is_refused(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.opens(agent, "reply")

    await agent.leaves(SUPPORT)
    await case.sends(agent, "We are on it")

    assert agent.dialog
    assert "Only members" in agent.dialog.text
    assert "We are on it" in agent.dialog.text
    assert not case.reached("We are on it")


async def test_a_supervisor_acts_everywhere_and_is_named(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    supervisor = await desk.agent("U0SUPER", joins=())
    desk.slack.publish(SUPPORT)
    await case.clicks(agent, "claim")

    await case.answers(supervisor, "resolve", "It was the certificate.")

    assert "Resolved by @U0SUPER" in await case.thread()
    assert "Resolved" in (await case.card()).text
    await case.customer.sees("It was the certificate.")


async def test_a_supervisor_frees_a_ticket_from_somebody_who_is_away(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    supervisor = await desk.agent("U0SUPER")
    await case.clicks(agent, "claim")

    await case.clicks(supervisor, "release")

    assert "Released by @U0SUPER" in await case.thread()
    assert "Claim" in (await case.card()).buttons


async def test_a_repeated_click_is_heard_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "hold")
    card = await case.card()

    await asyncio.gather(agent.clicks("resume", card), agent.clicks("resume", card))

    assert (await case.thread()).count("Taken up again by") == 1
    await case.learns(agent, "the ticket has changed meanwhile")


async def test_what_somebody_left_behind_who_is_gone_is_freed_by_any_member(desk: World) -> None:
    case, agent, colleague = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER", "other")
    await case.clicks(agent, "claim")
    await case.clicks(colleague, "release")
    assert "is working on this ticket" in colleague.whispers[-1].text

    await agent.leaves(SUPPORT)
    await desk.settles()
    await case.clicks(colleague, "release")
    await case.clicks(colleague, "claim")
    assert "Claimed by: @U0OTHER" in (await case.card()).text
