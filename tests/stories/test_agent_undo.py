"""While an answer waits its undo seconds its author can take it back, with what it did to the ticket."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import BILLING, World
from tests.time_kit import at, files, promising

PROMISES = """
[unanswered]
within = "8 business hours"
then = "offer"
[[targets]]
what = "resolution"
within = "8 business hours"
[extending]
reason = { en = "It has to be looked at", ar = "يحتاج الطلب إلى فحص", ru = "Нужна проверка" }
[sharing]
consent = true
"""


@pytest.fixture
async def patient(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk(database_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as here:
        yield here


async def undoes(case: Case, agent: Agent) -> None:
    """Press the newest Undo, and let the time pass in which the words would have gone out."""
    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
    await case.learns(agent, "Your words were taken back")
    await case.world.passes(seconds=31)


async def claimed(desk: World) -> tuple[Case, Agent]:
    case, agent = await a_case(desk), await desk.agent()
    await case.clicks(agent, "claim")
    return case, agent


async def test_words_of_the_thread_are_undone_by_a_private_button(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.says(agent, "They are wrong, as ever")
    told = await case.learns(agent, "This goes to the customer in 30 seconds.")

    await case.clicks(agent, "Undo", told)

    patient.clock.goes(seconds=31)
    await patient.settles()
    assert not case.reached("as ever")
    assert "took this back: the customer does not get it." in await case.thread()
    await case.clicks(agent, "Undo", told)
    await case.learns(agent, "The customer does not get these words: they had been taken back before.")


async def test_a_question_that_is_undone_was_not_asked(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "ask", "Which cable is it?")
    assert "Waiting" in (await case.card()).text or "Pending" in (await case.card()).text

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
    patient.clock.goes(seconds=31)
    await patient.settles()

    assert "Open" in (await case.card()).text
    assert not case.reached("Which cable")


async def test_a_solution_that_is_undone_leaves_the_ticket_open_and_the_customer_unasked(
    patient: World,
) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "resolve", "It works again")

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
    patient.clock.goes(seconds=31)
    await patient.settles()

    assert "Open" in (await case.card()).text
    assert not case.reached("It works again")
    assert not case.reached("open again")
    await case.says(agent, "We are still on it")
    patient.clock.goes(seconds=31)
    await patient.settles()
    assert case.reached("We are still on it") == 1


async def test_whoever_writes_before_the_solution_goes_out_is_not_asked_whether_it_helped(
    patient: World,
) -> None:
    case, agent = await claimed(patient)
    customer = Chat(patient, case.customer)
    patient.clock.goes(minutes=1)  # in the second of the request, 1 is the number of Send
    await case.answers(agent, "resolve", "It was the fuse")

    for words in ("It also smokes", "1"):
        await customer.says(words)
        assert customer.heard == [f"Added to your request {case.reference}."]
    await patient.passes(seconds=31)

    assert case.reached("has been resolved.\n\nIt was the fuse\n\nIs the problem solved?") == 1
    await customer.says("It smokes still")
    assert "which was resolved." in customer.told


async def test_whoever_writes_before_the_question_goes_out_has_not_answered_it(patient: World) -> None:
    """Nor is it said to wait for them; and what they answered of two questions is the first one."""
    case, agent = await claimed(patient)
    customer, status = Chat(patient, case.customer), f"Request {case.reference}:"
    await case.answers(agent, "ask", "Which cable is it?")
    for shown, said in (("/tickets", f"{case.reference} ·"), (f"/status {case.reference}", status)):
        await customer.says(shown)
        assert f"{said} being worked on" in customer.told

    await customer.says("It also smokes")
    assert "The customer wrote this before the question arrived:\nIt also smokes" in await case.thread()
    assert "Waiting for the customer" in (await case.card()).text
    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))
    assert "Open" in (await case.card()).text

    await case.answers(agent, "ask", "Which cable smokes?")
    await customer.says("Thanks")
    await patient.passes(seconds=31)
    await customer.says(f"/status {case.reference}")
    assert f"{status} waiting for your answer" in customer.told
    await case.answers(agent, "ask", "And what colour is it?")
    await customer.says("The long one")
    assert "Waiting for the customer" in (await case.card()).text
    await customer.says(f"/status {case.reference}")
    assert f"{status} being worked on" in customer.told
    await patient.passes(seconds=31)
    assert case.reached("what colour") == 1
    await customer.says("Red")
    assert "Open" in (await case.card()).text


async def test_a_second_question_that_is_undone_leaves_the_first_one_waiting(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "ask", "Which cable is it?")
    patient.clock.goes(seconds=31)
    await patient.settles()
    await case.answers(agent, "ask", "And what colour?")

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))

    assert "Waiting for the customer" in (await case.card()).text
    assert not case.reached("what colour")


async def test_a_question_from_before_a_hold_waits_no_more_when_a_later_one_is_undone(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.answers(agent, "ask", "Which cable is it?")
    await patient.passes(seconds=31)
    await case.answers(agent, "hold", "A part is on its way")
    await patient.passes(seconds=31)
    await case.clicks(agent, "resume")
    await case.answers(agent, "ask", "And what colour?")

    await case.clicks(agent, "Undo", await case.learns(agent, "This goes to the customer in"))

    assert "Open" in (await case.card()).text


async def test_after_its_time_undo_says_that_it_is_too_late(patient: World) -> None:
    case, agent = await claimed(patient)
    await case.says(agent, "We are on it")
    told = await case.learns(agent, "This goes to the customer in")
    patient.clock.goes(seconds=31)
    await patient.settles()
    assert case.reached("We are on it") == 1

    await case.clicks(agent, "Undo", told)

    await case.learns(agent, "It is too late: the customer already has these words.")


async def test_where_words_leave_at_once_nothing_is_offered(desk: World) -> None:
    case, agent = await claimed(desk)
    await case.says(agent, "We are on it")

    assert case.reached("We are on it") == 1
    with pytest.raises(TimeoutError):
        await desk.slack.until(lambda: "goes to the customer in" in str(desk.slack.snapshot()) or None, 0.5)


async def test_what_waits_when_the_customer_cancels_is_not_sent_and_its_author_is_told(
    patient: World,
) -> None:
    customer = chat(patient)
    case, agent = Case(patient, customer.person, await customer.files()), await patient.agent()
    await case.clicks(agent, "claim")
    await case.says(agent, "Please send us the invoice")
    await case.answers(agent, "ask", "Which cable is it?")
    await customer.says(f"/status {case.reference}")
    await customer.presses("unneeded")
    await customer.presses("yes")

    patient.clock.goes(seconds=31)
    await patient.settles()

    assert "is cancelled" in customer.told
    assert not case.reached("invoice")
    assert not case.reached("Which cable")
    told = await case.thread()
    assert told.count("@U0AGENT, this was not sent: the customer cancelled the request before.") == 2
    assert (await case.facts()).count("taken_back desk") == 2


async def test_whatever_waits_can_be_undone_and_the_ticket_is_as_it_was(
    sqlite_url: str, tmp_path: Path
) -> None:
    """An invitation, a later time, a question about a third party, a hold, the end."""
    extra = '[defaults]\nundo_seconds = 30\n[remote]\ntools = ["RustDesk"]'
    async with promising(sqlite_url, tmp_path, PROMISES, extra) as desk:
        customer, reference = await files(desk)
        case, agent = Case(desk, customer.person, reference), await desk.agent()
        await case.clicks(agent, "claim")
        heard, before = len(customer.person.chat), (await case.card()).text
        await case.answers(agent, "invite", session="123 456 789")
        await undoes(case, agent)
        await case.answers(agent, "extend", "A slip", until=f"{at(4, 12).timestamp():.0f}")
        await undoes(case, agent)
        await case.answers(agent, "engage", "To look at it", who="The landlord")
        await undoes(case, agent)
        assert len(customer.person.chat) == heard
        assert (await case.card()).text == before
        await customer.says("yes")
        assert "engaged customer" not in await case.facts(), "nobody asked them"

        await case.answers(agent, "engage", "To look at it", who="The landlord")
        await desk.passes(seconds=31)
        await case.answers(agent, "engage", "To look at it once more", who="The landlord")
        await undoes(case, agent)
        await customer.presses("share")
        assert (await case.facts())[-1] == "engaged customer", "the first question is the one that they have"

        await case.answers(agent, "ask", "Which cable is it?")
        await desk.passes(hours=2)
        await case.answers(agent, "hold", "A slip")
        assert "On hold" in (await case.card()).text
        await undoes(case, agent)
        assert "Waiting for the customer" in (await case.card()).text
        await desk.passes(days=2)
        assert "End unanswered" in (await case.card()).buttons
        await case.answers(agent, "end", "A slip")
        assert "Closed" in (await case.card()).text
        await undoes(case, agent)
        assert "End unanswered" in (await case.card()).buttons, "the question has waited for as long"
        assert not case.reached("A slip")
        await case.answers(agent, "end", "We have looked at the cable")
        await desk.passes(seconds=31)
        assert case.reached("We have looked at the cable") == 1


async def test_what_waits_is_said_in_the_language_that_is_spoken_by_then(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Also after its author has changed it; whoever goes back to the language of before reads that."""
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        customer = chat(desk)
        case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
        await case.clicks(agent, "claim")
        written = await case.says(agent, "We lok into it")
        await agent.edits(written, "We look into it")
        await customer.says("العربية", "Русский")
        await desk.passes(seconds=31)
        assert bare(customer.last.text) == f"По вашему обращению {case.reference}:\n\nWe look into it"

        await case.answers(agent, "resolve", "It works again.")
        await customer.says("العربية", "English")
        await desk.passes(seconds=31)
        assert "Is the problem solved?" in bare(customer.last.text)
        assert customer.buttons == ["Solved", "Not solved"]
        await customer.presses("unsolved")
        await customer.says("It is down again")
        await case.answers(agent, "resolve", "It really works again.")
        await customer.says("العربية")
        await desk.passes(seconds=31)
        assert "It really works again.\n\nهل حُلّت المشكلة؟" in bare(customer.last.text)
        assert "Is the problem solved?" not in bare(customer.last.text)
        assert customer.buttons == ["حُلّت المشكلة", "لم تُحل المشكلة"]


