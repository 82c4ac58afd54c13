"""A ticket is resolved as its agent judges: with a reason from the policy's list, to be rated or not."""

from pathlib import Path

from tests.customer_kit import a_desk_with, chat
from tests.desk_kit import Case, a_case
from tests.kit import World
from tests.time_kit import POLICY

REASONS = """
[[reasons]]
key = "explained"
title = { en = "Explained", ar = "تم التوضيح", ru = "Разъяснено" }
[[reasons]]
key = "out-of-scope"
of = "declined"
title = { en = "Out of scope", ar = "خارج النطاق", ru = "Вне поддержки" }
"""


async def test_a_reason_is_chosen_from_the_policys_list_and_stays_on_the_card(
    database_url: str, tmp_path: Path
) -> None:
    """EDC-5: whose list of reasons is known puts it into the policy; the customer reads none of it."""
    async with a_desk_with(database_url, tmp_path, POLICY + REASONS) as desk:
        customer, agent = chat(desk), await desk.agent()
        await customer.says("/new", "It has been down since this morning for all of us", "send")
        case = Case(desk, customer.person, customer.reference)
        await case.clicks(agent, "claim")

        dialog = await case.opens(agent, "resolve")
        assert dialog.fields["reason"].picks == {"explained": "Explained"}
        await case.sends(agent, "It is explained in the manual.", reason="explained")
        assert "How it ended\nExplained" in (await case.card()).text.replace(": ", "\n")
        assert case.reached("Explained") == 0
        await case.clicks(agent, "reopen")
        assert "Explained" not in (await case.card()).text
        dialog = await case.opens(agent, "decline")
        assert dialog.fields["reason"].picks == {"out-of-scope": "Out of scope"}
        await case.sends(agent, "This is not ours.", reason="out-of-scope")
        assert "Out of scope" in (await case.card()).text


async def test_nobody_is_asked_to_rate_what_was_resolved_without_a_survey(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    dialog = await case.opens(agent, "resolve")
    assert dialog.fields["survey"].value == "ask"
    assert "reason" not in dialog.fields

    await case.sends(agent, "Fixed.", survey="skip")
    await desk.presses_key(case.customer, "solved")
    assert case.reached("Thank you. Your request") == 1
    assert not case.reached("How satisfied")

    await case.clicks(agent, "reopen")
    await case.answers(agent, "resolve", "Fixed for good.")
    await desk.presses_key(case.customer, "solved")
    assert case.reached("How satisfied") == 1, "the next resolution asks again"


async def test_no_choice_is_offered_where_no_survey_is_asked(database_url: str, tmp_path: Path) -> None:
    """AIG-13, CAP-14: a desk without a survey of its own asks none."""
    async with a_desk_with(database_url, tmp_path, POLICY, "[defaults]\nsurvey = false") as desk:
        customer, agent = chat(desk), await desk.agent()
        await customer.says("/new", "It has been down since this morning for all of us", "send")
        case = Case(desk, customer.person, customer.reference)
        await case.clicks(agent, "claim")

        assert list((await case.opens(agent, "resolve")).fields) == ["text", "files"]
