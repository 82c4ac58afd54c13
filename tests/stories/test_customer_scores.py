"""A score is understood however a person puts it, and what stands beside it is their comment."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.customer_kit import Chat, chat
from tests.desk_kit import Case, a_desk, bare
from tests.kit import World

MORE = {
    "en": "Would you like to add a few words for the team?",
    "ru": "Хотите добавить несколько слов для команды?",
    "ar": "هل لديك أي ملاحظة للفريق؟",
}
ENDED = {"en": "Thank you for your time.", "ru": "Спасибо, что уделили время.", "ar": "شكرًا على وقتك."}


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with a_desk(sqlite_url, tmp_path) as here:
        yield here


async def surveyed(desk: World, language: str = "en") -> tuple[Chat, Case]:
    customer, agent = chat(desk, language), await desk.agent()
    case = Case(desk, customer.person, await customer.files())
    await case.clicks(agent, "claim")
    await case.answers(agent, "resolve", "Mended")
    await customer.presses("solved")
    return customer, case


async def rating(case: Case) -> str:
    lines = bare((await case.card()).text).splitlines()
    return next((line for line in lines if line.startswith("Rating")), "")


@pytest.mark.parametrize(
    ("language", "said", "score"),
    [
        ("en", "five", 5),
        ("en", "4 stars", 4),
        ("en", "⭐⭐⭐", 3),
        ("ru", "пять", 5),
        ("ru", "пятёрка", 5),
        ("ru", "4 балла", 4),
        ("ar", "خمسة", 5),
        ("ar", "٤ نجوم", 4),
    ],
)
async def test_a_score_in_words_is_that_score(desk: World, language: str, said: str, score: int) -> None:
    customer, case = await surveyed(desk, language)
    await customer.says(said)
    assert await rating(case) == f"Rating: {score} of 5"
    assert customer.told == MORE[language]


@pytest.mark.parametrize(
    ("language", "said", "score"),
    [
        ("en", "5, thank you", 5),
        ("en", "4 but it took a week", 4),
        ("ru", "5, спасибо", 5),
        ("ru", "пять, вы молодцы", 5),
        ("ar", "5 ممتاز", 5),
        ("ar", "٥ شكرًا لكم", 5),
    ],
)
async def test_words_beside_a_score_are_the_comment(
    desk: World, language: str, said: str, score: int
) -> None:
    customer, case = await surveyed(desk, language)
    await customer.says(said)
    assert await rating(case) == f"Rating: {score} of 5"
    assert customer.told == ENDED[language]
    assert (await case.thread()).endswith(f"The customer's comment on our help:\n{said}")


async def test_what_was_only_counted_is_no_score(desk: World) -> None:
    customer, case = await surveyed(desk)
    await customer.says("2 of my colleagues still cannot sign in")
    assert "about the same problem, about something new, or only a comment" in customer.told
    assert await rating(case) == ""


async def test_a_score_after_words_that_were_asked_about_is_the_score_and_they_are_its_comment(
    desk: World,
) -> None:
    """As long as it is none of the numbers of that question's own answers."""
    customer, case = await surveyed(desk)
    await customer.says("You answered in an hour")
    await customer.says("5")
    assert await rating(case) == "Rating: 5 of 5"
    assert customer.told == ENDED["en"]
    assert (await case.thread()).endswith("The customer's comment on our help:\nYou answered in an hour")

    customer, case = await surveyed(desk)
    await customer.says("You answered in an hour", "3")
    assert customer.heard[0].startswith("Thank you, the team will read this.")
    assert await rating(case) == ""
    await customer.says("ten", "4, thanks")
    assert await rating(case) == "Rating: 4 of 5"

    customer, case = await surveyed(desk)
    await customer.says("You answered in an hour", "two")
    assert customer.told.startswith("We have kept what you sent.")
    assert await rating(case) == ""
    await customer.says("5, thank you")
    assert await rating(case) == "Rating: 5 of 5"
    thread = await case.thread()
    assert thread.endswith("our help:\nYou answered in an hour\ntwo\n5, thank you")


async def test_a_voice_message_in_place_of_a_score_is_a_comment_and_the_score_is_asked_for(
    desk: World,
) -> None:
    customer, case = await surveyed(desk)
    await customer.sends("voice")
    assert customer.told.startswith("Thank you, the team will read this.\n\nHow satisfied are you")
    assert "The customer's comment on our help:\nVoice message" in await case.thread()
    await customer.says("4")
    assert await rating(case) == "Rating: 4 of 5"
    assert customer.told == ENDED["en"]
