"""The words API: plural forms, safe insertion, one language for each conversation."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import locales
from locales import LANGUAGES, Plain, catalogs, fill, negotiate, use

FSI, PDI = "\u2068", "\u2069"

PLURALS = {
    "ar": ["zero", "one", "two", "few {n}", "many {n}", "other {n}"],
    "ru": ["one {n}", "few {n}", "many {n}"],
    "en": ["", ""],
}


def sentences(language: str) -> str:
    forms = "\n".join(f'msgstr[{index}] "{form}"' for index, form in enumerate(PLURALS[language]))
    said = "" if language == "en" else f"{language}: "
    return f"""
msgid "Hello, {{name}}"
msgstr "{said and said + "{name}"}"

msgctxt "button"
msgid "Back"
msgstr "{said and said + "button"}"

msgid "{{n}} ticket"
msgid_plural "{{n}} tickets"
{forms}
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped headers, with sentences of our own below them."""
    for language in LANGUAGES:
        header = catalogs.path(language).read_text("utf-8").split("\n\n")[0]
        (tmp_path / language).write_text(f"{header}\n{sentences(language)}", "utf-8")
    monkeypatch.setattr(catalogs, "path", lambda language: tmp_path / language)
    catalogs.translations.cache_clear()
    yield
    catalogs.translations.cache_clear()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "zero"),
        (1, "one"),
        (2, "two"),
        (3, "few 3"),
        (10, "few 10"),
        (11, "many 11"),
        (99, "many 99"),
        (100, "other 100"),
        (101, "other 101"),
        (102, "other 102"),
        (103, "few 103"),
        (111, "many 111"),
    ],
)
def test_arabic_has_six_plural_forms(n: int, said: str) -> None:
    with use("ar"):
        assert locales.ngettext("{n} ticket", "{n} tickets", n) == said


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "many"),
        (1, "one"),
        (2, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (22, "few"),
        (25, "many"),
    ],
)
def test_russian_has_three_plural_forms(n: int, form: str) -> None:
    with use("ru"):
        assert locales.ngettext("{n} ticket", "{n} tickets", n) == f"{form} {n}"


@pytest.mark.usefixtures("small")
def test_without_a_translation_english_is_spoken() -> None:
    with use("en"):
        assert [locales.ngettext("{n} ticket", "{n} tickets", n) for n in (1, 2)] == ["1 ticket", "2 tickets"]
        assert locales.pgettext("button", "Back") == "Back"
    with use("ru"):
        assert locales._("Never translated") == "Never translated"


@pytest.mark.usefixtures("small")
def test_each_block_speaks_its_language_and_gives_the_old_one_back() -> None:
    with use("ar"):
        with use("ru"):
            assert locales.pgettext("button", "Back") == "ru: button"
        assert locales._("Hello, {name}", name="X") == f"ar: {FSI}X{PDI}"
    assert locales.current() == "en"


def test_a_language_without_a_catalog_is_refused() -> None:
    with pytest.raises(ValueError, match="no catalog for 'kk'; there are ar, ru, en"), use("kk"):
        pass


async def test_tasks_do_not_change_each_others_language() -> None:
    async def speak(language: str) -> str:
        with use(language):
            await asyncio.sleep(0)
            return locales.current()

    assert await asyncio.gather(*map(speak, LANGUAGES * 5)) == list(LANGUAGES * 5)


def test_threads_do_not_change_each_others_language() -> None:
    def speak(language: str) -> str:
        with use(language):
            return locales.current()

    with ThreadPoolExecutor(3) as pool, use("ar"):
        assert list(pool.map(speak, LANGUAGES * 20)) == list(LANGUAGES * 20)
        assert pool.submit(locales.current).result() == "en"


@pytest.mark.parametrize(
    ("value", "inserted"),
    [
        ("4829-1372", f"{FSI}4829-1372{PDI}"),
        ("{name} {0}", f"{FSI}{{name}} {{0}}{PDI}"),
        (f"{FSI}twice{PDI}", f"{FSI}twice{PDI}"),
        ("one\n\ntwo", f"{FSI}one{PDI}\n\n{FSI}two{PDI}"),
        ("", ""),
        (Plain("https://example.org/?q={x}"), "https://example.org/?q={x}"),
        (42, "42"),
    ],
)
def test_values_are_inserted_apart_and_as_they_are(value: str | int, inserted: str) -> None:
    assert fill("<{value}>", value=value) == f"<{inserted}>"


@given(st.text())
def test_whatever_is_inserted_its_isolates_are_balanced(value: str) -> None:
    for line in fill("{value}", value=value).split("\n"):
        assert (line.count(FSI), line.count(PDI)) in ((0, 0), (1, 1))


def test_a_forgotten_value_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(KeyError, match="name"):
        fill("Hello, {name}")


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        ("ar", "ar"),
        ("ar-EG", "ar"),
        ("ar_SA", "ar"),
        ("RU", "ru"),
        ("en-GB", "en"),
        ("kk", "ru"),
        ("be-BY", "ru"),
        ("uk", None),
        ("fa", None),
        ("arz", None),
        ("", None),
    ],
)
def test_the_nearest_language_for_a_hint(hint: str, language: str | None) -> None:
    assert language == negotiate(hint)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tuesday, 25 November, 16:05"),
        ("ru", "вторник, 25 ноября, 16:05"),
        ("ar", "الثلاثاء 25 نوفمبر، 4:05 م"),
    ],
)
def test_a_moment_is_said_in_the_zone_and_language_of_the_reader(language: str, said: str) -> None:
    at = datetime(2025, 11, 25, 13, 5, tzinfo=UTC)

    assert locales.format_moment(at, ZoneInfo("Asia/Riyadh"), language) == said


def test_the_year_is_said_only_when_it_is_another() -> None:
    zone = ZoneInfo("Asia/Riyadh")
    at = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)  # already 2026 in Riyadh

    assert "2026" in locales.format_moment(at, zone, "en", near=datetime(2025, 12, 31, 12, tzinfo=UTC))
    assert "2026" not in locales.format_moment(at, zone, "en", near=datetime(2026, 5, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (
            0,
            {
                "en": ("by 10:05 today", "today at 10:05"),
                "ru": ("сегодня до 10:05", "сегодня в 10:05"),
                "ar": ("في موعد أقصاه اليوم الساعة 10:05 ص", "اليوم الساعة 10:05 ص"),
            },
        ),
        (
            1,
            {
                "en": ("by 10:05 tomorrow", "tomorrow at 10:05"),
                "ru": ("завтра до 10:05", "завтра в 10:05"),
                "ar": ("في موعد أقصاه غدًا الساعة 10:05 ص", "غدًا الساعة 10:05 ص"),
            },
        ),
        (
            2,
            {
                "en": ("by Tuesday 10:05", "on Tuesday at 10:05"),
                "ru": ("до вторника, 10:05", "во вторник в 10:05"),
                "ar": ("في موعد أقصاه يوم الثلاثاء الساعة 10:05 ص", "يوم الثلاثاء الساعة 10:05 ص"),
            },
        ),
        (
            6,
            {
                "en": ("by Saturday 10:05", "on Saturday at 10:05"),
                "ru": ("до субботы, 10:05", "в субботу в 10:05"),
                "ar": ("في موعد أقصاه يوم السبت الساعة 10:05 ص", "يوم السبت الساعة 10:05 ص"),
            },
        ),
        (
            7,
            {
                "en": ("by Sunday, 29 November, 10:05", "on Sunday, 29 November at 10:05"),
                "ru": ("до воскресенья, 29 ноября, 10:05", "в воскресенье, 29 ноября в 10:05"),
                "ar": (
                    "في موعد أقصاه يوم الأحد 29 نوفمبر الساعة 10:05 ص",
                    "يوم الأحد 29 نوفمبر الساعة 10:05 ص",
                ),
            },
        ),
        (
            45,
            {
                "en": ("by Wednesday, 6 January 2027, 10:05", "on Wednesday, 6 January 2027 at 10:05"),
                "ru": ("до среды, 6 января 2027 года, 10:05", "в среду, 6 января 2027 года в 10:05"),
                "ar": (
                    "في موعد أقصاه يوم الأربعاء 6 يناير 2027 الساعة 10:05 ص",
                    "يوم الأربعاء 6 يناير 2027 الساعة 10:05 ص",
                ),
            },
        ),
    ],
)
def test_a_moment_ahead_is_named_as_people_do(days: int, said: dict[str, tuple[str, str]]) -> None:
    """The day is the reader's: it is still Saturday in London when it is Sunday in Riyadh."""
    zone = ZoneInfo("Asia/Riyadh")
    now = datetime(2026, 11, 21, 21, 5, tzinfo=UTC)  # Sunday, 00:05
    at = now + timedelta(days=days, hours=10)
    for language, (until, when) in said.items():
        with use(language):
            assert locales.format_by(at, zone, now) == until
            assert locales.format_at(at, zone, now) == when


