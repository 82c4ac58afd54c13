"""Files that come with an answer or a command are kept, the whole album once: the words are the answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.customer_kit import WRITTEN, Chat, chat, kinds_of_files
from tests.desk_kit import Case, bare
from tests.kit import World, world


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """On one database: what becomes of a file is decided before either is asked."""
    async with world(sqlite_url, tmp_path) as here:
        yield here


async def fresh(desk: World, language: str = "en", *, solved: bool = False) -> tuple[Chat, Case]:
    """Somebody whose ticket an agent has claimed, or solved."""
    customer = chat(desk, language)
    case = Case(desk, customer.person, await customer.files())
    agent = await desk.agent()
    await case.clicks(agent, "claim")
    if solved:
        await case.answers(agent, "resolve", "Fixed.")
    return customer, case


async def state(case: Case) -> str:
    return bare((await case.card()).text).splitlines()[0]


async def photos(case: Case) -> int:
    """How many stand in the thread, by their names."""
    return bare(await case.thread()).count("Photo")


@pytest.mark.parametrize(
    ("language", "words", "yes"),
    [("en", "It is bad still", "yes"), ("ru", "Всё ещё плохо", "да"), ("ar", "ما زال لا يعمل", "نعم")],
)
async def test_a_photo_with_yes_opens_the_request_again_and_is_on_it(
    desk: World, language: str, words: str, yes: str
) -> None:
    customer, case = await fresh(desk, language, solved=True)
    await customer.says(words)
    await customer.sends_album("photo", "photo", "photo", caption=yes)

    assert "Open" in await state(case)
    assert await photos(case) == 3
    assert len(customer.heard) == 1
    assert len(await kinds_of_files(desk)) == 3


async def test_files_with_the_answer_about_a_solution_stay_on_its_request(desk: World) -> None:
    customer, case = await fresh(desk, solved=True)
    await customer.says("It is bad still")
    await customer.sends_album("photo", "photo", caption="no")
    assert [told.split(".")[0] for told in customer.heard] == [
        f"Added to your request {case.reference}",
        "Glad to hear it",
    ]
    assert await photos(case) == 2
    assert "Resolved" in await state(case)

    await customer.says("solved")
    await customer.sends_album("photo", "photo", "photo", group="score", caption="2")
    assert customer.heard == [
        f"Added to your request {case.reference}.",
        "Would you like to add a few words for the team?",
    ]
    assert await photos(case) == 5
    await customer.sends_album("photo", "photo", group="comment", caption="skip")
    assert customer.heard == ["Thank you for your time."]
    assert await photos(case) == 7
    assert "2 of 5" in bare((await case.card()).text)


async def test_files_with_an_answer_that_names_a_request_are_on_it(desk: World) -> None:
    customer, case = await fresh(desk)
    added = f"Added to your request {case.reference}."
    for question, answer in (
        ("/status", case.reference),
        ("/tickets", "1"),
        ("hi", "3"),
        ("/status", "mine"),
    ):
        before = await photos(case)
        await customer.says(question)
        await customer.sends_album("photo", "photo", group=f"{question}{answer}", caption=answer)
        assert await photos(case) == before + 2, (question, answer)
        assert customer.heard.count(added) == 1, (question, answer)

    await customer.says("/cancel")
    await customer.sends("photo", caption="no")
    assert await photos(case) == 9
    assert customer.told.count(added) == 1
    await customer.says("/cancel")
    await customer.sends_album("photo", "photo", group="sure", caption="yes")
    assert await photos(case) == 11
    assert "is cancelled" in customer.told
    assert "Cancelled" in await state(case)


async def test_files_with_a_command_are_on_the_only_request(desk: World) -> None:
    customer, case = await fresh(desk)
    added = f"Added to your request {case.reference}."
    commands = ("/help", "/start", "/tickets", "/policy", "/unknown", f"/status {case.reference}", "/cancel")
    for number, command in enumerate(commands, start=1):
        await customer.sends("photo", caption=command)
        assert await photos(case) == number, command
        assert customer.heard.count(added) == 1, command
    await customer.sends("voice", caption="/escalate")
    assert "Voice" in bare(await case.thread())
    await customer.sends_album("photo", "photo", "photo", caption=f"/status {case.reference}")
    assert await photos(case) == len(commands) + 3
    assert customer.heard.count(added) == 1
    await customer.sends("photo", caption="/language ru")
    assert await photos(case) == len(commands) + 4
    assert "Добавлено" in customer.told


async def two_requests(desk: World) -> tuple[Chat, Case, Case]:
    customer = chat(desk)
    first = Case(desk, customer.person, await customer.files())
    return customer, first, Case(desk, customer.person, await customer.files("The invoice is wrong by half"))


async def test_files_wait_at_the_question_which_request_a_command_is_about(desk: World) -> None:
    """Its buttons stay good, and where it is answered, the files are."""
    customer, first, second = await two_requests(desk)
    await customer.sends_album("photo", "photo", "photo", caption="/cancel")
    assert customer.heard == ["Which request do you no longer need?"]
    await customer.presses(first.reference.replace("-", ""))
    assert f"Shall we cancel your request {first.reference}?" in customer.told
    assert f"Added to your request {first.reference}." in customer.told
    assert await photos(first) == 3
    await customer.sends_album("photo", "photo", group="sure", caption="yes")
    assert (await photos(first), await photos(second)) == (5, 0)
    assert "Cancelled" in await state(first)


async def test_files_that_wait_at_a_question_are_not_lost_where_nothing_is_chosen(desk: World) -> None:
    customer, first, second = await two_requests(desk)
    await customer.sends_album("photo", "photo", caption="/cancel")
    await customer.says("no")
    assert "Which request is this about?" in customer.told
    await customer.presses(second.reference.replace("-", ""))
    assert (await photos(first), await photos(second)) == (0, 2)

    await customer.sends("photo", caption="/status")
    assert customer.heard == ["What is the number of the request? It looks like 4829-1372."]
    await customer.says(first.reference)
    assert f"Request {first.reference}: received" in customer.told
    assert await photos(first) == 1
    await customer.sends("photo", caption="/status")
    await customer.says("it is all about the same page", first.reference)
    assert await photos(first) == 2
    assert "it is all about the same page" in await first.thread()


async def test_files_wait_while_it_is_asked_whether_a_request_is_really_to_be_cancelled(desk: World) -> None:
    """Of two requests only one can be cancelled, so it is not asked which."""
    customer, solved = await fresh(desk, solved=True)
    other = Case(desk, customer.person, await customer.files("The invoice is wrong by half"))
    await customer.sends_album("photo", "photo", caption="/cancel")
    assert customer.heard == [
        f"Shall we cancel your request {other.reference}? Nobody will work on it any more."
    ]
    await customer.presses("yes")
    assert (await photos(solved), await photos(other)) == (0, 2)
    assert "Cancelled" in await state(other)


async def test_files_with_a_command_are_in_the_request_that_is_being_written(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    await customer.sends_album("photo", "photo", caption="/help")
    await customer.says("/new")
    await customer.presses("on")
    await customer.sends("photo", caption="/policy")
    await customer.sends("photo", caption="/language ru")
    await customer.says(WRITTEN, "normal", "skip")
    assert bare(customer.told).count("Фото") == 4


async def test_files_with_a_no_are_asked_about_by_themselves(desk: World) -> None:
    """The words shall be no request; of the files nobody has said so."""
    customer = chat(desk)
    await customer.says("hi", "My printer is broken")
    await customer.sends_album("photo", "photo", caption="no")
    assert [told.split("?")[0] for told in customer.heard] == ["Shall we make a request of this"]
    await customer.presses("file")
    await customer.says("technical", "website", WRITTEN, "normal", "skip")
    assert bare(customer.told).count("Photo") == 2
    assert "printer" not in customer.told


async def test_a_verdict_or_thanks_under_a_file_mean_what_they_say(desk: World) -> None:
    """Also in a platform reply to the solution; a number may as well be the photo's."""
    customer, case = await fresh(desk, solved=True)
    solution = customer.last
    await customer.sends("photo", caption="thank you", reply_to=solution)
    assert "You are welcome" in customer.told
    await customer.sends("photo", caption="1")
    assert "Is the problem of your request" in customer.told
    assert "Resolved" in await state(case)
    await customer.sends_album("photo", "photo", caption="solved", group="solved")
    assert customer.heard[0] == f"Added to your request {case.reference}."
    assert "is closed" in customer.heard[1]
    assert "Closed" in await state(case)
    assert await photos(case) == 4

    customer, case = await fresh(desk, solved=True)
    await customer.sends("photo", caption="solved", reply_to=customer.last)
    assert "Closed" in await state(case)
    assert await photos(case) == 1


async def test_a_contact_is_kept_as_words_and_fills_the_form(desk: World) -> None:
    customer, case = await fresh(desk)
    other = await customer.files("The printer on the second floor burns")
    await customer.says("It is the one by the door")
    await customer.shares_contact()
    assert "Which request is this about?" in customer.told
    await customer.presses(other.replace("-", ""))
    thread = bare(await desk.thread(other))
    assert "by the door" in thread
    assert customer.person.phone in thread
    assert customer.person.phone not in await case.thread()

    customer = chat(desk)
    await customer.says("hi")
    await customer.shares_contact()
    assert "Shall we make a request of this?" in customer.told
    await customer.says("no", "/new")
    await customer.shares_contact()
    assert "We have kept what you sent" in customer.told
    await customer.says("question", WRITTEN, "low")
    assert f"Contact: {customer.person.phone}" in customer.told
    await customer.shares_contact(phone="+79990001122", own=False, name="A friend")
    assert "A friend +79990001122" in customer.told, "it belongs to the description"

    customer = chat(desk)
    await customer.says("/new", "account")
    await customer.shares_contact()
    assert "We have kept what you sent" in customer.told
    await customer.says("name@mail.com", WRITTEN, "low")
    assert f"Contact: {customer.person.phone}" in customer.told
