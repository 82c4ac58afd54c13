"""A ticket moves several times while nothing can be said: each thread hears what is true there, once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import premises
from bot.playground.slack import Agent
from bot.playground.slack.seen import Message
from handlers import behind
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import BILLING, SUPPORT, World

FALLBACK = "C0FALLBACK"
SECOND = "The second one is down, too"


@pytest.fixture
async def desk(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A desk with a fallback channel."""
    async with a_desk(database_url, tmp_path, fallback=FALLBACK) as here:
        yield here


@pytest.fixture
async def plain(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A desk without one."""
    async with a_desk(sqlite_url, tmp_path) as here:
        yield here


async def looks(desk: World) -> None:
    """The desk asks Slack, as it does each minute."""
    await premises.look(desk.app)
    await desk.settles()


async def a_claimed_case(desk: World, agent: Agent) -> Case:
    """Nobody moves a ticket in the second in which it is filed."""
    case = await a_case(desk)
    await case.clicks(agent, "claim")
    desk.clock.goes(minutes=5)
    return case


def cards(desk: World, case: Case, channel: str) -> list[Message]:
    return [one for one in desk.slack.messages(channel) if case.reference in bare(one.text)]


def below(desk: World, card: Message) -> str:
    """What stands in the thread of a card by now."""
    assert card.channel
    return bare("\n".join(reply.text for reply in desk.slack.message(card.channel.id, card.ts).thread))


async def test_after_two_transfers_the_last_thread_hears_once_what_the_first_did_not(plain: World) -> None:
    agent = await plain.agent(joins=(SUPPORT, BILLING))
    case = await a_claimed_case(plain, agent)
    plain.slack.faults.fail("chat.postMessage", channel=BILLING, retry_after=1, times=99, after=1)
    await case.answers(agent, "transfer", "It is about the invoice", queue="billing")
    between = Case(plain, case.customer, case.reference, BILLING)
    there = await between.card()
    await between.answers(agent, "transfer", "It is not", queue="support")
    plain.slack.faults.clear()

    first, last = await plain.slack.until(lambda: cards(plain, case, SUPPORT)[:2])
    await plain.slack.until(lambda: "transferred the ticket here from Billing" in below(plain, last))
    await plain.settles()
    thread = below(plain, last)
    assert "transferred the ticket here from Support" not in thread
    for once in ("What was said so far:", "The site has been down", "It is about the invoice", "It is not"):
        assert thread.count(once) == 1
    assert below(plain, there) == ""
    for left, channel in ((first, SUPPORT), (there, BILLING)):
        assert "This ticket goes on in Support" in bare(plain.slack.message(channel, left.ts).text)


async def test_home_hears_what_was_merged_into_its_ticket_elsewhere(desk: World) -> None:
    """However long ago that was written."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    stays = Case(desk, case.customer, await desk.files(case.customer, SECOND))
    await stays.clicks(agent, "claim")
    desk.clock.goes(minutes=5)
    desk.slack.archive(SUPPORT)
    await desk.settles()
    away = Case(desk, case.customer, case.reference, FALLBACK)
    await away.answers(agent, "merge", reference=stays.reference)
    desk.clock.goes(minutes=5)

    desk.slack.archive(SUPPORT, archived=False)
    await looks(desk)

    thread = await stays.thread()
    assert thread.count("The site has been down") == 1
    assert thread.count(SECOND) == 1


async def test_what_was_merged_into_a_ticket_that_moves_on_is_told_there_once(plain: World) -> None:
    """The thread that it leaves was shut, and did not hear of it."""
    agent = await plain.agent(joins=(SUPPORT, BILLING))
    case = await a_claimed_case(plain, agent)
    stays = Case(plain, case.customer, await plain.files(case.customer, SECOND))
    await stays.clicks(agent, "claim")
    plain.clock.goes(minutes=5)
    plain.slack.remove_bot(SUPPORT)
    await plain.settles()
    await case.answers(agent, "merge", reference=stays.reference)
    await stays.answers(agent, "transfer", "It is about the invoice", queue="billing")

    there = await plain.slack.until(lambda: next(iter(cards(plain, stays, BILLING)), None))
    await plain.slack.sees(BILLING, "transferred the ticket here")
    await plain.settles()
    thread = below(plain, there)
    assert f"merged the ticket {case.reference} into this one" in thread
    for once in ("The site has been down", SECOND, "It is about the invoice"):
        assert thread.count(once) == 1


def left_behind(desk: World, home: Message) -> str:
    """The card in its first channel, as it is by now; nothing can be pressed there."""
    left = desk.slack.message(SUPPORT, home.ts)
    assert left.actions == []
    return bare(left.text)


async def test_a_card_left_while_home_was_shut_says_of_a_closed_ticket_that_it_is_closed(
    desk: World,
) -> None:
    """And where it went on; opened again it goes on there."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.archive(SUPPORT)
    await desk.settles()
    await Case(desk, case.customer, case.reference, FALLBACK).answers(agent, "transfer", queue="billing")
    there = Case(desk, case.customer, case.reference, BILLING)
    await there.clicks(agent, "claim")
    await there.answers(agent, "resolve", "The site is back", survey="skip")
    await desk.presses_key(case.customer, "solved")
    desk.slack.archive(SUPPORT, archived=False)
    await looks(desk)

    told = left_behind(desk, home)
    assert f"{case.reference} · Transferred" in told
    assert "This ticket is closed. It went on in Billing: #C0BILLING" in told
    await there.clicks(agent, "reopen")
    assert "This ticket goes on in Billing: #C0BILLING" in left_behind(desk, home)


async def test_a_card_left_while_home_was_shut_says_into_which_ticket_its_own_was_merged(
    desk: World,
) -> None:
    """All cards do that it has left."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    stays = Case(desk, case.customer, await desk.files(case.customer, SECOND), FALLBACK)
    desk.clock.goes(minutes=5)
    desk.slack.archive(SUPPORT)
    await desk.settles()
    away = Case(desk, case.customer, case.reference, FALLBACK)
    stood_in = await away.card()
    await away.answers(agent, "transfer", queue="billing")
    there = Case(desk, case.customer, case.reference, BILLING)
    await there.answers(agent, "merge", reference=stays.reference)
    goes_on = f"This ticket was merged into {stays.reference}."
    assert goes_on in bare(desk.slack.message(FALLBACK, stood_in.ts).text)
    desk.slack.archive(SUPPORT, archived=False)
    await looks(desk)

    assert goes_on in left_behind(desk, home)


async def test_only_cards_that_were_left_while_their_channel_was_shut_are_drawn_when_it_opens(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few at a time."""
    monkeypatch.setattr(behind, "BATCH", 1)
    agent = await plain.agent(joins=(SUPPORT, BILLING))
    cases = [await a_claimed_case(plain, agent) for _each in range(4)]
    homes = [await case.card() for case in cases]
    await cases[0].answers(agent, "transfer", queue="billing")
    assert "goes on in Billing" in left_behind(plain, homes[0])
    plain.slack.remove_bot(SUPPORT)
    await plain.settles()
    for case in cases[1:]:
        await case.answers(agent, "transfer", queue="billing")
    plain.slack.calls.clear()

    plain.slack.invite_bot(SUPPORT)
    await looks(plain)

    for home in homes:
        assert "goes on in Billing" in left_behind(plain, home)
    drawn = [call["ts"] for name, call in plain.slack.calls if name == "chat.update"]
    assert [drawn.count(home.ts) for home in homes] == [0, 1, 1, 1]


async def test_a_left_card_that_slack_refuses_is_drawn_when_its_channel_is_open(desk: World) -> None:
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    left = await case.card()
    await case.opens(agent, "transfer")
    desk.slack.faults.fail("chat.update", channel=SUPPORT, error="is_archived", times=1)
    await case.sends(agent, "It is about the invoice", queue="billing")

    await looks(desk)

    assert "goes on in Billing" in bare(desk.slack.message(SUPPORT, left.ts).text)


async def test_a_left_card_that_waits_until_its_channel_is_shut_is_drawn_when_it_is_open(desk: World) -> None:
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    left = await case.card()
    desk.slack.faults.fail("chat.update", channel=SUPPORT, retry_after=1, times=99)
    await case.opens(agent, "transfer")
    await agent.submits({"queue": "billing", "text": "It is about the invoice"})
    await desk.slack.until(lambda: cards(desk, case, BILLING))
    desk.slack.archive(SUPPORT)
    await desk.settles()
    desk.slack.faults.clear()
    await asyncio.sleep(1.5)  # Slack's pause is over, and the card would have been drawn
    await desk.settles()
    assert "goes on in Billing" not in bare(desk.slack.message(SUPPORT, left.ts).text)

    desk.slack.archive(SUPPORT, archived=False)
    await looks(desk)

    assert "goes on in Billing" in bare(desk.slack.message(SUPPORT, left.ts).text)


async def test_home_hears_what_was_merged_though_it_was_shut_before_it_could(desk: World) -> None:
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    stays = Case(desk, case.customer, await desk.files(case.customer, SECOND))
    await stays.clicks(agent, "claim")
    desk.clock.goes(minutes=5)
    home = await stays.card()
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, retry_after=2, times=99)
    desk.slack.faults.fail("chat.postMessage", channel=FALLBACK, retry_after=2, times=99)
    await case.opens(agent, "merge")
    await agent.submits({"reference": stays.reference})

    await is_shut_for_a_moment(desk, SUPPORT)

    await desk.slack.until(lambda: "The site has been down" in below(desk, home), within=15)
    await desk.settles()
    assert below(desk, home).count("The site has been down") == 1


async def test_a_queue_hears_what_was_said_though_its_channel_was_shut_before_it_could(desk: World) -> None:
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    desk.slack.faults.fail("chat.postMessage", channel=BILLING, retry_after=2, times=99, after=1)
    desk.slack.faults.fail("chat.postMessage", channel=FALLBACK, retry_after=2, times=99)
    await case.opens(agent, "transfer")
    await agent.submits({"queue": "billing", "text": "It is about the invoice"})
    [there] = await desk.slack.until(lambda: cards(desk, case, BILLING))

    await is_shut_for_a_moment(desk, BILLING)

    await desk.slack.until(lambda: "The site has been down" in below(desk, there), within=15)
    await desk.settles()
    assert below(desk, there).count("The site has been down") == 1


async def is_shut_for_a_moment(desk: World, channel: str) -> None:
    """Shut, and open again before any card was drawn elsewhere; then Slack takes posts again."""
    await desk.slack.idle()
    desk.slack.archive(channel)
    await asyncio.sleep(0.5)
    desk.slack.archive(channel, archived=False)
    await premises.look(desk.app)
    desk.slack.faults.clear()
