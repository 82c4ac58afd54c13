"""Words typed instead of pressing: what a button says is understood when it is written."""

import pytest

from handlers.customer import keywords, menu
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
