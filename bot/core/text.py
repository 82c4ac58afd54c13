"""What people type, made safe to keep and fit to compare."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_LINES = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Embeddings, overrides and isolates: people hardly type them, and one left open turns what follows it.
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")

_NUMBER = re.compile(r"[\s()\[\].,:;#،-]*(\d{1,9})[\s()\[\].,:;،\u20e3-]*")
_LABEL = r"[^\W_](?:[^\W_]|-(?!\.|$)){0,62}"
_EMAIL = re.compile(
    rf"(?P<local>[^\s@<>()\[\],;:\"\\]{{1,64}})@(?P<domain>(?:{_LABEL}\.)+(?!\d+$|.$){_LABEL})"
)
_PHONE = re.compile(r"\+?[\d\s().\u2010-\u2015\u2212-]+")
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15  # E.164 allows fifteen; shorter ones cannot be called from elsewhere
_LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets

_FEWEST_WORDS, _FEWEST_LETTERS, _FEWEST_DIFFERENT = 3, 15, 4

_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": ""}
)
_SHORT_I = "й"
_SIGNS = str.maketrans(
    dict.fromkeys("№™℠℡", " ")
)  # NFKC makes letters of them, which stick to what is beside
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}

_FIRST_PLANE = 0xFFFF

_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "ru", "LATIN": "en"}


def clean(text: str) -> str:
    """What a person typed, safe to store and to show: in NFC, without controls and direction marks."""
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = _LINES.sub("\n", paired)
    return unicodedata.normalize("NFC", _BIDI.sub("", _CONTROLS.sub("", lines))).strip()


class _Letters(dict[int, str]):
    """A table for `str.translate` that works each letter out once; beyond the first plane, each time."""

    def __init__(self, become: Callable[[str], str]) -> None:
        super().__init__()
        self._become = become

    def __missing__(self, code: int) -> str:
        becomes = self._become(chr(code))
        if code <= _FIRST_PLANE:
            self[code] = becomes
        return becomes


_DIGITS = _Letters(lambda letter: str(unicodedata.decimal(letter, letter)))


def ascii_digits(text: str) -> str:
    """The text with every decimal digit, of whatever script, written 0 to 9."""
    return text.translate(_DIGITS)


def visible(text: str) -> str:
    """The text without marks that take no room: joiners, direction marks, variation selectors."""
    return _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """A normal form for comparing words: case, accents, spelling variants, punctuation and emoji are gone.

    Digits become ASCII, runs of blanks one space. й stays apart from и, as they are different letters.
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    folded = _folded(text)
    while (again := _folded(folded)) != folded:  # folding can bring forth what folds again
        folded = again
    return folded


known = lru_cache(maxsize=4096)(plain)
"""The same for words that are ours, and come again and again: they are kept."""


def _folded(text: str) -> str:
    whole = unicodedata.normalize("NFKC", visible(text).translate(_SIGNS)).casefold()
    return " ".join(whole.translate(_BARE).split())


def _bare(letter: str) -> str:
    bare = ascii_digits(_without_marks(letter).translate(_ARABIC))
    return "".join(part if part.isalnum() else " " for part in bare)


_BARE = _Letters(_bare)


def _without_marks(letter: str) -> str:
    if letter == _SHORT_I or letter.isascii():
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.category(part).startswith("M"))


def script_language(text: str) -> str | None:
    """`ar`, `ru` or `en` by the script that most letters are of; None when it cannot be told."""
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text):
        language = _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0])
        if language:
            counts[language] = counts.get(language, 0) + 1
    return max(counts, key=lambda language: counts[language], default=None)


def number(text: str) -> int | None:
    """The number, when a message is nothing else: `2`, `٢.`, `２ )`, `2️⃣`."""
    found = _NUMBER.fullmatch(ascii_digits(unicodedata.normalize("NFKC", visible(text))))
    return int(found[1]) if found else None


def email(text: str) -> str | None:
    """The address, when a message is nothing else: any script, its domain in small letters."""
    typed = unicodedata.normalize("NFKC", visible(text)).strip().strip("<>.,;:!?،؛؟«»\"'()[] ")
    bare = re.sub(r"^mailto:", "", typed, flags=re.IGNORECASE).partition("?")[0]
    found = _EMAIL.fullmatch(bare)
    if not found or len(bare) > _LONGEST_EMAIL or not all(found["local"].split(".")):
        return None
    return f"{found['local']}@{found['domain'].lower()}"


def email_in(text: str) -> str | None:
    """The only address among the words of a message."""
    found = {address for address in map(email, text.split()) if address}
    return found.pop() if len(found) == 1 else None


def phone(text: str) -> str | None:
    """The digits, when a message is nothing but a telephone number, with `+` if it is international."""
    typed = ascii_digits(unicodedata.normalize("NFKC", visible(text))).strip().removeprefix("tel:")
    if not _PHONE.fullmatch(typed):
        return None
    digits = re.sub(r"\D", "", typed)
    abroad = typed.startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if abroad else digits
    fits = _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS
    return f"{'+' if abroad else ''}{digits}" if fits else None


def is_thin(text: str) -> bool:
    """Too little to work on: nothing said, a word or two, or the same again and again."""
    words = set(plain(text).split())
    said = "".join(words)
    too_short = len(words) < _FEWEST_WORDS and len(said) < _FEWEST_LETTERS
    return too_short or len(set(said)) < _FEWEST_DIFFERENT
