"""While an answer waits its undo seconds its author can take it back, with what it did to the ticket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.slack import Agent
from tests.customer_kit import chat
from tests.desk_kit import Case, a_case, a_desk
from tests.kit import World


@pytest.fixture
async def patient(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as here:
        yield here


async def claimed(desk: World) -> tuple[Case, Agent]:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    return case, agent


async def test_words_of_the_thread_are_undone_by_a_private_button(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.says(agent, "They are wrong, as ever")
    told = await case.learns(agent, "This goes to the customer in 30 seconds.")

    await case.clicks(agent, "Undo", told)

    patient.clock.goes(seconds=31)
    await patient.settles()
    assert not case.reached("as ever")
    assert "took this back: the customer does not get it." in await case.thread()
    await case.clicks(agent, "Undo", told)
    await case.learns(agent, "These words can no longer be taken back.")


async def test_a_question_that_is_undone_was_not_asked(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "ask", "Which cable is it?")
    assert "Waiting" in (await case.card()).text or "Pending" in (await case.card()).text

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
    patient.clock.goes(seconds=31)
    await patient.settles()

    assert "Open" in (await case.card()).text
    assert not case.reached("Which cable")


async def test_a_solution_that_is_undone_leaves_the_ticket_open_and_the_customer_unasked(
    patient: World,
) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "resolve", "It works again")

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
    patient.clock.goes(seconds=31)
    await patient.settles()

    assert "Open" in (await case.card()).text
    assert not case.reached("It works again")
    assert not case.reached("open again")
    await case.says(agent, "We are still on it")
    patient.clock.goes(seconds=31)
    await patient.settles()
    assert case.reached("We are still on it") == 1


async def test_a_second_question_that_is_undone_leaves_the_first_one_waiting(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "ask", "Which cable is it?")
    patient.clock.goes(seconds=31)
    await patient.settles()
    await case.answers(agent, "ask", "And what colour?")

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))

    assert "Waiting for the customer" in (await case.card()).text
    assert not case.reached("what colour")


async def test_after_its_time_undo_says_that_it_is_too_late(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.says(agent, "We are on it")
    told = await case.learns(agent, "This goes to the customer in")
    patient.clock.goes(seconds=31)
    await patient.settles()
    assert case.reached("We are on it") == 1

    await case.clicks(agent, "Undo", told)

    await case.learns(agent, "It is too late: the customer already has these words.")


async def test_where_words_leave_at_once_nothing_is_offered(desk: World) -> None:
    case, agent = await claimed(desk)
    await case.says(agent, "We are on it")

    assert case.reached("We are on it") == 1
    with pytest.raises(TimeoutError):
        await desk.slack.until(lambda: "goes to the customer in" in str(desk.slack.snapshot()) or None, 0.5)


async def test_what_waits_when_the_customer_cancels_is_not_sent_and_its_author_is_told(
    patient: World,
) -> None:
    customer = chat(patient)
    case, agent = Case(patient, customer.person, await customer.files()), await patient.agent()
    await case.clicks(agent, "claim")
    await case.says(agent, "Please send us the invoice")
    await case.answers(agent, "ask", "Which cable is it?")
    await customer.says(f"/status {case.reference}")
    await customer.presses("unneeded")
    await customer.presses("yes")

    patient.clock.goes(seconds=31)
    await patient.settles()

    assert "is cancelled" in customer.told
    assert not case.reached("invoice")
    assert not case.reached("Which cable")
    told = await case.thread()
    assert told.count("@U0AGENT, this was not sent: the customer cancelled the request before.") == 2
    assert (await case.facts()).count("taken_back desk") == 2
