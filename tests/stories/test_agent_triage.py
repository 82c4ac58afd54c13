"""An agent judges a ticket: its priority and its complexity move the clocks, and the customer hears of it."""

import re
from pathlib import Path

from bot.playground.slack import Agent
from tests.customer_kit import chat
from tests.desk_kit import Case, bare
from tests.kit import SUPPORT, World, world
from tests.stories.conftest import monday
from tests.stories.test_agent_history import reads
from tests.time_kit import at, files, happened, promising

WRITTEN = "The lesson has not opened since this morning, whatever I try"

BY_PRIORITY = """
[[targets]]
what = "resolution"
priority = "high"
within = "2 business hours"
[[targets]]
what = "resolution"
priority = "low"
within = "16 business hours"
"""


async def test_the_solution_is_promised_when_an_agent_has_said_how_complex_it_is(captain_mama: World) -> None:
    """CAP-7: simple in 3 working days, complex in at most 5; before that the first reply only is promised."""
    customer = chat(captain_mama, "ar")
    await customer.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
    case, agent = Case(captain_mama, customer.person, customer.reference), await captain_mama.agent()
    assert "Resolution: Thursday, 26 November, 10:0" in bare((await case.card()).text)
    assert "(not promised until the complexity is set)" in (await case.card()).text

    dialog = await case.opens(agent, "complexity")
    assert dialog.fields["complexity"].picks == {
        "simple": "Simple technical problem",
        "complex": "Complex or special technical problem",
    }
    await case.sends(agent, complexity="complex")
    assert case.reached("الحل في موعد أقصاه يوم الاثنين 30 نوفمبر") == 1
    assert "Complexity: Complex or special technical problem" in bare((await case.card()).text)
    assert "Resolution: Monday, 30 November, 10:0" in bare((await case.card()).text)
    assert "@U0AGENT set the complexity: Complex or special technical problem." in bare(await case.thread())

    await case.clicks(agent, "claim")
    dialog = await case.opens(agent, "extend")
    assert list(dialog.fields["target"].picks) == ["resolution"]  # CAP-8: of the solution only
    await agent.dismisses()
    told = len(customer.person.chat)
    await case.answers(agent, "complexity", complexity="simple")
    assert len(customer.person.chat) == told  # it got better, so nothing worsened
    assert await happened(captain_mama, case.reference, "classified") == [("classified", "")] * 2


async def test_the_customers_choice_is_provisional_until_an_agent_confirms_it(compusoft: World) -> None:
    """CMP-2: the representative classifies; the clocks are recomputed."""
    customer = chat(compusoft)
    await customer.says("/new", WRITTEN, "urgent", "send")
    case, agent = Case(compusoft, customer.person, customer.reference), await compusoft.agent()
    assert "Priority: Urgent (as the customer sees it)" in bare((await case.card()).text)

    await case.answers(agent, "priority", priority="urgent")
    assert "@U0AGENT confirmed the priority: Urgent." in bare(await case.thread())
    assert "as the customer sees it" not in (await case.card()).text

    await case.opens(agent, "priority")
    supervisor = await compusoft.agent("U0SUPER")
    await case.answers(supervisor, "priority", priority="low")
    told = bare((await case.customer.sees("Its priority is now: ")).text)
    assert told.startswith(f"About your request {case.reference}:")
    assert "Our first reply needs longer than we said" in told
    assert "First response: Monday, 23 November, 22:0" in bare((await case.card()).text)

    await case.sends(agent, priority="high")
    assert agent.dialog
    assert "somebody else has changed this since you opened the window" in agent.dialog.text
    assert "Priority: Low" in bare((await case.card()).text)


