"""Slack's channels change under the desk: it goes on elsewhere, comes home, and says so, each once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot import premises
from bot.playground.slack import Agent, LocalSlack
from bot.playground.slack.seen import Message
from handlers import homes
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import BILLING, SUPPORT, World

FALLBACK = "C0FALLBACK"
SUPERVISOR = "U0SUPER"


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


def told(agent: Agent) -> str:
    return bare("\n".join(word.text for word in agent.whispers))


def stands_in(desk: World, channel: str) -> str:
    return bare("\n".join(message.text for message in desk.slack.messages(channel)))


def written_below(desk: World, card: Message) -> str:
    return bare("\n".join(reply.text for reply in desk.slack.message(SUPPORT, card.ts).thread))


def calls_to(desk: World, channel: str) -> set[str]:
    return {method for method, call in desk.slack.calls if call.get("channel") == channel}


async def a_claimed_case(desk: World, agent: Agent) -> Case:
    """Nobody archives a channel in the second in which a ticket is filed."""
    case = await a_case(desk)
    await case.clicks(agent, "claim")
    desk.clock.goes(minutes=5)
    return case


async def test_tickets_of_an_archived_channel_go_on_in_the_fallback_and_come_home(desk: World) -> None:
    agent = await desk.agent()
    case = await a_claimed_case(desk, agent)
    home = await case.card()

    desk.slack.archive(SUPPORT)
    await desk.settles()

    away = await desk.card(case.reference, FALLBACK)
    assert "this ticket goes on here" in await desk.thread(case.reference, FALLBACK)
    assert "The site has been down" in await desk.thread(case.reference, FALLBACK)
    assert "#C0SUPPORT was archived." in stands_in(desk, FALLBACK)
    assert "its tickets go on in #C0FALLBACK: be there" in told(agent)
    assert case.reference in told(agent)  # handed what they hold, for they do not see its card

    await case.customer.says("Is anybody there?")
    await agent.joins(FALLBACK)
    await agent.writes(away, "We are on it")
    await desk.settles()
    assert case.reached("We are on it") == 1

    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()

    assert (await case.card()).ts == home.ts
    assert "Claimed by: @U0AGENT" in (await case.card()).text
    thread = await case.thread()
    assert "can be used again, so this ticket goes on here" in bare(thread)
    for words in ("The site has been down", "Is anybody there?", "We are on it"):
        assert thread.count(words) == 1
    left = desk.slack.message(FALLBACK, away.ts)
    assert f"{case.reference} · Back in its channel" in bare(left.text)
    assert left.buttons == []
    assert "can be used again" in stands_in(desk, SUPPORT)
    await agent.sends(left, "plan.pdf", b"PDF", text="Said where nobody looks")
    await desk.settles()
    await case.learns(agent, "the ticket goes on elsewhere now")
    assert not case.reached("Said where nobody looks")
    await case.says(agent, "Done")
    assert case.reached("Done") == 1


@pytest.mark.parametrize("again", ["alone", "before the fallback", "after the fallback"])
async def test_a_ticket_that_never_reached_the_fallback_goes_on_in_its_thread_as_if_nothing_were(
    desk: World, again: str
) -> None:
    agent = await desk.agent()
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.faults.fail("chat.postMessage", channel=FALLBACK, retry_after=1, times=99)
    desk.slack.archive(SUPPORT)
    await desk.slack.until(lambda: "chat.postMessage" in calls_to(desk, FALLBACK))
    await case.customer.says("Is anybody there?")
    if again != "alone":
        desk.slack.archive(FALLBACK)
        await desk.slack.idle()
    if again == "after the fallback":
        desk.slack.archive(FALLBACK, archived=False)

    desk.slack.archive(SUPPORT, archived=False)
    await desk.slack.until(lambda: "Is anybody there?" in written_below(desk, home))
    desk.slack.archive(FALLBACK, archived=False)
    desk.slack.faults.clear()
    await looks(desk)

    assert [
        message.ts for message in desk.slack.messages(SUPPORT) if case.reference in bare(message.text)
    ] == [home.ts]
    assert (await case.card()).buttons == home.buttons
    assert case.reference not in stands_in(desk, FALLBACK)
    thread = await case.thread()
    assert "cannot be used now" not in thread
    for words in ("The site has been down", "Is anybody there?"):
        assert thread.count(words) == 1
    await case.says(agent, "Done")
    assert case.reached("Done") == 1


@pytest.mark.parametrize("sure", [True, False], ids=["refused", "unanswered"])
async def test_what_the_fallback_was_still_to_hear_is_not_said_at_home(desk: World, *, sure: bool) -> None:
    agent = await desk.agent()
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.faults.fail("chat.postMessage", channel=FALLBACK, retry_after=1, times=99, after=2)
    desk.slack.archive(SUPPORT)
    away = await desk.card(case.reference, FALLBACK)
    if not sure:
        desk.slack.faults.clear()
        desk.slack.calls.clear()
        desk.slack.faults.cut_before("chat.postMessage", channel=FALLBACK, times=99)
        await desk.slack.until(lambda: "conversations.replies" in calls_to(desk, FALLBACK))
    await case.customer.says("Is anybody there?")
    await desk.settles()

    desk.slack.archive(SUPPORT, archived=False)
    await desk.slack.until(lambda: "can be used again" in written_below(desk, home))
    desk.slack.faults.clear()
    await looks(desk)

    assert (await case.thread()).count("Is anybody there?") == 1

    assert (await case.card()).buttons == home.buttons
    assert "cannot be used now" not in await case.thread()
    assert "Back in its channel" in desk.slack.message(FALLBACK, away.ts).text


async def test_what_home_refuses_of_a_return_is_not_said_in_the_fallback(desk: World) -> None:
    """It was shut again, and the refusal was the first that the desk heard of that."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    desk.slack.archive(SUPPORT)
    await desk.settles()
    away = await desk.card(case.reference, FALLBACK)
    await case.customer.says("Is anybody there?")
    await desk.settles()
    desk.clock.goes(minutes=1)
    desk.slack.calls.clear()
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, retry_after=1, times=2)
    desk.slack.archive(SUPPORT, archived=False)
    await desk.slack.until(lambda: "can be used again, so" in str(desk.slack.calls))
    desk.slack.faults.hold_events()
    desk.slack.archive(SUPPORT)

    def thread() -> str:
        return bare("\n".join(reply.text for reply in desk.slack.message(FALLBACK, away.ts).thread))

    await desk.slack.until(lambda: thread().count("cannot be used now") == 2, within=15)
    await desk.settles()
    assert "can be used again" not in thread()
    assert thread().count("Is anybody there?") == 1
    assert "Claim" in desk.slack.message(FALLBACK, away.ts).text


