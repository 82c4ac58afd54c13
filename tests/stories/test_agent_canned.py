"""Canned answers: chosen in a dialog, filled in the customer's language, and changed before they go out."""

import re
from pathlib import Path

from bot.core import text
from bot.playground.slack import Agent
from tests.desk_kit import a_case, a_desk, bare
from tests.kit import World

READ_LEFT_TO_RIGHT = re.compile("\u200e\\d{4}\u2060-\u2060\\d{4}\u200e")
"""A reference whose halves change places in no Arabic sentence."""

ANSWERS = """
[answers.manual]
title = { en = "The manual", ru = "Инструкция" }
[answers.manual.text]
ar = "مرحبًا {name}، الخطوات هنا: https://example.com/ar/manual ورقم طلبك {reference}."
en = "Hello {name}, it is explained here: https://example.com/en/manual ({reference})."
[answers.thanks]
[answers.thanks.text]
en = "Thank you for writing to {organisation}."
"""


async def words_in(world: World, agent: Agent) -> str:
    """What stands in the text field of the agent's dialog when everything has arrived."""
    await world.settles()
    assert agent.dialog
    return bare(agent.dialog.fields["text"].value)


async def test_a_canned_answer_is_filled_in_the_customers_language_and_sent_as_changed(
    database_url: str, tmp_path: Path
) -> None:
    """EDC-9: a standard question is answered by a link."""
    async with a_desk(database_url, tmp_path, extra=ANSWERS) as desk:
        case, agent = await a_case(desk, language="ar", name="عميل"), await desk.agent()
        await case.clicks(agent, "claim")
        dialog = await case.opens(agent, "reply")
        assert dialog.fields["canned"].picks == {"manual": "The manual"}, "only what speaks Arabic"

        await agent.picks("canned", "manual")
        filled = await words_in(desk, agent)
        assert agent.dialog
        assert filled.startswith("مرحبًا عميل، الخطوات هنا: https://example.com/ar/manual")
        assert case.reference in filled
        assert READ_LEFT_TO_RIGHT.search(text.clean(agent.dialog.fields["text"].value)), "as it is sent"
        await case.sends(agent, f"{filled}\nوإن لم ينفع ذلك فاكتب لنا.")

        assert case.reached("https://example.com/ar/manual") == 1
        assert case.reached("وإن لم ينفع ذلك فاكتب لنا.") == 1
        assert "https://example.com/ar/manual" in await case.thread()


async def test_another_choice_replaces_the_first_and_never_what_the_agent_wrote(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, extra=ANSWERS) as desk:
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        await case.opens(agent, "resolve")
        await agent.picks("canned", "manual", {"survey": "skip"})
        assert "Hello customer" in await words_in(desk, agent)
        await agent.picks("canned", "thanks")
        assert await words_in(desk, agent) == "Thank you for writing to the support desk."

        await agent.picks("canned", "manual", {"text": "We have mended it."})
        filled = await words_in(desk, agent)
        assert filled.startswith("We have mended it.\n\nHello customer, it is explained here")
        assert agent.dialog
        assert agent.dialog.fields["survey"].value == "skip", "what else was chosen stays"
        await agent.submits()
        await desk.settles()

        assert case.reached("We have mended it.") == 1
        assert "Resolved by @U0AGENT" in await case.thread()


async def test_a_choice_on_a_ticket_that_was_taken_meanwhile_keeps_the_words(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, extra=ANSWERS) as desk:
        case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
        await case.clicks(agent, "claim")
        await case.opens(agent, "ask")
        await case.answers(other, "take_over", "I know them")
        await agent.picks("canned", "manual", {"text": "Which browser?"})
        await desk.settles()

        await agent.submits()
        await desk.settles()

        assert agent.dialog
        assert "in somebody else's hands now" in agent.dialog.text
        assert "Which browser?" in agent.dialog.text
        assert not case.reached("Which browser?")


async def test_a_desk_without_canned_answers_offers_none(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    assert list((await case.opens(agent, "reply")).fields) == ["text", "files"]
