"""References are read however people type them, and a wrong digit is noticed."""

from random import Random

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.core import reference
from bot.core.reference import Mistyped

references = st.integers(0, 2**32).map(lambda seed: reference.new(Random(seed)))  # noqa: S311  # tests repeat
SCRIPTS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"]


@given(references)
def test_a_new_reference_is_eight_digits_that_check(digits: str) -> None:
    assert reference.is_valid(digits)
    assert (len(digits), digits.isascii(), digits[0] == "0") == (8, True, False)


@given(
    references, st.sampled_from(SCRIPTS), st.sampled_from(["-", "–", "—", "‑", "−", " ", "\u00a0", "ـ", ""])
)
def test_what_is_shown_is_read_again_in_every_script(digits: str, script: str, dash: str) -> None:
    shown = reference.show(digits).replace("-", dash)
    typed = shown.translate(str.maketrans(SCRIPTS[0], script))

    assert digits == reference.read(typed)
    assert [digits] == reference.find(f"about {typed}, please")


@given(references, st.integers(0, 7), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_noticed(digits: str, place: int, wrong: str) -> None:
    assume(digits[place] != wrong)
    typed = digits[:place] + wrong + digits[place + 1 :]

    assert Mistyped(typed) == reference.read(typed)


@given(references, st.integers(0, 6))
def test_two_neighbours_in_the_wrong_order_are_noticed(digits: str, place: int) -> None:
    assume(digits[place] != digits[place + 1])
    typed = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    assert Mistyped(typed) == reference.read(typed)


@given(references, st.integers(0, 7))
def test_a_digit_too_few_or_too_many_is_noticed(digits: str, place: int) -> None:
    assert isinstance(reference.read(digits[:place] + digits[place + 1 :]), Mistyped)
    assert isinstance(reference.read(digits[:place] + "5" + digits[place:]), Mistyped)


@pytest.mark.parametrize(
    "typed",
    [
        "4829-1372",
        "#4829 1372",
        "№48291372",
        "тикет № 4829-1372",
        "Номер обращения: 4829–1372.",
        "رقم التذكرة: \u2068٤٨٢٩-١٣٧٢\u2069",
        "الرقم المرجعي ٤٨٢٩١٣٧٢",
        "ticket number is 4829-1372!",
        "Ref: 48 29 13 72",
        "４８２９ー１３７２",
        "📌 4829-1372",
        "status 4829-1372",
        "Статус обращения 4829-1372",
        "حالة الطلب رقم ٤٨٢٩١٣٧٢",
    ],
)
def test_a_message_that_is_a_reference(typed: str) -> None:
    assert reference.read(typed) == "48291372"


@pytest.mark.parametrize(
    "typed",
    ["", "2", "hello", "where is 4829-1372", "+77010000", "10:30", "4829-1372 and 4829-1372", "1234567890"],
)
def test_a_message_that_is_something_else(typed: str) -> None:
    assert reference.read(typed) is None


def test_a_leading_nought_was_never_given_out() -> None:
    assert isinstance(reference.read("0829-1372"), Mistyped)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("what about 4829-1372 and ٤٨٢٩ ١٣٧٢?", ["48291372"]),
        ("4829-1372 is 2 days old", ["48291372"]),
        ("4829-1372 2 days ago", ["48291372"]),
        ("4829-1373 is mistyped", []),
        ("call +965 4829-1372", []),
        ("card 4829 1372 4829 1372", []),
        ("148291372", []),
        ("4829137248291372", []),
        ("", []),
    ],
)
def test_references_inside_free_words(words: str, found: list[str]) -> None:
    assert found == reference.find(words)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("4829-1372 1220-1634", ["48291372", "12201634"]),
        ("٤٨٢٩١٣٧٢، 12201634", ["48291372", "12201634"]),
        ("48291372 12201634 48291372", ["48291372", "12201634"]),
        ("4829-1372 and 1220-1634 please", ["48291372", "12201634"]),
        ("4829-1372 4829-1373", ["48291372", "48291373"]),
        ("4829 1372", ["48291372"]),
        ("4829 1372 1220-1634", ["48291372", "12201634"]),
        ("4829-1372 1220 1634", ["48291372", "12201634"]),
        ("4829 1372 1220 1634, 48291372", ["48291372", "12201634"]),
        ("٤٨٢٩ ١٣٧٢ ١٢٢٠ - ١٦٣٤", ["48291372", "12201634"]),
        ("4829 1372 1220-1634 please", ["48291372", "12201634"]),
        ("4829 1372 1220 1635", ["48291372", "12201635"]),
        ("4829 1373 1220 1635", []),
        ("4829 1372 1220", []),
        ("4829 1372 1220-1634 2 days ago", []),
        ("+4829 1372 1220 1634", []),
        ("4829-1372-1220-1634", []),
        ("4829-1372 2 days ago", ["48291372"]),
        ("about 4829-1372", ["48291372"]),
        ("2 of 3", []),
        ("", []),
    ],
)
def test_several_references_of_one_message(words: str, meant: list[str]) -> None:
    assert meant == list(reference.several(words))


shapes = st.sampled_from(["{}-{}", "{}{}", "{} {}", "{}\u00a0{}", "{} - {}", "{}\n{}", "{}ـ{}"])


@given(
    st.lists(st.tuples(references, shapes), min_size=2, max_size=6),
    st.sampled_from([" ", ", ", "، ", "\n", "  "]),
    st.sampled_from(SCRIPTS),
)
def test_references_in_whatever_shapes_are_understood_side_by_side(
    typed: list[tuple[str, str]], between: str, script: str
) -> None:
    words = between.join(shape.format(digits[:4], digits[4:]) for digits, shape in typed)
    meant = tuple(dict.fromkeys(digits for digits, _shape in typed))

    assert meant == reference.several(words.translate(str.maketrans(SCRIPTS[0], script)))
    assert reference.only(f"my tickets: {words}") == (meant if len(meant) > 1 else ())


@example(["4829", "4829", "+965", "48291372", "48291372"], " ")
@given(
    st.lists(st.sampled_from(["4829", "1372", "48291372", "1220-1634", "12", "48291373", "+965", "and"])),
    st.sampled_from([" ", ", ", "-", ""]),
)
def test_what_is_found_in_words_is_understood_where_requests_are_named(
    words: list[str], between: str
) -> None:
    text = between.join(words)

    assert set(reference.find(text)) <= set(reference.several(text))
    assert all(len(digits) in {7, 8, 9} for digits in reference.several(text))


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_text_whatever_breaks_a_reader(words: str) -> None:
    assert all(reference.is_valid(digits) for digits in reference.find(words))
    assert isinstance(reference.read(words), str | Mistyped | None)
    assert set(reference.find(words)) <= set(reference.several(words))


@given(references)
def test_what_is_said_without_a_break_is_read_and_found_when_it_is_copied(digits: str) -> None:
    said = reference.unbroken(digits)

    assert said.replace("\u2060", "") == reference.show(digits)
    assert reference.read(said) == digits
    assert reference.find(f"My request {said} is still not answered") == [digits]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        *(("48291373", True), ("4829137", True), ("482913722", True), ("48921372", True), ("18294372", True)),
        *(
            ("48291327", True),
            ("48291300", False),
            ("55123456", False),
            ("482913", False),
            ("84291327", False),
        ),
    ],
)
def test_a_number_with_one_slip_is_near(typed: str, near: bool) -> None:
    assert reference.is_near(typed, "48291372") is near