async def test_home_hears_what_was_said_elsewhere_though_it_was_shut_again_at_once(desk: World) -> None:
    """And the card that the ticket left in the fallback tells where it went from home, too."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, times=99, retry_after=1)
    await case.customer.says("It is urgent")
    await desk.settles()
    desk.clock.goes(minutes=1)
    desk.slack.archive(SUPPORT)
    away = await desk.card(case.reference, FALLBACK)
    await desk.slack.until(lambda: "It is urgent" in str(desk.slack.message(FALLBACK, away.ts).thread))
    desk.slack.faults.clear()
    await case.customer.says("Is anybody there?")
    await agent.writes(away, "We are on it")
    await desk.settles()
    assert (await desk.thread(case.reference, FALLBACK)).count("It is urgent") == 1

    desk.clock.goes(minutes=1)
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, times=99, retry_after=1)
    desk.slack.calls.clear()
    desk.slack.archive(SUPPORT, archived=False)
    await desk.slack.until(lambda: "chat.postMessage" in calls_to(desk, SUPPORT))
    desk.slack.archive(SUPPORT)
    await desk.slack.idle()
    desk.slack.faults.clear()
    await desk.settles()
    assert "Claim" in desk.slack.message(FALLBACK, away.ts).text
    desk.clock.goes(minutes=1)
    desk.slack.archive(SUPPORT, archived=False)

    await desk.slack.until(lambda: "What was said so far:" in written_below(desk, home), within=15)
    thread = await case.thread()
    for words in ("The site has been down", "It is urgent", "Is anybody there?", "We are on it"):
        assert thread.count(words) == 1
    await case.answers(agent, "transfer", "It is about the invoice", queue="billing")
    left = bare(desk.slack.message(FALLBACK, away.ts).text)
    assert "This ticket goes on in Billing: #C0BILLING" in left


async def test_what_was_resolved_elsewhere_comes_home_too_and_is_opened_again_there(desk: World) -> None:
    """Its card at home would stand as it was, and whoever works there would never hear of it."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.archive(SUPPORT)
    away = Case(desk, case.customer, case.reference, FALLBACK)
    there = await away.card()
    await away.answers(agent, "resolve", "The site is back")
    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()

    assert f"{case.reference} · Resolved" in bare((await case.card()).text)
    assert (await case.card()).ts == home.ts
    assert (await case.thread()).count("The site is back") == 1
    await desk.presses_key(case.customer, "unsolved")
    await desk.settles()
    assert "Claimed by: @U0AGENT" in (await case.card()).text
    await case.customer.says("It is down again")
    await desk.settles()
    assert (await case.thread()).count("It is down again") == 1
    assert "down again" not in str(desk.slack.message(FALLBACK, there.ts).thread)


