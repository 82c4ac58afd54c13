"""What is late goes up: to whom the policy's ladder names, once, and who is named there may act on it."""

from pathlib import Path

import pytest

from bot import premises
from bot.playground.slack import Agent
from tests.customer_kit import Chat, chat, gives
from tests.desk_kit import Case, bare
from tests.kit import Street, World, living_in, street
from tests.time_kit import POLICY, at, files, happened, promising

SERVER = "The server does not answer since this morning"

LADDER = """
[[levels]]
key = "on-duty"
title = { en = "Officer on duty", ar = "المناوب", ru = "Дежурный" }
[[targets]]
what = "first_response"
within = "1 hour"
reminders_in = "always"
[[ladders]]
what = "first_response"
[[ladders.steps]]
level = "on-duty"
does = "assign"
"""


async def compusofts(world: World, importance: str) -> tuple[Chat, str]:
    """Somebody files a ticket with Compusoft on Sunday at 10:00."""
    world.clock.becomes(at(1, 10))
    customer = chat(world)
    await customer.says("/new", SERVER, importance, "send")
    return customer, customer.reference


async def test_a_late_answer_is_told_to_the_department_manager_at_once(compusoft: World) -> None:
    """CMP-3, CMP-1: urgent is answered within an hour, or the department manager hears of it; once."""
    manager = compusoft.slack.agent("U0MANAGER", "manager")
    customer, reference = await compusofts(compusoft, "urgent")
    await compusoft.passes(minutes=59)
    assert "Escalated" not in await compusoft.thread(reference)
    await compusoft.passes(days=2)

    thread = bare(await compusoft.thread(reference))
    assert thread.count("Escalated to Department manager") == 1
    assert "@U0MANAGER" in thread
    handed = bare(manager.whispers[-1].text)
    assert f"Ticket {reference} was escalated to Department manager" in handed
    assert "The first response was due Sunday, 1 November, 11:00" in handed
    assert "Nobody has claimed it. Its queue: " in handed
    assert SERVER in handed
    assert SERVER not in manager.whispers[-1].raw["text"]
    assert await happened(compusoft, reference, "breached", "escalated") == [
        ("breached", "first_response"),
        ("escalated", "step department-manager"),
    ]

    case = Case(compusoft, customer.person, reference)
    await case.clicks(manager, "claim", manager.whispers[-1])
    await works_from_afar(case, manager)


async def works_from_afar(case: Case, agent: Agent) -> None:
    """Somebody who is not in the queue's channel answers and resolves by what they were handed."""
    assert agent.id in bare((await case.card()).text)
    handed = await case.learns(agent, "In the hands of")
    with pytest.raises(LookupError):
        await case.clicks(agent, "reply")
    await case.clicks(agent, "reply", handed)
    await case.sends(agent, "I take care of it myself")
    assert case.reached("I take care of it myself") == 1
    await case.clicks(agent, "resolve", handed)
    await case.sends(agent, "It runs again.")
    assert case.reached("It runs again.") == 1


async def test_a_late_solution_is_assigned_to_the_supervisor_then_told_to_senior_management(
    compusoft: World,
) -> None:
    """CMP-3: assigned to the supervisor, who may act on it; senior management after one working day."""
    supervisor = compusoft.slack.agent("U0SUPERVIS", "supervisor")
    senior = compusoft.slack.agent("U0SENIOR", "senior")
    customer, reference = await compusofts(compusoft, "high")
    agent = await compusoft.agent()
    await agent.clicks("claim", await compusoft.card(reference))
    await compusoft.settles()
    await agent.writes(await compusoft.card(reference), "We are looking at it")
    await compusoft.passes(hours=7, minutes=58)
    assert "@U0SUPERVIS" not in await compusoft.thread(reference)
    await compusoft.passes(minutes=3)  # 18:00, when the office is closed: at once is at any hour
    thread = bare(await compusoft.thread(reference))
    assert "The ticket is now in the hands of @U0SUPERVIS" in bare(thread)
    assert "@U0SUPERVIS" in (await compusoft.card(reference)).text
    assert "Senior management" not in thread

    (handed,) = supervisor.whispers  # which says all, so no reminder follows it
    assert "The resolution was due Sunday, 1 November, 18:00" in bare(handed.text)
    assert "In the hands of @U0SUPERVIS" in bare(handed.text)
    assert "We are looking at it" in handed.text

    await compusoft.passes(days=2)
    thread = bare(await compusoft.thread(reference))
    assert thread.count("Escalated to Senior management") == 1
    assert "@U0SENIOR @S0SENIORS" in thread
    assert "Executive" not in thread  # CMP-3: by hand, and for what is critical

    case = Case(compusoft, customer.person, reference)
    await case.clicks(senior, "assign", senior.whispers[-1])
    await case.sends(senior)  # into their own hands
    assert "Claimed by @U0SENIOR" in await case.thread()
    await case.learns(supervisor, "The ticket is now in the hands of @U0SENIOR.")
    await works_from_afar(case, senior)


