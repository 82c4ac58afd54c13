"""Words that wait for their ticket wait on, whatever the person does before they are placed."""

from tests.customer_kit import WRITTEN, cards, chat
from tests.kit import World

RUSSIAN = "Здравствуйте, у меня не открывается личный кабинет уже второй день"


async def test_a_change_of_language_keeps_the_words_that_wait(desk: World) -> None:
    customer = chat(desk, "en")
    await customer.says(RUSSIAN, "Русский")

    assert "О чём ваше обращение?" in customer.told
    await customer.says("Вопрос")
    assert "Насколько это серьёзно?" in customer.told


async def test_a_command_at_the_question_which_ticket_keeps_the_words(desk: World) -> None:
    customer = chat(desk, "en")
    await desk.files(customer.person, "the first problem with the site since this morning")
    await desk.files(customer.person, "the second problem with the site since this morning")
    await customer.says("it got much worse now and nothing helps", "/tickets")

    assert "What you wrote is not sent yet" in customer.told
    await customer.says("/new")
    assert "it got much worse now and nothing helps" in customer.told
    await customer.presses("on")
    await customer.says("question", "low", "skip", "send")
    assert await cards(desk) == 3
    assert "it got much worse now and nothing helps" in desk.slack.messages("C0SUPPORT")[-1].thread[0].text


async def test_a_cancelled_question_says_that_nothing_was_sent(desk: World) -> None:
    customer = chat(desk, "en")
    await desk.files(customer.person)
    await desk.files(customer.person)
    await customer.says("it got much worse now and nothing helps", "Cancel")

    assert "Your message was not sent." in customer.told


async def test_words_that_wait_join_the_half_finished_request(desk: World) -> None:
    customer = chat(desk, "en")
    await customer.says("/new", "question", WRITTEN, "/new")
    await customer.says("and another thing about the invoices", "/help", "/new")
    await customer.presses("on")
    await customer.says("low", "skip")

    assert WRITTEN in customer.told
    assert "and another thing about the invoices" in customer.told
