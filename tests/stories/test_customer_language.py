"""Another language in the middle of a question: it is asked again in that language, and nothing is lost."""

from pathlib import Path

from bot.playground.slack import Agent
from tests.customer_kit import Chat, chat
from tests.desk_kit import Case
from tests.kit import World, world


async def _resolved(desk: World, customer: Chat) -> tuple[Case, Agent]:
    case, agent = Case(desk, customer.person, await customer.files()), await desk.agent()
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "It works again.")
    return case, agent


async def test_whatever_is_asked_is_asked_again(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, _agent = await _resolved(desk, customer)
        await customer.says("it is broken still", "/language ru")
        assert "всё ещё сохраняется?" in customer.told
        await customer.says("да")
        assert "снова открыто" in customer.told
        await customer.says("/language en")
        assert "Tell us here what is still wrong" in customer.told
        await customer.says("The same page is white")
        assert (await case.thread()).endswith("The same page is white")

        await customer.says("/cancel", "Русский")
        assert f"Отменить ваше обращение {case.reference}?" in customer.told
        await customer.says("нет", "/status", "/language en")
        assert "What is the number of the request?" in customer.told
        await customer.says(case.reference, "/language", "Русский")
        assert f"Обращение {case.reference}: " in customer.told
        await customer.says("/language en", "/cancel", "/language ru", "да")
        assert "отменено" in customer.told
        assert "The customer wrote:\nда" not in await case.thread()


async def test_a_language_is_chosen_by_its_number_behind_the_command(sqlite_url: str, tmp_path: Path) -> None:
    """By the number under which it is offered, which is the policy's order."""
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        await customer.says("/language")
        languages = {str(number): key for number, key in enumerate(customer.keys, start=1)}
        russian, arabic = (next(n for n, key in languages.items() if key == code) for code in ("ru", "ar"))

        await customer.says("/cancel", f"/language {russian}")
        assert "по-русски" in customer.told
        await customer.says(f"/language {'٠١٢٣٤'[int(arabic)]}")
        assert "بالعربية" in customer.told
        await customer.says(f"/language {len(languages) + 1}")
        assert customer.keys == [*languages.values()]


async def test_words_that_wait_to_be_understood_wait_on(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, _agent = await _resolved(desk, customer)
        await customer.says("solved", "what a day", "/language ru")
        assert customer.buttons[-1] == "Просто отзыв"
        await customer.says("English", "/language", "and thanks to all", "/language", "Русский")
        assert customer.keys == ["unsolved", "new", "comment"]
        await customer.presses("comment")
        assert "what a day\nand thanks to all" in await case.thread()
        await customer.says("4")
        assert "4 of 5" in (await case.card()).text


async def test_a_question_that_is_over_meanwhile_is_not_asked_again(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        case, agent = await _resolved(desk, customer)
        await customer.says("it is broken still", "/language")
        await case.clicks(agent, "reopen")
        await customer.says("Русский")
        assert "всё ещё сохраняется?" not in customer.told
        assert customer.keys[0] == "new"
