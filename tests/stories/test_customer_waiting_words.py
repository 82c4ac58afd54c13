"""Words that wait for their ticket wait on, whatever the person does before they are placed."""

from pathlib import Path

import pytest

from handlers.customer import whose
from tests.customer_kit import WRITTEN, cards, chat, resolved
from tests.kit import World, world

RUSSIAN = "Здравствуйте, у меня не открывается личный кабинет уже второй день"


async def test_a_change_of_language_keeps_the_words_that_wait(desk: World) -> None:
    customer = chat(desk, "en")
    await customer.says(RUSSIAN, "Русский")

    assert "Оформим это как обращение?" in customer.told
    await customer.presses("file")
    assert "О чём ваше обращение?" in customer.told
    await customer.says("Вопрос")
    assert "Насколько это серьёзно?" in customer.told


async def test_whoever_cannot_read_the_question_which_ticket_is_asked_it_in_their_language(
    desk: World,
) -> None:
    """Nothing is sent meanwhile, and it does not become a new request."""
    customer, worse = chat(desk, "en"), "Стало гораздо хуже, и ничего не помогает"
    await desk.files(customer.person, "the first problem with the site since this morning")
    second = await desk.files(customer.person, "the second problem with the site since this morning")
    await customer.says(worse, "/language")
    assert "not sent yet" not in customer.told
    for left in ("/cancel", "Cancel"):
        await customer.says(left)
        assert "Which request is this about?" in customer.told
        await customer.says("/language", "/language")
    await customer.says("Русский")
    assert "К какому обращению это относится?" in customer.told
    await customer.presses(second.replace("-", ""))
    assert f"Добавлено к вашему обращению {second}" in customer.told
    assert worse in await desk.thread(second)

    await customer.says(worse, "English")
    assert "Which request is this about?" in customer.told
    await customer.says("Русский", "/language", "/tickets")
    assert "ещё не отправлено" in customer.told
    await customer.says("/new")
    assert worse in customer.told


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


async def test_one_of_more_requests_than_are_listed_is_named_by_its_number(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whose, "MOST", 2)
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk, "en")
        oldest, *_newer = [await customer.files() for _ in range(3)]
        desk.clock.goes(seconds=2)  # what was touched last is listed first, to the second
        await customer.says("it got much worse now and nothing helps")
        assert "Not all of them are listed. If it is another one, please write its number." in customer.told
        await customer.says("the one with the site", oldest)
        assert f"Added to your request {oldest}" in customer.told
        assert "nothing helps\nthe one with the site" in await desk.thread(oldest)

        other = _newer[0]
        await customer.says("/cancel")
        assert "Not all of them are listed" in customer.told
        await customer.says(other)
        await customer.presses("yes")
        assert f"Your request {other} is cancelled" in customer.told


WORSE = "it got much worse now and nothing helps"


@pytest.mark.parametrize(
    ("key", "told"), [("solved", "How satisfied are you"), ("unsolved", "Tell us here what is still wrong.")]
)
async def test_an_older_solution_is_answered_and_the_words_wait_on(desk: World, key: str, told: str) -> None:
    customer = chat(desk, "en")
    first, second = [await customer.files(f"{WRITTEN} {number}") for number in (1, 2)]
    solution = await resolved(desk, customer, first)
    await customer.says(WORSE)
    assert "Which request is this about?" in customer.told

    await customer.presses(key, solution)

    assert told in customer.told
    assert "not sent yet" not in customer.told
    assert "Which request is this about?" in customer.told
    await customer.presses(second.replace("-", ""))
    assert f"Added to your request {second}" in customer.told
    assert WORSE in await desk.thread(second)
    if key == "solved":
        await customer.presses("4")
        assert "4 of 5" in (await desk.card(first)).text
