"""The page of the playground speaks three languages whole, and offers what the Slack app offers."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import bot.playground.page
from bot.core import wakes
from locales import catalogs

Words = dict[str, str | dict[str, str]]

STATIC = Path(bot.playground.page.__file__).parent / "static"
LANGUAGES = ("ar", "en", "ru")
PLURALS = {
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "en": {"one", "other"},
    "ru": {"one", "few", "many", "other"},
}
# What stays as it is in Arabic and Russian: products, commands, placeholders, buttons by their names.
NAMES = re.compile(r"\{\w+\}|`[^`]*`|«[^»]*»|Sanad|Slack|Telegram")
PRIORITY = {"عاجلة"}  # as the ride's policy calls it
KEY = re.compile(r"[\"`]((?:page|bar|state|time|way|due|phone|kind|desk|tab|ride)\.[a-z_]+)[\"`]")
FAMILY = re.compile(r"`((?:page|bar|state|time|way|due|phone|kind|desk|tab|ride)\.[a-z_]*)\$\{")


def words(language: str) -> Words:
    found: Words = json.loads((STATIC / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return found


def texts(language: str) -> Iterator[str]:
    for entry in words(language).values():
        yield from entry.values() if isinstance(entry, dict) else (entry,)


def scripts() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in STATIC.rglob("*.js"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word_with_its_places(language: str) -> None:
    source, spoken = words("en"), words(language)

    assert list(spoken) == list(source)
    for key, entry in spoken.items():
        if isinstance(entry, dict):
            assert entry.keys() == PLURALS[language], key
        else:
            assert sorted(re.findall(r"\{\w+\}", entry)) == sorted(
                re.findall(r"\{\w+\}", str(source[key]))
            ), key
            assert entry.strip() == entry
            assert entry, key


@pytest.mark.parametrize(("language", "foreign"), [("ar", r"[A-Za-zА-я]"), ("ru", r"[A-Za-z\u0600-\u06ff]")])
def test_no_other_language_leaks_in(language: str, foreign: str) -> None:
    for text in texts(language):
        assert not re.search(foreign, NAMES.sub("", text)), text


def test_arabic_has_its_own_comma_also_in_what_scripts_put_together() -> None:
    arabic = "\n".join(texts("ar"))

    assert not re.search(r"[\u0600-\u06ff}], ", arabic)
    assert "}، {" in arabic
    assert not re.search(r"\}, \$\{(?!place\.)", scripts())


def test_whatever_time_brings_has_a_name_of_its_own() -> None:
    known = words("en")

    assert [kind for kind in (*wakes.ORDER, wakes.REDRAW, "words") if f"due.{kind}" not in known] == []


def test_every_word_that_is_said_is_known_and_every_known_word_is_said() -> None:
    said, families = set(KEY.findall(scripts())), set(FAMILY.findall(scripts()))
    known = set(words("en"))

    assert said - known == set()
    assert [key for key in known - said if not any(map(key.startswith, families))] == []


def test_the_ride_calls_buttons_what_they_are_called() -> None:
    """It points at an Arabic phone, and at a menu of the card in the language of the page."""
    on_phone = {str(message.string) for message in catalogs.catalog("ar")} | set(texts("ar"))
    for language in LANGUAGES:
        cards = {str(message.string or message.id) for message in catalogs.catalog(language)}
        ride = "\n".join(
            text for key, text in words(language).items() if key.startswith("ride.") and isinstance(text, str)
        )
        called = set(re.findall(r"«(.*?)»|“(.*?)”", ride))

        assert len(called) > 5
        assert {one or other for one, other in called} - on_phone - cards - set(
            texts(language)
        ) - PRIORITY == set()


def test_the_page_offers_the_commands_and_shortcuts_of_the_slack_app() -> None:
    """What is in the manifest can be tried here."""
    manifest = yaml.safe_load(Path("slack-manifest.yaml").read_text(encoding="utf-8"))["features"]
    offered = (STATIC / "js" / "desk" / "commands.js").read_text(encoding="utf-8")

    commands = {(one["command"], one.get("usage_hint", "")) for one in manifest["slash_commands"]}
    shortcuts = [(one["type"], one["callback_id"], one["name"]) for one in manifest.get("shortcuts", [])]

    assert set(re.findall(r'command: "(.*?)", hint: "(.*?)"', offered)) == commands
    for kind in ("global", "message"):
        part = offered.partition(f"{kind.upper()}_SHORTCUTS")[2].partition("];")[0]
        wanted = {(callback, name) for of, callback, name in shortcuts if of == kind}
        assert set(re.findall(r'callback: "(.*?)", title: "(.*?)"', part)) == wanted
