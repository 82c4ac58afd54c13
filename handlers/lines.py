"""Lines for agents, with a mention or a moment in the middle of a translated sentence."""

from bot.core.shown import Line, Part, Quote, Text
from locales import Plain

SLOT = Plain("\x1a")
"""Stands in a sentence where a part belongs that is more than text; no text can hold it."""


def text(sentence: str, *, strong: bool = False) -> Line:
    return (Text(text=sentence, strong=strong),)


def quote(words: str) -> Line:
    """Somebody's words, exactly as written."""
    return (Quote(text=words),)


def around(sentence: str, part: Part) -> Line:
    """The sentence with `part` where it has its SLOT."""
    before, _slot, after = sentence.partition(SLOT)
    pieces: tuple[Part, ...] = (Text(text=before), part, Text(text=after))
    return tuple(piece for piece in pieces if not (isinstance(piece, Text) and not piece.text))
