"""The catalogs hold exactly the words that the code speaks, whole and in every language."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from locales import LANGUAGES, catalogs

HERE = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
LONGEST_BUTTON = 20
TRANSLATED = ("ar", "ru")

# Latin letters that belong into Arabic and Russian sentences: names of products and of formats.
NAMES = {"Telegram", "Slack", "WhatsApp", "Sanad", "PDF"}

Spoken = tuple[str | None, str]


def first(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def catalog(language: str) -> Catalog:
    return catalogs.catalog(language)


def sentences(language: str) -> list[Message]:
    return [message for message in catalog(language) if message.id]


@cache
def spoken() -> set[Spoken]:
    return {
        (context, first(words))
        for part in ("bot", "handlers")
        for _, _, words, _, context in extract_from_dir(HERE / part, keywords=KEYWORDS)
    }


def held(of: Catalog) -> set[Spoken]:
    return {(message.context, first(message.id)) for message in of if message.id}


def written(source: str) -> Iterator[str]:
    """Every sentence that is given to the words API, wherever it stands in the code."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            sentence = node.args[1 if node.func.id == "pgettext" else 0]
            if isinstance(sentence, ast.Constant):
                yield str(sentence.value)


def test_no_sentence_hides_where_it_is_not_found() -> None:
    """Such as inside an f-string, where it would stay English for everybody."""
    sources = [
        path.read_text("utf-8") for part in ("bot", "handlers") for path in (HERE / part).rglob("*.py")
    ]

    assert {said for source in sources for said in written(source)} == {said for _context, said in spoken()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_holds_exactly_the_words_that_the_code_speaks(language: str) -> None:
    """When this fails: `make messages`, then translate what is new."""
    assert held(catalog(language)) == spoken()


def test_the_template_is_fresh() -> None:
    with (HERE / "locales" / "messages.pot").open("rb") as file:
        assert held(read_po(file)) == spoken()


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_untranslated_or_in_doubt(language: str) -> None:
    missing = [m.id for m in sentences(language) if m.fuzzy or not all(text.strip() for text in texts(m))]

    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_babel_finds_nothing_to_complain_of(language: str) -> None:
    whole = catalog(language)

    assert [(m.id, complaints) for m in whole if m.id and (complaints := m.check(whole))] == []


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_insert_the_same_values(language: str) -> None:
    """A plural form may leave out `{n}`: Arabic says one and two in words."""
    for message in sentences(language):
        wanted = placeholders(first(message.id))
        spare = {"n"} if message.pluralizable else set()
        for text in texts(message):
            assert wanted - spare <= placeholders(text) <= wanted | spare, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_where_a_number_varies_name_it(language: str) -> None:
    """Form by form: Arabic's few, many and other, and all of Russian's, stand for many numbers."""
    wordless = {"ar": 3, "ru": 0, "en": 1}[language]
    for message in filter(lambda m: m.pluralizable and "{n}" in m.id[1], sentences(language)):
        for text in texts(message)[wordless:]:
            assert not text or "{n}" in text, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_fit_every_platform(language: str) -> None:
    labels = [texts(m)[0] or first(m.id) for m in sentences(language) if m.context == "button"]

    assert [label for label in labels if len(label) > LONGEST_BUTTON] == []


def foreign(text: str, letters: str) -> set[str]:
    """Words in other scripts that are neither a placeholder, a command, an address nor a known name."""
    own = re.sub(r"\{\w+\}|/[a-z]+|\S+@\S+|https?://\S+", " ", text)
    return set(re.findall(f"[{letters}]+", own)) - NAMES


@pytest.mark.parametrize(
    ("language", "letters"), [("ar", "A-Za-z\u0400-\u04ff"), ("ru", "A-Za-z\u0620-\u064a")]
)
def test_no_other_language_is_left_in_a_translation(language: str, letters: str) -> None:
    left = {
        first(m.id): words for m in sentences(language) for t in texts(m) if (words := foreign(t, letters))
    }

    assert left == {}


def direction(text: str) -> str:
    """Where a reader's eyes begin: at the first letter or mark that has a direction, or at a value."""
    directions = ("L" if letter == "{" else unicodedata.bidirectional(letter) for letter in text)
    return next((found for found in directions if found in ("L", "R", "AL")), "")


def test_arabic_lines_run_from_the_right() -> None:
    """A line runs as its first letter does, and a value may be a command, an address or a number."""
    wrong = [text for m in sentences("ar") for text in texts(m) if direction(text) not in ("R", "AL")]

    assert wrong == []


def test_an_arabic_line_shows_a_command_with_its_slash_in_front() -> None:
    """The slash would go with the Arabic words before it; a value that is inserted bare brings no marks."""
    said = [text for m in sentences("ar") for text in texts(m)]

    assert [text for text in said if re.search(r"(?<!\u200e)\{command\}", text)] == []


@pytest.mark.parametrize(
    ("language", "strange"), [("ar", r"""[,;?'"]|\.\.\."""), ("ru", r"""['"]|\.\.\.| - |\(а\)""")]
)
def test_punctuation_is_that_of_the_language(language: str, strange: str) -> None:
    assert [text for m in sentences(language) for text in texts(m) if re.search(strange, text)] == []
