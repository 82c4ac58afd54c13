"""What people type: cleaned, compared, and read as numbers and addresses."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core import text

# Lone surrogates included: platforms have been seen to let them through.
anything = st.text(st.characters(codec=None, exclude_categories=()))


@given(anything)
@example("\ud83d\ude00 \ud800")
@example("\r\n\x85\x00")
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = text.clean(typed)

    assert once == text.clean(once)


@given(anything)
def test_what_is_clean_can_be_stored_anywhere(typed: str) -> None:
    clean = text.clean(typed)

    assert clean.encode() is not None
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in clean)
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(anything)
@example("İ")
@example("\u1e9e\u0345")
def test_the_plain_form_of_a_plain_form_is_itself(typed: str) -> None:
    once = text.plain(typed)

    assert once == text.plain(once)


@given(anything)
def test_no_text_whatever_breaks_a_reader(typed: str) -> None:
    text.number(typed)
    text.email(typed)
    text.phone(typed)
    text.is_thin(typed)
    text.script_language(typed)
    text.ascii_digits(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hello\r\nthere\rfriend \n", "hello\nthere\nfriend"),
        ("a\x00b\x07c\x9bd", "abcd"),
        ("pay \u202eevil\u202c now", "pay evil now"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ud800!", "\ufffd!"),
        ("cafe\u0301", "café"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\tb", "a\tb"),
        ("<b>&amp; <!channel>", "<b>&amp; <!channel>"),
        ("\x00 \x00", ""),
    ],
)
def test_only_what_harms_is_taken_away(typed: str, kept: str) -> None:
    assert kept == text.clean(typed)


@pytest.mark.parametrize(
    "digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९"]
)
def test_digits_of_every_script_are_read(digits: str) -> None:
    assert text.ascii_digits(f"№ {digits}!") == "№ 0123456789!"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ещё раз", "еще  раз!"),
        ("شكوى أو ملاحظة تقنيّة", "شكوي او ملاحظه تقنيه"),
        ("الإلكتـــروني", "الالكتروني"),
        ("کابتن", "كابتن"),
        ("Résumé", "RESUME"),
        ("ＡＢＣ １", "abc 1"),
        ("New ticket 🎫", "new ticket"),
        ("الرقم ٢", "الرقم 2"),
        ("Straße", "STRASSE"),
        ("ошибка №42", "ошибка 42"),
    ],
)
def test_spellings_of_the_same_words_are_equal(one: str, other: str) -> None:
    assert text.plain(one) == text.plain(other)


def test_letters_that_differ_stay_different() -> None:
    assert text.plain("мой") != text.plain("мои")
    assert text.plain("мой") == text.plain("мои\u0306")


@pytest.mark.parametrize("typed", ["2", "٢.", " ２ ) ", "2️⃣", "(2)", "#2", "۲", "②", "\u206702\u2069"])
def test_a_message_that_is_only_a_number(typed: str) -> None:
    assert text.number(typed) == 2


@pytest.mark.parametrize("typed", ["", "two", "2 3", "2.5", "2x", "-", "1234567890123", "½", "2 👍"])
def test_what_is_more_than_a_number_is_none(typed: str) -> None:
    assert text.number(typed) is None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("sara@example.org", "sara@example.org"),
        (" <mailto:Sara.K@Example.ORG>, ", "Sara.K@example.org"),
        ("MAILTO:a+b@c-d.example.com?subject=help", "a+b@c-d.example.com"),
        ("почта@пример.рф", "почта@пример.рф"),
        ("ｘ＠example.com", "x@example.com"),
        ("بريد@مثال.إختبار،", "بريد@مثال.إختبار"),
        ("\u200esara@example.org\u200f.", "sara@example.org"),
    ],
)
def test_an_address_is_read_as_people_paste_it(typed: str, address: str) -> None:
    assert address == text.email(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sara",
        "sara@example",
        "sara@@example.org",
        "a@b@example.org",
        "sa ra@example.org",
        "sara@example.org and more",
        "sara@-example.org",
        "sara@example-.org",
        "sara@example..org",
        "sara.@example.org",
        "sara@192.168.0.1",
        "sara@example.o",
        f"{'a' * 65}@example.org",
        f"a@{'b.' * 125}example.org",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert text.email(typed) is None


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+7 (701) 000-00-00", "+77010000000"),
        ("00966 50 123 4567", "+966501234567"),
        ("٠٥٠٨٢٥٥٧٧٧", "0508255777"),
        ("tel:+966501234567", "+966501234567"),
        ("8 701 000 00 00", "87010000000"),
    ],
)
def test_a_phone_number_is_read_in_any_dress(typed: str, digits: str) -> None:
    assert digits == text.phone(typed)


@pytest.mark.parametrize(
    "typed", ["", "1234567", "+1234567890123456", "call 12345678", "12+345678", "++12345678"]
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    assert text.phone(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "😀😀😀",
        "!!! ...",
        "help",
        "не работает",
        "مشكلة",
        "аааааааааааааааааааа",
        "help help help help",
    ],
)
def test_too_little_to_work_on(typed: str) -> None:
    assert text.is_thin(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Не могу войти",
        "لا أستطيع تسجيل الدخول",
        "ERR_CONNECTION_REFUSED",
        "невозможно авторизоваться",
        "I cannot log in",
    ],
)
def test_enough_to_begin_with(typed: str) -> None:
    assert not text.is_thin(typed)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("لا أستطيع فتح Zoom", "ar"),
        ("Не открывается Zoom", "ru"),
        ("It does not open", "en"),
        ("12345 👍", None),
        ("", None),
        ("中文", None),
    ],
)
def test_the_language_is_guessed_by_the_script(typed: str, language: str | None) -> None:
    assert language == text.script_language(typed)
