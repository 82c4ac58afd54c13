"""Sentences in a policy's own languages, and the keys and clause ids that its lines carry."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, RootModel, ValidationInfo, model_validator

from bot.core.text import clean

Language = Literal["ar", "ru", "en"]
Declared = Literal[
    "fields", "queues", "categories", "priorities", "complexities", "levels", "choices", "clients"
]

T = TypeVar("T")

_OF_CONVERSATIONS = {"back", "cancel", "skip"}
_LISTS: tuple[Declared, ...] = ("fields", "queues", "categories", "priorities", "complexities", "levels")
_CALLED: dict[Declared, str] = {
    "choices": "fields of kind choice",
    "clients": "options of the client_field",
}
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a policy declares, for the places that refer to it: read before anything is checked."""

    languages: tuple[str, ...] = ()
    keys: Mapping[Declared, tuple[str, ...]] = field(default_factory=dict)
    countries: Collection[str] = ()

    @classmethod
    def of(cls, raw: Mapping[str, Any], countries: Collection[str] = ()) -> Self:
        """The declarations of a policy that may be full of mistakes.

        `countries` are those whose public holidays are known; where there are none, any country will do.
        """
        languages = raw.get("languages")
        listed = languages if isinstance(languages, list | tuple) else ()
        spoken = tuple(language for language in listed if language in get_args(Language))
        keys: dict[Declared, tuple[str, ...]] = {what: keys_of(raw.get(what)) for what in _LISTS}
        keys["choices"] = keys_of(_where(raw.get("fields"), kind="choice"))
        keys["clients"] = _clients(raw)
        return cls(spoken, keys, countries)


def _clients(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of client that there are: the answers to the question that is named as `client_field`."""
    asked = _where(raw.get("fields"), key=raw.get("client_field"))
    return keys_of(asked[0].get("options")) if asked else ()


def _where(tables: object, **named: object) -> list[dict[str, Any]]:
    """The tables of a list that say so."""
    listed = tables if isinstance(tables, list) else []
    return [
        table
        for table in listed
        if isinstance(table, dict) and all(table.get(name) == value for name, value in named.items())
    ]


def keys_of(tables: object) -> tuple[str, ...]:
    """The keys of a list of tables, as far as there are any; an empty one stands for a missing key."""
    if not isinstance(tables, list):
        return ()
    keys = (table.get("key") if isinstance(table, dict) else None for table in tables)
    return tuple(key if isinstance(key, str) else "" for key in keys)


def _line(value: str) -> str:
    if not (line := clean(value)):
        raise ValueError("expected a text that is not empty")
    return line


def _key(value: str) -> str:
    if value in _OF_CONVERSATIONS:
        raise ValueError(f"expected another key than {value!r}, which conversations use themselves")
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", value):
        raise ValueError(f"expected a key of at most 32 small letters, digits, - and _, not {value!r}")
    return value


def _clause(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2,5}-[0-9]{1,3}", value):
        raise ValueError(f'expected a clause id such as "CAP-3", not {value!r}')
    return value


def _declared(what: Declared) -> AfterValidator:
    """The key of something that the policy declares in its list `what`."""

    def check(value: str, info: ValidationInfo) -> str:
        known = info.context.keys.get(what, ()) if isinstance(info.context, Scope) else (value,)
        if value not in known:
            listed = ", ".join(dict.fromkeys(filter(None, known)))
            raise ValueError(
                f"expected one of the {_CALLED.get(what, what)} ({listed or 'there are none'}), not {value!r}"
            )
        return value

    return AfterValidator(check)


def _not_empty(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise ValueError("expected at least one")
    return values


SomeOf = Annotated[tuple[T, ...], AfterValidator(_not_empty)]

Line = Annotated[str, AfterValidator(_line)]
Key = Annotated[str, AfterValidator(_key)]
FieldKey = Annotated[str, _declared("fields")]
QueueKey = Annotated[str, _declared("queues")]
LevelKey = Annotated[str, _declared("levels")]
ChoiceFieldKey = Annotated[str, _declared("choices")]
ComplexityKey = Annotated[str, _declared("complexities")]

_one_or_more = BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
Clients = Annotated[tuple[Annotated[str, _declared("clients")], ...], _one_or_more]
Categories = Annotated[tuple[Annotated[str, _declared("categories")], ...], _one_or_more]
Priorities = Annotated[tuple[Annotated[str, _declared("priorities")], ...], _one_or_more]
Complexities = Annotated[tuple[ComplexityKey, ...], _one_or_more]
"""Keys that a line is for, written as one text or as a list; none: it is for all."""

Clauses = Annotated[tuple[Annotated[str, AfterValidator(_clause)], ...], _one_or_more]
"""The ids of the clauses that a line keeps, written as one text or as a list of them."""


class Words(RootModel[dict[Language, Line]]):
    """The same sentence in each of the policy's languages."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _in_order(cls, raw: Any, info: ValidationInfo) -> Any:
        if not isinstance(raw, dict) or not isinstance(info.context, Scope):
            return raw
        return {language: raw[language] for language in info.context.languages if language in raw} | raw

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Self:
        languages = getattr(info.context, "languages", ()) or tuple(self.root)
        missing = [language for language in languages if language not in self.root]
        if missing or not self.root:
            raise ValueError(f"expected a text in {', '.join(missing or ['a language'])} too, there is none")
        if strangers := [language for language in self.root if language not in languages]:
            raise ValueError(f"expected the policy's languages only, not {', '.join(strangers)}")
        return self

    def in_(self, language: str) -> str:
        """The sentence in `language`, else in the policy's first."""
        own = (text for spoken, text in self.root.items() if spoken == language)
        return next(own, next(iter(self.root.values())))


def filling(*required: str) -> AfterValidator:
    """Each of the texts has these `{placeholders}`, and no others."""

    def check(words: Words) -> Words:
        wrong = [
            f"expected {_listed(required) or 'no {name}'} in {language}, found {_listed(found) or 'none'}"
            for language, text in words.root.items()
            if (found := set(_PLACEHOLDER.findall(text))) != set(required)
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return words

    return AfterValidator(check)


def _listed(names: Iterable[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names))


PlainWords = Annotated[Words, filling()]
AboutTicket = Annotated[Words, filling("reference")]
