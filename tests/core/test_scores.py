"""A score is understood in words, with what stands beside it, and nothing that was only counted is one."""

import pytest

from bot.core import scores
from bot.core.scores import Score

FIVE = """
five, Five!, 5, 5 stars, five stars, I give you 5, my score is 5, a solid five, 5 👍,
пять, Пятёрка, пятерку, 5 баллов, на пять, ставлю 5, Ставлю пятёрку, 5 с плюсом,
خمسة, خمس نجوم, ٥ نجوم, أعطيكم ٥, ⭐⭐⭐⭐⭐, ⭐️ ⭐️ ⭐️ ⭐️ ⭐️
"""


@pytest.mark.parametrize("said", [said.strip() for said in FIVE.split(",")])
def test_five_in_words(said: str) -> None:
    assert scores.read(said) == Score(5), said


@pytest.mark.parametrize(
    "said",
    [
        "5, спасибо",
        "5 спасибо большое",
        "5 ممتاز",
        "٥ شكرا لكم",
        "5 - great work",
        "5! Thank you",
        "5 excellent service",
        "5. Отлично",
        "пять, молодцы",
        "five, thank you",
        "5/5 great",
        "5 из 5, всё быстро",
        "5 stars, well done",
        "خمسة، خدمة رائعة",
        "5\nYou were quick",
        "5 but it took a week",
    ],
)
def test_five_with_words_beside(said: str) -> None:
    assert scores.read(said) == Score(5, beside=True), said


def test_stars_of_which_some_are_empty_and_one_that_is_counted() -> None:
    assert scores.read("★★★☆☆") == Score(3)
    assert scores.read("نجمة واحدة") == scores.read("one star") == scores.read("одна звезда") == Score(1)
    assert scores.read("ten") == Score(10)


@pytest.mark.parametrize(
    "said",
    [
        "2 of my colleagues still cannot sign in",
        "5 minutes later it broke again",
        "3 printers are down",
        "2 not working",
        "2 на складе не работают",
        "٣ مرات اليوم",
        "two or three",
        "2, 3",
        "55 stars",
        "5 stars?",
        "1. Cannot sign in",
        "1) Cannot sign in 2) cannot print",
        "4,5 stars",
        "5 مستخدمين لا يستطيعون الدخول",
        "2 дня не работает",
        "пять человек не могут войти",
        "You were quick",
        "",
    ],
)
def test_what_is_counted_or_said_otherwise_is_no_score(said: str) -> None:
    assert scores.read(said) is None, said
