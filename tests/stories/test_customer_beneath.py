"""What was being asked when an agent spoke: it stays answerable, and no words get lost between the two."""

from pathlib import Path

from tests.customer_kit import chat
from tests.desk_kit import Case
from tests.kit import world
from tests.stories.test_customer_meanwhile import PAGES, WHICH, digits, state, under_way

ROOM = "There is no room for this message"


async def test_words_for_the_new_request_are_kept_where_a_line_is_asked(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await under_way(desk, customer, "/new", "technical", "website", PAGES, "low")
        await case.answers(agent, "ask", "How many devices are there?")
        await customer.says("The printer also smells of burning", "and it smokes", "The new request")
        assert customer.heard[0].startswith("We have kept what you sent.")
        assert "At which phone number" in customer.told
        await case.says(agent, "Are you there?")
        await customer.says("+7 912 345 67 89", "it is mine", "The new request")
        assert "smells of burning\nand it smokes\nit is mine" in customer.told
        assert "79123456789" in customer.told

        begun = chat(desk)
        case, agent = await under_way(desk, begun, "/new", "technical", "website", PAGES)
        await begun.says(*["ж" * 3990] * 4, "normal")
        await case.says(agent, "Are you there?")
        await begun.says("ш" * 3990, "The new request")
        assert ROOM in begun.told
        assert begun.told.endswith(WHICH)
        await begun.presses(digits(case))
        assert (await case.thread()).endswith("ш" * 100)
        assert "At which phone number" in begun.told


async def test_words_that_waited_for_their_ticket_outlast_a_new_request(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        await customer.files(PAGES)
        case, agent = await under_way(desk, customer, "/help")
        first = await customer.says("It is worse today")
        await case.answers(agent, "ask", "How many?")
        await customer.says("my chair has been broken since Monday")
        await customer.presses("new")
        assert "What is it about?" in customer.heard[0]
        assert customer.heard[-1] == WHICH
        assert customer.last.reply_to == first.id
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("The customer wrote:\nIt is worse today")
        assert "What is it about?" in customer.heard[-1]
        await customer.says("question", "low", "skip")
        assert "my chair has been broken" in customer.told


async def test_what_a_button_beneath_leads_to_can_be_answered(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        old = Case(desk, customer.person, await customer.files(PAGES))
        case, agent = await under_way(desk, customer, "/help")
        await old.clicks(agent, "claim")
        await old.answers(agent, "resolve", "It works again.")
        desk.clock.goes(seconds=40)
        await case.says(agent, "We look into it")
        desk.clock.goes(seconds=40)
        await customer.says("/help", "It is worse today")
        asked = customer.last
        await case.answers(agent, "ask", "How many?")
        await customer.says("two of them")
        await customer.presses(digits(old), asked)
        still = customer.person.chat[-2]
        assert "still there?" in still.text
        assert customer.heard[-1] == WHICH
        await customer.presses("yes", still)
        assert await state(old) == "Open"
        assert "what is still wrong" in customer.heard[0]
        await customer.presses(digits(case))
        assert "what is still wrong" in customer.heard[-1]
        await customer.says("It prints in blue")
        assert (await old.thread()).endswith("It prints in blue")

        await old.answers(agent, "resolve", "Now it works.")
        await customer.presses("solved")
        await customer.says("it is quick now")
        asked = customer.last
        await case.answers(agent, "ask", "Which one?")
        await customer.says("the last")
        await customer.presses("comment", asked)
        score = customer.person.chat[-2]
        assert "How satisfied" in score.text
        await customer.presses(digits(case))
        await customer.says("5")
        assert "5 of 5" in (await old.card()).text


async def test_a_platform_reply_to_the_question_beneath_answers_it(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await under_way(desk, customer, "/new", "technical", "website")
        question = customer.last
        await case.answers(agent, "ask", "How many devices are there?")
        await customer.says("two")
        described = await customer.says(PAGES, reply_to=question)
        assert "How serious is it?" in customer.heard[0]
        assert customer.heard[-1] == WHICH
        await customer.says("/language")
        await customer.edits(described, f"{PAGES}!")
        assert customer.told == "We have noted your change.", "however far beneath"
        await customer.says("/cancel")
        await customer.presses(digits(case))
        assert (await case.thread()).endswith("The customer wrote:\ntwo")
        await customer.says("low", "skip")
        assert f"{PAGES}!" in customer.told


async def test_a_request_that_was_merged_is_chosen_as_the_one_that_stays(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        merged = Case(desk, customer.person, await customer.files(PAGES))
        case, agent = await under_way(desk, customer, "/help", "It is worse today")
        asked = customer.last
        await merged.clicks(agent, "claim")
        await merged.opens(agent, "merge")
        await merged.sends(agent, reference=case.reference)
        await customer.presses(digits(merged), asked)
        assert (await case.thread()).endswith("It is worse today")

        merged = Case(desk, customer.person, await customer.files(PAGES))
        await customer.says("/help", "And worse again")
        await merged.clicks(agent, "claim")
        await merged.opens(agent, "merge")
        await merged.sends(agent, reference=case.reference)
        await customer.says(merged.reference)
        assert (await case.thread()).endswith("And worse again")
