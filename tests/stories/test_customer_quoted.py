"""A platform reply to a question of ours about a request answers that question, whatever is asked by then."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.telegram import Message
from tests.customer_kit import Chat, chat, nothing_is_parked
from tests.desk_kit import Case, a_desk, bare
from tests.kit import World, living_in, street

SURVEY, MORE, STILL = "from 1 (not at all) to 5 (very)", "a few words for the team", "still there?"
GO_ON = "You have a request that is not sent yet."


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk(sqlite_url, tmp_path) as here:
        yield here


async def claimed(desk: World, customer: Chat, *texts: str) -> list[Case]:
    agent = await desk.agent()
    cases = [Case(desk, customer.person, await customer.files(text)) for text in texts]
    for case in cases:
        await case.clicks(agent, "claim")
    return cases


async def surveyed(desk: World, customer: Chat, case: Case) -> Message:
    """The question of the survey, once it is resolved and they said that it is solved."""
    await case.answers(await desk.agent(joins=(case.channel,)), "resolve", "Mended")
    await customer.presses("solved")
    return customer.last


async def doubted(desk: World, customer: Chat, case: Case) -> Message:
    """The question whether the problem is still there, once it is resolved and they wrote of it."""
    await case.answers(await desk.agent(), "resolve", "Mended")
    await customer.says(f"{case.reference} is slow")
    assert STILL in customer.told
    return customer.last


async def rating(case: Case) -> str:
    lines = bare((await case.card()).text).splitlines()
    return next((line for line in lines if line.startswith("Rating")), "")


async def state(case: Case) -> str:
    return bare((await case.card()).text).splitlines()[0].partition(" · ")[2]


async def test_a_score_is_for_the_survey_that_it_replies_to(desk: World) -> None:
    customer = chat(desk)
    first, second, third = await claimed(desk, customer, "The site is down", "The sum is odd", "No access")
    asked, later = await surveyed(desk, customer, first), await surveyed(desk, customer, second)
    for case, question in ((first, asked), (second, later)):
        assert bare(question.text).startswith(f"About your request {case.reference}:\n\nHow satisfied")

    await customer.says("2", reply_to=asked)
    assert customer.told == f"About your request {first.reference}:\n\nWould you like to add {MORE}?"
    more = customer.last
    await customer.says("5", reply_to=later)
    assert (await rating(first), await rating(second)) == ("Rating: 2 of 5", "Rating: 5 of 5")
    await customer.says("It took a week", reply_to=more)
    assert customer.told == "Thank you for your time."
    assert (await first.thread()).endswith("The customer's comment on our help:\nIt took a week")
    await customer.says("You were quick", reply_to=later)
    assert (await second.thread()).endswith("The customer's comment on our help:\nYou were quick")
    assert "comment" not in await third.thread()
    assert await nothing_is_parked(desk)


async def test_whoever_has_one_request_is_not_told_which_one_a_survey_is_about(desk: World) -> None:
    customer = chat(desk)
    [case] = await claimed(desk, customer, "The site is down")
    assert bare((await surveyed(desk, customer, case)).text).startswith("How satisfied")
    await customer.says("4", reply_to=customer.last)
    assert customer.told == f"Would you like to add {MORE}?"


async def test_words_in_reply_to_a_survey_are_about_its_request(desk: World) -> None:
    customer = chat(desk)
    first, _other = await claimed(desk, customer, "The site is down", "The sum is odd")
    asked = await surveyed(desk, customer, first)
    await customer.says("/menu")
    await customer.says("The colours are odd now", reply_to=asked)
    assert customer.told.startswith(f"Request {first.reference}: closed. Is what you wrote about")
    await customer.presses("comment")
    assert SURVEY in customer.told
    await customer.says("3", "skip")
    assert await rating(first) == "Rating: 3 of 5"
    assert "The colours are odd now" in await first.thread()


async def test_a_form_that_is_open_waits_while_a_survey_is_answered_by_replies(desk: World) -> None:
    customer = chat(desk)
    [case] = await claimed(desk, customer, "The site is down")
    asked = await surveyed(desk, customer, case)
    await customer.says("/new", "technical", "website", "The printer is broken since today")
    await customer.says("2", reply_to=asked)
    assert MORE in customer.told
    await customer.says("skip", reply_to=customer.last)
    assert customer.heard[0] == "Thank you for your time."
    assert customer.heard[1].startswith(GO_ON)
    assert await rating(case) == "Rating: 2 of 5"
    await customer.presses("on")
    assert "How serious is it?" in customer.told


async def test_words_that_wait_for_their_request_wait_while_a_survey_is_answered(desk: World) -> None:
    customer = chat(desk)
    cases = await claimed(desk, customer, "The site is down", "The sum is odd", "No access")
    asked = await surveyed(desk, customer, cases[0])
    await customer.says("/menu")
    await customer.says("Is there any news by now?")
    assert "Which request is this about?" in customer.told
    await customer.says("4", reply_to=asked)
    assert await rating(cases[0]) == "Rating: 4 of 5"
    assert len(customer.heard) == 1, "nothing more is asked about the help"
    assert customer.told.startswith("Thank you for your time.\n\nWhich request is this about?")
    await customer.presses(cases[2].reference.replace("-", ""))
    assert (await cases[2].thread()).endswith("Is there any news by now?")

    asked = await surveyed(desk, customer, cases[1])
    await customer.says("It is odd", reply_to=asked)
    await customer.says("3", reply_to=asked)
    assert "Is what you wrote about the same problem" in customer.told
    await customer.presses("comment")
    assert customer.told == "Thank you for your time.", "the score was given meanwhile"
    assert await rating(cases[1]) == "Rating: 3 of 5"


async def test_yes_and_no_are_for_the_question_whether_it_is_still_there_that_they_reply_to(
    desk: World,
) -> None:
    customer = chat(desk)
    first, second = await claimed(desk, customer, "The site is down", "The sum is odd")
    questions = [await doubted(desk, customer, case) for case in (first, second)]

    await customer.says("/new", "technical", "website")
    await customer.says("yes", reply_to=questions[0])
    assert f"Your request {first.reference} is open again" in customer.told
    assert (await state(first), await state(second)) == ("Open", "Resolved")
    await customer.says("no", reply_to=questions[1])
    assert "Glad to hear it." in customer.told
    assert (await state(first), await state(second)) == ("Open", "Resolved")
    await customer.says("yes", reply_to=questions[0])
    assert customer.told == f"Added to your request {first.reference}.", "it is open again already"
    await first.answers(await desk.agent(), "resolve", "Mended for good")
    await customer.says("yes", reply_to=questions[0])
    assert await state(first) == "Open", "still there is still there"


async def test_what_is_replied_to_questions_about_a_duplicate_is_for_what_goes_on(desk: World) -> None:
    customer = chat(desk)
    first, second = await claimed(desk, customer, "The site is down", "The site is slow")
    still, agent = await doubted(desk, customer, second), await desk.agent()
    await customer.presses("no")
    await customer.presses("solved")
    survey = customer.last
    await second.clicks(agent, "reopen")
    await second.answers(agent, "merge", reference=first.reference)

    await customer.says("yes", reply_to=still)
    assert customer.told == f"Added to your request {first.reference}."
    await customer.says("it is slow again", reply_to=survey)
    assert customer.told == f"Added to your request {first.reference}."
    await first.answers(agent, "resolve", "Both are mended")
    await customer.says("yes", reply_to=still)
    assert f"Your request {first.reference} is open again" in customer.told


async def test_it_holds_after_a_restart_with_another_language(database_url: str, tmp_path: Path) -> None:
    async with street(database_url, tmp_path) as place:
        async with living_in(place) as desk:
            await place.listens()
            customer = chat(desk)
            first, second = await claimed(desk, customer, "The site is down", "The sum is odd")
            asked, later = await surveyed(desk, customer, first), await surveyed(desk, customer, second)
            await customer.says("/language русский")
        async with living_in(place) as desk:
            await place.listens()
            customer = Chat(desk, customer.person)
            first, second = (Case(desk, one.customer, one.reference) for one in (first, second))
            await customer.says("٣", reply_to=asked)
            assert f"По вашему обращению {first.reference}:" in customer.told
            await customer.says("4", reply_to=later)
            assert (await rating(first), await rating(second)) == ("Rating: 3 of 5", "Rating: 4 of 5")


async def test_each_question_of_a_policys_survey_is_answered_by_a_reply_to_it(osool: World) -> None:
    customer, agent = chat(osool), await osool.agent(joins=("C0CONTACT",))
    await customer.says("/new", "technical", "trainee", "The site is down since this morning", "send")
    case = Case(osool, customer.person, customer.reference, "C0CONTACT")
    await case.clicks(agent, "claim")
    completed = await surveyed(osool, customer, case)
    await customer.says("yes")
    quality = customer.last
    await customer.says("/menu")
    await customer.says("5 stars", reply_to=quality)
    assert customer.told == "How satisfied are you with it?"
    satisfied = customer.last
    await customer.says("/menu")
    await customer.says("4, it was quick", reply_to=satisfied)
    assert await rating(case) == "Rating: Yes · 5 of 5 · 4 of 5"
    await customer.says("I mean the site itself", reply_to=completed)
    assert (await case.thread()).endswith("The customer's comment on our help:\nI mean the site itself")
