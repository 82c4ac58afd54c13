"""Words that are heard late answer nothing that their writer could not read yet: they are kept as words."""

from datetime import timedelta

from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, bare
from tests.kit import World


async def a_claimed_case(desk: World) -> tuple[Chat, Case]:
    customer = chat(desk)
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(await desk.agent(), "claim")
    return customer, case


async def state(case: Case) -> str:
    return bare((await case.card()).text).splitlines()[0].partition(" · ")[2]


def begins_a_second(world: World) -> None:
    """Telegram tells whole seconds: what follows within one is of the same, however fast the machine is."""
    world.clock.becomes(world.clock().replace(microsecond=0) + timedelta(seconds=1))


async def is_resolved_meanwhile(case: Case, *typed: str, seconds: int) -> None:
    """The customer types these, the solution arrives so much later, and then Telegram tells of the words."""
    world, agent = case.world, await case.world.agent()
    world.telegram.hold()
    begins_a_second(world)
    for text in typed:
        await case.customer.says(text)
    world.clock.goes(seconds=seconds)
    await case.answers(agent, "resolve", "It was the old one.")
    await case.customer.sees("It was the old one.")
    world.telegram.release()
    await world.settles()


async def test_words_from_before_the_solution_are_kept_and_are_no_answer_to_it(desk: World) -> None:
    for typed in (("1",), ("2",), ("solved",), ("It is the old one", "no")):
        customer, case = await a_claimed_case(desk)
        await case.answers(await desk.agent(), "ask", "Which do you use: 1 the old one, 2 the new one?")
        await is_resolved_meanwhile(case, *typed, seconds=40)

        assert await state(case) == "Resolved", typed
        for text in typed:
            assert f"The customer wrote:\n{text}" in await case.thread()
        added = [text for text in customer.heard if text == f"Added to your request {case.reference}."]
        assert len(added) == len(typed)

        await customer.says("2")
        assert f"Your request {case.reference} is open again" in customer.told
        await is_resolved_meanwhile(case, "2", seconds=40)
        assert await state(case) == "Resolved", "the earlier solution is not what counts"
        await customer.says("1")
        assert await state(case) == "Closed"


async def is_asked_meanwhile(case: Case, typed: str, question: str, seconds: int) -> None:
    """The customer types this, the question arrives so much later, and then Telegram tells of the words."""
    world = case.world
    world.telegram.hold()
    begins_a_second(world)
    await case.customer.says(typed)
    world.clock.goes(seconds=seconds)
    await case.answers(await world.agent(), "ask", question)
    await case.customer.sees(question)
    world.telegram.release()
    await world.settles()


async def test_words_from_before_a_question_are_kept_and_are_no_answer_to_it(desk: World) -> None:
    customer, case = await a_claimed_case(desk)
    await is_asked_meanwhile(case, "It smokes", "Which cable is it?", seconds=40)

    assert await state(case) == "Waiting for the customer"
    assert "The customer wrote this before the question arrived:\nIt smokes" in await case.thread()
    assert customer.heard[-1] == f"Added to your request {case.reference}."
    await is_asked_meanwhile(case, "The red one", "How long is it?", seconds=40)
    assert await state(case) == "Waiting for the customer", "the first is answered, and not the second"

    await customer.says("2")
    assert await state(case) == "Open"
    assert "The customer wrote:\n2" in await case.thread()
    agent = await desk.agent()
    await agent.gives("/ticket", case.reference)
    await desk.settles()
    await agent.clicks("history", agent.whispers[-1])
    history = await desk.slack.until(lambda: agent.dialog)
    assert history.text.count("message from before the question") == 2


async def test_a_command_from_before_a_question_is_no_answer_either(desk: World) -> None:
    customer, case = await a_claimed_case(desk)
    await is_asked_meanwhile(case, "menu", "Which cable is it?", seconds=40)

    assert "new" in customer.keys
    assert "menu" not in await case.thread()


async def test_words_of_the_second_in_which_a_question_arrives_answer_it(desk: World) -> None:
    for seconds, left in ((0, "Open"), (2, "Waiting for the customer")):
        _customer, case = await a_claimed_case(desk)
        await is_asked_meanwhile(case, "The red one", "Which cable is it?", seconds=seconds)
        assert await state(case) == left, seconds


async def test_words_of_the_second_in_which_the_solution_arrives_answer_it(desk: World) -> None:
    for seconds, left in ((0, "Closed"), (2, "Resolved")):
        _customer, case = await a_claimed_case(desk)
        await is_resolved_meanwhile(case, "solved", seconds=seconds)
        assert await state(case) == left, seconds


async def test_words_from_before_a_survey_rate_nothing(desk: World) -> None:
    """Somebody who hears nothing types it again."""
    customer, case = await a_claimed_case(desk)
    await case.answers(await desk.agent(), "resolve", "It was the old one.")
    desk.telegram.hold()
    await customer.person.says("1")
    await customer.person.says("1")
    desk.clock.goes(seconds=40)
    desk.telegram.release()
    await desk.settles()

    assert await state(case) == "Closed"
    assert "Is what you wrote about the same problem" in customer.told
    await customer.presses("comment")
    assert "The customer's comment on our help:\n1" in await case.thread()
    assert "Rating" not in (await case.card()).text
    await customer.says("4")
    assert "Rating: 4 of 5" in (await case.card()).text


async def test_words_from_before_the_question_whether_it_is_still_there_are_no_answer_to_it(
    desk: World,
) -> None:
    customer, case = await a_claimed_case(desk)
    await case.answers(await desk.agent(), "resolve", "It was the old one.")
    desk.clock.goes(seconds=40)
    desk.telegram.hold()
    await customer.person.says("Does it blink?")
    await customer.person.says("No")
    desk.clock.goes(seconds=40)
    desk.telegram.release()
    await desk.settles()

    assert "The customer wrote:\nNo" in await case.thread()
    assert "Is the problem of your request" in bare(customer.last.text)
    await customer.says("no")
    assert customer.told.startswith("Glad to hear it.")


async def test_words_that_waited_for_their_ticket_are_as_old_as_they_are(desk: World) -> None:
    """The customer is asked which of two is meant, and only then one of them is resolved."""
    customer, case = await a_claimed_case(desk)
    await customer.files("The printer is broken")
    desk.clock.goes(minutes=11)  # sooner, it would be taken for the number of Send
    await customer.says("1")
    assert customer.told.startswith("Which request is this about?")
    desk.clock.goes(seconds=40)
    await case.answers(await desk.agent(), "resolve", "It was the old one.")
    which = next(one for one in reversed(customer.person.chat) if "Which request" in one.text)
    await customer.presses(case.reference.replace("-", ""), which)

    assert await state(case) == "Resolved"
    assert "The customer wrote:\n1" in await case.thread()


async def test_words_that_waited_for_their_ticket_are_no_answer_to_a_later_question(desk: World) -> None:
    customer, case = await a_claimed_case(desk)
    await customer.files("The printer is broken")
    await customer.says("It smokes")
    desk.clock.goes(seconds=40)
    await case.answers(await desk.agent(), "ask", "Which cable is it?")
    which = next(one for one in reversed(customer.person.chat) if "Which request" in one.text)
    await customer.presses(case.reference.replace("-", ""), which)

    assert await state(case) == "Waiting for the customer"
    assert "before the question arrived:\nIt smokes" in await case.thread()
