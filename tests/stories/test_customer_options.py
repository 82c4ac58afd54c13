"""Options are understood by the plain words that people have for them, in all languages."""

import pytest

from bot import policies
from bot.core.text import plain
from handlers.customer import keywords
from tests.customer_kit import chat
from tests.kit import World

SAID = {
    "en": ("the site", "the app", "application", "elsewhere"),
    "ru": ("сайт", "приложение", "Мобильное приложение", "другое"),
    "ar": ("الموقع", "التطبيق", "تطبيق", "آخر"),
}


@pytest.mark.parametrize("language", SAID)
async def test_where_it_happens_is_told_in_plain_words(desk: World, language: str) -> None:
    """Nobody types a title as it stands on the button."""
    for said in SAID[language]:
        customer = chat(desk, language)
        await customer.says("/new", "technical", said, "The page of orders is white since this morning")
        assert "high" in customer.keys, said


async def test_who_asks_is_told_in_plain_words(e_doc: World) -> None:
    customer = chat(e_doc, "ru")
    await customer.says("/new", "consultation", "гость")

    assert customer.keys[0] == "withheld", "it asks for the next"


def test_no_word_names_two_answers_of_a_question_or_is_a_command() -> None:
    for policy in map(policies.shipped, policies.names()):
        for field in policy.fields:
            said = [name for option in field.options for name in {*map(plain, option.names)}]
            assert len(said) == len(set(said)), field.key
            assert not any(map(keywords.command, said)), field.key
