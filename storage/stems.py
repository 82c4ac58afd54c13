"""Words as a search compares them: without their endings, by the language that their letters are of."""

from functools import cache, lru_cache
from typing import Any

from snowballstemmer import stemmer

from bot.core import text

STEMMERS = {"ar": "arabic", "ru": "russian", "en": "english"}

REMEMBERED = 50_000
"""To find a stem takes a few hundred microseconds, and people use the same words again and again."""

BEFORE = ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال")
FEWEST = 3
"""What may stand before an Arabic word, written together with it, and the letters that must be left."""

LONGEST_WRITTEN, LONGEST_WORD, MOST = 200, 40, 500
"""Letters between two blanks and of a word, and different words of one message, that can be searched for."""


def stems(written: str) -> list[str]:
    """The stem of each word, each once, in their order."""
    found = (stem for word in written.split() if len(word) <= LONGEST_WRITTEN for stem in _in_word(word))
    return list(dict.fromkeys(found))[:MOST]


@lru_cache(maxsize=REMEMBERED)
def _in_word(written: str) -> tuple[str, ...]:
    """Of what stands between two blanks: a hyphen or a comma in it makes several."""
    return tuple(stem(word) for word in text.plain(written).split() if len(word) <= LONGEST_WORD)


def stem(word: str) -> str:
    """Digits, and words of other scripts, are compared whole."""
    language = text.script_language(word)
    if language is None:
        return word
    return _arabic(word) if language == "ar" else str(_stemmer(language).stemWord(word))


def _arabic(word: str) -> str:
    """An Arabic word without what is written together with it, before and behind.

    The normal form has ه for ة, which the stemmer takes for "his", so every last ه is given to it as ة. It
    knows some endings only behind an article, and takes one away at a time.
    """
    begun = next((word[len(start) :] for start in BEFORE if word.startswith(start)), word)
    rest = begun if len(begun) >= FEWEST else word
    rest = f"{rest[:-1]}ة" if rest.endswith("ه") else rest
    for _ending in range(2):
        rest = str(_stemmer("ar").stemWord(f"ال{rest}"))
    return str(_stemmer("ar").stemWord(rest))


@cache
def _stemmer(language: str) -> Any:
    return stemmer(STEMMERS[language])
