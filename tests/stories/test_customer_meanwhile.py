"""An agent writes while a new request is being filled in: what is typed then is asked about, and placed."""

from pathlib import Path

import pytest

from bot.playground.slack import Agent
from tests.customer_kit import Chat, cards, chat
from tests.desk_kit import Case, bare
from tests.kit import World, living_in, street, world

WHICH = "Which request is this about?"
KEPT = "We have kept what you sent. Please answer this as well:"
PAGES = "The printer on the second floor prints nothing but black pages"


async def under_way(desk: World, customer: Chat, *steps: str) -> tuple[Case, Agent]:
    """A ticket in an agent's hands, whose customer has begun another request."""
    case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
    await case.clicks(agent, "claim")
    await customer.says(*steps)
    return case, agent


def digits(case: Case) -> str:
    return case.reference.replace("-", "")


async def state(case: Case) -> str:
    return bare((await case.card()).text).splitlines()[0].partition(" · ")[2]


async def test_each_message_is_asked_about_once_and_the_new_request_goes_on(desk: World) -> None:
    customer = chat(desk)
    case, agent = await under_way(desk, customer, "/new")
    meanwhile = f"Meanwhile the team wrote to you about your request {case.reference}."
    added = f"Added to your request {case.reference}."

    await case.answers(agent, "ask", "How many devices are there?")
    mine = await customer.says("2")
    assert customer.heard == [f"{meanwhile}\n\n{WHICH}"]
    assert customer.last.reply_to == mine.id
    [theirs, *others] = customer.buttons
    assert theirs.startswith(f"{case.reference} · Technical problem · {PAGES[:3]}")
    assert others == ["The new request", "Cancel"]
    await customer.presses(digits(case))
    assert (await case.thread()).endswith("The customer wrote:\n2")
    assert customer.heard == [added, "What is it about?"]

    await case.answers(agent, "ask", "How many of these do not print?")
    await customer.says("1", "The new request")
    assert customer.heard == ["Where does it happen?"]
    await customer.says("website", PAGES)
    assert "How serious is it?" in customer.told, "it has been asked"
    await case.says(agent, "We look into it.")
    await customer.says("2", "1")
    assert (await case.thread()).endswith("The customer wrote:\n2")
    assert customer.heard[0] == added
    assert "How serious is it?" in customer.heard[1]
    await customer.says("2", "skip")
    mistaken = await case.says(agent, "This was meant for somebody else")
    await agent.deletes(mistaken)
    await desk.settles()
    await customer.says("send")
    assert await cards(desk) == 2
    filed = await desk.thread(customer.reference)
    assert filed.count(PAGES) == 1
    assert "devices" not in filed


@pytest.mark.parametrize(
    ("language", "new", "meanwhile", "again"),
    [
        ("ar", "الطلب الجديد", "كتب إليك الفريق في هذه الأثناء بشأن طلبك", "ما موضوع طلبك؟"),
        ("ru", "К новому обращению", "Тем временем команда написала вам по вашему обращению", "О чём ваше"),
    ],
    ids=("ar", "ru"),
)
async def test_it_is_asked_in_the_customers_language(
    sqlite_url: str, tmp_path: Path, language: str, new: str, meanwhile: str, again: str
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk, language)
        case, agent = await under_way(desk, customer, "/new")
        await case.answers(agent, "ask", "How many devices are there?")
        await customer.says("2")
        assert meanwhile in customer.told
        assert customer.buttons[1] == new
        await customer.says(case.reference)
        assert again in customer.told
        await case.answers(agent, "ask", "How many devices are there?")
        await customer.says("1", new)
        assert "1" not in (await case.thread()).rpartition(":")[2]
        assert customer.last.buttons, "what follows the kind of request is asked"


