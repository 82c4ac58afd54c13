"""Silence after a question or a solution: reminded, offered or closed, and surveyed at a civil hour."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.customer_kit import Chat, chat, resolved
from tests.desk_kit import bare
from tests.kit import World
from tests.time_kit import at, files, happened, promising

ALMATY = ZoneInfo("Asia/Almaty")

UNANSWERED = """
[unanswered]
within = "8 business hours"
then = "close"
remind = ["50%"]
"""


async def asked_e_doc(world: World) -> tuple[Chat, str]:
    """A guest of E-DOC's portal files a ticket."""
    customer = chat(world, "ru")
    await customer.says("/new", "consultation", "guest", "Гость из Астаны", "skip")
    await customer.says("Портал не открывает загруженный документ", "skip", "send")
    return customer, customer.reference


async def asks(world: World, reference: str, question: str) -> None:
    """An agent who holds the ticket asks the customer."""
    agent = await world.agent()
    card = await world.card(reference)
    if "Claim" in card.buttons:
        await agent.clicks("claim", card)
        await world.settles()
    await agent.clicks("ask", await world.card(reference))
    await world.settles()
    await agent.submits({"text": question})
    await world.settles()


async def test_a_question_without_an_answer_offers_the_end_and_never_ends_by_itself(e_doc: World) -> None:
    """EDC-10: asked on Friday at 15:00, the operator may end it from Monday 14:00 on."""
    e_doc.clock.becomes(datetime(2026, 11, 6, 15, tzinfo=ALMATY))
    customer, reference = await asked_e_doc(e_doc)
    await asks(e_doc, reference, "Какой у вас браузер?")
    await e_doc.passes(days=2, hours=22, minutes=58)  # Monday 13:58
    assert "ещё ждём вашего ответа" in customer.told
    assert "Какой у вас браузер?" in customer.told
    assert (
        "Если мы не получим ответа до понедельника, 9 ноября, 14:00 (время Астаны),"
        " мы вправе завершить обращение." in customer.told
    )
    assert "may be ended" not in await e_doc.thread(reference)
    await e_doc.passes(minutes=5)
    thread = bare(await e_doc.thread(reference))
    assert "Our question has not been answered. The ticket may be ended." in thread
    await e_doc.passes(days=14)

    assert "Waiting for the customer" in (await e_doc.card(reference)).text
    assert bare(await e_doc.thread(reference)).count("may be ended") == 1
    agent = await e_doc.agent()
    offer = (await e_doc.card(reference)).thread[-1]
    assert offer.buttons == ["End unanswered"]
    await agent.clicks("End unanswered", offer)
    await e_doc.settles()
    assert agent.dialog
    assert "What has been done" in agent.dialog.text
    assert await happened(e_doc, reference, "told", "offered", "ended") == [
        ("told", "2 business hours before"),
        ("offered", "offer"),
    ]


async def test_any_words_end_the_waiting_and_a_new_question_begins_it_anew(e_doc: World) -> None:
    """EDC-10: one new question is eight new hours."""
    e_doc.clock.becomes(datetime(2026, 11, 2, 9, tzinfo=ALMATY))
    customer, reference = await asked_e_doc(e_doc)
    await asks(e_doc, reference, "Какой у вас браузер?")
    await e_doc.passes(hours=5)
    await asks(e_doc, reference, "И какая у него версия?")
    await e_doc.passes(hours=5)  # Monday 19:00: ten hours after the first question
    assert "may be ended" not in await e_doc.thread(reference)
    await customer.says("Минуту, посмотрю")
    await e_doc.passes(days=7)

    assert "Open" in (await e_doc.card(reference)).text
    assert "may be ended" not in await e_doc.thread(reference)


