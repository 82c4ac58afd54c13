"""Words heard late, twice, out of order or changed: what a message is, is fixed once, and nothing leaks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.playground.slack import Agent
from storage import Tx
from storage.schema import agents
from tests.desk_kit import Case, a_case, a_desk
from tests.kit import SUPPORT, World


@pytest.fixture
async def undoing(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """A desk where an answer waits 30 seconds before it goes out."""
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as here:
        yield here


async def heard_late(case: Case, agent: Agent, text: str, *meanwhile: tuple[Agent, str]) -> None:
    """The agent writes, others press buttons, and only then Slack tells of the words."""
    case.world.slack.faults.hold_events()
    await agent.writes(await case.card(), text)
    for who, button in meanwhile:
        await case.clicks(who, button)
    await case.world.slack.release_events()
    await case.world.settles()


async def test_words_from_before_the_claim_do_not_leave(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()

    await heard_late(case, agent, "Who takes this one?", (agent, "claim"))

    told = await case.learns(agent, "it was written before you claimed the ticket")
    assert not case.reached("Who takes this one?")
    await case.clicks(agent, "Send to customer", told)
    assert case.reached("Who takes this one?") == 1


async def test_words_heard_after_the_release_do_not_leave(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await heard_late(case, agent, "I give this back", (agent, "release"))

    await case.learns(agent, "nobody has claimed the ticket")
    assert not case.reached("I give this back")


async def test_words_of_the_one_before_do_not_leave_when_another_has_claimed(desk: World) -> None:
    case = await a_case(desk)
    first, second = await desk.agent("U0FIRST"), await desk.agent("U0SECOND")
    await case.clicks(first, "claim")

    await heard_late(case, first, "Yours now", (first, "release"), (second, "claim"))

    await case.learns(first, "somebody else is working on the ticket")
    assert not case.reached("Yours now")


async def test_words_from_an_earlier_claim_do_not_leave_in_a_later_one(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    await heard_late(case, agent, "Too hard for me", (agent, "release"), (agent, "claim"))

    await case.learns(agent, "it was written before you claimed the ticket")
    assert not case.reached("Too hard for me")


async def test_words_written_while_it_was_resolved_do_not_leave_after_reopening(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve")

    await heard_late(case, agent, "At last they are quiet", (agent, "reopen"))
    await case.says(agent, "We go on")

    assert not case.reached("At last they are quiet")
    assert case.reached("We go on") == 1


async def test_words_heard_twice_leave_once(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    desk.slack.faults.repeat_events(1)
    desk.slack.faults.lose_acks(1)
    await case.says(agent, "We are on it")

    assert case.reached("We are on it") == 1


async def test_a_note_that_is_edited_stays_a_note(desk: World) -> None:
    case, agent, other = await a_case(desk), await desk.agent(), await desk.agent("U0OTHER")
    await case.clicks(agent, "claim")
    marked = await case.says(agent, ";; they have not paid")
    unsent = await case.says(other, "Ask for the number")
    told = await case.learns(other, "kept as a note")

    await agent.edits(marked, "they have not paid")
    await other.edits(unsent, "Ask for the order number")
    await desk.settles()
    assert not case.reached("they have not paid")
    assert not case.reached("Ask for")

    await case.clicks(other, "Send to customer", told)
    assert case.reached("Ask for the order number") == 1


async def test_a_note_that_reads_like_an_answer_now_is_sent_by_its_button(desk: World) -> None:
    """Neither an answer that was made a note, nor one of the beginning, goes out by an edit; that is said."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    for first, *then in ((";; hello", "hello"), ("They pay late", ";; They pay late", "They paid")):
        message = await case.says(agent, first)
        for text in then:
            await agent.edits(message, text)
            await desk.settles()
        assert not case.reached(then[-1])

        told = await case.learns(agent, "This stays a note, which the customer does not get")
        await case.clicks(agent, "Send to customer", told)
        assert case.reached(then[-1]) == 1
        await agent.edits(message, f"{then[-1]} again")
        await desk.settles()
        assert case.reached(f"{then[-1]} again") == 1

    message = await case.says(agent, ";; it is over")
    told_so_far = len(agent.whispers)
    await agent.edits(message, ";; it is over now")
    await desk.settles()
    assert len(agent.whispers) == told_so_far
    await case.answers(agent, "resolve", "It works again")
    await agent.edits(message, "it is over now")
    await desk.settles()
    told = await case.learns(agent, "This stays a note")
    assert "Open it again to write to the customer" in told.text
    assert not told.buttons


