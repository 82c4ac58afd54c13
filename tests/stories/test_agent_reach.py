"""A customer who cannot be reached: said at once, kept, and mended when they come back."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.core.desk import Desk
from bot.core.ticket import Fact
from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from handlers import reaching
from handlers.unit import Office, Unit
from storage import Keyring, Store, Tx, people, tickets
from storage.schema import outbox
from tests.desk_kit import Case, a_case, a_desk, as_seen, bare
from tests.kit import BILLING, SUPPORT, World, desk_file
from tests.ticket_rows import FILED_AT, GENERAL, a_ticket

FALLBACK = "C0FALLBACK"


async def away(desk: World) -> tuple[Case, Agent]:
    """A claimed ticket whose customer has blocked the bot."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.customer.blocks()
    await desk.settles()
    return case, agent


async def offer(case: Case, words: str) -> Seen:
    """The post in the thread that offers to send these words again."""
    card = await case.card()
    return next(one for one in card.thread if words in one.text and one.text.startswith("This did not"))


async def test_blocking_is_said_in_every_thread_of_theirs_at_once_and_on_the_card(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    second = await desk.files(case.customer, "And the second thing is broken, too, since yesterday")

    await case.customer.blocks()
    await desk.settles()

    for reference in (case.reference, second):
        thread = await desk.thread(reference)
        assert thread.count("The customer has blocked us") == 1
        assert "cannot be reached" in (await desk.card(reference)).text
    assert "@U0AGENT" in (await case.thread()).partition("has blocked us")[2]


async def test_when_they_come_back_what_did_not_arrive_can_be_sent_again_once(desk: World) -> None:
    case, agent = await away(desk)
    await case.says(agent, "Your router is on its way")
    assert (await case.thread()).count("has blocked us") == 1  # the refusal says nothing new

    await case.customer.unblocks()
    await desk.settles()

    assert "The customer can be reached again." in await case.thread()
    assert "cannot be reached" not in (await case.card()).text
    assert not case.reached("router"), "it was sent by itself"
    again = as_seen(await offer(case, "Your router is on its way"))
    await case.clicks(agent, "Send again", again)
    assert case.reached("Your router is on its way") == 1

    await case.clicks(agent, "Send again", again)
    await case.learns(agent, "have been sent again already")
    assert case.reached("Your router is on its way") == 1
    kinds = [fact.split()[0] for fact in await case.facts()]
    assert kinds[-3:] == ["undelivered", "sent_again", "delivered"]


async def test_what_its_author_took_back_or_changed_meanwhile_is_not_sent_as_it_was(desk: World) -> None:
    case, agent = await away(desk)
    deleted = await case.says(agent, "Your router is lost")
    changed = await case.says(agent, "It comes on Sunday")
    await agent.deletes(deleted)
    await agent.edits(changed, "It comes on Monday")
    await desk.settles()

    await case.customer.unblocks()
    await desk.settles()

    offers = [one.text for one in (await case.card()).thread if one.text.startswith("This did not")]
    assert offers == ["This did not reach the customer:\nIt comes on Monday\nSend again"]
    await case.clicks(agent, "Send again", await offer(case, "Monday"))
    assert (case.reached("Monday"), case.reached("Sunday"), case.reached("lost")) == (1, 0, 0)


async def test_a_question_that_reached_nobody_is_asked_again_and_waits_from_then(desk: World) -> None:
    case, agent = await away(desk)
    await case.answers(agent, "ask", "Which router do you have?")
    assert "Waiting for the customer" not in (await case.card()).text, "nobody was asked"
    await case.customer.unblocks()
    await desk.settles()
    again = await offer(case, "Which router do you have?")
    await case.answers(agent, "hold", "We wait for a part")
    await case.clicks(agent, "Send again", again)
    await case.learns(agent, "The ticket is on hold. Resume it to ask the customer.")
    await case.clicks(agent, "resume")

    await case.clicks(agent, "Send again", again)

    assert case.reached("Which router do you have?\n\nPlease answer here.") == 1
    assert "Waiting for the customer" in (await case.card()).text
    await case.customer.says("The black one")
    await desk.settles()
    assert "Waiting for the customer" not in (await case.card()).text


async def test_a_solution_that_reached_nobody_is_told_again_and_its_window_counts_from_then(
    desk: World,
) -> None:
    case, agent = await away(desk)
    await case.answers(agent, "resolve")
    desk.clock.goes(hours=50)
    await case.customer.unblocks()
    await desk.settles()
    overtaken = as_seen(await ended(case, ""))
    await case.clicks(agent, "reopen")
    assert not case.reached("is open again"), "they never heard that it was over"
    assert case.reached(f"Your request {case.reference} is being worked on.") == 1
    await case.clicks(agent, "Send again", overtaken)
    await case.learns(agent, "the ticket has gone on since")
    await case.customer.blocks()
    await desk.settles()
    await case.answers(agent, "decline", "It is out of our hands.")
    card = await case.card()
    await desk.slack.until(lambda: "2 messages not delivered" in card.text, within=15)
    desk.clock.goes(seconds=2)  # Telegram dates by the second that somebody let us in
    await case.customer.unblocks()
    await desk.settles()

    await case.clicks(agent, "Send again", await ended(case, "It is out of our hands."))

    told = "could not be solved.\n\nThe reason: It is out of our hands."
    assert await desk.telegram.until(lambda: case.reached(told) == 1, 15)
    await desk.settles()
    solution_at = await desk.app.store.read(lambda tx: window_from(tx, case.reference))
    assert solution_at
    assert desk.clock() - solution_at < timedelta(minutes=1)
    await desk.presses_key(case.customer, "solved")
    assert not case.reached("has been resolved")
    assert "Closed" in (await case.card()).text


async def ended(case: Case, words: str) -> Seen:
    """The offer in the thread to tell the customer that it ended with these words."""
    card = await case.card()

    def look() -> Seen | None:
        offers = (one for one in card.thread if "has not learned yet how this ended" in one.text)
        return next((one for one in offers if words in one.text), None)

    return await case.world.slack.until(look, within=15)


def window_from(tx: Tx, reference: str) -> datetime | None:
    ticket = tickets.find(tx, reference.replace("-", ""))
    return ticket.solution_at if ticket else None


async def test_a_file_without_words_can_be_sent_again(desk: World) -> None:
    case, agent = await away(desk)
    await case.says(agent, "", files=[agent.uploads("guide.txt", b"a guide")])
    await case.customer.unblocks()
    await desk.settles()
    since = len(case.customer.chat)

    await case.clicks(agent, "Send again", await offer(case, "guide.txt"))

    [guide] = [message.file for message in case.customer.chat[since:] if message.file]
    assert desk.telegram.file(guide["id"]) == b"a guide"


async def test_only_whoever_holds_the_ticket_sends_it_again(desk: World) -> None:
    case, agent = await away(desk)
    other = await desk.agent("U0OTHER")
    await case.says(agent, "Your router is on its way")
    await case.customer.unblocks()
    await desk.settles()
    again = await offer(case, "Your router is on its way")

    await case.clicks(other, "Send again", again)
    await case.learns(other, "is working on this ticket")

    assert not case.reached("router")


async def test_a_message_is_proof_enough_that_they_are_back(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    desk.telegram.faults.fail(
        "sendMessage", status=403, description="Forbidden: user is deactivated", times=1
    )
    await case.says(agent, "We are on it")
    assert "The customer's chat is gone" in await case.thread()

    await case.customer.says("Hello, I have my account back")
    await desk.settles()

    assert "The customer can be reached again." in await case.thread()
    assert "cannot be reached" not in (await case.card()).text


async def test_whoever_held_the_ticket_before_does_not_change_what_is_sent_again(desk: World) -> None:
    case, agent = await away(desk)
    other = await desk.agent("U0OTHER")
    message = await case.says(agent, "Your router is on its way")
    await case.clicks(agent, "release")
    await case.clicks(other, "claim")

    await agent.edits(message, "Fetch your router yourself")
    await desk.settles()
    await case.learns(agent, "and stay as they were: it is not your ticket.")
    await case.customer.unblocks()
    await desk.settles()
    await case.clicks(other, "Send again", await offer(case, "Your router is on its way"))

    assert (case.reached("Your router is on its way"), case.reached("Fetch")) == (1, 0)


@pytest.mark.parametrize("back", ["before the merge", "after it"])
async def test_what_did_not_arrive_is_sent_again_where_the_ticket_goes_on(desk: World, back: str) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    stays = Case(desk, case.customer, await desk.files(case.customer, "The second one is down, too"))
    await stays.clicks(agent, "claim")
    await case.customer.blocks()
    await desk.settles()
    await case.says(agent, "Your router is on its way")
    await case.answers(agent, "ask", "Which floor is it?")
    assert "cannot be reached" in (await case.card()).text
    overtaken = None
    if back == "before the merge":
        await case.customer.unblocks()
        await desk.settles()
        overtaken = as_seen(await offer(case, "router"))
    await case.answers(agent, "merge", reference=stays.reference)
    if back == "after it":
        await case.customer.unblocks()
        await desk.settles()

    assert "Your router is on its way\nThis did not reach the customer." in await stays.thread()
    assert "2 messages not delivered" in (await stays.card()).text
    assert "cannot be reached" not in (await case.card()).text
    if overtaken:
        await case.clicks(agent, "Send again", overtaken)
        await case.learns(agent, f"The ticket was merged into {stays.reference}.")
    assert not case.reached("router")
    again = as_seen(await offer(stays, "router"))
    await case.clicks(agent, "Send again", again)
    assert case.reached("Your router is on its way") == 1
    assert "1 message not delivered" in (await stays.card()).text
    assert not (await offer(stays, "router")).buttons
    await case.clicks(agent, "Send again", again)
    await case.learns(agent, "have been sent again already")
    assert case.reached("Your router is on its way") == 1
    await case.clicks(agent, "Send again", await offer(stays, "floor"))
    asked = bare(case.customer.chat[-1].text).split("\n\n")
    assert asked[1:] == ["Which floor is it?", "Please answer here."]


async def with_a_lost_question(desk: World) -> tuple[Case, Case, Agent]:
    """A ticket whose question, with a file, did not arrive, and the one that it was merged into."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    stays = Case(desk, case.customer, await desk.files(case.customer, "The second one is down, too"))
    await stays.clicks(agent, "claim")
    await case.customer.blocks()
    await desk.settles()
    await case.opens(agent, "ask")
    await case.sends(agent, "Which floor of this?", files=agent.uploads("plan.txt", b"The plan")["id"])
    await desk.passes(seconds=31)
    await case.answers(agent, "merge", reference=stays.reference)
    await case.customer.unblocks()
    await desk.settles()
    return case, stays, agent


async def test_a_question_is_asked_again_by_the_ticket_that_stays_which_waits_for_the_answer(
    sqlite_url: str, tmp_path: Path
) -> None:
    """With its file; a sending that was taken back can be done again."""
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, stays, agent = await with_a_lost_question(desk)
        again = await offer(stays, "floor")
        await stays.clicks(agent, "Send again", again)
        assert "Waiting for the customer" in (await stays.card()).text
        await stays.clicks(agent, "Undo", await stays.learns(agent, "This goes to the customer"))
        card = (await stays.card()).text
        assert "Waiting for the customer" not in card
        assert "1 message not delivered" in card

        await stays.clicks(agent, "hold")
        await stays.sends(agent, "We wait for a part")
        await stays.clicks(agent, "Send again", again)
        await stays.learns(agent, "The ticket is on hold. Resume it to ask the customer.")
        await stays.clicks(agent, "resume")
        await stays.clicks(agent, "Send again", again)
        await desk.passes(seconds=31)
        [plan] = [one for one in case.customer.chat if one.file]
        heading, *asked = bare(plan.text).split("\n\n")
        assert heading == f"A question about your request {stays.reference}:"
        assert asked == ["Which floor of this?", "Please answer here."]
        card = (await stays.card()).text
        assert "Waiting for the customer" in card
        assert "not delivered" not in card
        await agent.gives("/ticket", case.reference)
        await desk.settles()
        await agent.clicks("history", agent.whispers[-1])
        history = await desk.slack.until(lambda: agent.dialog)
        assert "Which floor of this?" in history.text

        await case.customer.says("The third")
        await desk.settles()
        assert "Waiting for the customer" not in (await stays.card()).text
        assert "The third" in await stays.thread()


async def test_what_did_not_arrive_is_offered_where_its_ticket_is_brought(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Also what was offered in the thread that it left; while nothing reaches them, it is only marked."""
    async with a_desk(sqlite_url, tmp_path, fallback=FALLBACK) as desk:
        case, agent = await away(desk)
        for channel in (BILLING, FALLBACK):
            await agent.joins(channel)
        await case.says(agent, "Your router is on its way")
        await case.answers(agent, "transfer", queue="billing")
        there = Case(desk, case.customer, case.reference, BILLING)
        thread = await there.thread()
        assert "Your router is on its way\nThis did not reach the customer." in thread
        assert thread.count("This did not reach the customer.") == 1
        await there.clicks(agent, "claim")
        await case.customer.unblocks()
        await desk.settles()
        assert len(offers(await there.card())) == 1

        desk.slack.archive(BILLING)
        await desk.settles()
        away_from_it = Case(desk, case.customer, case.reference, FALLBACK)
        assert len(offers(await away_from_it.card())) == 1
        desk.slack.archive(BILLING, archived=False)
        await desk.settles()
        assert len(offers(await there.card())) == 1, "it stands there already"

        await there.answers(agent, "transfer", queue="support")
        back = desk.slack.messages(SUPPORT)[-1]
        await case.clicks(agent, "claim", back)
        [again] = offers(back)
        await case.clicks(agent, "Send again", again)
        assert case.reached("Your router is on its way") == 1


def offers(card: Seen) -> list[Seen]:
    return [one for one in card.thread if "Send again" in one.buttons]


async def test_the_card_counts_what_has_not_arrived_and_a_sending_again_can_be_undone(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent = await away(desk)
        for words in ("Your router is on its way", "The cable comes on Sunday"):
            await case.says(agent, words)
            await desk.passes(seconds=31)
        await case.customer.unblocks()
        await desk.settles()
        assert "2 messages not delivered" in (await case.card()).text
        router, cable = await offer(case, "router"), await offer(case, "cable")

        await case.clicks(agent, "Send again", router)
        assert "1 message not delivered" in (await case.card()).text
        await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer"))
        assert "2 messages not delivered" in (await case.card()).text
        await desk.passes(seconds=31)
        assert not case.reached("router")

        for again in (router, cable):
            await case.clicks(agent, "Send again", again)
            await desk.passes(seconds=31)
        assert (case.reached("router"), case.reached("cable")) == (1, 1)
        card = (await case.card()).text
        assert "2 messages delivered" in card
        assert "not delivered" not in card


MANY = 120


def said_of_many(tx: Tx) -> int:
    """Somebody with very many tickets blocks us: how many of their threads are told."""
    office = Office(GENERAL, Desk.load(desk_file("general"), "desk.toml"))
    first = tickets.read(tx, a_ticket(tx))
    for number in range(1, MANY):
        one = replace(first, id=tx.new_id(), reference=f"{90000000 + number}")
        tickets.add(tx, one, Fact(kind="filed", at=FILED_AT, by="customer"))
    reaching.lost(Unit(tx, office, FILED_AT, FILED_AT), people.address(tx, first.address_id), "blocked")
    told = select(func.count(outbox.c.ticket_id.distinct())).where(outbox.c.kind == "say")
    return int(tx.connection.execute(told).scalar_one())


async def test_no_thread_is_left_out_of_somebody_with_very_many_tickets(
    sqlite_url: str, keyring: Keyring
) -> None:
    store = await Store.open(sqlite_url, keyring)
    try:
        assert await store.do(said_of_many) == MANY
    finally:
        await store.close()


async def test_a_file_that_did_not_reach_them_is_named_at_once(desk: World) -> None:
    case, agent = await away(desk)
    await case.says(agent, "", files=[agent.uploads("guide.txt", b"a guide")])

    told = bare(await case.thread())
    assert "this did not reach the customer: they have blocked us.\nDocument: guide.txt" in told
