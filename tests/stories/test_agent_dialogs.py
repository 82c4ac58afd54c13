"""The agents' dialogs: reply, ask, note, priority, resolve; and what they say when it is too late."""

import asyncio

from bot.core.ticket import Status
from storage import tickets
from tests.desk_kit import a_case, bare, comes_back
from tests.kit import World

CHANGED = "Nothing was sent: the ticket has changed since you opened this window."
MEANWHILE = "somebody else has changed this since you opened the window"
CAREFUL = "Long and careful words"


async def test_a_reply_is_sent_once_and_shown_in_the_thread(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    dialog = await case.opens(agent, "reply")
    assert case.reference in dialog.text
    await case.sends(agent, "We are <b>on</b> it & more")

    assert agent.dialog is None
    assert case.reached("We are <b>on</b> it & more") == 1
    assert "@U0AGENT to the customer:\nWe are <b>on</b> it & more" in await case.thread()


async def test_a_dialog_that_is_sent_twice_counts_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.opens(agent, "reply")

    await asyncio.gather(*(agent.submits({"text": "We are on it"}) for _ in range(2)))
    await desk.settles()

    assert agent.dialog is None
    assert case.reached("We are on it") == 1


async def test_three_thousand_characters_arrive_whole(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    long = "Порядок слов " * 230

    await case.answers(agent, "reply", long[:3000])

    told = await case.customer.sees("Порядок слов")
    assert long[:3000].strip() in told.text
    assert long[:3000].strip() in await case.thread()


async def test_a_question_waits_for_the_customer_and_their_answer_opens_it_again(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await case.answers(agent, "ask", "Which browser is it?")
    assert "Waiting for the customer" in (await case.card()).text
    await case.customer.sees("A question about your request")
    assert "@U0AGENT asks the customer:\nWhich browser is it?" in await case.thread()

    await case.customer.says("Firefox")
    assert "Open" in (await case.card()).text
    assert "Firefox" in await case.thread()


async def test_a_note_stays_on_the_desk(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    await case.answers(agent, "note", "They have not paid")

    assert "Note by @U0AGENT:\nThey have not paid" in await case.thread()
    assert not case.reached("They have not paid")


async def test_a_priority_is_changed_and_said(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    dialog = await case.opens(agent, "priority")
    assert dialog.fields["priority"].value == "normal"
    assert list(dialog.fields["priority"].picks.values()) == ["High", "Normal", "Low"]
    await case.sends(agent, priority="high")

    assert "Priority: High" in (await case.card()).text
    assert "set the priority: High" in (await case.thread()).translate({0x2068: "", 0x2069: ""})
    assert "prioritised agent:U0AGENT" in await case.facts()


async def test_a_resolution_asks_the_customer_and_can_be_reopened(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await case.answers(agent, "resolve", "It was the certificate.")
    solution = await case.customer.sees("It was the certificate.")
    assert "Is the problem solved?" in solution.text
    assert (await case.card()).buttons == ["Reopen", "Note"]

    await case.clicks(agent, "reopen")
    assert "Open" in (await case.card()).text
    assert "Opened again by @U0AGENT" in await case.thread()
    await case.customer.sees("is open again: we are working on it")


async def test_a_resolution_needs_no_words(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await case.answers(agent, "resolve")

    await case.customer.sees("has been resolved")
    assert "Resolved by @U0AGENT" in await case.thread()


async def test_reopening_ends_with_its_window(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve")

    desk.clock.goes(hours=73)
    await case.clicks(agent, "reopen")

    await case.learns(agent, "The time to reopen this ticket is over")
    assert "Resolved" in (await case.card()).text


async def test_reopen_leaves_the_card_when_its_window_is_over(desk: World) -> None:
    """By itself: nobody touches the ticket."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve")
    await desk.passes(hours=71)
    assert "Reopen" in (await case.card()).buttons

    await desk.passes(hours=2)
    assert "Reopen" not in (await case.card()).buttons


async def test_nothing_but_blanks_is_refused_beside_the_field(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    for verb in ("reply", "ask", "note"):
        await case.opens(agent, verb)
        await case.sends(agent, " \u200f\n ")
        assert agent.dialog
        missing = "words, or send a file." if verb == "reply" else "words."
        assert agent.dialog.errors == {"text": f"Please write a few {missing}"}
        await agent.dismisses()
    await case.opens(agent, "reply")
    await case.sends(agent, "  ")
    await case.sends(agent, "We are on it")

    assert agent.dialog is None
    assert case.reached("About your request") == 1


async def test_a_dialog_opened_before_the_ticket_changed_hands_gives_the_words_back(desk: World) -> None:
    case, first, second = await a_case(desk), await desk.agent("U0FIRST"), await desk.agent("U0SECOND")
    await case.clicks(first, "claim")
    for verb in ("reply", "ask", "resolve"):
        await case.opens(first, verb)
        await case.clicks(first, "release")
        await case.clicks(second, "claim")

        await comes_back(case, first, CAREFUL, "the ticket is in somebody else's hands now")
        await case.clicks(second, "release")
        await case.clicks(first, "claim")
    assert CAREFUL not in await case.thread()


async def test_a_dialog_opened_before_the_ticket_was_resolved_gives_the_words_back(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    supervisor = await desk.agent("U0SUPER")
    await case.clicks(agent, "claim")
    await case.opens(agent, "reply")

    await case.answers(supervisor, "resolve")
    await comes_back(case, agent, CAREFUL, CHANGED)


async def test_a_supervisor_whose_dialog_is_older_than_the_hands_it_is_in_gets_the_words_back(
    desk: World,
) -> None:
    """A supervisor may whatever the claimer may, so nothing but the dialog's age is in the way."""
    case, first, second = await a_case(desk), await desk.agent("U0FIRST"), await desk.agent("U0SECOND")
    supervisor = await desk.agent("U0SUPER")
    await case.clicks(first, "claim")
    for verb in ("reply", "ask", "resolve"):
        await case.opens(supervisor, verb)
        await case.clicks(first, "release")
        await case.clicks(second, "claim")

        file = supervisor.uploads(f"{verb}.pdf", b"%PDF")["id"]
        told = await comes_back(case, supervisor, CAREFUL, MEANWHILE, files=file)
        again = f"Please add them once more:\nDocument: {verb}.pdf"
        assert again in bare(told), "no window can be given files"
        await case.clicks(second, "release")
        await case.clicks(first, "claim")
    assert "· Open" in (await case.card()).text
    assert not case.reached("has been resolved")
    assert CAREFUL not in await case.thread()


async def test_what_is_older_than_a_solution_that_was_reopened_is_given_back(desk: World) -> None:
    """The ticket is in the same hands and open, as it was, and the customer has just been told otherwise."""
    case, agent, supervisor = await a_case(desk), await desk.agent(), await desk.agent("U0SUPER")
    await case.clicks(agent, "claim")
    for verb in ("resolve", "decline", "hold"):
        await case.opens(supervisor, verb)
        await case.answers(agent, "resolve", "Done")
        await case.clicks(agent, "reopen")

        await comes_back(case, supervisor, "Done, I think", MEANWHILE)


async def test_a_button_of_an_old_drawing_says_so_and_the_card_is_drawn_again(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    old = await case.glance()
    await case.answers(agent, "resolve")
    drawn = sum(name == "chat.update" for name, _call in desk.slack.calls)

    await case.clicks(agent, "ask", old)

    await case.learns(agent, "the ticket has changed meanwhile")
    await desk.settles()
    assert agent.dialog is None
    assert sum(name == "chat.update" for name, _call in desk.slack.calls) == drawn + 1


async def test_a_dialog_that_slack_opens_no_more_breaks_nothing(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    desk.slack.faults.fail("views.open", error="expired_trigger_id")
    await case.clicks(agent, "reply")
    assert agent.dialog is None

    await case.answers(agent, "reply", "We are on it")
    assert case.reached("We are on it") == 1


async def test_who_did_what_is_on_record(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    supervisor = await desk.agent("U0SUPER")
    await case.clicks(agent, "claim")
    await case.says(agent, "We are on it")
    await case.answers(supervisor, "resolve", "Done.")

    assert await case.facts() == [
        "filed customer",
        "claimed agent:U0AGENT",
        "replied agent:U0AGENT",
        "delivered desk",
        "resolved agent:U0SUPER",
        "delivered desk",
    ]


async def test_the_window_to_reopen_counts_from_the_moment_the_customer_had_the_solution(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    desk.telegram.faults.fail("sendMessage")

    await case.answers(agent, "resolve")
    desk.clock.goes(hours=2)
    solution = await case.customer.sees("has been resolved")
    await desk.settles()

    ticket = await desk.app.store.read(lambda tx: tickets.find(tx, case.reference.replace("-", "")))
    assert ticket
    assert ticket.status is Status.RESOLVED
    assert ticket.resolved_at
    assert ticket.solution_at
    assert ticket.solution_at > ticket.resolved_at
    assert abs((ticket.solution_at - solution.at).total_seconds()) < 2
