"""Files that wait where a command asks which request is meant wait on, whatever comes up meanwhile."""

import pytest

from tests.customer_kit import resolved
from tests.kit import World
from tests.stories.test_customer_files_along import photos, two_requests


@pytest.mark.parametrize("command", ["/cancel", "/status"])
@pytest.mark.parametrize("answer", ["solved", "unsolved"])
async def test_files_wait_on_at_a_question_while_an_older_solution_is_answered(
    desk: World, command: str, answer: str
) -> None:
    customer, first, second = await two_requests(desk)
    third = await customer.files("The printer is out of paper all day")
    solution = await resolved(desk, customer, third)
    await customer.sends_album("photo", "photo", caption=command)
    question = customer.last.text

    await customer.presses(answer, solution)
    assert "not sent yet" not in customer.told
    assert customer.last.text == question
    await customer.says(first.reference)

    assert f"Added to your request {first.reference}." in customer.told
    assert (await photos(first), await photos(second)) == (2, 0)


async def test_files_wait_on_at_a_question_while_an_older_help_is_rated(desk: World) -> None:
    customer, first, second = await two_requests(desk)
    await resolved(desk, customer, await customer.files("The printer is out of paper all day"))
    await customer.presses("solved")
    survey = customer.last
    await customer.says("/help")
    await customer.sends_album("photo", "photo", caption="/cancel")
    question = customer.last.text

    await customer.presses("4", survey)
    assert customer.last.text == f"Thank you for your time.\n\n{question}"
    await customer.presses(second.reference.replace("-", ""))

    assert (await photos(first), await photos(second)) == (0, 2)


async def test_what_is_typed_after_an_agents_question_leaves_the_files_that_wait_at_another(
    desk: World,
) -> None:
    customer, first, second = await two_requests(desk)
    agent = await desk.agent()
    await first.clicks(agent, "claim")
    await customer.sends_album("photo", "photo", caption="/cancel")
    await first.answers(agent, "ask", "Which browser is it?")

    await customer.says("Firefox")
    assert "not sent yet" not in customer.told
    assert customer.last.text.endswith("Which request is this about?")
    await customer.presses(first.reference.replace("-", ""))
    assert "Firefox" in await first.thread()
    assert customer.last.text.endswith("Which request do you no longer need?")
    await customer.presses(second.reference.replace("-", ""))

    assert (await photos(first), await photos(second)) == (0, 2)


async def test_files_that_wait_at_a_commands_question_go_on_with_the_next_command(desk: World) -> None:
    customer, first, second = await two_requests(desk)
    await customer.sends_album("photo", "photo", caption="/cancel")
    await customer.says("/help")
    assert "not sent yet" not in customer.told
    assert customer.last.text == "Which request is this about?"
    await customer.presses(second.reference.replace("-", ""))
    assert (await photos(first), await photos(second)) == (0, 2)

    await customer.sends_album("photo", "photo", group="again", caption="/cancel")
    await customer.says("/status", first.reference)
    assert (await photos(first), await photos(second)) == (2, 2)
