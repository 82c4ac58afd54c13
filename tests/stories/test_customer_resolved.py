"""After a solution: solved closes, not solved reopens, and whatever else is said finds its place."""

from pathlib import Path

from bot.playground.telegram import Message
from tests.customer_kit import cards, chat, nothing_is_parked, resolved, resolves
from tests.desk_kit import bare
from tests.kit import World, world


async def test_solved_closes(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    assert "Is the problem solved?" in solution.text
    await customer.presses("solved", solution)

    assert f"Your request {reference} is closed" in customer.told
    assert "The customer says that it is solved" in await desk.thread(reference)
    assert "Closed" in (await desk.card(reference)).text


async def test_not_solved_reopens_and_hears_what_is_wrong(desk: World) -> None:
    customer = chat(desk)
    other = await customer.files("The app is slow since the last update")
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    await customer.presses("unsolved", solution)
    assert f"Your request {reference} is open again" in customer.told
    await customer.says("It stopped again at noon")

    assert f"Added to your request {reference}" in customer.told
    assert "It stopped again at noon" in await desk.thread(reference)
    assert "noon" not in await desk.thread(other)
    assert "Open" in (await desk.card(reference)).text


async def test_solved_may_be_typed(desk: World) -> None:
    for typed in ("1", "١", "Solved", "SOLVED!", "решено", "تم الحل"):
        customer = chat(desk)
        await customer.says("/start")
        reference = await customer.files()
        await resolved(desk, customer, reference)
        await customer.says(typed)

        assert f"Your request {reference} is closed" in customer.told, typed


async def test_not_solved_may_be_typed(desk: World) -> None:
    for typed in ("2", "۲", "Not solved", "не решено", "لم تحل"):
        customer = chat(desk)
        reference = await customer.files()
        await customer.says("/start")
        await resolved(desk, customer, reference)
        await customer.says(typed)

        assert f"Your request {reference} is open again" in customer.told, typed


async def test_a_number_answers_the_menu_if_that_came_last(desk: World) -> None:
    customer = chat(desk)
    await resolved(desk, customer, await customer.files())
    await customer.says("/start", "1")

    assert "What is it about?" in customer.told


async def test_a_platform_reply_to_the_solution_reopens(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    await customer.says("It is down again", reply_to=solution)

    assert f"Your request {reference} is open again, with what you wrote added" in customer.told
    assert "It is down again" in await desk.thread(reference)
    assert "Open" in (await desk.card(reference)).text


async def test_a_reply_that_says_solved_is_believed(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    await customer.says("Solved", reply_to=solution)

    assert f"Your request {reference} is closed" in customer.told


async def test_thanks_neither_close_nor_reopen(desk: World) -> None:
    for number, thanks in enumerate(("Thanks, it works now!", "Спасибо!", "شكرًا لكم", "👍")):
        customer = chat(desk)
        reference = await customer.files()
        solution = await resolved(desk, customer, reference)
        await customer.says(thanks, reply_to=solution if number % 2 else None)
        assert "You are welcome" in customer.told
        await customer.says(thanks)

        assert customer.buttons == ["Solved", "Not solved"]
        assert "Resolved" in (await desk.card(reference)).text
        assert thanks.strip("!") in await desk.thread(reference)


async def test_other_words_are_kept_and_the_customer_is_asked(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await resolved(desk, customer, reference)
    await customer.says("I will look at it tomorrow")
    assert f"Added to your request {reference}, which was resolved" in customer.told
    assert "still there?" in customer.told
    assert "I will look at it tomorrow" in await desk.thread(reference)
    assert "Resolved" in (await desk.card(reference)).text
    await customer.says("нет")
    assert "Glad to hear it" in customer.told
    assert customer.buttons == ["Solved", "Not solved"]
    await customer.says("Now I have looked, it is still slow", "yes")
    assert f"Your request {reference} is open again" in customer.told
    assert "Open" in (await desk.card(reference)).text


async def test_more_words_and_thanks_while_being_asked(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await resolved(desk, customer, reference)
    await customer.says("I will look at it tomorrow", "or the day after")
    assert "still there?" in customer.told
    await customer.sends_album("photo", "photo")
    assert "still there?" in customer.told
    await customer.says("спасибо")
    assert "Resolved" in (await desk.card(reference)).text
    thread = await desk.thread(reference)
    assert "or the day after" in thread
    assert thread.count("Photo") == 2


async def test_thanks_do_not_say_that_the_problem_is_gone(sqlite_url: str, tmp_path: Path) -> None:
    """The question stays open; that it works by now is an answer."""
    told = {
        "en": ("It is still broken", "thank you", "You are welcome.", "yes", "thanks, it works now", "Glad"),
        "ru": ("Всё равно не работает", "спасибо", "Пожалуйста!", "да", "спасибо, теперь работает", "Рады"),
        "ar": ("ما زال لا يعمل", "شكرا", "على الرحب والسعة.", "نعم", "شكرا، تم الحل", "يسعدنا"),
    }
    async with world(sqlite_url, tmp_path) as desk:
        for language, (broken, thanks, welcome, yes, works, glad) in told.items():
            customer = chat(desk, language)
            reference = await customer.files()
            await resolved(desk, customer, reference)
            await customer.says(broken)
            question = customer.told.partition("\n\n")[2]
            for _again in range(2):
                await customer.says(thanks)
                assert customer.told == f"{welcome}\n\n{question}"
            assert (await desk.thread(reference)).endswith(thanks)
            await customer.says(works)
            assert customer.heard[-1].startswith(glad)
            assert "Resolved" in (await desk.card(reference)).text
            await customer.says(broken, thanks, yes)
            assert "Open" in (await desk.card(reference)).text
            assert await nothing_is_parked(desk)


async def test_the_window_counts_from_the_acceptance_of_the_solution(desk: World) -> None:
    """The agent resolves, Telegram takes the message two days later: the 72 hours begin then."""
    customer = chat(desk)
    reference = await customer.files()
    trouble = desk.telegram.faults.fail("sendMessage", status=502, times=None)
    await resolves(desk, reference, "It works again.")
    desk.clock.goes(days=2)
    trouble.lift()
    solution = await customer.person.sees("It works again.", timeout=30, since=customer.person.chat[0])
    await desk.settles()
    desk.clock.goes(hours=71)
    await customer.says("It is down again", reply_to=solution)

    assert f"Your request {reference} is open again" in customer.told


async def test_the_window_holds_after_solved(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    await customer.says("solved", "skip", "skip")
    desk.clock.goes(hours=70)
    await customer.says(reference)
    assert customer.keys[0] == "unsolved"
    await customer.presses("unsolved")
    assert f"Your request {reference} is open again" in customer.told

    second = await resolved(desk, customer, reference, "Now it is mended.")
    assert second.id != solution.id
    await customer.says("solved", "skip", "skip", "Wait, it is down again")
    assert customer.keys == ["file", "ended", "no"]
    assert f"Continue {reference}" in customer.buttons
    await customer.presses("ended")
    assert f"Your request {reference} is open again, with what you wrote added" in customer.told
    assert "Wait, it is down again" in await desk.thread(reference)


async def test_after_the_window_a_new_request_follows_the_old_one(desk: World) -> None:
    for solved in (True, False):
        customer = chat(desk)
        old = await customer.files()
        solution = await resolved(desk, customer, old)
        if solved:
            await customer.says("solved", "skip", "skip")
        desk.clock.goes(hours=73)
        await customer.says("The site is down again, exactly as before", reply_to=solution)
        assert "too late to reopen" in customer.told
        assert "How serious" in customer.told  # kind, place and words are known already
        await customer.says("high", "skip")
        assert "Where: Website" in customer.told
        await customer.says("send")

        new = customer.reference
        assert new != old
        assert f"This continues {old}" in bare(await desk.thread(new))
        assert "down again" not in await desk.thread(old)


async def test_after_the_window_the_button_begins_a_new_request(desk: World) -> None:
    customer = chat(desk)
    old = await customer.files()
    solution = await resolved(desk, customer, old)
    desk.clock.goes(hours=73)
    await customer.presses("unsolved", solution)
    assert "too late to reopen" in customer.told
    assert "What goes wrong?" in customer.told
    await customer.says("The site is down again, exactly as before", "high", "skip", "send")

    assert f"This continues {old}" in bare(await desk.thread(customer.reference))


async def test_after_the_window_free_words_may_be_about_the_old_one_or_new(desk: World) -> None:
    customer = chat(desk)
    old = await customer.files()
    await resolved(desk, customer, old)
    desk.clock.goes(days=30)
    await customer.says("My invoice of last month was charged twice")
    assert customer.keys == ["file", "ended", "no"]
    await customer.presses("file")
    await customer.says("billing", "skip", "low", "skip", "send")

    assert "This continues" not in await desk.thread(customer.reference, "C0BILLING")


async def test_a_reply_to_another_message_of_a_closed_ticket_asks_first(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    receipt = customer.last
    await resolved(desk, customer, reference)
    await customer.says("solved", "skip", "skip")
    await customer.says("It is down again", reply_to=receipt)
    assert f"Your request {reference} is closed" in customer.told
    assert customer.keys == ["file", "ended", "no"]
    await customer.presses("ended")

    assert f"Your request {reference} is open again" in customer.told
    assert "It is down again" in await desk.thread(reference)


async def test_old_buttons_of_an_earlier_resolution_do_nothing(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    first = await resolved(desk, customer, reference)
    data = {key: _data(first, key) for key in ("solved", "unsolved")}
    await customer.says("It is down again", reply_to=first)
    await resolved(desk, customer, reference, "Now it is mended.")
    for forged in data.values():
        await customer.person.presses_data(first, forged)
        await desk.settles()

    assert "Resolved" in (await desk.card(reference)).text
    assert await cards(desk) == 1
    assert await nothing_is_parked(desk)


def _data(message: Message, key: str) -> str:
    return next(button.data for row in message.buttons for button in row if f":{key}." in button.data)


async def test_solved_twice_and_not_solved_after_it(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    solution = await resolved(desk, customer, reference)
    data = {key: _data(solution, key) for key in ("solved", "unsolved")}
    await customer.person.presses_data(solution, data["solved"])
    await customer.person.presses_data(solution, data["solved"])
    await desk.settles()
    await customer.person.sees_toast("already closed")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.says("5")
    assert "Rating: 5 of 5" in (await desk.card(reference)).text
    for _twice in range(2):
        await customer.person.presses_data(solution, data["unsolved"])
        await desk.settles()

    assert f"Your request {reference} is open again" in bare(customer.last.text)
    assert "belongs to an earlier question" in customer.person.toasts[-1]
    await customer.says("The pictures are missing")
    assert f"Added to your request {reference}" in customer.told


async def test_a_press_that_changes_nothing_leaves_what_is_being_asked(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        reference = await customer.files()
        solution = await resolved(desk, customer, reference)
        data = {key: _data(solution, key) for key in ("solved", "unsolved")}
        await customer.says("Solved", "5", "skip", "/new", "question", "How do I change my address there?")
        await customer.person.presses_data(solution, data["solved"])
        await desk.settles()
        await customer.says("Solved", reply_to=solution)
        assert len(customer.heard) == 1
        assert customer.told.startswith(f"Your request {reference} is already closed.\n\nHow serious is it?")
        await customer.says("low", "skip", "send")
        assert "How do I change my address" in await desk.thread(customer.reference)

        desk.clock.goes(hours=73)
        await customer.person.presses_data(solution, data["unsolved"])
        await desk.settles()
        asked = customer.last
        await customer.person.presses_data(solution, data["unsolved"])
        await desk.settles()
        assert customer.last is asked
        assert f"too late to reopen your request {reference}" in bare(customer.person.toasts[-1])
        await customer.says("The site is down again, exactly as before", "high", "skip", "send")
        assert f"This continues {reference}" in bare(await desk.thread(customer.reference))


async def test_an_answer_that_is_typed_twice_is_taken_as_said_once(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as desk:
        customer = chat(desk)
        reference = await customer.files()
        await resolved(desk, customer, reference)
        await customer.says("Not solved")
        for again in ("Not solved", "не решено", "2"):
            await customer.says(again)
            assert customer.told.startswith(f"Your request {reference} is open again.")
        await customer.says("The pictures are missing")
        assert (await desk.thread(reference)).count("The customer wrote:") == 2  # with the request itself

        await resolved(desk, customer, reference, "Now it is mended.")
        await customer.presses("solved")
        for again in ("Solved", "решено"):
            await customer.says(again)
            assert customer.told.startswith(f"Your request {reference} is already closed.")
            assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
        await customer.says("5")
        for again in ("5", "٥", "5/5"):
            await customer.says(again)
            assert customer.heard == ["Would you like to add a few words for the team?"]
        await customer.says("4 days are long")
        assert "Thank you for your time." in customer.told
        await customer.says("Solved")
        assert customer.heard == [f"Your request {reference} is already closed."]
        assert "Rating: 5 of 5" in (await desk.card(reference)).text
        assert (await desk.thread(reference)).endswith("4 days are long")


async def test_with_two_resolved_tickets_a_reference_says_which(desk: World) -> None:
    customer = chat(desk)
    first, second = await customer.files(), await customer.files("The app is slow since the last update")
    for reference, text in ((first, "Mended one."), (second, "Mended two.")):
        await resolved(desk, customer, reference, text)
    await customer.says("Solved")
    assert "Which request is this about?" in customer.told
    await customer.says(first)

    assert f"Your request {first} is closed" in customer.told
    assert "Resolved" in (await desk.card(second)).text
