"""What the clocks hold to: what was written when, what arrived, and what stays on record."""

import asyncio
from pathlib import Path

from bot.core.text import ascii_digits
from tests.customer_kit import chat
from tests.desk_kit import Case, bare
from tests.kit import CONTACT_CENTRE, World, reference_in
from tests.time_kit import at, files, happened, promising

ANSWER = """
[[targets]]
what = "first_response"
within = "4 business hours"
"""

BY_PRIORITY = """
[[levels]]
key = "lead"
title = { en = "Team lead", ar = "قائد الفريق", ru = "Руководитель" }
[[targets]]
what = "first_response"
within = "6 business hours"
[[targets]]
what = "first_response"
priority = "high"
within = "1 business hour"
[[ladders]]
what = "first_response"
[[ladders.steps]]
level = "lead"
"""


LESSON = "لا أستطيع فتح الدرس المسجل منذ صباح اليوم"


async def test_osl_6_an_answer_is_expected_from_24_hours_on_and_overdue_after_48(osool: World) -> None:
    """OSL-6: plain hours from the request, told in open hours, once each."""
    osool.clock.becomes(at(1, 10))
    customer = chat(osool, "ar")
    await customer.says("/new", "technical", "trainee", LESSON, "skip", "send")
    reference = reference_in(ascii_digits(customer.told))
    await osool.passes(hours=24, minutes=1)
    told = "The first answer is expected from now on. It is overdue from: Tuesday, 3 November, 10:00."
    assert told in bare(await osool.thread(reference, CONTACT_CENTRE))
    await osool.passes(days=2)

    assert bare(await osool.thread(reference, CONTACT_CENTRE)).count(told) == 1
    assert await happened(osool, reference, "reminded", "breached") == [
        ("reminded", "expected"),
        ("breached", "first_response"),
        ("reminded", "overdue"),
    ]


async def test_osl_6_where_the_office_opens_after_the_48th_hour_the_desk_hears_of_it_once(
    osool: World,
) -> None:
    """OSL-6: filed on Thursday at 14:30, half an hour after closing.

    Of one that was filed before closing, too, nobody says that it is expected already.
    """
    customer, filing = chat(osool, "ar"), ("/new", "technical", "trainee", LESSON, "skip", "send")
    osool.clock.becomes(at(5, 13, 50))
    await customer.says(*filing)
    early = reference_in(ascii_digits(customer.told))
    await osool.passes(minutes=1)
    assert "from now on" not in await osool.thread(early, CONTACT_CENTRE)

    osool.clock.becomes(at(5, 14, 30))
    await customer.says(*filing)
    reference = reference_in(ascii_digits(customer.told))
    await osool.passes(days=2, hours=12)
    assert "answer is" not in await osool.thread(reference, CONTACT_CENTRE)
    await osool.passes(days=1)

    assert bare(await osool.thread(reference, CONTACT_CENTRE)).count("The first answer is") == 1
    assert await happened(osool, reference, "breached", "reminded", "skipped") == [
        ("breached", "first_response"),
        ("skipped", "expected"),
        ("reminded", "overdue"),
    ]


async def test_cap_7_the_desk_is_reminded_after_a_working_day_of_what_is_due_after_24_working_hours(
    captain_mama: World,
) -> None:
    """CAP-7: filed on Thursday at 16:00, reminded on Sunday at 16:00, due on Tuesday at 16:00."""
    captain_mama.clock.becomes(at(5, 16))
    customer = chat(captain_mama, "ar")
    await customer.says("/new", "access", "none", "me@mail.com", "لا أستطيع تسجيل الدخول إلى حسابي", "send")
    reference = reference_in(ascii_digits(customer.told))
    await captain_mama.passes(days=2, hours=23, minutes=58)
    assert "answer is due" not in await captain_mama.thread(reference)
    await captain_mama.passes(minutes=5)
    told = "The first answer is due: Tuesday, 10 November, 16:00."
    assert told in bare(await captain_mama.thread(reference))
    await captain_mama.passes(days=1, hours=23, minutes=50)
    assert await happened(captain_mama, reference, "breached") == []
    await captain_mama.passes(minutes=10)
    assert ("breached", "first_response") in await happened(captain_mama, reference, "breached")


async def test_what_was_written_earlier_than_heard_counts_from_when_it_was_written(
    database_url: str, tmp_path: Path
) -> None:
    """Rule 1: Telegram brings it five hours late, and it is overdue when it arrives."""
    async with promising(database_url, tmp_path, ANSWER) as desk:
        customer = chat(desk)
        await customer.says("/new", "The printer on the second floor is silent")
        trouble = desk.telegram.faults.fail("getUpdates", status=502, times=None)
        await asyncio.sleep(0.1)
        await customer.person.says("send")
        desk.clock.goes(hours=5)
        trouble.lift()
        await customer.person.sees(lambda message: "received your request" in message.text, timeout=30)
        await desk.settles()
        reference = reference_in(customer.person.chat[-1].text)
        await desk.ticks()

        assert await happened(desk, reference, "breached") == [("breached", "first_response")]
        assert "It was due: Sunday, 1 November, 14:00." in bare(await desk.thread(reference))


async def test_while_an_answer_is_on_its_way_nothing_is_judged_and_undelivered_it_met_nothing(
    database_url: str, tmp_path: Path
) -> None:
    """Rule 2: the breach is recorded when it is known that the words reached nobody, and once."""
    async with promising(database_url, tmp_path, ANSWER) as desk:
        customer, reference = await files(desk)
        agent = await desk.agent()
        await agent.clicks("claim", await desk.card(reference))
        await desk.settles()
        trouble = desk.telegram.faults.fail("sendMessage", status=502, times=None)
        desk.clock.goes(hours=3, minutes=55)
        await agent.writes(await desk.card(reference), "We are looking at it")
        await desk.slack.idle()
        await desk.app.inbox.drain()
        desk.clock.goes(hours=1)
        await desk.app.tick()
        assert await happened(desk, reference, "breached", "met") == []

        await customer.person.blocks()
        trouble.lift()
        await desk.slack.until(lambda: _told(desk, "did not reach the customer"), within=30)
        await desk.settles()
        await desk.ticks()
        await desk.ticks()
        assert await happened(desk, reference, "breached", "met") == [("breached", "first_response")]


def _told(world: World, words: str) -> bool:
    return any(words in reply.text for card in world.slack.messages("C0SUPPORT") for reply in card.thread)


async def test_a_breach_is_recorded_once_and_never_laundered(database_url: str, tmp_path: Path) -> None:
    """Rule 5: triaged up, it is late at once and its ladder starts; triaged down again, it stays late."""
    lead = '[levels.lead]\nusers = ["U0LEAD"]'
    async with promising(database_url, tmp_path, BY_PRIORITY, lead) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await desk.passes(hours=2)
        for priority in ("high", "low"):
            await case.answers(agent, "priority", priority=priority)
            await desk.ticks()
        await agent.clicks("claim", await desk.card(reference))
        await desk.settles()
        await agent.writes(await desk.card(reference), "We are looking at it")
        await desk.settles()
        await desk.passes(days=3)

        assert await happened(desk, reference, "breached", "escalated", "met") == [
            ("breached", "first_response"),
            ("escalated", "step lead"),
            ("met", "first_response"),
        ]
        assert bare(await desk.thread(reference)).count("Escalated to Team lead") == 1