ALWAYS = """
[[targets]]
what = "resolution"
within = "4 hours"
remind = ["50%"]
reminders_in = "always"
[unanswered]
within = "1 hour"
then = "offer"
"""


async def test_who_holds_a_ticket_without_seeing_its_thread_is_reminded_in_private(
    sqlite_url: str, tmp_path: Path
) -> None:
    """EDC-10: also of a question without an answer, which they may end."""
    on_duty = '[levels.on-duty]\nusers = ["U0DUTY"]'
    async with promising(sqlite_url, tmp_path, LADDER + ALWAYS, on_duty) as desk:
        duty = desk.slack.agent("U0DUTY", "duty")
        customer, reference = await files(desk)
        case = Case(desk, customer.person, reference)
        await desk.passes(hours=1, minutes=1)
        await case.clicks(duty, "ask", await case.learns(duty, "In the hands of"))
        await case.sends(duty, "Which browser is it?")
        await desk.passes(hours=1, minutes=5)
        offered = await case.learns(duty, "Our question has not been answered. The ticket may be ended.")
        assert "End unanswered" in offered.buttons
        told = [bare(message.text) for message in duty.whispers]
        assert [("The solution is due: " in text) for text in told].count(True) == 1
        await desk.passes(hours=2)
        reminder = await case.learns(duty, "The solution is overdue. It was due: ")
        assert f"Ticket {reference}" in bare(reminder.text)
        await case.clicks(duty, "resolve", reminder)


async def test_a_group_gets_the_ticket_free_and_its_members_may_act(
    database_url: str, tmp_path: Path
) -> None:
    group = '[levels.on-duty]\ngroups = ["S0DUTY"]'
    async with promising(database_url, tmp_path, LADDER, group) as desk:
        officer = desk.slack.agent("U0OFFICER", "officer")
        desk.slack.group("S0DUTY", "duty", users=[officer.id])
        await premises.look(desk.app)
        _, reference = await files(desk)
        agent = await desk.agent()
        await agent.clicks("claim", await desk.card(reference))
        await desk.passes(hours=1, minutes=1)

        thread = bare(await desk.thread(reference))
        assert "The ticket is free to be claimed" in thread
        assert "@S0DUTY" in thread
        await officer.clicks("claim", officer.whispers[-1])
        await desk.settles()
        assert f"Claimed by: @{officer.id}" in bare((await desk.card(reference)).text)


async def test_after_a_standstill_only_the_highest_step_is_taken(compusoft: World) -> None:
    """A desk that stood still for three days tells senior management, and assigns nothing late."""
    _, reference = await compusofts(compusoft, "high")
    compusoft.clock.goes(days=3)
    await compusoft.ticks()

    thread = bare(await compusoft.thread(reference))
    assert "Escalated to Senior management" in thread
    assert "supervisor" not in thread
    assert ("skipped", "step department-supervisor") in await happened(compusoft, reference, "skipped")


async def test_a_level_that_the_desk_file_no_longer_has_is_said_in_the_thread(
    database_url: str, tmp_path: Path
) -> None:
    """The ticket keeps the ladder that it was filed under."""
    async with street(database_url, tmp_path, extra='[levels.on-duty]\nusers = ["U0DUTY"]') as place:
        place.clock.becomes(at(1, 10))
        gives(place, POLICY + LADDER)
        async with living_in(place) as desk:
            await place.listens()
            _, reference = await files(desk)
        gives(place, POLICY)
        names_nobody(place)
        async with living_in(place) as desk:
            await desk.passes(hours=2)

            said = "This ticket should go to Officer on duty, but the desk file names nobody there."
            assert bare(await desk.thread(reference)).count(said) == 1
            assert await happened(desk, reference, "escalated") == [("escalated", "step on-duty")]


def names_nobody(place: Street) -> None:
    """The desk file loses its last table, the levels."""
    desk = Path(place.settings["SANAD_DESK"])
    desk.write_text(desk.read_text("utf-8").partition("[levels.on-duty]")[0], "utf-8")