async def test_what_is_sent_after_all_or_once_more_can_be_undone(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 30") as desk:
        case, agent = await claimed(desk)
        other = await desk.agent("U0OTHER")
        await case.says(other, "They are wrong, as ever")
        await case.clicks(other, "Send to customer", await case.learns(other, "kept as a note"))
        assert not [told for told in other.whispers if "Sent to the customer." in told.text]
        await undoes(case, other)

        await case.customer.blocks()
        await case.says(agent, "Your router is lost")
        await desk.passes(seconds=31)
        await case.customer.unblocks()
        await desk.settles()
        again = next(one for one in (await case.card()).thread if one.text.startswith("This did not"))
        await case.clicks(agent, "Send again", again)
        await undoes(case, agent)

        assert (case.reached("as ever"), case.reached("lost")) == (0, 0)


async def test_only_the_sending_is_undone_of_what_was_sent_again_by_whoever_did_that(
    patient: World,
) -> None:
    """A colleague's question, and the solution of a ticket that stays resolved."""
    case, agent = await claimed(patient)
    other, stranger = await patient.agent("U0OTHER", "other"), await patient.agent("U0THIRD", "third")
    await case.customer.blocks()
    await case.answers(agent, "ask", "Which cable is it?")
    await patient.passes(seconds=31)
    await case.clicks(agent, "release")
    await case.clicks(other, "claim")
    await case.customer.unblocks()
    await patient.settles()
    await case.clicks(other, "Send again", await offered(case, "Which cable is it?"))
    assert "Waiting for the customer" in (await case.card()).text
    button = await case.learns(other, "This goes to the customer in")
    await case.clicks(stranger, "Undo", type(button)(button.raw, None))
    await case.learns(stranger, "These words can no longer be taken back.")
    await undoes(case, other)
    assert "Open" in (await case.card()).text
    assert "@U0OTHER took this back: the customer does not get it.\nWhich cable" in await case.thread()

    await case.customer.blocks()
    await case.answers(other, "resolve", "It was the fuse")
    await patient.passes(seconds=31)
    await case.customer.unblocks()
    await patient.settles()
    await case.clicks(other, "Send again", await offered(case, "It was the fuse"))
    await undoes(case, other)

    assert "Resolved" in (await case.card()).text, "it was that before"
    kinds = [fact.split()[0] for fact in await case.facts()]
    assert kinds[-4:] == ["resolved", "undelivered", "sent_again", "taken_back"]
    assert (case.reached("Which cable"), case.reached("fuse"), case.reached("open again")) == (0, 0, 0)


async def offered(case: Case, words: str) -> Seen:
    """The post in the thread that offers to send these words again."""
    card = await case.card()

    def look() -> Seen | None:
        offers = (one for one in card.thread if "Send again" in one.buttons)
        return next((one for one in offers if words in one.text), None)

    return await case.world.slack.until(look, within=15)


async def test_what_waits_goes_along_as_such_and_its_author_takes_it_back_from_wherever_it_is(
    patient: World,
) -> None:
    """A thread that heard of it hears that the customer does not get it; the author is in neither."""
    case, agent = await claimed(patient)
    await case.says(agent, "They have this one")
    await patient.passes(seconds=31)
    await case.says(agent, "Undone by the button")
    button = await case.learns(agent, "This goes to the customer in")
    mine = await case.says(agent, "Undone by deleting it")
    await case.says(agent, "Left as it is")
    await case.answers(agent, "transfer", queue="billing")
    there = Case(patient, case.customer, case.reference, BILLING)
    waits = "This still waits to be sent to the customer."
    told = await there.thread()
    assert f"They have this one\n{waits}" not in told
    assert told.count(waits) == 3
    assert f"Left as it is\n{waits}" in told

    stranger = patient.slack.agent("U0STRANGER", "stranger")
    await case.clicks(stranger, "Undo", type(button)(button.raw, None))
    await case.learns(stranger, "Only members of this queue's channel can act")
    await case.clicks(agent, "Undo", button)
    await case.learns(agent, "Your words were taken back")
    await agent.deletes(mine)
    await patient.passes(seconds=31)

    assert [case.reached(f"Undone by {how}") for how in ("the button", "deleting it")] == [0, 0]
    assert case.reached("Left as it is") == 1
    told = await there.thread()
    for how in ("the button", "deleting it"):
        assert f"@U0AGENT took this back: the customer does not get it.\nUndone by {how}" in told


async def test_what_waits_on_a_merged_ticket_is_told_so_in_the_one_that_stays(patient: World) -> None:
    customer, agent = chat(patient, "en"), await patient.agent()
    case = Case(patient, customer.person, await customer.files())
    second = Case(patient, customer.person, await customer.files("The site is still down, once more"))
    await case.clicks(agent, "claim")
    sent = await case.says(agent, "Withdrawn from the chat")
    stays = await case.says(agent, "An answer that stays")
    await patient.passes(seconds=31)
    await case.says(agent, "Undone by the button")
    button = await case.learns(agent, "This goes to the customer in")
    mine = await case.says(agent, "Undone by deleting it")
    await case.answers(agent, "merge", reference=second.reference)
    assert (await second.thread()).count("This still waits to be sent to the customer.") == 2

    await case.clicks(agent, "Undo", button)
    await agent.deletes(mine)
    await agent.deletes(sent)
    await patient.passes(seconds=31)

    told = await second.thread()
    for how in ("the button", "deleting it"):
        assert not case.reached(f"Undone by {how}")
        assert f"@U0AGENT took this back: the customer does not get it.\nUndone by {how}" in told
    assert not case.reached("Withdrawn from the chat")
    assert "@U0AGENT takes this back from the customer's chat.\nWithdrawn from the chat" in told
    assert "took this back: the customer does not get it.\nUndone by deleting" not in await case.thread()

    await customer.person.blocks()
    await agent.deletes(stays)
    await patient.settles()
    for one in (case, second):
        assert "this could not be withdrawn: the customer still sees it." in await one.thread()


async def test_what_is_undone_is_named_also_where_it_is_only_a_file(patient: World) -> None:
    """In the thread where it was written, and where the ticket goes on."""
    customer, agent = chat(patient, "en"), await patient.agent()
    await agent.joins(BILLING)
    case = Case(patient, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    await case.says(agent, "The right one", files=[agent.uploads("right.txt", b"right")])
    await case.says(agent, "", files=[agent.uploads("wrong.txt", b"wrong")])
    button = await case.learns(agent, "This goes to the customer in")
    await case.answers(agent, "transfer", queue="billing")
    there = Case(patient, customer.person, case.reference, BILLING)
    await there.clicks(agent, "claim")
    await there.clicks(agent, "Undo", button)
    await patient.settles()

    told = bare(await there.thread())
    assert "@U0AGENT took this back: the customer does not get it.\nDocument: wrong.txt" in told
    assert "customer does not get it.\nThe right one" not in told