async def test_a_new_triage_counts_from_the_opening_up_and_down(database_url: str, tmp_path: Path) -> None:
    """Rule 5: what is overdue by it is so at once, and a recorded breach stays when it is lowered.

    For the customer it is late only when the moment that they know has passed.
    """
    async with promising(database_url, tmp_path, BY_PRIORITY) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        assert "Resolution" not in (await case.card()).text  # nothing is promised without a priority
        await case.answers(agent, "priority", priority="low")
        assert "Resolution: Monday, 2 November, 18:0" not in bare((await case.card()).text)
        assert "Resolution: Tuesday, 3 November, 10:0" in bare((await case.card()).text)
        await desk.passes(hours=4)

        await case.answers(agent, "priority", priority="high")
        assert "Resolution: overdue since Sunday, 1 November, 12:0" in bare((await case.card()).text)
        await desk.passes(minutes=1)
        await customer.says(reference)
        assert "has passed" not in customer.told
        assert "You will have a solution by Tuesday 10:00 (Riyadh time)." in customer.told
        await case.answers(agent, "priority", priority="low")
        await desk.passes(hours=20)

        assert "Resolution: was late; now due Tuesday, 3 November, 10:0" in bare((await case.card()).text)
        await customer.says(reference)
        assert "has passed" not in customer.told
        assert "You will have a solution by 10:00 tomorrow (Riyadh time)." in customer.told
        assert await happened(desk, reference, "breached") == [("breached", "resolution")]
        assert desk.clock() < at(3, 10)

        await desk.passes(days=2)
        await case.clicks(agent, "claim")
        assert "Resolution: overdue since Sunday, 1 November, 12:0" in bare((await case.card()).text)
        assert await happened(desk, reference, "breached") == [("breached", "resolution")]
        await customer.says(reference)
        assert "has passed" in customer.told
        mornings = [bare(m.text) for m in desk.slack.messages(SUPPORT) if "This morning" in bare(m.text)]
        assert [("Overdue: 1" in text) for text in mornings] == [False, False, True]
        assert "The solution is overdue. It was due: Sunday, 1 November, 12:0" in mornings[-1]


async def test_what_only_a_person_can_escalate_goes_up_by_a_verb(compusoft: World) -> None:
    """CMP-3: critical cases go to the executives, by hand; CMP-15: the dialog says who does what."""
    customer = chat(compusoft)
    await customer.says("/new", WRITTEN, "urgent", "send")
    case, agent = Case(compusoft, customer.person, customer.reference), await compusoft.agent()
    executive = compusoft.slack.agent("U0EXECUT", "executive")

    dialog = await case.opens(agent, "escalate")
    assert dialog.fields["level"].picks == {"executive-team": "Executive team"}
    assert "Takes critical decisions and escalates to suppliers" in dialog.text
    await case.sends(agent, "Their whole shop stands still", level="executive-team")

    thread = bare(await case.thread())
    assert "@U0AGENT escalates this ticket.\nTheir whole shop stands still" in thread
    assert "Escalated to Executive team" in thread
    handed = executive.whispers[-1]
    assert f"Ticket {case.reference} was escalated to Executive team" in bare(handed.text)
    assert "Their whole shop stands still" in handed.text
    assert "Escalated to: Executive team" in bare((await case.card()).text)
    assert "Escalate" not in (await case.card()).choices
    assert not case.reached("shop stands still")
    await case.clicks(executive, "claim", handed)
    assert "Claimed by: @U0EXECUT" in (await case.card()).text


async def test_what_was_late_and_got_longer_is_overdue_again_at_its_new_moment(
    database_url: str, tmp_path: Path
) -> None:
    """Rule 5: the breach stays on record, once; the card reads right though nobody touches it."""
    async with promising(database_url, tmp_path, BY_PRIORITY) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.answers(agent, "priority", priority="high")
        await desk.passes(hours=3)
        assert "Resolution: overdue since Sunday, 1 November, 12:0" in bare((await case.card()).text)

        await case.answers(agent, "priority", priority="low")
        assert "Resolution: was late; now due Tuesday, 3 November, 10:0" in bare((await case.card()).text)
        desk.clock.becomes(at(3, 9, 59))
        await desk.ticks()
        assert "was late; now due" in bare((await case.card()).text)

        mornings = [bare(post.text) for post in desk.slack.messages(SUPPORT) if "This morning" in post.text]
        assert "Due today: 1" in mornings[-1]
        assert "The solution is due: Tuesday, 3 November, 10:0" in mornings[-1]

        await desk.passes(minutes=5)
        assert "Resolution: overdue since" in bare((await case.card()).text)
        assert await happened(desk, reference, "breached") == [("breached", "resolution")]
        for was in (
            "Sunday, 1 November, 12:0",
            "Tuesday, 3 November, 10:0",
        ):  # each moment passed, and was told
            assert bare(await case.thread()).count(f"The solution is overdue. It was due: {was}") == 1
        told = bare((await case.opens(agent, "why")).text)
        assert "Missed, and on record: Sunday, 1 November 2026, 12:0" in told
        assert "Due: Tuesday, 3 November 2026, 10:0" in told


