"""First contact: the language is guessed, no word is lost, and nobody is met who did not speak."""

from storage import Tx
from storage.schema import customers
from tests.customer_kit import chat
from tests.kit import World

ORGANISATIONS = {"en": "the support desk", "ar": "مكتب الدعم", "ru": "Служба поддержки"}


async def test_the_platforms_hint_tells_the_language(desk: World) -> None:
    for hint, expected in (("ar-EG", "ar"), ("ru", "ru"), ("en-GB", "en"), ("kk", "ru")):
        customer = chat(desk, hint)

        await customer.says("/start")

        assert ORGANISATIONS[expected] in customer.heard[0]
        assert len(customer.heard) == 2
        assert customer.keys == ["new", "status", "tickets", "language", "help"]


async def test_else_the_script_of_the_words_tells_it(desk: World) -> None:
    for words, expected in (("الموقع لا يعمل", "ar"), ("Сайт не работает", "ru"), ("The site is down", "en")):
        customer = chat(desk, "tr")

        await customer.says(words)

        assert ORGANISATIONS[expected] in customer.heard[0]


async def test_else_it_is_the_policys_first_language(captain_mama: World) -> None:
    customer = chat(captain_mama, "")

    await customer.says("12:30")

    assert "كابتن ماما" in customer.heard[0]


async def test_a_hint_that_the_policy_does_not_speak_falls_back(desk: World) -> None:
    customer = chat(desk, "uk")

    await customer.says("Сайт не працює")

    assert ORGANISATIONS["ru"] in customer.heard[0]


async def test_who_writes_in_another_script_than_the_hint_is_told_how_to_change(desk: World) -> None:
    customer = chat(desk, "en")

    await customer.says("Здравствуйте, сайт не работает")
    assert "Русский" in customer.heard[0]
    await customer.says("Русский")

    assert "Теперь мы говорим по-русски." in customer.told
    assert "Оформим это как обращение?" in customer.told


async def test_a_first_message_with_words_is_welcomed_and_kept(desk: World) -> None:
    customer = chat(desk)

    await customer.says("My invoice was charged twice this month")
    assert "Welcome" in customer.heard[0]
    assert "already filled in" in customer.heard[1]
    await customer.presses("file")
    await customer.says("billing", "INV-7", "normal", "skip")

    assert "Description: My invoice was charged twice this month" in customer.told


async def test_a_greeting_is_answered_with_the_menu(desk: World) -> None:
    for hello in ("hello", "السلام عليكم ورحمة الله وبركاته", "Здравствуйте!"):
        customer = chat(desk)
        await customer.says(hello)
        assert customer.keys == ["new", "status", "tickets", "language", "help"]


async def test_a_greeting_of_peace_is_returned_before_anything_else(desk: World) -> None:
    customer = chat(desk, "ar")
    await customer.says("السلام عليكم ورحمة الله")
    assert customer.heard[0].startswith("وعليكم السلام ورحمة الله وبركاته.\n\nأهلًا بك")
    assert customer.told.count("وعليكم السلام") == 1

    await customer.says("السلام عليكم")
    assert customer.told.startswith("وعليكم السلام ورحمة الله وبركاته.\n\n")
    assert "كيف يمكننا مساعدتك؟" in customer.told
    await customer.says("/new", "technical")
    asked = customer.told
    await customer.says("سلام عليكم")
    assert customer.told == f"وعليكم السلام ورحمة الله وبركاته.\n\n{asked}"
    await customer.says("/menu", "السلام عليكم")
    assert customer.told.startswith("وعليكم السلام")
    await customer.says("مرحبا")
    assert "وعليكم" not in customer.told


async def test_the_desks_name_stands_in_a_sentence_as_it_is_called(desk: World) -> None:
    for language, called in (
        ("ru", ("Служба поддержки: чем мы можем помочь?", "Служба поддержки: что мы обещаем")),
        ("en", ("How can the support desk help you?", "What you can expect from the support desk")),
    ):
        customer = chat(desk, language)
        await customer.says("/start")
        assert called[0] in customer.told
        await customer.says("/policy")
        assert called[1] in customer.told


async def test_the_payload_of_a_link_is_no_obstacle(desk: World) -> None:
    customer = chat(desk)

    await customer.says("/start from_the_website")

    assert "Welcome" in customer.heard[0]
    assert customer.keys[0] == "new"


async def test_commands_are_registered_in_each_language(desk: World) -> None:
    registered = desk.telegram.commands
    assert await desk.telegram.until(lambda: len(registered) == 4)

    for language in ("", "ar", "ru", "en"):
        commands = [one["command"] for one in registered["all_private_chats", language]]
        assert commands == ["new", "status", "tickets", "language", "policy", "help", "cancel"]


async def test_the_language_is_changed_at_any_time_by_button_number_title_and_words(desk: World) -> None:
    customer = chat(desk)

    await customer.says("/language")
    assert customer.keys == ["en", "ar", "ru", "cancel"]
    await customer.presses("ar")
    assert ORGANISATIONS["ar"] in customer.told
    for typed, expected in (("3", "ru"), ("English", "en"), ("русский", "ru"), ("ar", "ar"), ("٣", "ru")):
        await customer.says("/language", typed)
        assert ORGANISATIONS[expected] in customer.told
    await customer.says("العربية")
    assert ORGANISATIONS["ar"] in customer.told


async def test_a_change_of_language_in_the_middle_goes_on_in_the_new_one(desk: World) -> None:
    customer = chat(desk)

    await customer.says("/new", "technical", "website", "по-русски")
    assert "Что не работает?" in customer.told
    await customer.says("/language", "العربية")
    assert "ما المشكلة؟" in customer.told
    await customer.says("لا أستطيع الدخول إلى حسابي منذ أمس")

    assert customer.keys[:3] == ["high", "normal", "low"]
    assert "عالية" in customer.told


async def test_words_at_the_question_for_a_language_are_not_lost(desk: World) -> None:
    customer = chat(desk)

    await customer.says("/language", "The site shows an error since yesterday")

    assert "already filled in" in customer.told


async def test_who_did_not_speak_is_not_met(desk: World) -> None:
    person = desk.customer("en")
    await person.blocks()
    await person.unblocks()
    await desk.telegram.inject({"poll_answer": {"user": person.user, "poll_id": "1", "option_ids": [0]}})
    await desk.telegram.inject({"something_new": {"with": "nobody"}})
    await desk.settles()

    assert person.chat == []
    assert await desk.app.store.read(_met) == 0
    await desk.tells(person, "/start")
    await person.sees("Welcome")


def _met(tx: Tx) -> int:
    return len(tx.connection.execute(customers.select()).all())
