"""What is asked when a ticket is resolved, and what an answer is worth."""

import re

from bot.core import assent, scores, text
from bot.core.policy import Policy, Question

NO, YES = 0, 1
WORST, BEST = 1, 5
_STILL_LOW = 2
_PER_CENT = 100

_OUT_OF = re.compile(r"(\d{1,3})\s*(?:/|of|out of|из|من)\s*(\d{1,3})", re.IGNORECASE)
"""`5/5`, `4 of 5`: a score with the best that there is."""

_BETWEEN = re.compile(r"[-\u2010-\u2015\u2212]\s*\d{1,3}|\d{1,3}[.,\u066b]\d{1,2}")
"""A number that no scale has: `-1`, `4.5`."""

OF_THE_DESK = Question(key="score", kind="scale")
"""The one question that the desk asks where the policy is silent, in the desk's own words."""


def questions(policy: Policy, *, asked_by_desk: bool) -> tuple[Question, ...]:
    """The policy's questions, else the desk's one if the desk file wants a survey (`asked_by_desk`)."""
    if policy.survey is not None:
        return policy.survey
    return (OF_THE_DESK,) if asked_by_desk else ()


def values(question: Question) -> tuple[int, ...]:
    """The possible answers, in the order in which they are offered: yes before no, 1 before 5."""
    return (YES, NO) if question.kind == "yes_no" else tuple(range(WORST, BEST + 1))


def value(question: Question, key: str) -> int | None:
    """What an answer's key (`yes`, `no`, `1` to `5`) is worth, or None if the question has no such answer."""
    known = {key_of(question, worth): worth for worth in values(question)}
    return known.get(key)


def called(question: Question, said: str) -> str | None:
    """The key of a score that is said in words, or with the best that there is: `five`, `5/5`, `٤ من ٥`."""
    if question.kind == "yes_no":
        return None
    found, in_words = _OUT_OF.fullmatch(text.ascii_digits(said).strip()), scores.read(said)
    if found is not None and int(found[2]) == BEST:
        return str(int(found[1]))
    return str(in_words.worth) if in_words and not in_words.beside else None


def beside(question: Question, said: str) -> int | None:
    """The score of a scale that stands beside words about our help: `5, thank you`."""
    found = scores.read(said)
    return value(question, str(found.worth)) if found and found.beside else None


def typed(question: Question, said: str) -> int | None:
    """The score of a scale that these words are, by its number, in words, or with the best that there is."""
    return value(question, called(question, said) or str(text.number(said)))


def is_off_scale(question: Question, said: str) -> bool:
    """Whether it answers, but on another scale than was asked for: `10`, `9/10`, `-1`, `4.5`, `yes`."""
    shown = text.ascii_digits(text.visible(said)).strip()
    if question.kind == "yes_no":
        return False
    if _BETWEEN.fullmatch(shown) or assent.is_yes(said):
        return True
    if typed(question, said) is not None:
        return False
    in_words = scores.read(said)
    number = in_words.worth if in_words and not in_words.beside else text.number(said)
    alone = number is not None and number <= _PER_CENT
    return alone or bool(_OUT_OF.fullmatch(shown))


def key_of(question: Question, worth: int) -> str:
    """The key under which an answer is offered."""
    if question.kind == "yes_no":
        return "yes" if worth == YES else "no"
    return str(worth)


def low(question: Question, worth: int) -> bool:
    """Whether the queue is told: a no, or 1 or 2 of 5."""
    return worth == NO if question.kind == "yes_no" else worth <= _STILL_LOW
