"""Words typed instead of pressing: what a button says is understood when it is written."""

import pytest

from bot.core.told import Part, Told
from handlers.customer import keywords, menu
from handlers.customer.commands import AskLanguage, ChooseLanguage
from locales import LANGUAGES, use


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_menu_offers_can_be_typed_at_any_time(language: str) -> None:
    front = menu.Front(organisation="", waits=False)
    with use(language):
        offered = {option.title: menu.COMMANDS[option.key]() for option in menu.offers(front)}

    assert {title: keywords.command(title) for title in offered} == offered


def test_a_word_that_may_tell_of_a_problem_does_not_end_the_conversation() -> None:
    """توقف: "it has stopped"."""
    assert keywords.command("توقف") is None


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("english", "en"),
        ("EN", "en"),
        ("الإنجليزية", "en"),
        ("русский", "ru"),
        ("russian", "ru"),
        ("العربية", "ar"),
        ("عربي", "ar"),
        ("باللغة العربية", "ar"),
        ("на русском языке", "ru"),
        ("2", "ru"),
        ("٣", "en"),
        ("4", ""),
        ("0", ""),
        ("على العربية", ""),
        ("", ""),
    ],
)
def test_a_language_may_be_named_behind_its_command(said: str, language: str) -> None:
    """What is not known there is asked about."""
    told = Told(parts=(Part(message="1", text=f"/language {said}".strip()),))
    meant = ChooseLanguage(language) if language else AskLanguage()

    assert keywords.slash(told, ("ar", "ru", "en")) == meant
