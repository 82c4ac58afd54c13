"""Messages that are nothing but phrases we know, from end to end and however long their letters are drawn."""

import re
from functools import lru_cache

from bot.core.text import plain

_QUESTION = re.compile("[?؟]")
_STRETCHED = re.compile(r"(.)\1+")


def compact(text: str) -> str:
    """The plain form, with stretched letters drawn together."""
    return _STRETCHED.sub(r"\1", plain(text))


def listed(phrases: str) -> frozenset[str]:
    return frozenset(compact(phrase) for phrase in phrases.split(","))


def is_question(text: str) -> bool:
    return bool(_QUESTION.search(text))


def read(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """The known phrases that this consists of, in order; none if there is a word beside them."""
    words, found = compact(text).split(), list[str]()
    longest = _longest(known)
    while words:
        phrase = _leading(words[:longest], known)
        if not phrase:
            return ()
        found.append(phrase)
        words = words[len(phrase.split()) :]
    return tuple(found)


@lru_cache
def _longest(known: frozenset[str]) -> int:
    """How many words the longest of them has."""
    return max(len(phrase.split()) for phrase in known)


def _leading(words: list[str], known: frozenset[str]) -> str:
    """The longest known phrase at the start; Arabic writes its "and" (و) onto the next word."""
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        for one in (phrase, phrase.removeprefix("و")):
            if one in known:
                return one
    return ""
