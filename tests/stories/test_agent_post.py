"""What becomes of what the desk sends, and where it goes when a card or a channel is gone."""

from pathlib import Path

from tests.desk_kit import a_case, a_desk
from tests.kit import SUPPORT, World

FALLBACK = "C0FALLBACK"


async def test_words_that_do_not_arrive_are_told_to_their_author(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.customer.blocks()

    await case.says(agent, "We are on it")

    thread = await case.thread()
    assert "@U0AGENT, this did not reach the customer: they have blocked us.\nWe are on it" in thread
    assert "1 message not delivered" in (await case.card()).text
    assert "1 message delivered" not in (await case.card()).text
    assert (await case.facts())[-2:] == ["replied agent:U0AGENT", "undelivered desk"]


async def test_a_solution_that_is_refused_is_told_too(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    desk.telegram.faults.fail("sendMessage", status=400, description="Bad Request: chat not found")

    await case.answers(agent, "resolve", "Done.")

    assert "@U0AGENT, this did not reach the customer" in await case.thread()
    assert "1 message not delivered" in (await case.card()).text


async def test_a_deleted_card_is_posted_again_at_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    old = await case.card()

    await agent.deletes(old)
    await desk.settles()

    card = await case.card()
    assert card.ts != old.ts
    assert "Claimed by: @U0AGENT" in card.text
    assert "The card of this ticket was gone" in await case.thread()
    await case.says(agent, "We are on it")
    assert case.reached("We are on it") == 1
    await case.customer.says("Thank you, I wait")
    assert "Thank you, I wait" in await case.thread()


async def test_words_in_the_thread_of_a_deleted_card_still_find_their_ticket(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    old = await case.card()
    await agent.deletes(old)
    await desk.settles()

    await agent.writes(old, "Written in the earlier thread")
    await desk.settles()

    assert case.reached("Written in the earlier thread") == 1


async def test_a_card_whose_deletion_nobody_told_is_posted_again_when_it_is_missed(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    old = await case.card()
    assert old.channel
    for message in [old, *old.thread]:
        del old.channel.messages[message.ts]

    await case.customer.says("Is anybody there?")
    await desk.settles()

    card = await case.card()
    assert card.ts != old.ts
    assert (await case.thread()).count("Is anybody there?") == 1
    await case.clicks(agent, "claim")
    assert "Claimed by: @U0AGENT" in (await case.card()).text


async def test_a_card_is_worked_in_the_fallback_while_its_channel_is_shut(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, fallback=FALLBACK) as desk:
        agent = await desk.agent(joins=(SUPPORT, FALLBACK))
        first = await a_case(desk)
        desk.slack.archive(SUPPORT)

        await first.customer.says("Is anybody there?")
        second = await a_case(desk)

        assert "Is anybody there?" in await desk.thread(first.reference, FALLBACK)
        card = await desk.card(second.reference, FALLBACK)
        await second.clicks(agent, "claim", card)
        await agent.writes(card, "We are on it")
        await desk.settles()
        assert second.reached("We are on it") == 1

        desk.slack.archive(SUPPORT, archived=False)
        await desk.settles()
        third = await a_case(desk)
        assert third.reference in (await third.card()).text


async def test_without_a_fallback_the_card_waits_for_its_channel(database_url: str, tmp_path: Path) -> None:
    async with a_desk(database_url, tmp_path) as desk:
        desk.slack.archive(SUPPORT)
        case = await a_case(desk)
        assert desk.slack.messages(SUPPORT) == []

        desk.slack.archive(SUPPORT, archived=False)
        await desk.settles()
        card = await desk.slack.sees(SUPPORT, case.reference)

        assert card.buttons == ["Claim", "Note"]
        await desk.slack.sees(SUPPORT, "The customer wrote:")


async def test_a_click_that_slack_repeats_after_a_cut_is_heard_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    desk.slack.faults.cut_after("chat.update")
    desk.slack.faults.cut_after("chat.postMessage")

    await case.clicks(agent, "claim")
    await desk.slack.until(lambda: "Claimed by" in desk.slack.messages(SUPPORT)[0].text or None)
    await desk.settles()

    assert (await case.thread()).count("Claimed by") == 1
