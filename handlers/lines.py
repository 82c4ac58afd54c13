"""Lines for agents, with mentions or a moment in the middle of a translated sentence."""

import re
from uuid import UUID

from bot.core.shown import Line, Part, Quote, Text
from locales import Plain

SLOT = Plain("\x1a")
"""Stands in a sentence where a part belongs that is more than text; no text can hold it."""

OTHER = Plain("\x1b")
"""The same for a second part."""

_SLOTS = re.compile(f"([{SLOT}{OTHER}])")


def text(sentence: str, *, strong: bool = False) -> Line:
    return (Text(text=sentence, strong=strong),)


def quote(words: str, of: UUID | None = None) -> Line:
    """Somebody's words, exactly as written; `of` is the id under which they are kept."""
    return (Quote(text=words, of=of),)


def around(sentence: str, part: Part, other: Part | None = None, *, strong: bool = False) -> Line:
    """The sentence with `part` where it has its SLOT, and `other` where it has OTHER."""
    parts: dict[str, Part | None] = {SLOT: part, OTHER: other}
    pieces = (
        parts.get(piece) or Text(text=piece, strong=strong) for piece in _SLOTS.split(sentence) if piece
    )
    return tuple(pieces)
