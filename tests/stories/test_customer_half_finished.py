"""A half-finished request is never lost: not to a restart, a day, a command, or another request."""

from pathlib import Path

from tests.core.test_policy import SMALL
from tests.customer_kit import WRITTEN, a_desk_with, cards, chat, nothing_is_parked, resolved
from tests.kit import World, living_in, street, world


async def test_a_conversation_goes_on_after_a_restart(database_url: str, tmp_path: Path) -> None:
    async with street(database_url, tmp_path) as place:
        async with living_in(place) as world:
            customer = chat(world)
            await customer.says("/new", "technical", "website", WRITTEN)
            asked = customer.last
        async with living_in(place) as world:
            customer.world = world
            await customer.presses("high", asked)
            await customer.says("skip")
            assert WRITTEN in customer.told
        async with living_in(place) as world:
            customer.world = world
            await customer.says("send")
            assert "We have received your request" in customer.told
            assert await cards(world) == 1


async def test_after_a_day_it_is_offered_again_with_what_is_said_now(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN)
    desk.clock.goes(days=1, minutes=1)
    await customer.says("and now the app is down as well")

    assert "not sent yet" in customer.told
    assert WRITTEN in customer.told
    await customer.presses("on")
    assert "How serious" in customer.told
    await customer.says("low", "skip")
    assert f"{WRITTEN}\nand now the app is down as well" in customer.told


async def test_after_a_day_a_greeting_brings_the_offer(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN)
    desk.clock.goes(days=2)
    await customer.says("السلام عليكم")

    assert "not sent yet" in customer.told
    await customer.says("Go on", "low", "skip")
    assert "Description: The site" in customer.told
    assert "السلام" not in customer.told


async def test_after_a_day_an_answer_to_the_question_is_still_an_answer(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN)
    desk.clock.goes(days=2)
    await customer.says("High")

    assert "may we reach you" in customer.told


async def test_after_a_day_it_is_offered_after_a_restart_too(database_url: str, tmp_path: Path) -> None:
    async with street(database_url, tmp_path) as place:
        async with living_in(place) as world:
            customer = chat(world)
            await customer.says("/new", "technical", "website", WRITTEN)
        place.clock.goes(days=1, hours=1)
        async with living_in(place) as world:
            customer.world = world
            await customer.says("/new")
            assert "not sent yet" in customer.told