@pytest.mark.parametrize(
    ("language", "said"), [("en", "3 hours ago"), ("ru", "3 часа назад"), ("ar", "قبل 3 ساعات")]
)
def test_how_long_ago_is_said_in_one_unit(language: str, said: str) -> None:
    with use(language):
        assert locales.format_ago(timedelta(hours=3, minutes=5)) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_just_happened_does_not_lie_ahead(language: str) -> None:
    with use(language):
        just_now = locales.format_ago(timedelta(seconds=1))

        assert [locales.format_ago(timedelta(seconds=s)) for s in (0, 0.4, -20)] == [just_now] * 3


def test_languages_are_named_in_themselves() -> None:
    assert [locales.language_name(code) for code in LANGUAGES] == ["العربية", "Русский", "English"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sunday, 3 January 2027"),
        ("ru", "воскресенье, 3 января 2027 г."),
        ("ar", "الأحد 3 يناير 2027"),
    ],
)
def test_a_day_is_said_with_its_year_as_each_language_writes_it(language: str, said: str) -> None:
    riyadh = ZoneInfo("Asia/Riyadh")
    at = datetime(2027, 1, 3, 9, 30, 5, tzinfo=riyadh)
    with use(language):
        assert locales.format_day(at.date()) == said
        assert locales.format_exactly(at, riyadh).startswith(said)
        assert locales.format_moment(at, riyadh, near=at - timedelta(days=9)).startswith(said)
