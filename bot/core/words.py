"""What is said to customers, and the questions that conversations ask them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from bot.core.enclosures import Enclosure
from bot.core.heard import Attachment, Value
from bot.core.told import NOTHING, Told

STANDING = 0
"""The turn of buttons that hold outside any conversation; their keys say what they are about."""


class Option(Value):
    """One possible answer. Keys are short ASCII slugs: a platform gives a button 64 bytes."""

    key: str = Field(max_length=48, pattern=r"^[a-z0-9._:-]+$")
    title: str
    detail: str = ""


class Wording(Value):
    """How a message reads in one language."""

    language: str
    text: str
    options: tuple[Option, ...] = ()


class Say(Value):
    """One message to a customer, in their language, ready for any channel.

    Plain text: a channel never reads markup in it. `options` become buttons, a list or numbered lines, in the
    channel's richest shape; `turn` tells old buttons from new ones. `contact` is the title of a button that
    shares the person's own contact card; a message that `folds` takes away the one of an earlier question,
    where such a button stays until it is told to go. `reply_to` quotes one of the person's messages. `files`
    go with it, as what they are. `otherwise` is how it reads where the person chooses another language before
    it is sent.
    """

    text: str
    options: tuple[Option, ...] = ()
    turn: int = STANDING
    contact: str = ""
    folds: bool = False
    reply_to: str = ""
    files: tuple[Enclosure, ...] = ()
    otherwise: tuple[Wording, ...] = ()

    def in_(self, language: str) -> "Say":
        """The same in this language, if it is known how it reads there."""
        other = next((one for one in self.otherwise if one.language == language), None)
        return self.model_copy(update={"text": other.text, "options": other.options}) if other else self


class Amend(Value):
    """What a message that somebody has already shall be from now on, without the files that are `leaving`."""

    say: Say
    leaving: tuple[UUID, ...] = ()


def first_file(say: Say, parts: int) -> int:
    """Of the parts of a message that was sent, the place of the first that is a file: words go before files.

    The only part of words with one file is that file, with the words as its caption.
    """
    return 0 if parts == len(say.files) == 1 else max(1, parts - len(say.files))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered: a chosen key, or words, files or a contact (`own` when it is theirs).

    `beside` are the files that came with the words that chose.
    """

    key: str = ""
    beside: Told = NOTHING
    told: Told = NOTHING
    phone: str = ""
    own: bool = False

    @property
    def text(self) -> str:
        return self.told.text

    @property
    def files(self) -> tuple[Attachment, ...]:
        return self.told.files


@dataclass(frozen=True, slots=True)
class Choose:
    """A question with offered answers; with `free`, other words are an answer too, unless they are a command.

    `called` knows the key of an answer by other names that people have for it; what is `beside` it all looks
    like an answer, and is none. `quotes` is the message of the person's that is asked about.
    """

    text: str
    options: tuple[Option, ...]
    free: bool = False
    called: Callable[[str], str | None] = lambda _said: None
    beside: Callable[[str], bool] = lambda _said: False
    quotes: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """A question that is answered in the person's own words.

    `check` returns a courteous sentence when the answer will not do, or None. `options` are the ways round it
    (skip, back, cancel), and `called` knows them by other names. `contact` offers the contact button. `files`
    says that a file is an answer too; with `free`, words that are a command are no answer. `attempted` tells
    of an answer that will not do whether it was meant as one: other words are kept beside the question.
    """

    text: str
    check: Callable[[Answer], str | None] = lambda _answer: None
    options: tuple[Option, ...] = ()
    contact: str = ""
    files: bool = False
    free: bool = False
    called: Callable[[str], str | None] = lambda _said: None
    attempted: Callable[[Answer], bool] = lambda _answer: True


Question = Choose | Write
