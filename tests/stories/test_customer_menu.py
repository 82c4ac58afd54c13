"""The menu: by buttons, commands, numbers, titles, and the words that people use in three languages."""

from tests.customer_kit import chat
from tests.kit import World


async def test_filing_begins_in_many_words(desk: World) -> None:
    for said in (
        "/new",
        "1",
        "١",
        "New request",
        "new",
        "طلب جديد",
        "новое обращение",
        "НОВОЕ ОБРАЩЕНИЕ",
        "طلب  جديد",
    ):
        customer = chat(desk)
        await customer.says("/start", said)

        assert "What is it about?" in customer.told, said


async def test_a_status_is_asked_for_in_many_words(desk: World) -> None:
    for said in ("/status", "2", "Check a request", "статус", "حالة الطلب", "/STATUS"):
        customer = chat(desk)
        await customer.says("/start", said)

        assert "What is the number of the request?" in customer.told, said


async def test_the_own_requests_are_asked_for_in_many_words(desk: World) -> None:
    for said in ("/tickets", "3", "my requests", "мои обращения", "طلباتي"):
        customer = chat(desk)
        await customer.says("/start", said)

        assert "You have not sent a request yet" in customer.told, said


async def test_help_tells_what_can_be_done(desk: World) -> None:
    for said in ("/help", "5", "Help", "помощь", "مساعدة", "help!"):
        customer = chat(desk)
        await customer.says("/start", said)

        for command in ("/new", "/status", "/tickets", "/language", "/help", "/cancel"):
            assert command in customer.told
        assert customer.keys[0] == "new", said


async def test_every_button_of_the_menu_leads_somewhere(desk: World) -> None:
    customer = chat(desk)
    expected = {
        "new": "What is it about?",
        "status": "What is the number",
        "tickets": "not sent a request",
        "language": "Which language",
        "help": "This is what you can do",
    }
    for key, words in expected.items():
        await customer.says("/start")
        await customer.presses(key)
        assert words in customer.told
        assert customer.person.chat[-1].from_bot


async def test_a_category_is_known_by_its_names_in_every_language(desk: World) -> None:
    for said in ("technical", "1", "١", "Technical problem", "مشكلة تقنية", "не работает", "عطل", "BUG"):
        customer = chat(desk)
        await customer.says("/new", said)

        assert "Where does it happen?" in customer.told, said


async def test_a_choice_is_known_by_its_titles_in_every_language(desk: World) -> None:
    for said in ("website", "2", "Website", "الموقع الإلكتروني", "На сайте", "تطبيق الجوال"):
        customer = chat(desk)
        await customer.says("/new", "technical", said)

        assert customer.told.startswith("What goes wrong?"), said


async def test_priorities_and_ways_out_are_typed_in_every_language(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", "I cannot sign in since yesterday", "Обычный")
    assert "may we reach you" in customer.told
    await customer.says("назад")
    assert "How serious is it?" in customer.told
    await customer.says("عالية", "пропустить")
    assert "Importance: High" in customer.told
    await customer.says("إلغاء")
    assert "Nothing was sent" in customer.told


async def test_an_unknown_command_is_named_and_kept_from_the_agents(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "/delete_everything")

    assert "We do not know this command" in customer.told
    assert "Where does it happen?" in customer.told

    reference = await chat(desk).files()
    assert "/delete_everything" not in await desk.thread(reference)


async def test_a_path_is_no_command(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/var/log is full and nothing works")

    assert "already filled in" in customer.told


async def test_cancel_with_nothing_begun_shows_the_menu(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/cancel")

    assert customer.keys[0] == "new"


async def test_commands_are_heard_at_a_question_with_buttons(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/status", "my requests")
    assert "not sent a request" in customer.told
    await customer.says("/language", "help")
    assert "This is what you can do" in customer.told
    await customer.says("/new", "my requests")
    assert "not sent a request" in customer.told


async def test_a_greeting_in_the_middle_repeats_the_question(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "hello")

    assert "Where does it happen?" in customer.told
