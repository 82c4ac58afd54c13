"""A policy: what an organisation promised to those who ask it for help, as values."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal, Protocol, Self, TypeVar

from pydantic import AfterValidator

from bot.core.mistakes import FileError, Mistake, read
from bot.core.policy.contradictions import contradictions
from bot.core.policy.form import Category, Choice, Contact, FormField, Kind, Priority, Question
from bot.core.policy.organisation import Address, Queue, Texts
from bot.core.policy.rules import (
    Complexity,
    Consent,
    Escalating,
    Extending,
    Level,
    Outcome,
    Reason,
    Remote,
    Resolved,
    Sharing,
    Stopping,
    Unanswered,
)
from bot.core.policy.targets import Promises, What
from bot.core.policy.week import WorkingWeek
from bot.core.policy.words import ChoiceFieldKey, Key, Language, PlainWords, Scope, SomeOf, Words, keys_of
from bot.core.text import plain

__all__ = [
    "Address",
    "Category",
    "Choice",
    "Complexity",
    "Consent",
    "Contact",
    "Escalating",
    "Extending",
    "FormField",
    "Kind",
    "Level",
    "Outcome",
    "Policy",
    "PolicyError",
    "Priority",
    "Question",
    "Queue",
    "Reason",
    "Remote",
    "Resolved",
    "Sharing",
    "Stopping",
    "Texts",
    "Unanswered",
    "Words",
    "WorkingWeek",
]


class PolicyError(FileError):
    """The policy file will not do."""


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=_Keyed)


def _speaks_each_once(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) < len(languages):
        raise ValueError(f"expected each language once, not {', '.join(languages)}")
    return languages


class Policy(Promises):
    """All that one organisation promises, each line with the clause that it keeps.

    What the source does not state is absent here, and the desk's own defaults decide: no `survey` (None), no
    window in `resolved`, no `priorities` (empty), no `contact`, no `calendar`. The source's language comes
    first. `client_field` is the question whose answer says what kind of client somebody is.
    """

    name: Key
    organisation: PlainWords
    languages: Annotated[SomeOf[Language], AfterValidator(_speaks_each_once)]
    queues: SomeOf[Queue]
    categories: SomeOf[Category]
    fields: tuple[FormField, ...] = ()
    title_asked: bool = False
    priorities: tuple[Priority, ...] = ()
    priority_chosen_by: Literal["customer", "agent"] = "customer"
    contact: Contact = Contact()
    client_field: ChoiceFieldKey = ""
    complexities: tuple[Complexity, ...] = ()
    calendar: WorkingWeek | None = None
    resolved: Resolved = Resolved()
    unanswered: Unanswered | None = None
    extending: Extending | None = None
    escalating: Escalating | None = None
    stopping: Stopping | None = None
    reasons: tuple[Reason, ...] = ()
    remote: Remote = Remote()
    sharing: Sharing | None = None
    levels: tuple[Level, ...] = ()
    consent: Consent | None = None
    survey: SomeOf[Question] | None = None
    elsewhere: tuple[Address, ...] = ()
    texts: Texts = Texts()

    @classmethod
    def load(cls, text: str, file: str, countries: Collection[str] = ()) -> Self:
        """Read a policy, or raise PolicyError with all its mistakes; `file` is its name for the reader.

        `countries` are those whose public holidays are known; without them, any country will do.
        """
        return read(
            cls,
            text,
            file,
            PolicyError,
            also=lambda raw: [*_repeated(raw), *contradictions(raw)],
            context=lambda raw: Scope.of(raw, countries),
        )

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """The policy that `to_json` gave."""
        return cls.model_validate(content, context=Scope.of(content))

    def to_json(self) -> dict[str, Any]:
        """Only what is stated, so that a later version with more keys reads and hashes it the same."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal digits."""
        canonical = json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(canonical.encode()).hexdigest()

    @property
    def reached(self) -> set[str]:
        """The keys of all levels that some ladder climbs to, or that hear of a stopped conversation."""
        return super().reached | ({self.stopping.level} if self.stopping else set())

    @property
    def queue_keys(self) -> set[str]:
        return {queue.key for queue in self.queues}

    def promises(self, what: What) -> bool:
        return any(target.what == what for target in self.targets)

    def category(self, key: str) -> Category | None:
        return _by_key(self.categories, key)

    def category_called(self, said: str) -> Category | None:
        """The category that a person names: by title, key or another of its words, in any language."""
        name = plain(said)
        called = [category for category in self.categories if name in category.names]
        return called[0] if len(called) == 1 else None

    def field(self, key: str) -> FormField | None:
        return _by_key(self.fields, key)

    def priority(self, key: str) -> Priority | None:
        return _by_key(self.priorities, key)

    def complexity(self, key: str) -> Complexity | None:
        return _by_key(self.complexities, key)

    def level(self, key: str) -> Level | None:
        return _by_key(self.levels, key)

    def reason(self, key: str) -> Reason | None:
        return _by_key(self.reasons, key)

    def reasons_of(self, outcome: Outcome) -> tuple[Reason, ...]:
        """Those that an agent chooses from when work ends like this."""
        return tuple(reason for reason in self.reasons if reason.of == outcome)

    def queue(self, key: str) -> Queue | None:
        return _by_key(self.queues, key)

    def form(self, category: str) -> tuple[FormField, ...]:
        """The fields that a category needs, in the order in which it names them."""
        asked = self.category(category)
        fields = {field.key: field for field in self.fields}
        return tuple(fields[key] for key in asked.fields) if asked else ()

    def receipt(self, category: str) -> Words | None:
        """The wording of the receipt: the category's own, else the policy's, else None."""
        filed = self.category(category)
        return (filed.receipt if filed else None) or self.texts.receipt

    def clauses(self) -> frozenset[str]:
        """The ids of all clauses that some line here keeps."""
        return frozenset(_clauses(self.to_json()))


def _by_key(values: Iterable[K], key: str) -> K | None:
    return next((value for value in values if value.key == key), None)


def _repeated(raw: Mapping[str, Any], where: str = "") -> Iterator[Mistake]:
    """Keys that stand twice in one list, at any depth."""
    for name, value in raw.items():
        keys = keys_of(value)
        for index, key in enumerate(keys):
            if key and key in keys[:index]:
                yield Mistake(f"{where}{name}[{index}].key", f"expected each key once, not {key!r} again")
        for index, table in enumerate(value if isinstance(value, list) else []):
            if isinstance(table, dict):
                yield from _repeated(table, f"{where}{name}[{index}].")


def _clauses(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        yield from content.get("clause", ())
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from _clauses(part)