async def test_what_was_closed_elsewhere_comes_home_too(desk: World) -> None:
    """At home its card would go on to offer what can be done no more. Who closed it is handed nothing."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.archive(SUPPORT)
    away = Case(desk, case.customer, case.reference, FALLBACK)
    above = await desk.agent(SUPERVISOR, joins=(FALLBACK,))
    there = await away.card()
    await away.answers(above, "take_over", "I do it myself")
    await away.answers(above, "resolve", "The site is back", survey="skip")
    await desk.presses_key(case.customer, "solved")
    assert desk.slack.message(SUPPORT, home.ts).buttons == home.buttons
    handed = len(above.whispers)
    desk.slack.archive(SUPPORT, archived=False)
    await looks(desk)

    card = await case.card()
    assert (card.ts, f"{case.reference} · Closed" in bare(card.text)) == (home.ts, True)
    assert (await case.thread()).count("The site is back") == 1
    left = desk.slack.message(FALLBACK, there.ts)
    assert ("Back in its channel" in left.text, left.buttons) == (True, [])
    assert case.reference not in bare("\n".join(word.text for word in above.whispers[handed:]))
    await case.clicks(agent, "reopen")
    await case.answers(agent, "take_over", "It is mine again")
    await case.says(agent, "We look again")
    assert case.reached("We look again") == 1
    assert (await case.thread()).count("What was said so far") == 1


async def test_home_hears_on_its_return_what_was_changed_and_nothing_else_anew(desk: World) -> None:
    """Whether its thread was still to hear of the change, or it happened while the ticket was elsewhere."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    second = await case.customer.says("It is urgent")
    third = await case.customer.says("Call us")
    await case.says(agent, "Hold on")
    desk.clock.goes(minutes=60)
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, times=99, retry_after=1)
    await case.customer.edits(second, "It is very urgent")
    await desk.settles()
    desk.clock.goes(minutes=1)
    desk.slack.archive(SUPPORT)
    away = await desk.card(case.reference, FALLBACK)
    await desk.slack.until(lambda: "very urgent" in str(desk.slack.message(FALLBACK, away.ts).thread))
    desk.slack.faults.clear()
    await case.customer.edits(third, "Call us by noon")
    await desk.settles()
    desk.clock.goes(minutes=1)
    desk.slack.archive(SUPPORT, archived=False)

    await desk.slack.until(lambda: "What was said so far:" in written_below(desk, home), within=15)
    thread = written_below(desk, home)
    for words in ("It is very urgent", "Call us by noon", "The site has been down", "Hold on"):
        assert thread.count(words) == 1


