"""Words as a search compares them: without their endings, by the language that their letters are of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
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

SERVANT, FATHER = "عبد", "ابو"
"""What names begin with that are written as one word or as two: "servant of" and "father of"."""

HYPHEN = re.compile("[-\u2010\u2011\u2013]")

Ways = tuple[tuple[str, ...], ...]
"""The stems of a word, for each way in which it is written."""


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two blanks: its `words`, in their normal form, and as one what a hyphen parts.

    `joined` is all of it, and `pairs` are each two that stand side by side.
    """

    words: tuple[str, ...]
    joined: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()

    @property
    def ways(self) -> Ways:
        """Each way in which it may be written."""
        return tuple(dict.fromkeys(way for way in map(_stems, (self.joined, self.words)) if way))


def stems(written: str) -> list[str]:
    """The stem of each word, and of those that are also written as one word, each once, in their order."""
    words = _words(written)
    joined = (one for word in words for one in (*word.joined, *word.pairs))
    names = (first + second for first, second in pairwise(_each(words)) if _is_name(first, second))
    return list(dict.fromkeys(map(stem, (*_each(words), *joined, *names))))[:MOST]


def sought(written: str) -> list[Ways]:
    """For each word the ways in which it may stand there: as one word, or as several."""
    found, before = list[Ways](), ""
    for word in _words(written):
        alone = word.words[0] if len(word.words) == 1 else ""
        if _is_name(before, alone):
            found[-1] = (_stems((before + alone,)), _stems((before, alone)))
        else:
            found.append(word.ways)
        before = alone
    return list(dict.fromkeys(found))[:MOST]


def _words(written: str) -> list[Word]:
    found = map(_word, (word for word in written.split() if len(word) <= LONGEST_WRITTEN))
    return [word for word in found if word.words]


def _each(words: Iterable[Word]) -> Iterator[str]:
    return (one for word in words for one in word.words)


@lru_cache(maxsize=REMEMBERED)
def _word(written: str) -> Word:
    """A comma in it makes several words, and so does a hyphen; but these may be one word as well."""
    parts = [part for part in map(text.plain, HYPHEN.split(written)) if part]
    neighbours = " ".join(first + second for first, second in pairwise(parts))
    whole = "".join(parts) if len(parts) > 1 else ""
    return Word(_short(" ".join(parts)), _short(whole), _short(neighbours))


def _short(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split() if len(word) <= LONGEST_WORD)


def _is_name(first: str, second: str) -> bool:
    """Whether these are a name that people write as one word, too: عبد الله, أبو بكر.

    In prose hardly anything but a name follows the first of them, so that few other words are joined.
    """
    is_father = first == FATHER and second.isalpha() and second not in (SERVANT, FATHER)
    return is_father or (first == SERVANT and second.startswith("ال"))


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(stem, words))


@lru_cache(maxsize=REMEMBERED)
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
