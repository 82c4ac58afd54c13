"""What a customer did while an agent's dialog was open is told before anything is sent to them."""

from pathlib import Path

import pytest

from bot.playground.slack import Agent
from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import World

NOT_YET = "Nothing was sent yet. Please look at this first:"
LANGUAGE = "The customer has chosen another language meanwhile: Русский"

ANSWERS = """
[answers.manual]
title = { en = "The manual" }
[answers.manual.text]
ar = "الخطوات هنا: https://example.com/ar/manual/that/is/longer/than/all/of/the/words/beside/it"
ru = "Всё описано здесь: https://example.com/ru/manual"
"""


async def claimed(desk: World, language: str = "en") -> tuple[Case, Chat, Agent]:
    customer = chat(desk, language)
    case = Case(desk, customer.person, await customer.files("The site has been down since this morning"))
    agent = await desk.agent()
    await case.clicks(agent, "claim")
    return case, customer, agent


def told(agent: Agent) -> str:
    """What the dialog says that is open before the agent."""
    assert agent.dialog, "it was sent"
    return bare(agent.dialog.text)


@pytest.mark.parametrize("verb", ["reply", "ask", "resolve", "decline", "hold", "snooze"])
async def test_what_the_customer_wrote_meanwhile_is_told_first(
    sqlite_url: str, tmp_path: Path, verb: str
) -> None:
    """The window stays, with the agent's words in it; sent once more, it is done."""
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        await case.opens(agent, verb)
        await customer.says("Wait, one more thing: the phone is dead, too")

        await case.sends(agent, "It was the certificate.")

        assert NOT_YET in told(agent)
        assert "Wait, one more thing: the phone is dead, too" in told(agent)
        assert "The site has been down" not in told(agent), "that was read before"
        assert agent.dialog
        assert agent.dialog.fields["text"].value == "It was the certificate."
        assert not case.reached("It was the certificate.")
        assert "· Open" in (await case.card()).text
        await agent.submits()
        await desk.settles()

        assert agent.dialog is None
        assert case.reached("It was the certificate.") == (verb != "snooze")


async def test_each_of_several_is_told_and_so_are_files_and_changed_words(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        changed = await customer.says("I use Chrome")
        await case.opens(agent, "resolve")
        await customer.edits(changed, "I use Firefox, and it is still down")
        await customer.says("Look at this")
        await customer.sends("photo")

        await case.sends(agent, "It was the certificate.")

        for one in ("I use Firefox, and it is still down", "Look at this", "Photo"):
            assert one in told(agent)
        await customer.says("Are you there?")
        await agent.submits()
        await desk.settles()
        assert "Are you there?" in told(agent), "that came later still"
        assert "Look at this" not in told(agent)


@pytest.mark.parametrize("verb", ["note", "assign", "transfer", "stop"])
async def test_what_is_no_answer_to_the_customer_goes_on(sqlite_url: str, tmp_path: Path, verb: str) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        await case.opens(agent, verb)
        await customer.says("Wait, one more thing")
        await desk.agent("U0OTHER", "other")

        filled = {"note": {}, "assign": {"to": "U0OTHER"}, "transfer": {"queue": "billing"}, "stop": {}}[verb]
        await case.sends(agent, "For the desk" if verb in {"note", "stop"} else "", **filled)

        assert agent.dialog is None


async def test_thanks_hold_up_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        await case.opens(agent, "resolve")
        await customer.says("Thank you!")

        await case.sends(agent, "It was the certificate.")

        assert case.reached("It was the certificate.") == 1


async def test_files_are_put_in_once_more(sqlite_url: str, tmp_path: Path) -> None:
    """The window is drawn anew, and no window can be given files."""
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        await case.opens(agent, "reply")
        await customer.says("Wait, one more thing")

        await case.sends(agent, "See here", files=agent.uploads("steps.pdf", b"%PDF")["id"])
        assert "These files were not sent either. Please add them once more:\nDocument: steps.pdf" in told(
            agent
        )
        await agent.submits({"files": agent.uploads("steps.pdf", b"%PDF")["id"]})
        await desk.settles()

        assert case.reached("See here") == 1
        assert sum("document" in one.raw for one in case.customer.chat) == 1


async def test_an_answer_that_came_meanwhile_is_the_customers_and_nobody_elses(desk: World) -> None:
    """The ticket waits no more, and no colleague had a hand in it."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "ask", "Is it gone?")
    await case.opens(agent, "resolve")
    await case.customer.says("No, it is worse")
    await desk.settles()

    await case.sends(agent, "Gone by itself")

    assert "No, it is worse" in told(agent)
    assert "somebody else" not in told(agent)
    assert not case.reached("has been resolved")
    await case.sends(agent, "Now it is mended")
    assert case.reached("Now it is mended") == 1


async def test_another_language_of_the_customer_is_told_first(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        await case.opens(agent, "reply")
        await customer.says("/language русский")

        await case.sends(agent, "We are on it")

        assert NOT_YET in told(agent)
        assert LANGUAGE in told(agent)
        assert not case.reached("We are on it")
        await case.sends(agent, "Мы уже работаем над этим")
        assert agent.dialog is None
        assert case.reached("Мы уже работаем над этим") == 1


async def test_words_in_the_language_that_is_read_now_go_out(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, customer, agent = await claimed(desk)
        await case.opens(agent, "reply")
        await customer.says("/language русский")

        await case.sends(agent, "Откройте https://example.com/en/manual/of/many/more/letters")

        assert agent.dialog is None
        assert case.reached("Откройте") == 1


async def test_a_canned_answer_in_the_language_of_before_is_told_first(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The window offers the answers that the customer can read now."""
    async with a_desk(sqlite_url, tmp_path, extra=ANSWERS) as desk:
        case, customer, agent = await claimed(desk, "ar")
        await case.opens(agent, "reply")
        await agent.picks("canned", "manual")
        await desk.settles()
        await customer.says("/language русский")

        await agent.submits()
        await desk.settles()

        assert LANGUAGE in told(agent)
        assert not case.reached("الخطوات هنا")
        await agent.picks("canned", "manual", {"text": ""})
        await desk.settles()
        await agent.submits()
        await desk.settles()
        assert case.reached("Всё описано здесь") == 1
