"""Reading answers: a button, a number, a title, a key, another name for it, or the person's own words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core import assent, text
from bot.core.heard import Pressed, Said, Shared, Unknown
from bot.core.names import names_of
from bot.core.told import Part, Told
from bot.core.words import Answer, Choose, Option, Question


@dataclass(frozen=True, slots=True)
class Misheard:
    """The answer will not do; `why` is a sentence for the person, or nothing when it was simply no option.

    `nowhere`: they want to go back from the first question, and there is nothing in it to keep. `beside`: it
    is a sentence about something else.
    """

    why: str = ""
    stale: bool = False
    nowhere: bool = False
    beside: bool = False


Spoken = Said | Pressed | Shared | Unknown
"""What a conversation can hear."""


def understand(question: Question, asked: Sequence[str], turn: int, what: Spoken) -> Answer | Misheard:
    """Read an answer to `question`; `asked` are the keys that the person saw, in order, at `turn`."""
    match what:
        case Pressed():
            return _pressed(question, asked, turn, what.data)
        case Unknown():
            return Misheard()
        case Shared():
            told = Told(parts=(Part(message=what.message, text=what.phone),))
            return _in_words(question, Answer(told=told, phone=what.phone, own=what.own))
        case Said():
            key = _typed(question, asked, what.text)
            told = Told.by(what)
            if key:
                return Answer(key=key, beside=told.only_files())
            return _in_words(question, Answer(told=told))


def names(said: str, option: Option) -> bool:
    """Whether the words are nothing but this answer: its title, its key, or another name for it."""
    wanted = text.plain(said)
    return wanted in {text.plain(option.title), text.plain(option.key), *names_of(option.key)}


def _in_words(question: Question, said: Answer) -> Answer | Misheard:
    if isinstance(question, Choose):
        return said if question.free and not said.phone else Misheard()
    why = question.check(said)
    return Misheard(why, beside=not question.attempted(said)) if why else said


def _pressed(question: Question, asked: Sequence[str], turn: int, data: str) -> Answer | Misheard:
    number, _, key = data.partition(":")
    if number != str(turn) or key not in asked:
        return Misheard(stale=True)
    known = _by_now(question, key)
    return Answer(key=known) if known in _offered(question) else Misheard()


def _offered(question: Question) -> set[str]:
    """An answer may have gone since it was shown (a ticket was closed, a category removed)."""
    return {option.key for option in question.options}


def _by_now(question: Question, key: str) -> str:
    """It may have another name by now: a ticket was merged, a newer version calls the answer otherwise."""
    return key if key in _offered(question) else question.called(key) or key


def _typed(question: Question, asked: Sequence[str], said: str) -> str:
    """The key that was typed in some way, if it is still offered."""
    if isinstance(question, Choose) and question.beside(said):
        return ""
    seen = [_by_now(question, key) for key in asked]
    keys = _offered(question).intersection(seen)
    return next((key for key in _candidates(question, seen, said) if key in keys), "")


def _candidates(question: Question, asked: Sequence[str], said: str) -> Iterator[str]:
    """What the words may mean, the surest first; numbers only where they are no answer by themselves."""
    wanted = text.plain(said)
    if not wanted:
        yield question.called(said) or ""
        return
    options = question.options
    yield from (o.key for o in options if wanted in (text.plain(o.title), text.plain(o.key)))
    number = text.number(said) if isinstance(question, Choose) else None
    if number and number <= len(asked):
        yield asked[number - 1]
    yield question.called(said) or ""
    yield from (o.key for o in options if wanted in names_of(o.key) or assent.means(said, o.key))