async def test_an_edit_heard_before_its_message_keeps_both_here(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    card = await case.card()
    desk.slack.faults.delay_events(0.5)
    message = await agent.writes(card, "They are wrong, as ever")
    await agent.edits(message, "We are checking")
    await desk.settles()

    told = await case.learns(agent, "it was changed before the desk had read it")
    assert not case.reached("as ever")
    await case.clicks(agent, "Send to customer", told)
    assert case.reached("We are checking") == 1


async def test_a_deletion_heard_before_its_message_keeps_it_here(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")

    card = await case.card()
    desk.slack.faults.delay_events(0.5)
    message = await agent.writes(card, "They are wrong, as ever")
    await agent.deletes(message)
    await desk.settles()

    assert not case.reached("as ever")
    assert "noted agent:U0AGENT" not in await case.facts(), "there is nothing to read in it"


async def test_a_deletion_of_what_was_never_kept_leaves_nothing_behind(desk: World) -> None:
    """Neither an empty note, nor an agent by the channel's name, where Slack does not say whose it was."""
    case, agent = await a_case(desk), await desk.agent("U0SUPER", "supervisor")
    card = await case.card()
    message = await agent.writes(card, ";;")
    await desk.settles()
    thread = {"thread_ts": card.raw["ts"], "text": ";;"}
    where = {"type": "message", "channel": SUPPORT, "channel_type": "group", "ts": "1900000000.000100"}
    deleted = {"subtype": "message_deleted", "deleted_ts": message.raw["ts"], "previous_message": thread}
    desk.slack.send_event({**where, **deleted, "event_ts": where["ts"]})
    await desk.settles()

    assert not [fact for fact in await case.facts() if fact.startswith("noted")]
    dialog = await case.opens(agent, "redact")
    assert not [title for title in dialog.fields["words"].picks.values() if "without words" in title]

    def known(tx: Tx) -> list[str]:
        return list(tx.connection.execute(select(agents.c.user)).scalars())

    assert SUPPORT not in await desk.app.store.read(known)


async def test_an_unsent_answer_is_changed_by_editing_it(undoing: World) -> None:
    case, agent = await a_case(undoing), await undoing.agent()
    await case.clicks(agent, "claim")
    message = await case.says(agent, "It works agian")
    assert not case.reached("It works")

    await agent.edits(message, "It works again")
    await undoing.settles()
    await case.learns(agent, "changed before they went to the customer")
    undoing.clock.goes(seconds=31)
    await undoing.settles()

    assert case.reached("It works again") == 1
    assert not case.reached("agian")


async def test_an_unsent_answer_of_whoever_lost_the_ticket_goes_as_it_was(desk: World) -> None:
    """Telegram takes nothing for a while, and the ticket changes hands before it does."""
    case = await a_case(desk)
    first, second = await desk.agent("U0FIRST"), await desk.agent("U0SECOND")
    await case.clicks(first, "claim")
    away = desk.telegram.faults.fail("sendMessage", status=429, times=None)
    message = await case.says(first, "We will call you")
    await case.clicks(first, "release")
    await case.clicks(second, "claim")

    await first.edits(message, "Call us yourself")
    await desk.settles()
    told = (await case.learns(first, "The earlier words still go to the customer: this ticket is not")).text
    assert "The customer keeps" not in told, "they have not got anything"
    assert "To take them back, delete the message" in told
    away.lift()

    await case.customer.sees("We will call you", timeout=30, since=case.customer.chat[0])
    await desk.settles()
    assert not case.reached("yourself")
    kept = await case.opens(second, "redact")
    assert any("We will call you" in title for title in kept.fields["words"].picks.values())


async def test_an_unsent_answer_of_somebody_who_left_the_channel_goes_as_it_was(undoing: World) -> None:
    case, agent = await a_case(undoing), await undoing.agent()
    await case.clicks(agent, "claim")
    message = await case.says(agent, "We will call you")
    await agent.leaves(SUPPORT)
    await undoing.settles()

    await agent.edits(message, "Call us yourself")
    await undoing.settles()
    await case.learns(agent, "The earlier words still go to the customer: you can no longer act on this")
    undoing.clock.goes(seconds=31)
    await undoing.settles()

    assert (case.reached("We will call you"), case.reached("yourself")) == (1, 0)
    await agent.edits(message, "You call us")
    await undoing.settles()
    await case.learns(agent, "The customer keeps the earlier words: you can no longer act on this ticket.")


async def test_what_waits_is_taken_back_by_deleting_it_as_whoever_lost_the_ticket_is_told(
    undoing: World,
) -> None:
    case, agent = await a_case(undoing), await undoing.agent()
    await case.clicks(agent, "claim")
    message = await case.says(agent, "We will call you")
    await case.answers(agent, "transfer", queue="billing")
    await agent.edits(message, "Call us yourself")
    await undoing.settles()
    await case.learns(agent, "To take them back, delete the message before they are sent.")

    await agent.deletes(message)
    await undoing.passes(seconds=31)

    await case.learns(agent, "Your words were taken back: the customer does not get them.")
    assert not case.reached("call")


async def test_an_unsent_answer_is_taken_back_by_deleting_it(undoing: World) -> None:
    case, agent = await a_case(undoing), await undoing.agent()
    await case.clicks(agent, "claim")
    message = await case.says(agent, "Wrong thread, sorry")

    await agent.deletes(message)
    await undoing.settles()
    await case.learns(agent, "Your words were taken back")
    undoing.clock.goes(seconds=31)
    await undoing.settles()

    assert not case.reached("Wrong thread")


async def test_an_unsent_answer_that_becomes_a_note_is_taken_back(undoing: World) -> None:
    case, agent = await a_case(undoing), await undoing.agent()
    await case.clicks(agent, "claim")
    message = await case.says(agent, "they have not paid")

    await agent.edits(message, ";; they have not paid")
    await undoing.settles()
    undoing.clock.goes(seconds=31)
    await undoing.settles()

    await case.learns(agent, "Your words were taken back")
    assert not case.reached("they have not paid")


async def test_a_resolution_that_is_undone_in_time_is_never_told(undoing: World) -> None:
    case, agent = await a_case(undoing), await undoing.agent()
    await case.clicks(agent, "claim")

    await case.answers(agent, "resolve", "Done.")
    await case.clicks(agent, "reopen")
    undoing.clock.goes(seconds=31)
    await undoing.settles()

    assert not case.reached("Done.")
    assert not case.reached("open again")
