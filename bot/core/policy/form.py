"""What a policy asks people: when they file a ticket, and when it is resolved."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.core.heard import Value
from bot.core.policy.words import (
    AboutTicket,
    Clauses,
    FieldKey,
    Key,
    Language,
    Line,
    PlainWords,
    QueueKey,
    SomeOf,
)
from bot.core.text import plain

Kind = Literal["text", "email", "phone", "choice", "yes_no"]


class Choice(Value):
    """One answer that a field offers; `words` are other names that people have for it."""

    key: Key
    title: PlainWords
    words: dict[Language, tuple[Line, ...]] = Field(default_factory=dict)
    clause: Clauses = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What people may type for it, in any of the languages, the titles first."""
        return (*self.title.root.values(), *(word for words in self.words.values() for word in words))


class FormField(Value):
    """A question of the filing conversation. `title` names its answer in summaries and on the card.

    `choice` takes one of `options` only; `text` takes any words, and offers its `options` beside them.
    """

    key: Key
    kind: Kind
    title: PlainWords
    question: PlainWords
    hint: PlainWords | None = None
    options: tuple[Choice, ...] = ()
    required: bool = True
    clause: Clauses = ()

    @model_validator(mode="after")
    def _offers_what_fits(self) -> Self:
        if self.kind == "choice" and not self.options:
            raise ValueError("expected options, because it is a choice")
        if self.kind not in ("choice", "text") and self.options:
            raise ValueError(f"expected no options, because {self.kind} has its own answers")
        return self

    def option(self, key: str) -> Choice | None:
        return next((option for option in self.options if option.key == key), None)


class Category(Value):
    """A kind of request: where it goes, and what must be known about it.

    `words` are other names that people have for it; `describe` asks for the description in its own way;
    `receipt` confirms it in its own words.
    """

    key: Key
    title: PlainWords
    queue: QueueKey
    fields: tuple[FieldKey, ...] = ()
    words: dict[Language, tuple[Line, ...]] = Field(default_factory=dict)
    describe: PlainWords | None = None
    receipt: AboutTicket | None = None
    clause: Clauses = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """What people may type for it, in any of the languages, in plain form."""
        others = (word for words in self.words.values() for word in words)
        return frozenset(map(plain, (self.key, *self.title.root.values(), *others)))


class Priority(Value):
    """How serious it is. `definition` is absent where the source gives none.

    `ours`: the source has no such level; it is a neutral one that only orders the work.
    """

    key: Key
    title: PlainWords
    definition: PlainWords | None = None
    ours: bool = False
    clause: Clauses = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What people may type for it, in any of the languages."""
        return tuple(self.title.root.values())


class Contact(Value):
    """Whether a way to reach the person outside the chat is asked for, and which ways will do."""

    ask: Literal["none", "optional", "required"] = "none"
    kinds: SomeOf[Literal["phone", "email"]] = ("phone", "email")
    question: PlainWords | None = None
    clause: Clauses = ()


class Question(Value):
    """A question of the survey: yes or no, or 1 to 5. Without `text` the desk asks in its own words."""

    key: Key
    kind: Literal["yes_no", "scale"]
    text: PlainWords | None = None
    clause: Clauses = ()
