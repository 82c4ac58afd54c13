"""Long and strange texts still arrive whole, in parts that fit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.forms import written
from bot.channels.telegram.texts import carried, parts, units

LETTERS = "abc ابجд \n.؟!é\u0301\u064b👩🏽\u200d💻🇸🇦\u2068\u2069"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS), max_size=400)
ANYTHING = st.text(alphabet=st.characters(), max_size=200)


@given(text=TEXTS, limit=st.integers(20, 60))
@settings(max_examples=300)
def test_parts_keep_every_word_and_fit(text: str, limit: int) -> None:
    pieces = parts(text, limit)

    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(text=ANYTHING)
def test_units_are_what_utf_16_takes(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two three\n\nfour five", 20, ("one two three", "four five")),
        ("one two three\nfour five", 20, ("one two three", "four five")),
        ("One two. Three four five", 15, ("One two.", "Three four five")),
        ("كم الساعة الآن؟ لا أدري", 17, ("كم الساعة الآن؟", "لا أدري")),
        ("one two three four", 12, ("one two", "three four")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("😀😀😀", 5, ("😀😀", "😀")),
        ("🇸🇦🇰🇿🇷🇺", 10, ("🇸🇦🇰🇿", "🇷🇺")),
        ("abc👍🏽", 5, ("abc", "👍🏽")),
        (ENGLAND * 3, 40, (ENGLAND * 2, ENGLAND)),
        ("aaae\u0301b", 4, ("aaa", "e\u0301b")),
        ("abشّكر", 3, ("ab", "شّك", "ر")),
        ("aa👩\u200d💻", 6, ("aa", "👩\u200d💻")),
        ("  \n ", 10, ()),
    ],
)
def test_cuts_where_a_reader_would_pause(text: str, limit: int, expected: tuple[str, ...]) -> None:
    assert parts(text, limit) == expected


def test_a_letter_with_thousands_of_marks_is_cut_all_the_same() -> None:
    pieces = parts("e" + "\u0301" * 10_000)

    assert "".join(pieces) == "e" + "\u0301" * 10_000
    assert all(units(piece) <= 4096 for piece in pieces)


@given(text=st.text(alphabet=st.characters(categories=["Cs", "Cc", "L", "So"])))
def test_what_cannot_be_carried_is_replaced(text: str) -> None:
    clean = carried(text)

    clean.encode()  # raises for half a surrogate pair
    assert "\0" not in clean


def test_two_halves_of_a_pair_are_joined() -> None:
    assert carried("\ud83d\ude00 \ud83d") == "😀 \ufffd"


def test_half_a_pair_is_asked_about_and_holds_up_nobody() -> None:
    body, _headers = written({"text": "half \ud83d of it, and عربي"})

    assert body == '{"text":"half ? of it, and عربي"}'.encode()
