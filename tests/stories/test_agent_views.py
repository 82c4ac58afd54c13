"""What agents look at: a ticket by its number, their lists, their Home; each sees what is theirs to see."""

import re
from pathlib import Path
from random import SystemRandom

from bot.core import reference
from bot.playground.slack import Agent
from bot.playground.slack.seen import Dialog, Shown
from tests.desk_kit import Case, a_case, bare
from tests.kit import SUPPORT, World, world

REVIEWER = 'reviewers = ["U0REVIEW"]'


async def window(case: Case, agent: Agent) -> Dialog:
    await case.world.settles()
    return await case.world.slack.until(lambda: agent.dialog)


async def home(desk: World, agent: Agent) -> Shown:
    await agent.opens_home()
    await desk.settles()
    return await desk.slack.until(lambda: agent.home)


async def presses(desk: World, agent: Agent, named: str, on: Shown | None = None) -> None:
    await agent.clicks(named, on)
    await desk.settles()


async def test_a_ticket_is_told_by_its_number_to_those_who_may_see_it(desk: World) -> None:
    """Any digits, dashes and blanks; what one may not see is answered exactly as what does not exist."""
    case, agent, stranger = await a_case(desk), await desk.agent(), desk.slack.agent("U0STRANGER", "stranger")
    digits = case.reference.replace("-", "")
    arabic = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    for typed in (case.reference, digits, arabic, f"№ {digits[:4]} {digits[4:]}", f"#{digits}"):
        await agent.gives("/ticket", typed)
        await desk.settles()
        told = agent.whispers
        assert f"{case.reference} · New" in told[-1].text
    assert len(told) == 5

    assert {"Claim", "Note"} <= set(told[-1].buttons)
    assert "Resolve" not in told[-1].buttons, "that is for whoever holds it"
    card = await case.card()
    assert f"https://local.slack.com/archives/{SUPPORT}/p{card.ts.replace('.', '')}" in str(told[-1].raw)
    await case.clicks(agent, "claim", told[-1])
    assert "Claimed by @U0AGENT" in await case.thread()

    await stranger.gives("/ticket", case.reference)
    mine = await case.learns(stranger, "There is no ticket")
    await stranger.gives("/ticket", reference.new(SystemRandom()))
    await desk.slack.until(lambda: len(stranger.whispers) == 2)
    assert [re.sub(r"\d{4}-\d{4}", "N", bare(word.text)) for word in stranger.whispers] == [
        re.sub(r"\d{4}-\d{4}", "N", bare(mine.text))
    ] * 2
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    await agent.gives("/ticket", wrong)
    await case.learns(agent, "This number is mistyped")
    await agent.gives("/ticket", "<!channel> hello")
    await case.learns(agent, "Give the number of the ticket, such as /ticket 4829-1372.")


async def test_the_shortcut_opens_a_window_in_which_verbs_are_used(desk: World) -> None:
    """Slash commands do not work in threads: the shortcut does, on the card and on each message under it."""
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    note = await case.says(other, "a word in the thread")

    await agent.uses("ticket", note)
    shown = await window(case, agent)
    assert f"{case.reference} · New" in shown.text
    await other.clicks("claim", await case.card())
    await presses(desk, agent, "claim", shown)
    assert "@U0OTHER is working on this ticket." in bare((await window(case, agent)).text)
    await agent.dismisses()

    await other.uses("ticket", await case.card())
    shown = await window(case, other)
    assert f"{case.reference} · Open" in shown.text
    await presses(desk, other, "reply", shown)
    assert (await window(case, other)).title == "Reply"
    await case.sends(other, "An answer from the window")
    assert case.reached("An answer from the window") == 1
    await other.uses("ticket", await case.card())
    await presses(desk, other, "release", await window(case, other))
    assert "Claim" in (await window(case, other)).buttons, "the window shows what is possible now"

    stray = await other.writes(SUPPORT, "no ticket's message")
    await other.uses("ticket", stray)
    await case.learns(other, "This message belongs to no ticket that you can see.")