async def test_home_hears_on_its_return_also_what_was_refused_there(desk: World) -> None:
    """The refusal was the first that the desk heard of the channel being archived."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.faults.fail("chat.postMessage", channel=SUPPORT, times=1, retry_after=1)
    await case.customer.says("It is urgent")
    await desk.settles()
    desk.clock.goes(minutes=5)
    desk.slack.faults.hold_events()
    desk.slack.archive(SUPPORT)
    await desk.slack.until(lambda: case.reference in stands_in(desk, FALLBACK))
    away = await desk.card(case.reference, FALLBACK)
    await desk.slack.until(lambda: "urgent" in str(desk.slack.message(FALLBACK, away.ts).thread))
    await desk.settles()
    assert (await desk.thread(case.reference, FALLBACK)).count("It is urgent") == 1
    desk.clock.goes(minutes=1)
    desk.slack.faults.clear()
    desk.slack.archive(SUPPORT, archived=False)

    await desk.slack.until(lambda: "It is urgent" in written_below(desk, home), within=15)
    assert written_below(desk, home).count("It is urgent") == 1


async def test_what_is_edited_where_it_was_written_is_told_where_it_was_told_again(desk: World) -> None:
    """The customer's chat follows an edit, and so does the thread in which the ticket goes on."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    desk.slack.archive(SUPPORT)
    away = await desk.card(case.reference, FALLBACK)
    answer = await agent.writes(away, "We are on it")
    note = await agent.writes(away, ";; the fuse, I guess")
    await desk.settles()
    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()

    await agent.edits(answer, "We are at it")
    await agent.edits(note, ";; the cable, I guess")
    await desk.settles()

    assert case.reached("We are at it") == 1
    thread = await case.thread()
    for now in ("We are at it", "the cable, I guess"):
        assert f"@U0AGENT changed a message. Now:\n{now}" in thread
    mine = await case.says(agent, "Done")
    await agent.edits(mine, "All done")
    await desk.settles()
    assert "Now:\nAll done" not in await case.thread(), "there it is seen"


async def test_only_what_reads_otherwise_now_is_told_where_it_was_told_again(desk: World) -> None:
    """Another blank and a note's file change no words; where no words or a file are left, that is said."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK))
    case = await a_claimed_case(desk, agent)
    desk.slack.archive(SUPPORT)
    away = await desk.card(case.reference, FALLBACK)
    plan, photo = agent.uploads("plan.pdf", b"%PDF-1"), agent.uploads("photo.pdf", b"%PDF-2")
    note = await agent.writes(away, ";; the fuse, I guess", files=[plan])
    more = [agent.uploads(name, b"%PDF-3") for name in ("bill.pdf", "map.pdf")]
    answer = await agent.writes(away, "See this", files=[photo, *more])
    await desk.settles()
    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()

    await agent.edits(note, ";;  the fuse, I guess")
    await agent.takes_off(note, plan)
    await desk.settles()
    assert "changed a message" not in await case.thread()
    await agent.edits(answer, "")
    await desk.settles()
    assert (await case.thread()).endswith("@U0AGENT changed a message.\nNow the words are removed.")
    taken_back = "@U0AGENT takes this back from the customer's chat.\nDocument: "
    await agent.takes_off(answer, photo)
    await desk.settles()
    assert bare(await case.thread()).endswith(f"{taken_back}photo.pdf")
    await agent.deletes(answer)
    await desk.settles()
    assert bare(await case.thread()).endswith(f"{taken_back}bill.pdf\nDocument: map.pdf")


async def test_what_was_written_behind_a_ticket_is_told_nowhere_else_when_it_is_edited(desk: World) -> None:
    """Where its thread was left for another queue, and where the fallback stands in no more."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    desk.slack.archive(SUPPORT)
    away = await desk.card(case.reference, FALLBACK)
    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()
    late = await agent.writes(away, "Written late")
    await desk.settles()
    await agent.edits(late, "Edited late")
    await desk.settles()
    assert not case.reached("late")
    assert "late" not in await case.thread()

    before = await case.card()
    await case.answers(agent, "transfer", "It is about the invoice", queue="billing")
    await case.clicks(agent, "claim", await desk.card(case.reference, BILLING))
    behind = await agent.writes(before, "between us: he is rude")
    await desk.settles()
    await agent.edits(behind, "between us: he is very rude")
    await agent.edits(late, "Edited very late")
    await desk.settles()
    there = await desk.thread(case.reference, BILLING)
    assert "rude" not in there
    assert "@U0AGENT changed a message. Now:\nEdited very late" in there, "it was told there"


async def test_a_ticket_is_transferred_into_the_channel_that_stood_in_as_into_any_other(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, fallback=BILLING) as desk:
        agent = await desk.agent(joins=(SUPPORT, BILLING))
        case = await a_claimed_case(desk, agent)
        desk.slack.archive(SUPPORT)
        await desk.settles()
        stood_in = await desk.card(case.reference, BILLING)
        desk.slack.archive(SUPPORT, archived=False)
        await desk.settles()

        await case.answers(agent, "transfer", "It is about the invoice", queue="billing")
        await desk.settles()

        old, card = (
            message for message in desk.slack.messages(BILLING) if case.reference in bare(message.text)
        )
        assert old.ts == stood_in.ts
        assert "Back in its channel" in old.text
        assert old.buttons == []
        thread = bare("\n".join(reply.text for reply in desk.slack.message(BILLING, card.ts).thread))
        assert "cannot be used now" not in thread
        assert thread.count("What was said so far:") == 1
        assert "The site has been down" in thread
        await case.clicks(agent, "claim", card)
        assert "Claimed by: @U0AGENT" in bare(desk.slack.message(BILLING, card.ts).text)


