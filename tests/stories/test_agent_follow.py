"""What an agent changes or deletes after it went out: the customer's chat follows as far as it can."""

from sqlalchemy import select

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from storage import Tx, redaction, tickets
from storage import words as kept_words
from storage.schema import words
from tests.desk_kit import Case, a_case
from tests.kit import World

LONG = "The router in the cellar lost its settings during the storm. " * 140
"""It takes three messages."""


async def answered(desk: World, text: str) -> tuple[Case, Agent, Seen]:
    """A ticket whose claimer has written something to the customer."""
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    return case, agent, await case.says(agent, text)


def chat(case: Case) -> list[str]:
    """What the customer reads, but for what the desk itself says."""
    return [message.text for message in case.customer.chat if message.from_bot]


async def test_an_edited_answer_is_edited_in_the_chat(desk: World) -> None:
    case, agent, message = await answered(desk, "It works agian")
    before = len(chat(case))

    await agent.edits(message, "It works again")
    await desk.settles()

    await case.learns(agent, "changed in the customer's chat, too")
    assert (case.reached("It works again"), case.reached("It works agian")) == (1, 0)
    assert len(chat(case)) == before

    await agent.edits(message, "It works again since noon")
    await desk.settles()
    assert case.reached("since noon") == 1
    assert len(chat(case)) == before


async def test_whoever_holds_a_ticket_that_is_over_corrects_what_they_wrote(desk: World) -> None:
    """Nothing is claimed of the chat before it was tried: what fails is told in the thread."""
    case, agent, message = await answered(desk, "Call 1234")
    await case.answers(agent, "resolve", "It works again.")
    await agent.edits(message, "Call 12345")
    await desk.settles()
    told = await case.learns(agent, "Your words are being changed in the customer's chat")
    assert "Should that not be possible, the ticket's thread will say so." in told.text
    assert case.reached("Call 12345") == 1
    await desk.presses_key(case.customer, "solved")

    await agent.edits(message, "Call 123456")
    await desk.settles()
    assert case.reached("Call 123456") == 1

    await case.customer.blocks()
    await agent.deletes(message)
    await desk.settles()
    told = await case.learns(agent, "being withdrawn from the customer's chat.")
    assert "Should that not be possible" in told.text
    assert "this could not be withdrawn: the customer still sees it." in await case.thread()


async def test_a_long_answer_grows_and_shrinks(desk: World) -> None:
    case, agent, message = await answered(desk, LONG)
    parts = case.reached("The router")
    assert parts == 3

    await agent.edits(message, "The router was replaced.")
    await desk.settles()
    assert case.reached("The router") == 1

    await agent.edits(message, LONG.replace("cellar", "attic"))
    await desk.settles()
    assert case.reached("attic") == parts
    assert not case.reached("cellar")


async def test_a_deleted_answer_is_deleted_in_the_chat(desk: World) -> None:
    case, agent, message = await answered(desk, "Your password is hunter2")

    await agent.deletes(message)
    await desk.settles()

    await case.learns(agent, "withdrawn from the customer's chat")
    assert not case.reached("hunter2")
    assert not case.reached("withdrawn")


async def test_after_two_days_a_deleted_answer_says_that_it_was_withdrawn(desk: World) -> None:
    case, agent, message = await answered(desk, LONG)
    desk.clock.goes(hours=49)

    await agent.deletes(message)
    await desk.settles()

    assert not case.reached("The router")
    assert case.reached("This message was withdrawn.") == 3


async def test_an_answer_that_becomes_a_note_leaves_the_chat(desk: World) -> None:
    case, agent, message = await answered(desk, "They never pay")

    await agent.edits(message, ";; they never pay")
    await desk.settles()

    assert not case.reached("never pay")


async def test_a_grown_answer_that_fails_midway_goes_on_where_it_stopped(desk: World) -> None:
    case, agent, message = await answered(desk, "The router was replaced.")
    desk.telegram.faults.fail("sendMessage", status=502, after=1)

    await agent.edits(message, LONG)
    await desk.settles()

    assert await desk.telegram.until(lambda: case.reached("The router") == 3, 15)
    await desk.settles()
    assert case.reached("The router") == 3


async def test_whoever_lost_the_ticket_changes_nothing_in_the_chat_any_more(desk: World) -> None:
    case, agent, message = await answered(desk, "We will call you")
    await case.clicks(agent, "release")

    await agent.edits(message, "Call us yourself")
    await desk.settles()

    await case.learns(agent, "The customer keeps the earlier words: this ticket is not in your hands.")
    assert (case.reached("We will call you"), case.reached("yourself")) == (1, 0)


async def test_what_stood_there_before_an_edit_is_redacted_with_it(desk: World) -> None:
    case, agent, message = await answered(desk, "Your password is hunter2")
    await agent.edits(message, "Your password is in the letter")
    await desk.settles()
    kept = await desk.app.store.read(lambda tx: everything(tx, case.reference))
    assert sorted(kept)[-2:] == ["Your password is hunter2", "Your password is in the letter"]

    await desk.app.store.do(lambda tx: forget(tx, case.reference, "Your password is in the letter", desk))

    assert not any(
        "password" in text for text in await desk.app.store.read(lambda tx: everything(tx, case.reference))
    )


def everything(tx: Tx, reference: str) -> list[str]:
    """Every text that is kept of a ticket, whatever it stands for."""
    ticket = tickets.find(tx, reference.replace("-", ""))
    assert ticket
    rows = tx.connection.execute(select(words.c.id, words.c.text).where(words.c.ticket_id == ticket.id))
    return [tx.unseal(ticket.customer_id, words.c.text, row.id, row.text) for row in rows]


def forget(tx: Tx, reference: str, text: str, desk: World) -> None:
    ticket = tickets.find(tx, reference.replace("-", ""))
    assert ticket
    [kept] = [one for one in kept_words.of_ticket(tx, ticket) if one.text == text]
    redaction.empty(tx, ticket, kept.id, desk.clock())


async def test_what_the_chat_no_longer_has_is_said_to_the_author(desk: World) -> None:
    case, agent, message = await answered(desk, "It works agian")
    case.customer.chat[:] = [one for one in case.customer.chat if "agian" not in one.text]

    await agent.edits(message, "It works again")
    await desk.settles()

    assert "did not reach the customer: they see the earlier words" in await case.thread()
    assert not case.reached("It works again")


async def test_words_that_never_arrived_have_nothing_to_follow(desk: World) -> None:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    await case.customer.blocks()
    await desk.settles()
    message = await case.says(agent, "It works agian")

    await agent.edits(message, "It works again")
    await desk.settles()

    await case.learns(agent, "did not reach the customer, so nothing was changed there")


async def test_edits_while_telegram_is_away_arrive_as_the_last_of_them(desk: World) -> None:
    case, agent, message = await answered(desk, "Version A")
    await desk.telegram.faults.down()
    for text in ("Version B", "Version C", "Version D"):
        await agent.edits(message, text)
    await desk.telegram.faults.up()
    await desk.settles()
    assert await desk.telegram.until(lambda: case.reached("Version D"), 15)
    await desk.settles()

    assert not any(case.reached(text) for text in ("Version A", "Version B", "Version C"))
