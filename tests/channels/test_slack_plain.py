"""Agents' words reach customers as people would read them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack.fitting import clean, cut, pieces, units
from bot.channels.slack.plain import mentioned, plain
from bot.channels.slack.stamps import micros

NAMES = {"U1": "Agent One"}


@pytest.mark.parametrize(
    ("wire", "words"),
    [
        ("Hello", "Hello"),
        ("", ""),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("ask <@U1>", "ask @Agent One"),
        ("ask <@U1|agent>", "ask @Agent One"),
        ("ask <@U2>", "ask @…"),
        ("see <#C1|support>", "see #support"),
        ("see <#C1>", "see #…"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<https://example.org|our page>", "our page (https://example.org)"),
        ("<http://example.org|example.org>", "example.org"),
        ("<https://example.org/|https://example.org/>", "https://example.org/"),
        ("<mailto:help@example.org|help@example.org>", "help@example.org"),
        ("<mailto:help@example.org|write us>", "write us (help@example.org)"),
        ("<tel:+77010000000|+7 701 000 00 00>", "+7 701 000 00 00 (+77010000000)"),
        ("<!here> now", "@here now"),
        ("<!channel|channel>", "@channel"),
        ("<!everyone>", "@everyone"),
        ("<!subteam^S1|@night-shift>", "@night-shift"),
        ("<!subteam^S1>", "@…"),
        ("<!date^1700000000^{date}^https://x.org|14 Nov 2023>", "14 Nov 2023"),
        ("<!new^thing|words>", "words"),
        ("done :white_check_mark:", "done ✅"),
        (":+1::skin-tone-4:", "👍🏽"),
        ("our :parrot-dance: stays", "our :parrot-dance: stays"),
        ("at 10:30:45", "at 10:30:45"),
        ("<https://example.org/:fire:>", "https://example.org/:fire:"),
        ("a < b", "a < b"),
        ("*bold* _it_ `code`", "*bold* _it_ `code`"),
        ("نعم، <@U1> هنا", "نعم، @Agent One هنا"),
    ],
)
def test_wire_text_becomes_words(wire: str, words: str) -> None:
    assert plain(wire, NAMES) == words


def test_only_real_mentions_are_looked_up() -> None:
    assert mentioned("<@U1> &lt;@U2&gt; <@W3|x> <#C1> @U4") == {"U1", "W3"}


PIECES = st.lists(st.sampled_from([*"<>|@#!:&;^", "U1", "amp", "lt", "http://", "\n", "ب", "😀", "smile"]))


@given(PIECES.map("".join) | st.text())
def test_no_text_is_too_odd(wire: str) -> None:
    plain(wire, NAMES)


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,!?\n"))
def test_plain_words_stay(words: str) -> None:
    assert plain(words, NAMES) == words


@given(st.text(st.characters(exclude_categories=[])), st.integers(2, 50))
def test_pieces_lose_nothing_and_fit(text: str, limit: int) -> None:
    whole = clean(text)
    parts = pieces(whole, limit)

    assert "".join(parts) == whole
    assert all(0 < units(part) <= limit for part in parts)


@given(st.text(st.characters(exclude_categories=[])), st.integers(2, 50))
def test_cut_fits_and_says_so(text: str, limit: int) -> None:
    short = cut(text, limit)

    assert units(short) <= limit
    assert short == clean(text) or short.endswith("…")
    short.encode()


def test_pieces_break_between_words() -> None:
    assert pieces("one two three four", 12) == ["one two ", "three four"]


@pytest.mark.parametrize(
    ("stamp", "count"),
    [
        ("1700000000.000100", 1_700_000_000_000_100),
        ("1700000000", 1_700_000_000_000_000),
        ("", 0),
        ("x.1", 0),
    ],
)
def test_timestamps_are_microseconds(stamp: str, count: int) -> None:
    assert micros(stamp) == count