async def test_the_card_at_home_says_where_a_ticket_went_that_was_transferred_while_home_was_shut(
    desk: World,
) -> None:
    """Out of the fallback; what is written below it by then stays on the desk, and nothing is shown there."""
    agent = await desk.agent(joins=(SUPPORT, FALLBACK, BILLING))
    case = await a_claimed_case(desk, agent)
    home = await case.card()
    desk.slack.archive(SUPPORT)
    away = Case(desk, case.customer, case.reference, FALLBACK)
    await away.answers(agent, "transfer", "It is about the invoice", queue="billing")
    there = Case(desk, case.customer, case.reference, BILLING)
    await there.clicks(agent, "claim")
    await there.says(agent, ";; he never pays")

    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()

    left = desk.slack.message(SUPPORT, home.ts)
    for told in (f"{case.reference} · Transferred", "This ticket goes on in Billing: #C0BILLING"):
        assert told in bare(left.text)
    assert left.actions == []
    assert [reply.text for reply in left.thread] == [reply.text for reply in home.thread]
    await agent.writes(left, "Between us: he is rude")
    await desk.settles()
    await case.learns(agent, "This was kept as a note: the ticket goes on elsewhere now.")
    assert not case.reached("rude")

    desk.slack.archive(SUPPORT)
    await there.answers(agent, "transfer", "It is not", queue="support")
    desk.slack.archive(SUPPORT, archived=False)
    await desk.settles()
    await case.clicks(agent, "claim")
    assert (await case.card()).ts == home.ts
    await case.says(agent, "Done")
    assert case.reached("Done") == 1


async def test_without_a_fallback_a_card_that_was_left_while_its_channel_was_shut_says_so_later(
    plain: World,
) -> None:
    agent = await plain.agent(joins=(SUPPORT, BILLING))
    case = await a_claimed_case(plain, agent)
    home = await case.card()
    plain.slack.remove_bot(SUPPORT)
    await plain.settles()
    await case.answers(agent, "transfer", "It is about the invoice", queue="billing")
    await plain.slack.until(lambda: case.reference in stands_in(plain, BILLING))
    assert plain.slack.message(SUPPORT, home.ts).buttons

    plain.slack.invite_bot(SUPPORT)
    await plain.settles()

    assert "This ticket goes on in Billing: #C0BILLING" in bare(plain.slack.message(SUPPORT, home.ts).text)
    assert plain.slack.message(SUPPORT, home.ts).buttons == []


LOSSES: dict[str, tuple[Callable[[LocalSlack], None], str]] = {
    "the app was removed": (lambda slack: slack.remove_bot(SUPPORT), "The app is not in"),
    "the channel was deleted": (lambda slack: slack.remove_channel(SUPPORT), "was deleted, or the app"),
}


@pytest.mark.parametrize("heard", [True, False], ids=["heard", "found"])
@pytest.mark.parametrize("loss", LOSSES)
async def test_a_lost_channel_is_heard_of_or_found_and_told_once(
    sqlite_url: str, tmp_path: Path, loss: str, *, heard: bool
) -> None:
    async with a_desk(sqlite_url, tmp_path, fallback=FALLBACK) as desk:
        supervisor, agent = await desk.agent(SUPERVISOR, joins=(FALLBACK,)), await desk.agent()
        case = await a_claimed_case(desk, agent)
        lose, why = LOSSES[loss]
        if not heard:
            desk.slack.faults.hold_events()

        lose(desk.slack)
        await desk.settles()
        for _ in range(2):
            await looks(desk)

        assert (await desk.card(case.reference, FALLBACK)).text
        assert told(supervisor).count("The channel of support") == 1
        assert stands_in(desk, FALLBACK).count("The channel of support") == 1
        if heard:
            assert bare(why) in told(supervisor)


