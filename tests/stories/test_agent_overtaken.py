"""What waits its undo seconds and is overtaken by a deed is not sent, and nobody thinks that it was."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.customer_kit import chat
from tests.desk_kit import WRITTEN, Case, a_case, a_desk, bare
from tests.kit import BILLING, SUPPORT, World

OTHER = "The printer on the third floor is out of paper"


@pytest.fixture
async def patient(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as here:
        yield here


async def test_a_solution_whose_ticket_is_opened_again_stays_here_and_its_author_hears_of_it(
    patient: World,
) -> None:
    case, agent = await a_case(patient), await patient.agent(joins=(SUPPORT, BILLING))
    colleague = await patient.agent("U0OTHER", "other", joins=(SUPPORT, BILLING))
    await case.clicks(agent, "claim")
    await case.answers(agent, "decline", "We do not do this")
    undo = await case.learns(agent, "This goes to the customer in")
    heard = len(case.customer.chat)

    await case.clicks(colleague, "reopen")
    await patient.passes(seconds=31)

    assert len(case.customer.chat) == heard
    why = "@U0AGENT, this was not sent: the ticket was opened again before.\nWe do not do this"
    assert why in bare(await case.thread())
    assert (await case.facts())[-1] == "taken_back agent:U0OTHER"
    await case.clicks(agent, "Undo", undo)
    await case.learns(agent, "The customer does not get these words: they had been taken back before.")
    await case.answers(agent, "transfer", "An invoice", queue="billing")
    there = Case(patient, case.customer, case.reference, BILLING)
    told = bare(await there.thread())
    assert "Note by @U0AGENT" in told
    assert "We do not do this\nThe customer did not get this." in told
    await agent.gives("/ticket", case.reference)
    await patient.settles()
    await agent.clicks("History", agent.whispers[-1])
    await patient.settles()
    assert agent.dialog
    events = bare(agent.dialog.text)
    assert "taken back before it was sent\nWe do not do this" in events


async def test_a_hold_that_ends_and_words_before_a_stop_are_not_sent_and_their_author_is_told(
    patient: World,
) -> None:
    case, agent = await a_case(patient), await patient.agent()
    colleague = await patient.agent("U0OTHER", "other")
    await case.clicks(agent, "claim")
    await case.answers(agent, "hold", "A part is on its way")
    await case.clicks(agent, "resume")
    await case.answers(agent, "hold")
    await case.clicks(agent, "resume")
    told = bare(await case.thread())
    why = "@U0AGENT, this was not sent: the ticket was taken up again before."
    assert f"{why}\nA part is on its way" in told
    assert told.count(why) == 1, "nothing was written with the other"

    await agent.writes(await case.card(), "", files=[agent.uploads("plan.pdf", b"%PDF", "application/pdf")])
    await patient.settles()
    await case.answers(agent, "reply", "Please wait")
    undo = await case.learns(agent, "This goes to the customer in")
    await case.opens(colleague, "take_over")
    await case.sends(colleague, "Mine")
    await case.answers(colleague, "stop", "Insults")
    await patient.passes(seconds=31)

    why = "@U0AGENT, this was not sent: the ticket was stopped before."
    told = bare(await case.thread())
    assert f"{why}\nPlease wait" in told
    assert f"{why}\nDocument: plan.pdf" in told
    assert not case.reached("A part is on its way")
    assert not case.reached("Please wait")
    await case.clicks(agent, "Undo", undo)
    await case.learns(agent, "The customer does not get these words: they had been taken back before.")


async def test_what_waits_about_a_merged_request_is_not_sent_once_the_one_that_stays_is_cancelled(
    sqlite_url: str, tmp_path: Path
) -> None:
    """News about both is one message, and what becomes of it is told once in a thread."""
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        customer, agent = chat(desk), await desk.agent()
        stays, merged = [Case(desk, customer.person, await customer.files(text)) for text in (WRITTEN, OTHER)]
        await merged.clicks(agent, "claim")
        await merged.says(agent, "Please wait")
        await merged.answers(agent, "incident", title="The main line is down")
        await merged.clicks(agent, "incident")
        await merged.clicks(agent, "tie", agent.whispers[-1])
        await merged.sends(agent, reference=stays.reference)
        undo = []
        for news in ("We look for the leak", "We mend the line"):
            await merged.clicks(agent, "incident")
            await merged.clicks(agent, "tell_all", agent.whispers[-1])
            await merged.sends(agent, text_en=news)
            undo.append(agent.whispers[-1])
        await merged.answers(agent, "merge", reference=stays.reference)

        await merged.clicks(agent, "Undo", undo[0])
        taken_back = "@U0AGENT took this back: the customer does not get it.\nWe look for the leak"
        for case in (stays, merged):
            assert bare(await case.thread()).count(taken_back) == 1
        await customer.says(f"/cancel {stays.reference}")
        await customer.presses("yes")
        await desk.passes(seconds=31)

        told = bare(await stays.thread())
        for words in ("Please wait", "We look for the leak", "We mend the line"):
            assert not merged.reached(words)
        for words in ("Please wait", "We mend the line"):
            why = "@U0AGENT, this was not sent: the customer cancelled the request before."
            assert told.count(f"{why}\n{words}") == 1
        for case in (stays, merged):
            facts = [fact.split()[0] for fact in await case.facts()]
            assert facts.count("taken_back") == (2 if case is stays else 3)