async def test_a_policy_may_close_what_is_not_answered(database_url: str, tmp_path: Path) -> None:
    """A reminder at half of the time, then the end; nobody who was asked on Thursday is told in the night."""
    async with promising(database_url, tmp_path, UNANSWERED, starts=at(5, 10)) as desk:
        customer, reference = await files(desk)
        await asks(desk, reference, "Which browser is it?")
        await desk.passes(hours=4, minutes=1)
        assert "Which browser is it?" in customer.told
        assert (
            "If we hear nothing by Sunday, 8 November, 10:00 (Riyadh time), the request will be closed."
            in customer.told
        )
        customer.seen = len(customer.person.chat)
        await desk.passes(days=3)

        assert f"Your request {reference} is closed: our question was not answered" in customer.told
        assert "Closed" in (await desk.card(reference)).text
        assert "Closed: our question was not answered in time" in await desk.thread(reference)
        assert "from 1 (not at all)" not in customer.told  # nothing was solved, so nothing is rated


async def test_a_solution_that_nobody_contradicts_is_closed_after_24_hours(compusoft: World) -> None:
    """CMP-5: plain hours from the delivery of the solution; thanks do not reopen it."""
    compusoft.clock.becomes(at(1, 10))
    customer = chat(compusoft)
    await customer.says("/new", "The server does not answer since this morning", "low", "send")
    reference = customer.reference
    compusoft.clock.becomes(at(1, 23))
    await resolved(compusoft, customer, reference, "It was restarted.")
    await compusoft.passes(hours=1)
    await customer.says("Thank you!")
    await compusoft.passes(hours=22, minutes=58)
    assert "Resolved" in (await compusoft.card(reference)).text
    await compusoft.passes(minutes=3)
    assert "Closed" in (await compusoft.card(reference)).text
    assert "Closed: nobody reopened the ticket" in await compusoft.thread(reference)
    assert "24 hours" not in customer.told  # it is 23:00: nobody is woken for that
    customer.seen = len(customer.person.chat)
    await compusoft.passes(hours=9, minutes=58)
    assert customer.heard == []
    await compusoft.passes(minutes=3)

    assert f"{reference}" in customer.heard[0]
    assert "24 hours" in customer.heard[0]
    assert "from 1 (not at all)" in customer.heard[1]
    await customer.presses("5")
    assert "Rating: 5 of 5" in bare((await compusoft.card(reference)).text)
    await compusoft.passes(days=10)
    assert await happened(compusoft, reference, "lapsed", "told") == [
        ("lapsed", ""),
        ("told", "told"),
        ("told", "survey"),
    ]


async def test_a_solution_that_is_contradicted_in_time_is_opened_again(compusoft: World) -> None:
    """CMP-5: reopened inside the 24 hours, it is not closed; afterwards it is a new, linked ticket."""
    compusoft.clock.becomes(at(1, 10))
    customer = chat(compusoft)
    await customer.says("/new", "The server does not answer since this morning", "low", "send")
    reference = customer.reference
    solution = await resolved(compusoft, customer, reference, "It was restarted.")
    await compusoft.passes(hours=23, minutes=50)
    await customer.says("It does not answer again", reply_to=solution)
    assert "Open" in (await compusoft.card(reference)).text
    await compusoft.passes(hours=1)
    assert await happened(compusoft, reference, "lapsed") == []

    await resolved(compusoft, customer, reference, "Its cable was replaced.")
    await compusoft.passes(hours=23, minutes=50)
    await customer.says("It still does not answer")
    assert customer.buttons == ["Yes", "No"]
    await compusoft.passes(minutes=30)  # who wrote in time is not silent, and no word of theirs is too late
    await customer.says("Yes")
    assert f"Your request {reference} is open again" in customer.told
    await customer.says("It does not even start")

    again = await resolved(compusoft, customer, reference, "Its disk was replaced.")
    await compusoft.passes(hours=23, minutes=50)
    await customer.says("It does not start")
    await compusoft.passes(hours=23)
    await customer.says("No", "Thank you!")
    await compusoft.passes(minutes=55)
    assert "Resolved" in (await compusoft.card(reference)).text
    await compusoft.passes(minutes=10)
    assert await happened(compusoft, reference, "lapsed") == [("lapsed", "")]
    await customer.says("It is silent once more", reply_to=again)
    assert "too late to reopen" in customer.told


