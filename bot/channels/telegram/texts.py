"""Text as Telegram takes it: free of what cannot be carried, and in parts that fit."""

import unicodedata
from itertools import takewhile

LIMIT = 4096
"""The longest text of one message, in UTF-16 units [core.telegram.org/bots/api#sendmessage]."""

_BREAKS = (("\n\n",), ("\n",), (". ", "! ", "? ", "؟ ", "… ", "۔ "), (" ", "\t"))
_JOINERS = ("\u200d", "\u2060", "\ufeff")
_ASTRAL = 0xFFFF  # above it a letter takes two units
_REGIONAL = range(0x1F1E6, 0x1F200)  # two of them make a flag
_SKINS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)  # behind a black flag they make that of England, Scotland or Wales


def carried(text: str) -> str:
    """The same text without NUL, and with U+FFFD for halves of surrogate pairs: valid UTF-8 and JSON."""
    if text.isascii():
        return text.replace("\0", "")
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\0", "")


def units(text: str) -> int:
    """The length in UTF-16 units, which is how Telegram counts."""
    return len(text) + sum(1 for letter in text if ord(letter) > _ASTRAL)


def parts(text: str, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in pieces of at most `limit` units each, cut where a reader would pause.

    Paragraphs first, then lines, sentences and spaces; inside a word only when nothing else is left, and then
    never inside what is seen as one letter. Blanks at a cut are dropped, as Telegram would.
    """
    rest, pieces = text.strip(), []
    while units(rest) > limit:
        cut = _cut(rest, _fitting(rest, limit))
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(piece for piece in (*pieces, rest) if piece)


def _fitting(text: str, limit: int) -> int:
    """How many letters from the start fit into `limit` units."""
    room = limit
    for index, letter in enumerate(text[: limit + 1]):
        room -= 2 if ord(letter) > _ASTRAL else 1
        if room < 0:
            return index
    return len(text)


def _cut(text: str, most: int) -> int:
    """Where to cut, at or before `most`: a good break in the later half, else between two letters."""
    for marks in _BREAKS:
        best = max(text.rfind(mark, most // 2, most + 1) + len(mark.rstrip()) for mark in marks)
        if best > most // 2:
            return min(best, most)
    return _between_letters(text, most)


def _between_letters(text: str, most: int) -> int:
    for cut in range(most, 0, -1):
        if not _one_letter(text, cut):
            return cut
    return most  # a letter with thousands of marks on it


def _one_letter(text: str, cut: int) -> bool:
    """Whether cutting here would tear what people see as one letter."""
    before, after = text[cut - 1], text[cut]
    if before in _JOINERS or after in _JOINERS or ord(after) in _SKINS or ord(after) in _TAGS:
        return True
    if ord(after) in _REGIONAL:
        return (
            sum(1 for _ in takewhile(lambda letter: ord(letter) in _REGIONAL, text[cut - 1 :: -1])) % 2 == 1
        )
    return unicodedata.category(after).startswith("M")