async def test_one_that_holds_nothing_yet_is_not_worth_an_offer(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical")
    desk.clock.goes(days=2)
    await customer.says("The app shows a white page since yesterday")

    assert "already filled in" in customer.told


async def test_status_in_the_middle_and_back(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.says("/new", "technical", "app", "The app shows a white page since noon", "/status")
    await customer.says(reference)
    assert f"Request {reference}" in customer.told
    await customer.presses("menu")
    assert customer.keys[0] == "resume"
    await customer.presses("resume")
    assert "How serious" in customer.told
    await customer.says("low", "skip", "send")

    assert await cards(desk) == 2


async def test_it_goes_on_with_the_question_that_was_open_also_with_one_that_was_gone_back_to(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Words that were said meanwhile may be its answer: then the first one without an answer is asked."""
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        await customer.says("/new", "technical", "website", WRITTEN, "back", "back", "/help")
        await customer.presses("resume")
        assert customer.told == "Where does it happen?"
        assert customer.buttons[-2:] == ["Back", "Cancel"]
        await customer.says("app", "low", "back", "/tickets", "/new")
        await customer.presses("on")
        assert "How serious" in customer.told
        await customer.says("high", "skip")
        await customer.presses("change")
        await customer.presses("field.where")
        await customer.says("/start")
        await customer.presses("resume")
        assert customer.told == "Where does it happen?"
        await customer.says("back")
        assert "Which answer shall we change?" in customer.told
        await customer.says("/start")
        await customer.presses("resume")
        assert "look it over once more" in customer.told, "what was to be changed is chosen by what it shows"
        await customer.presses("change")
        await customer.presses("field.where")
        await customer.says("/new It is white, and nothing else")
        await customer.presses("on")
        assert "look it over once more" in customer.told
        assert "It is white, and nothing else" in customer.told
        await customer.says("send")
        assert await cards(desk) == 1


async def test_the_way_back_outlasts_another_language_and_a_detour(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    assert customer.buttons == ["Back", "Cancel"]

    await customer.says("/language", "Русский")
    assert customer.buttons == ["Назад", "Отмена"]
    await customer.says("/tickets", "English", "/new")
    await customer.presses("on")
    assert customer.buttons == ["Back", "Cancel"]
    await customer.says("back", "back")
    assert "Technical problem" in customer.buttons


async def test_new_in_the_middle_offers_the_old_one_first(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "/new")
    assert "not sent yet" in customer.told
    assert "A new one replaces it" in customer.told
    await customer.presses("new")
    assert "What is it about?" in customer.told
    await customer.says("question", "What are your opening hours on Friday?", "low", "skip")
    assert WRITTEN not in customer.told

    await customer.says("send", "/new")
    assert "What is it about?" in customer.told


async def test_words_behind_new_are_kept_through_the_offer(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "/new My invoice was charged twice")
    await customer.presses("new")
    await customer.says("billing", "skip", "low", "skip")

    assert "Description: My invoice was charged twice" in customer.told


async def test_it_can_be_thrown_away(desk: World) -> None:
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "/tickets", "/new")
    await customer.presses("drop")
    assert customer.keys[0] == "new"
    await customer.says("/new")

    assert "What is it about?" in customer.told


async def test_another_request_never_replaces_it_silently(desk: World) -> None:
    """It waits on its shelf; words that become another request ask about it first."""
    customer = chat(desk)
    await customer.says("/new", "technical", "website", WRITTEN, "/help", "My invoice was charged twice")
    await customer.presses("file")

    assert "not sent yet" in customer.told
    assert WRITTEN in customer.told
    await customer.says("and nobody answers the phone")
    assert customer.told.startswith("We have kept what you sent. You have a request that is not sent yet.")
    await customer.presses("new")
    await customer.says("billing", "skip", "low", "skip")
    assert "My invoice was charged twice\nand nobody answers the phone" in customer.told


async def test_a_solved_ticket_in_the_middle_does_not_cost_the_new_one(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.says("/new", "technical", "app", "The app shows a white page since noon")
    solution = await resolved(desk, customer, reference)
    await customer.presses("solved", solution)
    await customer.presses("5")
    await customer.presses("skip")

    assert "Thank you for your time" in customer.told
    assert "not sent yet" in customer.told
    await customer.presses("on")
    assert "How serious" in customer.told


async def test_not_solved_in_the_middle_hears_what_is_wrong(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.says("/new", "technical", "app", "The app shows a white page since noon")
    solution = await resolved(desk, customer, reference)
    await customer.presses("unsolved", solution)
    await customer.says("The page is still white")

    assert f"Added to your request {reference}" in customer.told
    assert "still white" in await desk.thread(reference)
    await customer.says("/start")
    assert customer.keys[0] == "resume"


async def test_a_reply_to_a_ticket_in_the_middle_changes_nothing_else(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    receipt = customer.last
    await customer.says("/new", "technical", "app")
    await customer.says("It began at nine", reply_to=receipt)
    assert f"Added to your request {reference}" in customer.told
    await customer.says("The app shows a white page since noon")

    assert "How serious" in customer.told
    assert "white page" not in await desk.thread(reference)
    assert await nothing_is_parked(desk)


async def test_another_language_asks_the_same_question_of_a_request_again(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Whatever it holds by then, and wherever its customer has gone back to."""
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        for words, here, there, back in (
            (("/new",), "What is it about?", "О чём ваше обращение?", False),
            (("technical",), "Where does it happen?", "Где возникает проблема?", True),
            (("back",), "What is it about?", "О чём ваше обращение?", False),
            (("technical", "app", "The app shows a white page"), "How serious", "Насколько", True),
            (("back", "back"), "Where does it happen?", "Где возникает проблема?", True),
            (("app", "low", "skip"), "look it over once more", "Проверьте", True),
            (("change",), "Which answer", "Какой ответ", True),
        ):
            await customer.says(*words)
            assert here in customer.told
            for how in (("/language ru",), ("/language", "русский")):
                await customer.says(*how)
                assert there in customer.told, (words, how)
                assert ("Назад" in customer.buttons) is back
                await customer.says("/language")
                await customer.presses("cancel")
                assert there in customer.told, "the language stays, and so does the question"
                await customer.says("/language english")
                assert here in customer.told
        await customer.says("/language", "/tickets", "/new")
        await customer.presses("on")
        await customer.says("send")
        assert await cards(desk) == 1


async def test_a_language_that_is_not_spoken_here_costs_no_question(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk_with(sqlite_url, tmp_path, SMALL) as desk:
        customer = chat(desk)
        await customer.says("/new", "help")
        asked = customer.told
        await customer.says("/language العربية")
        assert customer.keys == ["ru", "en", "cancel"]
        await customer.presses("ru")
        assert "Какая почта?" in customer.told
        await customer.says("/language ar", "english")

        assert asked == "Which e-mail?"
        assert asked in customer.told
