"""A question that nobody answers: when its time is over, the operator may end the ticket."""

from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, bare, comes_back
from tests.kit import World

ENDED = "завершено: «ответ от клиента не получен». Выполнено: Журналы проверены"


async def a_question(desk: World, language: str = "ru") -> tuple[Case, Chat]:
    """Asked on Monday at 12:00 in Astana."""
    customer = chat(desk, language)
    await customer.says("/new", "consultation", "guest", "withheld", "none")
    await customer.says("Как подписать договор в личном кабинете портала?", "send")
    case, agent = Case(desk, customer.person, customer.reference), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "ask", "Какой у вас браузер?")
    return case, customer


async def test_the_operator_ends_an_unanswered_ticket_and_says_what_was_done(e_doc: World) -> None:
    """EDC-10: after 8 working hours the operator may, with the policy's wording and the actions done."""
    case, customer = await a_question(e_doc)
    agent = await e_doc.agent()
    assert "End unanswered" not in (await case.card()).buttons
    await e_doc.passes(hours=22, minutes=50)
    assert "End unanswered" not in (await case.card()).buttons
    await e_doc.passes(days=2)
    assert "Waiting for the customer" in (await case.card()).text, "time itself ends nothing"

    card = await case.card()
    assert card.buttons == ["Reply", "Ask", "End unanswered", "Resolve", "Note"]
    await case.opens(agent, "end")
    await case.sends(agent, " ")
    assert agent.dialog
    assert agent.dialog.errors == {"text": "Please write a few words."}
    await case.sends(agent, "Журналы проверены")

    assert case.reached(ENDED) == 1
    assert "Closed" in (await case.card()).text
    assert "Ended by @U0AGENT: no answer was received from the customer.\nЖурналы проверены" in (
        await case.thread()
    )
    assert "ended agent:U0AGENT" in await case.facts()

    await customer.says("Но проблема осталась")
    assert customer.keys == ["file", "ended", "no"], "the desk's own window to reopen is still open"
    await customer.presses("ended")
    assert "Но проблема осталась" in await case.thread()
    assert "Open" in (await case.card()).text


async def test_an_answer_or_a_new_question_takes_the_right_away(e_doc: World) -> None:
    """EDC-10: whatever the customer writes ends the waiting, and a new question begins it anew."""
    case, customer = await a_question(e_doc)
    agent = await e_doc.agent()
    await e_doc.passes(days=2)
    await case.opens(agent, "end")
    await customer.says("Firefox")

    await comes_back(case, agent, "Журналы проверены", "the ticket has changed since you opened this window")
    await case.answers(agent, "ask", "А версия?")
    assert "End unanswered" not in (await case.card()).buttons
    assert "Waiting for the customer" in bare((await case.card()).text)