async def test_without_a_fallback_what_is_to_be_said_waits_until_the_app_is_invited_again(
    plain: World,
) -> None:
    supervisor, agent = await plain.agent(SUPERVISOR, joins=()), await plain.agent()
    case = await a_claimed_case(plain, agent)

    plain.slack.remove_bot(SUPPORT)
    await case.customer.says("Is anybody there?")
    await plain.settles()
    assert "what was to be said there waits.\nInvite the app there again with /invite." in told(supervisor)

    plain.slack.invite_bot(SUPPORT)
    await plain.settles()

    await plain.slack.sees(SUPPORT, "Is anybody there?")
    assert (await case.thread()).count("Is anybody there?") == 1
    assert "can be used again" in told(supervisor)


async def test_in_the_fallback_nobody_gains_a_right_and_nobody_loses_one(desk: World) -> None:
    insider = await desk.agent("U0INSIDE", "insider")
    await desk.agent("U0OTHER", "other", joins=(FALLBACK,))
    case = await a_claimed_case(desk, insider)
    await case.clicks(insider, "release")
    desk.slack.archive(SUPPORT)
    await desk.settles()
    card = await desk.card(case.reference, FALLBACK)

    other = desk.slack.agent("U0OTHER", "other", channels=[FALLBACK])
    await case.clicks(other, "claim", card)
    assert "Only members of this queue's channel" in (await case.learns(other, "Only members")).text
    assert "Claimed by" not in (await desk.card(case.reference, FALLBACK)).text

    await looks(desk)  # Slack may not tell any more who is in it
    await insider.joins(FALLBACK)
    await case.clicks(insider, "claim", card)
    assert "Claimed by: @U0INSIDE" in (await desk.card(case.reference, FALLBACK)).text


async def test_many_tickets_are_brought_in_batches(desk: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "BATCH", 1)
    cases = [await a_case(desk, f"Trouble number {number} of this morning") for number in (1, 2, 3)]

    desk.slack.archive(SUPPORT)
    await desk.settles()
    await looks(desk)

    for case in cases:
        assert "Trouble number" in await desk.thread(case.reference, FALLBACK)


async def test_who_joins_a_channel_that_became_public_gains_nothing(desk: World) -> None:
    supervisor, agent = await desk.agent(SUPERVISOR, joins=()), await desk.agent()
    case = await a_case(desk)

    desk.slack.publish(SUPPORT)
    newcomer = desk.slack.agent("U0NEW", "newcomer")
    await newcomer.joins(SUPPORT)
    for _ in range(2):
        await looks(desk)

    await case.clicks(newcomer, "claim")
    await case.learns(newcomer, "This queue's channel is public now.")
    assert "Claimed by" not in (await case.card()).text
    await case.clicks(agent, "claim")
    assert "Claimed by: @U0AGENT" in (await case.card()).text
    for words in (told(supervisor), stands_in(desk, SUPPORT), stands_in(desk, FALLBACK)):
        assert words.count("is public now: everybody in the workspace can read") == 1

    desk.slack.publish(SUPPORT, public=False)
    await looks(desk)

    assert "is private again" in told(supervisor)
    await case.clicks(newcomer, "note")
    assert newcomer.dialog


async def test_who_leaves_while_slack_is_asked_who_is_there_has_left(desk: World) -> None:
    """Its answer is older than what it told meanwhile."""
    stays, goes = await desk.agent("U0OTHER", "other"), await desk.agent()
    case = await a_case(desk)
    desk.slack.calls.clear()
    desk.slack.faults.hang("conversations.members", channel=SUPPORT, seconds=1)
    looking = asyncio.create_task(premises.look(desk.app))
    await desk.slack.until(lambda: "conversations.members" in calls_to(desk, SUPPORT))
    await goes.leaves(SUPPORT)
    await desk.slack.idle()
    await looking
    await desk.settles()

    await goes.gives("/ticket", case.reference)
    await case.learns(goes, f"There is no ticket {case.reference} that you can see.")
    await case.clicks(stays, "claim")
    assert "Claimed by: @U0OTHER" in bare((await case.card()).text)


async def test_a_renamed_channel_goes_on_as_if_nothing_were(plain: World) -> None:
    agent = await plain.agent()
    case = await a_claimed_case(plain, agent)

    plain.slack.rename(SUPPORT, "helpdesk")
    await looks(plain)

    await case.says(agent, "We are on it")
    assert case.reached("We are on it") == 1
    assert told(agent) == ""
