"""The survey: one question of the desk's own, a comment or none, once per resolution; low scores are told."""

from pathlib import Path

from bot.playground.telegram import Message
from tests.customer_kit import Chat, chat, nothing_is_parked, resolved
from tests.desk_kit import Case, bare
from tests.kit import SUPPORT, World, world


async def _solved(desk: World, customer: Chat) -> str:
    reference = await customer.files()
    await resolved(desk, customer, reference)
    await customer.presses("solved")
    return reference


async def test_a_score_and_a_comment(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    assert "from 1 (not at all) to 5 (very)" in customer.told
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.presses("4")
    assert "a few words for the team" in customer.told
    await customer.says("You were quick")

    assert "Thank you for your time" in customer.told
    assert "4 of 5" in (await desk.card(reference)).text
    assert "You were quick" in await desk.thread(reference)


async def test_a_low_score_is_told_to_the_queue(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.says("٢", "skip")

    assert "2 of 5" in (await desk.card(reference)).text
    assert [m for m in desk.slack.messages(SUPPORT) if f"rated {reference} low" in bare(m.text)]


async def test_all_of_it_can_be_skipped(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.says("пропустить")
    await customer.presses("skip")

    assert "Thank you for your time" in customer.told
    assert "Rating" not in (await desk.card(reference)).text


async def test_words_in_place_of_a_score_are_a_comment_or_the_problem_again(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.says("You were quick but the answer was hard to read")
    assert "the same problem, about something new, or only a comment" in customer.told
    await customer.presses("comment")
    assert "the team will read this" in customer.told
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.says("3")

    assert "Thank you for your time" in customer.told
    assert "hard to read" in await desk.thread(reference)
    assert "3 of 5" in (await desk.card(reference)).text

    other = await _solved(desk, customer)
    await customer.says("Oh no, it is down again")
    await customer.presses("unsolved")
    assert f"Your request {other} is open again" in customer.told
    assert (await desk.thread(other)).endswith("Oh no, it is down again")


async def test_a_survey_that_was_left_can_be_answered_later(desk: World) -> None:
    """Another language takes the question along, and later it is offered with the status."""
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.says("Русский")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Пропустить"]
    await customer.says("/language")
    await customer.presses("en")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.says("/language")
    await customer.presses("cancel")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.says("/language", "Cancel")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]

    await customer.says("/tickets", reference)
    assert "Rate our help" in customer.buttons
    await customer.presses("rate")
    await customer.presses("4")
    assert "4 of 5" in (await desk.card(reference)).text
    await customer.says(reference)
    assert "Rate our help" not in customer.buttons


async def test_a_score_is_pressed_whatever_was_shown_since(desk: World) -> None:
    """Once, by the person who was asked, for the resolution that it was asked about, and on its scale."""
    customer, stranger = chat(desk), chat(desk)
    reference = await _solved(desk, customer)
    await stranger.files()
    asked = customer.last
    four = asked.buttons[0][3].data
    for shown in ("/help", "/status", reference, "/tickets", "/policy", "/cancel"):
        await customer.says(shown)
    for wrong in (four.replace(":4.", ":9."), four.replace(".1.", ".2."), f"{four}s", "1:4"):
        await customer.person.presses_data(asked, wrong)
    await stranger.person.presses_data(stranger.last, four)
    await desk.settles()
    assert "Rating" not in (await desk.card(reference)).text

    await customer.says("/new")
    await customer.presses("4", asked)
    assert "4 of 5" in (await desk.card(reference)).text
    assert "a few words for the team" in customer.told
    for shown in ("/help", "/tickets"):
        await customer.says(shown)
        listed = customer.last
        await customer.person.presses_data(asked, four.replace(":4.", ":2."))
        await desk.settles()
        assert customer.last == listed
    assert "4 of 5" in (await desk.card(reference)).text
    assert await nothing_is_parked(desk)


async def test_a_survey_that_was_left_is_skipped_with_a_courteous_word(desk: World) -> None:
    """Whatever is asked since stays open, and the rating can still be given by the status."""
    customer = chat(desk)
    reference = await _solved(desk, customer)
    asked = customer.last
    await customer.says("/status")
    await customer.presses("skip", asked)
    assert (customer.person.toasts[-1], customer.heard) == ("That is all right, thank you.", [])
    assert not next(message for message in customer.person.chat if message.id == asked.id).buttons
    await customer.says(reference)
    assert f"Request {reference}: closed" in customer.told
    assert "Rating" not in (await desk.card(reference)).text

    await customer.presses("rate")
    await customer.presses("3")
    asked = customer.last
    await customer.says("/help")
    shown = customer.last
    await customer.presses("skip", asked)
    assert (customer.person.toasts[-1], customer.last) == ("That is all right, thank you.", shown)
    assert "3 of 5" in (await desk.card(reference)).text
    assert await nothing_is_parked(desk)


async def test_skip_is_for_the_question_that_it_stands_under(desk: World) -> None:
    """Asked once more, it is skipped by the button of before as well; a question that is over is not."""
    customer = chat(desk)
    reference = await _solved(desk, customer)
    asked = customer.last
    await customer.says("10")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.presses("skip", asked)
    assert "a few words for the team" in customer.told
    await customer.presses("skip", asked)
    assert customer.heard == []
    await customer.says("It was all very clear")
    assert "It was all very clear" in await desk.thread(reference)


async def test_a_comment_may_be_a_file(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.presses("5")
    await customer.sends("voice")

    assert "Thank you for your time" in customer.told
    assert "Voice message" in await desk.thread(reference)


async def test_once_per_resolution(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    asked = customer.last
    one = asked.buttons[0][0].data
    await customer.presses("5")
    for data in (one, "999:1"):
        await customer.person.presses_data(asked, data)
        await desk.settles()
    assert "5 of 5" in (await desk.card(reference)).text
    await customer.says("skip")
    await customer.says("It is down again", reply_to=await _solution(customer))
    await resolved(desk, customer, reference, "Now it is mended.")
    await customer.presses("solved")
    assert customer.buttons == ["1", "2", "3", "4", "5", "Skip"]
    await customer.presses("2")

    assert "2 of 5" in (await desk.card(reference)).text
    assert await nothing_is_parked(desk)


async def test_a_reopened_ticket_ends_its_survey(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.says("It is down again", reply_to=await _solution(customer))
    assert f"Your request {reference} is open again" in customer.told
    await customer.says("Since one minute ago")

    assert f"Added to your request {reference}" in customer.told


async def test_whoever_opens_a_ticket_again_ends_what_its_customer_was_asked(desk: World) -> None:
    """Words after that are words on the ticket; a question about another ticket stays."""
    customer = chat(desk)
    agent = await desk.agent()
    for said in (["it broke again"], ["1"], ["skip"], ["thanks"]):
        reference = await _solved(desk, customer)
        rated = customer.last
        await Case(desk, customer.person, reference).clicks(agent, "reopen")
        await _are_words_on(desk, customer, reference, *said)
        await customer.presses("5", rated)
        assert "Rating" not in (await desk.card(reference)).text
        await _is_withdrawn(customer, reference)

    for said in (["no"], ["thanks"], ["yes", "it is there again"]):
        reference = await _asked_whether_still(desk, customer)
        await Case(desk, customer.person, reference).clicks(agent, "reopen")
        await _are_words_on(desk, customer, reference, *said)
        await _is_withdrawn(customer, reference)

    other = await _asked_whether_still(desk, customer)
    closed = await _solved(desk, customer)
    await Case(desk, customer.person, other).clicks(agent, "reopen")
    await customer.presses("4")
    assert "4 of 5" in (await desk.card(closed)).text
    await Case(desk, customer.person, closed).clicks(agent, "reopen")
    await customer.says("Русский")
    assert "Пропустить" not in customer.buttons
    assert await nothing_is_parked(desk)


async def _asked_whether_still(desk: World, customer: Chat) -> str:
    reference = await customer.files()
    await resolved(desk, customer, reference)
    await customer.says("The colours are odd")
    assert "still there?" in customer.told
    return reference


async def _are_words_on(desk: World, customer: Chat, reference: str, *said: str) -> None:
    for words in said:
        await customer.says(words)
        assert customer.heard == [f"Added to your request {reference}."]
        assert (await desk.thread(reference)).endswith(f"The customer wrote:\n{words}")


async def _is_withdrawn(customer: Chat, reference: str) -> None:
    """Its customer has no ticket under way any more."""
    await customer.says("/status", reference)
    await customer.presses("unneeded")
    await customer.presses("yes")
    assert "cancelled" in customer.told


async def test_a_score_may_be_said_with_the_best_that_there_is(desk: World) -> None:
    customer = chat(desk)
    for said, score in (("5/5", 5), ("4 of 5", 4), ("٣/٥", 3), ("2 из 5", 2)):
        reference = await _solved(desk, customer)
        await customer.says(said)
        assert f"{score} of 5" in (await desk.card(reference)).text
        await customer.says("skip")
    reference = await _solved(desk, customer)
    for said in ("10", "٩/١٠", "7/5", "0", "-1", "−٢", "4.5", "6"):
        await customer.says(said)
        assert len(customer.heard) == 1
        assert "from 1 (not at all) to 5 (very)" in customer.told
    await customer.sends_album("photo", "document", caption="7")
    assert len(customer.heard) == 1
    assert "from 1 (not at all) to 5 (very)" in customer.told
    await customer.says(reference)
    assert "only a comment" in customer.told
    await customer.says("thanks")
    assert customer.told.startswith("We have kept what you sent. Please answer this as well:")
    assert "only a comment" in customer.told
    await customer.says("/cancel")
    await customer.says("/tickets", reference)
    await customer.presses("rate")
    await customer.says("4")
    assert "4 of 5" in (await desk.card(reference)).text


async def test_a_survey_of_yesterday_hears_no_new_problem_as_a_comment(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    await customer.presses("5")
    desk.clock.goes(days=5)
    await customer.says("My invoice of last month was charged twice")

    assert "already filled in" in customer.told
    assert "invoice" not in await desk.thread(reference)


async def test_a_score_given_late_still_counts(desk: World) -> None:
    customer = chat(desk)
    reference = await _solved(desk, customer)
    desk.clock.goes(days=5)
    await customer.presses("5")

    assert "5 of 5" in (await desk.card(reference)).text


async def test_no_survey_where_the_desk_wants_none(database_url: str, tmp_path: Path) -> None:
    async with world(database_url, tmp_path, extra="[defaults]\nsurvey = false\n") as desk:
        customer = chat(desk)
        await _solved(desk, customer)

        assert customer.heard[0].startswith("Thank you. Your request")
        assert len(customer.heard) == 1


async def _solution(customer: Chat) -> Message:
    return await customer.person.sees("Is the problem solved?", since=customer.person.chat[0])


async def test_words_in_place_of_a_score_are_asked_about_as_the_ticket_stands_by_then(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Somebody opens it again meanwhile: it is closed no more, and nobody is asked to rate it."""
    async with world(sqlite_url, tmp_path) as desk:
        customer, agent = chat(desk), await desk.agent()
        for answer, follows in (("unsolved", "Added to your request"), ("comment", "for your time")):
            reference = await _solved(desk, customer)
            await customer.says("The colours are odd")
            assert f"Request {reference}: closed. Is what you wrote" in customer.told
            await Case(desk, customer.person, reference).clicks(agent, "reopen")
            await customer.says("hello")
            assert f"Request {reference}: being worked on. Is what you wrote" in customer.told
            await customer.presses(answer)
            assert follows in customer.told
            assert "How satisfied" not in customer.told
            assert "The colours are odd" in await desk.thread(reference)
            await _is_withdrawn(customer, reference)
