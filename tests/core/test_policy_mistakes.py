"""A policy with mistakes: each is told, with its place and what is expected there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.policy import Policy, PolicyError
from tests.core.test_policy import SMALL


def mistakes(text: str) -> list[str]:
    with pytest.raises(PolicyError) as refused:
        Policy.load(text, "p.toml")
    return str(refused.value).splitlines()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('name = "small"', 'name = "Small!"', "name: expected a key of at most 32 small letters"),
        ('name = "small"', f'name = "{"s" * 33}"', "name: expected a key of at most 32 small letters"),
        ('name = "small"', "", "name: is missing"),
        ('name = "small"', 'name = "small"\nnames = 1', "names: is not a key that is known here"),
        ('["ru", "en"]', "[]", "languages: expected at least one"),
        ('["ru", "en"]', '["ru", "en", "ru"]', "languages: expected each language once, not ru, en, ru"),
        ('["ru", "en"]', '["ru", "en", "kk"]', "languages[2]: expected 'ar', 'ru' or 'en', not 'kk'"),
        (', en = "Office"', "", "organisation: expected a text in en too, there is none"),
        (
            ', en = "Office"',
            ', en = "Office", ar = "مكتب"',
            "organisation: expected the policy's languages only, not ar",
        ),
        ('"Office"', '" "', "organisation.en: expected a text that is not empty"),
        ('"Office"', '"{office}"', "organisation: expected no {name} in en, found {office}"),
        (
            'queue = "support"',
            'queue = "nowhere"',
            "categories[0].queue: expected one of the queues (support), not 'nowhere'",
        ),
        (
            '"course"]',
            '"coarse"]',
            "categories[0].fields[1]: expected one of the fields (course, email), not 'coarse'",
        ),
        ('key = "idea"', 'key = "help"', "categories[1].key: expected each key once, not 'help' again"),
        (
            '"ABC-2"',
            '"abc 2"',
            "categories[0].clause[1]: expected a clause id such as \"CAP-3\", not 'abc 2'",
        ),
        (
            '"Thanks, {reference}"',
            '"Thanks"',
            "categories[1].receipt: expected {reference} in en, found none",
        ),
        (
            '"Thanks, {reference}"',
            '"{ref} {reference}"',
            "expected {reference} in en, found {ref} {reference}",
        ),
        ('kind = "email"', 'kind = "choice"', "fields[1]: expected options, because it is a choice"),
        (
            'kind = "text"',
            'kind = "phone"',
            "fields[0]: expected no options, because phone has its own answers",
        ),
        (
            'kind = "text"',
            'kind = "colour"',
            "fields[0].kind: expected 'text', 'email', 'phone', 'choice' or 'yes_no'",
        ),
        ('key = "none"', 'key = "No one"', "fields[0].options[0].key: expected a key"),
        ('key = "none"', 'key = "skip"', "fields[0].options[0].key: expected another key than 'skip'"),
        ('name = "small"', 'name = "small"\nsurvey = []', "survey: expected at least one"),
        (
            'name = "small"',
            'name = "small"\nresolved = { reopen_within = "soon" }',
            "resolved.reopen_within: expected a length of plain time",
        ),
        (
            'name = "small"',
            'name = "small"\ncontact = { kinds = [] }',
            "contact.kinds: expected at least one",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(right: str, wrong: str, told: str) -> None:
    assert right in SMALL

    [line] = mistakes(SMALL.replace(right, wrong, 1))

    assert line.startswith("p.toml: ")
    assert told in line


def test_all_mistakes_are_told_at_once() -> None:
    bad = SMALL.replace('"ABC-3"', "3").replace('"Office"', "7").replace('key = "idea"', 'key = "help"')

    places = {line.split(": ")[1] for line in mistakes(bad)}

    assert {"organisation.en", "fields[1].clause", "categories[1].key"} <= places


def test_options_with_the_same_key_are_told_apart() -> None:
    twice = SMALL.replace("options = [", 'options = [{ key = "none", title = { ru = "Нет", en = "No" } }, ')

    assert mistakes(twice) == ["p.toml: fields[0].options[1].key: expected each key once, not 'none' again"]


def test_broken_toml_is_told_with_its_line() -> None:
    [line] = mistakes('name = "small"\nlanguages = [\n"ru" "en"]')

    assert "not TOML" in line
    assert "line 3" in line


leaves = st.sampled_from([None, True, 3, 2.5, "", "support", "ru", "{x}"])
KEYS = ("key", "queues", "categories", "fields", "languages", "title", "ru", "options", "clause", "name")
shapes = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
)


@given(st.dictionaries(st.sampled_from(KEYS), shapes, max_size=6))
def test_nonsense_is_refused_and_never_breaks_the_reader(content: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Policy.from_json(content)