async def test_what_was_late_stays_late_where_nothing_is_promised_any_more(compusoft: World) -> None:
    """CMP-1: high is to be solved in 8 hours, and for medium no time is stated; rule 5."""
    compusoft.clock.becomes(at(22, 9))
    customer = chat(compusoft)
    await customer.says("/new", WRITTEN, "high", "send")
    case = Case(compusoft, customer.person, customer.reference)
    await compusoft.passes(hours=8, minutes=1)
    supervisor = await compusoft.agent("U0SUPERVIS")
    await case.answers(supervisor, "priority", priority="medium")

    late = "Resolution: overdue since Sunday, 22 November, 17:0"
    assert late in bare((await case.card()).text)
    told = bare((await case.opens(supervisor, "why")).text)
    await supervisor.dismisses()
    assert "By its triage of now nothing is promised, but the breach stays on record." in told
    assert re.search(r"Due: Sunday, 22 November 2026, 17:00:\d\d\nLate by 0:01:\d\d", told)
    await customer.says(case.reference)
    assert "has passed" in customer.told
    await compusoft.passes(days=1)
    assert late in bare((await case.card()).text)
    assert f"{case.reference} · The solution is overdue" in bare(compusoft.slack.messages(SUPPORT)[-1].text)


async def test_cap_7_what_is_only_assumed_is_never_called_late(sqlite_url: str, tmp_path: Path) -> None:
    """CAP-7: before an agent has judged it the customer was promised the first reply only."""
    async with world(sqlite_url, tmp_path, policy="captain-mama", clock=monday()) as desk:
        customer, agent = chat(desk, "ar"), await desk.agent()
        await customer.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
        case = Case(desk, customer.person, customer.reference)
        await case.clicks(agent, "claim")
        await case.says(agent, "We look into it")
        await desk.passes(days=4)
        await agent.gives("/tickets")
        listed = await desk.slack.until(lambda: agent.dialog)
        await agent.dismisses()

        told = "The time that we assume for a solution is over: Thursday, 26 November, 10:0"
        thread = bare(await case.thread())
        assert told in thread
        assert re.search(r"The solution is due: Thursday, .*10:0\d\. It is not promised until", thread)
        assert "is overdue" not in thread
        own = r"Thursday, 26 November, 10:0\d \(not promised until the complexity is set\)"
        for shown in (await case.card(), listed):
            assert re.search(own, bare(shown.text)), shown.text
            assert "overdue since" not in bare(shown.text)
        assert {"In your hands: 1", "Overdue: 0"} <= set(await _home(desk, agent))
        read = bare((await reads(case, agent)).text)
        await agent.dismisses()
        assert "assumed time over, not promised · Resolution" in read
        assert "missed" not in read

        await case.answers(agent, "complexity", complexity="simple")
        assert "Resolution: overdue since Thursday, 26 November, 10:0" in bare((await case.card()).text)
        assert "Overdue: 1" in await _home(desk, agent)
        await desk.passes(days=2)
        late = "The solution is overdue. It was due: Thursday, 26 November, 10:0"
        assert [late in bare(posted.text) for posted in desk.slack.messages(SUPPORT)[-2:]] == [True, True]
        await reads(case, agent)
        read = bare((await reads(case, agent, "Previous page")).text)
        assert re.search(r"Friday, .* · Desk · missed · Resolution", read)


async def test_cap_7_what_is_promised_after_the_assumed_time_is_late_at_its_own_moment(
    sqlite_url: str, tmp_path: Path
) -> None:
    """CAP-7: complex, said on the fifth day: the third was promised to nobody, the promise is of Monday."""
    async with world(sqlite_url, tmp_path, policy="captain-mama", clock=monday()) as desk:
        customer, agent = chat(desk, "ar"), await desk.agent()
        await customer.says("/new", "access", "none", "me@mail.com", WRITTEN, "send")
        case = Case(desk, customer.person, customer.reference)
        await case.says(agent, "We look into it")
        await desk.passes(days=4)
        await case.answers(agent, "complexity", complexity="complex")
        assert "Resolution: Monday, 30 November, 10:0" in bare((await case.card()).text)
        await desk.passes(days=4)

        assert "Resolution: overdue since Monday, 30 November, 10:0" in bare((await case.card()).text)
        digest = bare(desk.slack.messages(SUPPORT)[-1].text)
        assert f"{case.reference} · The solution is overdue. It was due: Monday, 30 November, 10:0" in digest
        why = bare((await case.opens(agent, "why")).text).partition("Resolution")[2]
        await agent.dismisses()
        assert "Due: Monday, 30 November 2026, 10:00" in why
        assert "26 November 2026, 10:00" not in why
        await reads(case, agent)
        read = bare((await reads(case, agent, "Previous page")).text)
        assert "assumed time over, not promised · Resolution" in read
        assert re.search(r"Monday, 30 .* · Desk · missed · Resolution", read)


async def _home(desk: World, agent: Agent) -> list[str]:
    await agent.opens_home()
    await desk.settles()
    assert agent.home
    return bare(agent.home.text).split("\n")
