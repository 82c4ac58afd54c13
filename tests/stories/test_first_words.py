"""The first words of a customer: the language they are answered in, and how they learn to change it."""

from tests.kit import World


async def test_a_command_does_not_pass_for_english(desk: World) -> None:
    """Telegram sends /start for everybody; only words that a person wrote show what they speak."""
    person = desk.customer("ru")
    await person.says("/start")

    welcome = await person.sees("На связи")
    assert "English" not in welcome.text


async def test_who_writes_another_language_learns_how_to_change_to_it(desk: World) -> None:
    person = desk.customer("en")
    await person.says("Здравствуйте, не могу войти")

    welcome = await person.sees("Welcome")
    assert "Чтобы говорить здесь по-русски, напишите: Русский" in welcome.text

    await person.says("Русский")
    await person.sees("Теперь мы говорим по-русски.")


async def test_without_a_hint_a_command_is_answered_in_the_first_language_of_the_policy(
    captain_mama: World,
) -> None:
    person = captain_mama.customer("")
    await person.says("/start")

    await person.sees("أهلًا بك")