async def test_words_and_files_wait_for_their_place_over_a_restart(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with living_in(place) as desk:
            await place.listens()
            customer = chat(desk)
            case, agent = await under_way(desk, customer, "/new", "technical", "website")
            await case.answers(agent, "ask", "What does it look like?")
            await customer.sends_album("photo", "photo", caption="like this")
            assert customer.told.count(WHICH) == 1
            assert "like this" not in await case.thread()
        async with living_in(place) as desk:
            await place.listens()
            case, customer = Case(desk, customer.person, case.reference), Chat(desk, customer.person)
            await customer.says("and sometimes worse")
            assert customer.told == f"{KEPT}\n\n{WHICH}"
            await customer.presses(digits(case))
            assert "What goes wrong?" in customer.told
            thread = await case.thread()
            assert thread.count("like this") == thread.count("and sometimes worse") == 1

            await case.answers(agent, "ask", "Since when?")
            await customer.sends_album("photo", "photo", caption=PAGES, group="second")
            await customer.says("since yesterday", "new", "1", "skip", "send")
            filed = await desk.thread(customer.reference)
            assert filed.count(f"{PAGES}\nsince yesterday") == 1
            assert "since yesterday" not in await case.thread()
            assert thread.count("Photo") == filed.count("Photo") == 2


async def test_the_request_can_be_gone_on_with_by_its_own_buttons(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await under_way(desk, customer, "/new", "technical", "website", PAGES)
        seriousness = customer.last
        described = next(mine for mine in reversed(customer.person.chat) if mine.text == PAGES)

        await case.answers(agent, "ask", "Which floor?")
        await customer.says("the second", "back")
        assert customer.heard[0].endswith(WHICH)
        await customer.edits(described, f"{PAGES}.")
        assert customer.told == "We have noted your change."
        asked = customer.last
        await customer.presses("high", seriousness)
        assert "At which phone number" in customer.heard[0], "a button says what it answers"
        assert customer.heard[-1] == WHICH
        await customer.presses("low", seriousness)
        assert customer.heard == []
        assert "belongs to an earlier question" in customer.person.toasts[-1]
        await customer.shares_contact()
        assert "Importance: High" in customer.told
        assert customer.heard[-1] == WHICH
        await customer.presses("cancel", asked)
        assert customer.heard == []
        await customer.says("/cancel")
        assert customer.heard[0] == "Your message was not sent."
        assert "Importance: High" in customer.heard[1]
        await case.says(agent, "Or is it the third?")
        await customer.says("back")
        assert "At which phone number" in customer.told
        assert f"{PAGES}." in await filed_by(desk, customer, "skip", "send")


async def filed_by(desk: World, customer: Chat, *steps: str) -> str:
    """What the thread of the request says that is filed by these."""
    await customer.says(*steps)
    return await desk.thread(customer.reference)


async def test_whatever_else_is_said_at_the_question_loses_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await under_way(desk, customer, "/new", "technical", "website", PAGES)
        await case.says(agent, "Please tell us which floor it is.")
        await customer.says("the third one, 1st room", "/language", "and on the fourth")
        assert customer.told == f"{KEPT}\n\n{WHICH}"
        await customer.says("/language", "Русский")
        assert "К какому обращению это относится?" in customer.told
        await customer.says("English")
        assert WHICH in customer.told
        await customer.says("/language", "/cancel")
        assert WHICH in customer.told
        await customer.presses("new")
        assert customer.heard[0].startswith(KEPT)
        await customer.says("normal", "skip")
        assert f"{PAGES}\nthe third one, 1st room\nand on the fourth" in customer.told

        await case.says(agent, "Are you there?")
        await customer.says("yes, I am", "/status")
        assert "What you wrote is not sent yet. It is kept: /new goes on with it." in customer.told
        await customer.says("/new", "on")
        assert "and on the fourth\nyes, I am" in customer.told
        assert "yes, I am" in await filed_by(desk, customer, "send")
        assert "yes, I am" not in await case.thread()
        assert await cards(desk) == 2

        await case.answers(agent, "ask", "Is it still so?")
        await customer.says("/cancel")
        await customer.presses(digits(case))
        await case.answers(agent, "ask", "Is it really so?")
        await customer.says("yes")
        assert customer.told == WHICH
        assert await state(case) == "Waiting for the customer", "it is not cancelled"
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("The customer wrote:\nyes")


async def test_an_older_question_which_request_neither_takes_the_answer_nor_is_lost(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        other = Case(desk, customer.person, await customer.files(PAGES))
        case, agent = await under_way(desk, customer, "/help")
        first = await customer.says("It is worse today")
        assert customer.told == WHICH
        await case.answers(agent, "ask", "How many devices are there?")
        second = await customer.says("2")
        assert customer.last.reply_to == second.id
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("The customer wrote:\n2")
        assert customer.heard[1] == WHICH
        assert customer.last.reply_to == first.id
        await customer.says(other.reference)
        assert (await other.thread()).endswith("The customer wrote:\nIt is worse today")

        await customer.says("It prints again")
        await case.answers(agent, "ask", "Which browser?")
        await customer.says("the newest one")
        await case.answers(agent, "ask", "How many windows are open?")
        await customer.says("3")
        assert customer.told == f"{KEPT}\n\n{WHICH}"
        await customer.says("/tickets", "/new", "go on", "question", "low", "skip")
        assert "It prints again\nthe newest one\n3" in customer.told


async def test_a_score_that_is_pressed_leaves_the_words_that_wait(sqlite_url: str, tmp_path: Path) -> None:
    """Whether its survey was left before, or is asked just above the question about them."""
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        left, beneath = [Case(desk, customer.person, await customer.files()) for _ticket in range(2)]
        case, agent = await under_way(desk, customer, "/help")
        await solved(left, customer, agent)
        score = customer.last
        await customer.says("/help", "It is worse today")
        await customer.presses("2", score)
        assert "2 of 5" in (await left.card()).text
        assert customer.heard == [f"Thank you for your time.\n\n{WHICH}"]
        await customer.presses("2", score)
        assert customer.heard == []
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("It is worse today")

        await solved(beneath, customer, agent)
        await customer.says("It is quick now")
        asked = customer.last
        await case.answers(agent, "ask", "Which one?")
        await customer.says("the last")
        await customer.presses("comment", asked)
        score = customer.person.chat[-2]
        assert customer.heard[1:] == [WHICH]
        await customer.presses("5", score)
        assert "5 of 5" in (await beneath.card()).text
        assert customer.heard == ["Thank you for your time.", WHICH]
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("The customer wrote:\nthe last")


async def solved(case: Case, customer: Chat, agent: Agent) -> None:
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "It works again.")
    await customer.presses("solved")


async def test_a_solution_is_answered_in_words_or_asked_about(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await under_way(desk, customer, "/new", "technical", "website", PAGES)
        await case.answers(agent, "resolve", "It works again.")
        await customer.says("2")
        assert customer.heard[0].endswith(WHICH)
        await customer.says("new request", "skip")
        assert "Importance: Normal" in customer.told
        assert await state(case) == "Resolved"

        await case.clicks(agent, "reopen")
        await case.answers(agent, "resolve", "Now it works.")
        await customer.says("Thank you!")
        assert customer.heard[0].startswith("You are welcome.")
        assert "Importance: Normal" in customer.heard[1]
        await case.clicks(agent, "reopen")
        await case.answers(agent, "resolve", "Is it well?")
        await customer.says("2", case.reference)
        assert await state(case) == "Open"
        await customer.says("It is still slow")
        assert customer.heard[0] == f"Added to your request {case.reference}."
        assert "You have a request that is not sent yet" in customer.heard[1]
        await customer.presses("on")
        await case.answers(agent, "resolve", "It works again.")
        await customer.says("Solved")
        assert await state(case) == "Closed"
        await customer.says("5", "skip")
        assert "You have a request that is not sent yet" in customer.told

        begun = chat(desk)
        case, agent = await under_way(desk, begun, "/new", "technical")
        await case.answers(agent, "resolve", "It works again.")
        await begun.says("1", case.reference)
        assert await state(case) == "Closed"
        await begun.says("4", "skip", "go on")
        assert begun.told == "Where does it happen?", "however little it held"


async def test_words_from_before_and_a_day_later(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await under_way(desk, customer, "/new", "technical", "website")
        desk.telegram.hold()
        await customer.person.says(PAGES)
        desk.clock.goes(seconds=40)
        await case.answers(agent, "ask", "Which browser is it?")
        await customer.person.sees("Which browser is it?")
        desk.telegram.release()
        await desk.settles()
        assert "How serious is it?" in customer.told, "nobody answers what they cannot have read"

        await desk.passes(hours=30)
        await case.answers(agent, "ask", "Which browser do you use?")
        await customer.says("the newest one")
        assert customer.heard[0].endswith(WHICH)
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("the newest one")
        assert "How serious is it?" in customer.told
        await case.answers(agent, "ask", "Which version?")
        await customer.says("2")
        desk.clock.goes(seconds=40)
        await case.answers(agent, "ask", "And of the system?")
        await customer.says("3")
        assert customer.told == f"{KEPT}\n\n{WHICH}"
        await customer.presses(digits(case))
        assert await state(case) == "Open", "the newest of these words answer"
        await case.answers(agent, "ask", "And which build?")
        await customer.says("4")
        await desk.passes(days=9)
        assert "unfinished request has been waiting here for a week" in customer.told
