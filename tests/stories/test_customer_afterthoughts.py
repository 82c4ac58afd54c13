"""A message that its customer changes is their word: it wakes, it answers, and it is asked about."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.customer_kit import chat
from tests.desk_kit import Case, a_desk
from tests.kit import World

NOTED, STILL = "We have noted your change.", "still there?"


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk(sqlite_url, tmp_path) as here:
        yield here


async def test_a_changed_message_wakes_what_is_snoozed_and_answers_what_is_asked(desk: World) -> None:
    customer, agent = chat(desk, "en"), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    first = await customer.says("The printer is red")
    await case.answers(agent, "snooze")
    await customer.edits(first, "The  printer is red")
    assert "Snoozed" in (await case.card()).text, "only a blank was added"

    await customer.edits(first, "The printer burns now, urgent!")

    called = "The ticket is no longer snoozed: the customer changed a message.\n@U0AGENT"
    assert (await case.thread()).endswith(called)
    assert "Snoozed" not in (await case.card()).text
    assert (await case.facts())[-1] == "woken customer"

    await case.answers(agent, "ask", "Which cable is it?")
    await case.answers(agent, "snooze")
    await customer.edits(first, "The red cable")

    card = (await case.card()).text
    assert ("Open" in card, "Waiting" in card, "Snoozed" in card) == (True, False, False)
    called = "The ticket no longer waits for the customer: they changed a message.\n@U0AGENT"
    assert (await case.thread()).endswith(called)
    assert customer.told == NOTED
    await customer.edits(first, "The red cable, I think")
    assert (await case.facts())[-1] == "customer_edited customer", "nothing waits for it any more"


async def test_what_is_changed_after_a_solution_is_asked_about_once(desk: World) -> None:
    customer, agent = chat(desk, "en"), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    before = await customer.says("It is the printer")
    desk.clock.goes(minutes=5)
    await case.answers(agent, "resolve", "It was the fuse")
    desk.clock.goes(minutes=5)
    await customer.edits(before, "It is the printer, and it still does not work")
    assert customer.heard == [f"{NOTED}\n\nIs the problem of your request {case.reference} still there?"]
    await customer.presses("no")

    thanks = await customer.says("thanks")
    await customer.edits(thanks, "thank you")
    assert STILL not in customer.told
    await customer.edits(thanks, "thanks but it does not work")

    assert customer.heard == [f"{NOTED}\n\nIs the problem of your request {case.reference} still there?"]
    heard = len(customer.person.chat)
    await customer.edits(thanks, "thanks but it does not work at all")
    assert len(customer.person.chat) == heard, "they are asked already"
    await customer.presses("yes")
    assert "Open" in (await case.card()).text


async def test_what_is_changed_after_the_closing_is_asked_about_while_it_can_be_opened_again(
    desk: World,
) -> None:
    """As a new message would be, whenever the one that is changed was written."""
    customer, agent = chat(desk, "en"), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    before = await customer.says("It is the printer")
    desk.clock.goes(minutes=5)
    await case.answers(agent, "resolve", "It was the fuse")
    desk.clock.goes(minutes=5)
    after = await customer.says("thanks")
    await customer.presses("solved")
    await customer.says("skip", "skip")
    heard = len(customer.person.chat)
    await customer.edits(after, "thank you")
    assert len(customer.person.chat) == heard

    for message in (before, after):
        await customer.edits(message, "thanks but it does not work")
        asked = f"{NOTED}\n\nIs the problem of your request {case.reference} still there?"
        assert customer.heard == [asked]
        await customer.presses("no")
    assert customer.told == "Glad to hear it. If the problem comes back, tell us here."
    await customer.edits(after, "thanks but it smokes")
    await customer.presses("yes")
    assert "Open" in (await case.card()).text
    assert "thanks but it smokes" in await case.thread()

    await customer.says("It smokes still", "/cancel", "yes")
    assert "Cancelled" in (await case.card()).text
    await customer.edits(before, "It is the printer of the fourth floor, please come")
    assert customer.told == f"{NOTED}\n\nShall we open your request {case.reference} again?"
    await customer.presses("yes")
    assert "Open" in (await case.card()).text
    assert "The customer needs it after all. The ticket is open again." in await case.thread()


async def test_what_is_changed_before_the_solution_has_come_is_no_word_on_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30\n") as desk:
        customer, agent = chat(desk, "en"), await desk.agent()
        case = Case(desk, customer.person, await customer.files())
        await case.clicks(agent, "claim")
        written = await customer.says("It is the printer")
        await case.answers(agent, "resolve", "It was the fuse")
        heard = len(customer.person.chat)
        await customer.edits(written, "It is the printer of the third floor")
        assert len(customer.person.chat) == heard
        await desk.passes(seconds=31)
        assert customer.told.endswith("Is the problem solved?")
        await customer.edits(written, "It is the printer, and it still does not work")
        assert customer.told == f"{NOTED}\n\nIs the problem of your request {case.reference} still there?"