async def test_somebody_who_is_busy_is_asked_for_a_rating_later(database_url: str, tmp_path: Path) -> None:
    """And without a window in policy or desk file nothing closes by itself."""
    closing = '[resolved]\nclose_after = "24 hours"\n'
    async with promising(database_url, tmp_path, closing) as desk:
        customer, reference = await files(desk)
        await resolved(desk, customer, reference)
        await desk.passes(hours=23, minutes=50)
        await customer.says("/new", "The printer on the second floor is silent since noon")
        await desk.passes(minutes=30)
        assert f"Your request {reference} is closed" in customer.told
        assert "from 1 (not at all)" not in customer.told
        await desk.passes(days=2)  # what is not sent yet is never put away for a rating
        assert "from 1 (not at all)" not in customer.told
        await customer.presses("send")
        assert "We have received your request" in customer.told
        await desk.passes(hours=1)
        assert "from 1 (not at all)" in customer.told


async def test_words_at_a_rating_that_nobody_asked_for_are_asked_about(
    database_url: str, tmp_path: Path
) -> None:
    """The closing says "write to us here", and the question of the rating follows at once."""
    closing = '[resolved]\nclose_after = "24 hours"\n'
    async with promising(database_url, tmp_path, closing) as desk:
        filed = [await files(desk) for _one in range(3)]
        for customer, reference in filed:
            await resolved(desk, customer, reference)
        await desk.passes(hours=28)
        (same, old), (new, silent), (kind, praised) = filed

        assert same.buttons == ["1", "2", "3", "4", "5", "Skip"]
        await same.says("The problem is back and I cannot sign in")
        assert f"Request {old}: closed." in same.told
        assert same.buttons == ["The same problem", "New request", "Only a comment"]
        await same.says("Since this morning", "The same problem")
        assert f"Your request {old} is open again, with what you wrote added" in same.told
        assert "Open" in (await desk.card(old)).text
        thread = await desk.thread(old)
        assert "I cannot sign in" in thread
        assert "Since this morning" in thread

        await new.says("The printer on the second floor is silent", "New request", "send")
        assert "printer" in await desk.thread(new.reference)
        assert "printer" not in await desk.thread(silent)

        await kind.says("Thank you!")
        assert kind.buttons == ["1", "2", "3", "4", "5", "Skip"]
        await kind.says("Everybody was quick", "Only a comment", "5")
        assert "Everybody was quick" in await desk.thread(praised)
        assert "Rating: 5 of 5" in bare((await desk.card(praised)).text)


async def test_words_at_such_a_rating_may_be_about_another_request(compusoft: World) -> None:
    """CMP-5: once it is too late to reopen, the same problem is a new request that follows."""
    compusoft.clock.becomes(at(1, 10))
    customer = chat(compusoft)
    await customer.says("/new", "The server does not answer since this morning", "low", "send")
    old = customer.reference
    await resolved(compusoft, customer, old, "It was restarted.")
    await customer.says("/new", "The printer on the second floor is silent", "low", "send")
    other = customer.reference
    await compusoft.passes(hours=25)
    await customer.says("It is silent on the third floor too")
    assert customer.buttons == ["The same problem", "Another request", "New request", "Only a comment"]
    await customer.says("Another request")
    assert f"Added to your request {other}" in customer.told

    await resolved(compusoft, customer, other, "It was mended.")
    await compusoft.passes(hours=28)
    await customer.says("It is silent once more", "The same problem")
    assert "too late to reopen" in customer.told
    await customer.says("low", "send")
    assert f"This continues {other}" in bare(await compusoft.thread(customer.reference))
