"""The post that offers to send words again shows how they stand: its button is there while it helps."""

from pathlib import Path

import pytest

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import SUPPORT, World
from tests.stories.test_channel_moves import FALLBACK, SECOND, looks

ROUTER = "Your router is on its way"
MISSED = "This did not reach the customer:"


async def offered(
    desk: World, *texts: str, joins: tuple[str, ...] = (SUPPORT,)
) -> tuple[Case, Agent, list[Seen]]:
    """A customer who had blocked us and is back, and what stands in the thread about these words."""
    case, agent = await a_case(desk), await desk.agent(joins=joins)
    await case.clicks(agent, "claim")
    await case.customer.blocks()
    await desk.settles()
    for text in texts:
        await case.says(agent, text)
        await desk.passes(seconds=31)
    await case.customer.unblocks()
    await desk.settles()
    return case, agent, [one for one in (await case.card()).thread if one.text.startswith(MISSED)]


async def test_the_button_goes_with_the_words_and_the_post_names_who_sent_them(desk: World) -> None:
    case, agent, [router, cable] = await offered(desk, ROUTER, "The cable comes on Sunday")

    await case.clicks(agent, "Send again", router)

    assert case.reached(ROUTER) == 1
    assert (router.buttons, cable.buttons) == ([], ["Send again"])
    assert router.text == f"{MISSED}\n{ROUTER}\nSent again by @U0AGENT."


async def test_the_button_is_back_when_the_words_were_taken_back_or_did_not_arrive_again(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent, [router] = await offered(desk, ROUTER)
        await case.clicks(agent, "Send again", router)
        assert not router.buttons
        await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer"))
        assert router.text == f"{MISSED}\n{ROUTER}\nSend again"

        await case.clicks(agent, "Send again", router)
        await case.customer.blocks()
        await desk.passes(seconds=31)
        assert router.text == f"{MISSED}\n{ROUTER}\nSend again"


async def test_it_is_called_sent_when_it_is_and_not_while_it_can_be_undone(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent, [router] = await offered(desk, ROUTER)
        await case.clicks(agent, "Send again", router)
        assert router.text == f"{MISSED}\n{ROUTER}\nBeing sent again by @U0AGENT."

        await desk.passes(seconds=31)

        assert router.text == f"{MISSED}\n{ROUTER}\nSent again by @U0AGENT."


async def test_what_its_author_changes_or_deletes_is_offered_as_it_is_by_then(desk: World) -> None:
    case, agent, [router, cable] = await offered(desk, ROUTER, "The cable comes on Sunday")
    written = {one.text: one for one in (await case.card()).thread if one.author == agent.id}

    await agent.edits(written["The cable comes on Sunday"], "The cable comes on Monday")
    await agent.deletes(written[ROUTER])
    await desk.settles()

    assert cable.text == f"{MISSED}\nThe cable comes on Monday\nSend again"
    assert router.text == f"{MISSED}\n{ROUTER}\nThis is not sent any more."


async def test_an_ending_is_not_offered_any_more_when_the_ticket_is_opened_again(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.customer.blocks()
    await case.answers(agent, "resolve", "It works again.")
    await case.customer.unblocks()
    await desk.settles()
    [ending] = [one for one in (await case.card()).thread if "Send again" in one.buttons]

    await case.clicks(agent, "reopen")

    assert not ending.buttons
    assert "This is not sent any more." in ending.text


@pytest.mark.parametrize("answer", ["solved", "unsolved"])
async def test_an_ending_is_not_offered_any_more_when_the_customer_has_answered_it(
    desk: World, answer: str
) -> None:
    """They learned of it from the status of their request, though the words never reached them."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.customer.blocks()
    await case.answers(agent, "resolve", "It works again.")
    await case.customer.unblocks()
    await desk.settles()
    [ending] = [one for one in (await case.card()).thread if "Send again" in one.buttons]
    await desk.tells(case.customer, f"/status {case.reference}")

    await desk.presses_key(case.customer, answer)
    await desk.settles()

    assert not ending.buttons
    assert "This is not sent any more." in ending.text


async def test_what_was_sent_again_from_elsewhere_is_not_offered_at_home_any_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, fallback=FALLBACK) as desk:
        case, agent, [router] = await offered(desk, ROUTER, joins=(SUPPORT, FALLBACK))
        desk.slack.archive(SUPPORT)
        await desk.settles()
        away = Case(desk, case.customer, case.reference, FALLBACK)
        there = next(one for one in (await away.card()).thread if "Send again" in one.buttons)
        await away.clicks(agent, "Send again", there)
        assert router.buttons, "it cannot be drawn where nobody can write"

        desk.slack.archive(SUPPORT, archived=False)
        await looks(desk)

        assert router.text == f"{MISSED}\n{ROUTER}\nSent again by @U0AGENT."
        assert case.reached(ROUTER) == 1


async def test_no_more_are_offered_than_the_latest_few_wherever_the_ticket_goes_and_whoever_comes_back(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, fallback=FALLBACK) as desk:
        texts = [f"Message number {number}" for number in range(7)]
        case, _agent, first = await offered(desk, *texts, joins=(SUPPORT, FALLBACK))
        assert [one.text.splitlines()[1] for one in first] == texts[2:]
        home = await case.card()

        desk.slack.archive(SUPPORT)
        await desk.settles()
        desk.slack.archive(SUPPORT, archived=False)
        await looks(desk)
        await case.customer.blocks()
        await desk.settles()
        desk.clock.goes(seconds=2)  # Telegram dates by the second that somebody let us in
        await case.customer.unblocks()
        await desk.settles()

        assert [one for one in home.thread if one.text.startswith(MISSED)] == first
        assert "".join(one.text for one in home.thread).count("The customer can be reached again.") == 2


async def test_in_the_thread_of_a_merged_ticket_it_says_where_its_words_are_sent_again(desk: World) -> None:
    case, agent, [router] = await offered(desk, ROUTER)
    stays = Case(desk, case.customer, await desk.files(case.customer, SECOND))
    last = Case(desk, case.customer, await desk.files(case.customer, "The printer is out of paper all day"))
    await stays.clicks(agent, "claim")

    await case.answers(agent, "merge", reference=stays.reference)

    elsewhere = "What did not reach the customer is sent again from there."
    assert (
        bare(router.text) == f"{MISSED}\n{ROUTER}\nThe ticket was merged into {stays.reference}. {elsewhere}"
    )
    [offer] = [one for one in (await stays.card()).thread if "Send again" in one.buttons]

    await stays.answers(agent, "merge", reference=last.reference)

    for gone in (router, offer):
        assert not gone.buttons
        assert f"The ticket was merged into {last.reference}. {elsewhere}" in bare(gone.text)
    [offer] = [one for one in (await last.card()).thread if "Send again" in one.buttons]
    await last.clicks(agent, "Send again", offer)
    assert router.text == f"{MISSED}\n{ROUTER}\nSent again by @U0AGENT."


async def test_of_words_that_take_several_posts_nothing_is_lost_with_the_button(desk: World) -> None:
    long = "\n".join(f"{number}. Unplug it, wait for half a minute, and plug it in." for number in range(400))
    case, agent, [_first] = await offered(desk, long)
    [last] = [one for one in (await case.card()).thread if "Send again" in one.buttons]
    before = last.text

    await case.clicks(agent, "Send again", last)

    assert last.text == before.replace("Send again", "Sent again by @U0AGENT.")
    assert not last.buttons