async def test_home_shows_what_is_theirs_in_their_language_and_follows_what_changes(desk: World) -> None:
    """Mine, unclaimed, waiting, overdue, by queue; drawn again while they look, and for nobody else."""
    case, agent, idle = await a_case(desk), await desk.agent(), await desk.agent("U0IDLE")
    shown = await home(desk, agent)
    assert "In your hands: 0" in shown.text
    assert "Claimed by nobody: 1" in shown.text
    assert re.search(r"under work: 1 · claimed by nobody: 1 · overdue: 0", bare(shown.text))

    await presses(desk, agent, "ticket")
    await presses(desk, agent, "claim", await window(case, agent))
    await agent.dismisses()
    await desk.passes(seconds=5)
    assert agent.home is not None
    assert "In your hands: 1" in agent.home.text
    assert "Claimed by nobody: 0" in agent.home.text
    assert idle.home is None

    await case.answers(agent, "ask", "Which page is it?")
    await desk.passes(seconds=5)
    assert "Waiting for the customer: 1" in agent.home.text
    await agent.gives("/desk", "language русский")
    shown = await home(desk, agent)
    assert "У вас в работе: 1" in bare(shown.text)
    assert "In your hands" not in shown.text

    stranger = desk.slack.agent("U0STRANGER", "stranger")
    nothing = await home(desk, stranger)
    assert "You are in none of the desk's channels." in nothing.text
    assert case.reference not in nothing.text


async def test_who_left_the_queue_reads_no_more_of_what_they_still_hold(desk: World) -> None:
    """Neither by number, nor in their lists, nor by what was shown before, nor in private."""
    case, agent = await a_case(desk, "The turbine makes a noise"), await desk.agent()
    await case.clicks(agent, "claim")
    await agent.uses("ticket", await case.card())
    shown = await window(case, agent)
    assert case.reference in bare((await home(desk, agent)).text)
    await agent.leaves(SUPPORT)
    await desk.settles()

    await presses(desk, agent, "history", shown)
    assert "this ticket cannot be found" in (await window(case, agent)).text
    await agent.dismisses()
    await agent.gives("/ticket", case.reference)
    await case.learns(agent, f"There is no ticket {case.reference} that you can see.")
    assert case.reference not in bare((await home(desk, agent)).text)
    await agent.gives("/tickets", "find turbine")
    assert "Found: 0" in (await window(case, agent)).text
    await case.customer.says("It smokes, too")
    await desk.settles()
    assert "It smokes, too" in await case.thread()
    assert not [told for told in agent.whispers if "smokes" in told.text]


async def test_lists_are_paged(desk: World) -> None:
    """Mine first, then what nobody has claimed, ten on a page; Home eight."""
    agent, people = await desk.agent(), [desk.customer("en", phone=f"+9665000001{n:02}") for n in range(11)]
    references = [await desk.files(person) for person in people]
    await desk.settles()
    case = Case(desk, people[0], references[0])
    await case.clicks(agent, "claim")

    await agent.gives("/tickets", "down")
    assert "/tickets find: search by number" in bare((await case.learns(agent, "search by number")).text)
    assert agent.dialog is None
    await agent.gives("/tickets")
    shown = await window(case, agent)
    assert shown.text.index("In your hands: 1") < shown.text.index(references[0])
    assert shown.text.index(references[0]) < shown.text.index("Claimed by nobody: 10")
    assert all(reference in shown.text for reference in references[1:])
    await agent.dismisses()

    tab = await home(desk, agent)
    assert references[8] in tab.text
    assert references[9] not in tab.text
    await presses(desk, agent, "Next page")
    assert agent.home is not None
    assert references[9] in agent.home.text
    assert references[8] not in agent.home.text


async def test_cmp_9_a_reviewer_reads_everything_and_changes_nothing(
    database_url: str, tmp_path: Path
) -> None:
    """CMP-9: every ticket, list and account, and no verb, whatever they press."""
    async with world(database_url, tmp_path, extra=REVIEWER) as desk:
        case, agent, reviewer = (
            await a_case(desk),
            await desk.agent(),
            desk.slack.agent("U0REVIEW", "reviewer"),
        )
        await agent.gives("/ticket", case.reference)
        of_an_agent = await case.learns(agent, case.reference)
        before = await case.facts()

        await reviewer.gives("/ticket", case.reference)
        told = await case.learns(reviewer, f"{case.reference} · New")
        assert not {"Claim", "Note", "Assign"} & set(told.buttons)
        assert "Claimed by nobody: 1" in (await home(desk, reviewer)).text
        for verb in ("claim", "note", "assign", "transfer", "priority"):
            await acts_as(reviewer, of_an_agent, verb)
        await desk.settles()

        assert reviewer.dialog is None
        assert await case.facts() == before
        await case.learns(reviewer, "Only members of this queue's channel can act on its tickets.")


async def acts_as(reviewer: Agent, of_an_agent: Shown, verb: str) -> None:
    """Press what was put before somebody else, as a forged request would."""
    await reviewer.clicks(verb, Shown({**of_an_agent.raw, "id": "V0FORGED", "type": "home"}))
