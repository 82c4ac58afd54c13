"""Reading an operator's TOML file, with everything that is wrong in it told at once."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Shape = TypeVar("Shape", bound=BaseModel)

UTF_8 = "utf-8-sig"
"""How an operator's files are read: some editors put a mark before UTF-8."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that will not do; `where` is a key path (`targets[2].within`), or empty for the file."""

    where: str
    expected: str

    def __str__(self) -> str:
        return f"{self.where}: {self.expected}" if self.where else self.expected


class FileError(ValueError):
    """A file of the operator's that will not do; `str()` of it is one line for each mistake."""

    def __init__(self, file: str, mistakes: Iterable[Mistake]) -> None:
        self.file = file
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(f"{file}: {mistake}" for mistake in self.mistakes))


class SeveralError(ValueError):
    """More than one thing will not do about one value."""

    def __init__(self, told: Iterable[str]) -> None:
        self.told = tuple(told)
        super().__init__(self.told[0])


def read(
    shape: type[Shape],
    text: str,
    file: str,
    error: type[FileError] = FileError,
    *,
    also: Callable[[Mapping[str, Any]], Iterable[Mistake]] = lambda _raw: (),
    context: Callable[[Mapping[str, Any]], object] = lambda _raw: None,
) -> Shape:
    """Make a `shape` of TOML, or raise `error` with all mistakes; `file` is its name for the reader.

    `also` finds what no single value tells, in a file that may be full of other mistakes.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise error(file, [Mistake("", f"this is not TOML: {broken}")]) from None
    found = [*also(raw)]
    try:
        made = shape.model_validate(raw, context=context(raw))
    except ValidationError as wrong:
        raise error(file, dict.fromkeys([*found, *mistakes(wrong)])) from None
    if found:
        raise error(file, dict.fromkeys(found))
    return made


def mistakes(wrong: ValidationError) -> Iterator[Mistake]:
    for details in wrong.errors(include_url=False):
        cause = details.get("ctx", {}).get("error")
        if isinstance(cause, SeveralError):
            yield from (Mistake(path(details["loc"]), told) for told in cause.told)
        else:
            yield mistake(details)


def mistake(details: ErrorDetails) -> Mistake:
    return Mistake(path(details["loc"]), expected(details))


def path(places: Iterable[int | str]) -> str:
    """A key path as people write it: `("targets", 2, "within")` -> `targets[2].within`."""
    names = [f"[{place}]" if isinstance(place, int) else f".{place}" for place in places if place != "[key]"]
    return "".join(names).removeprefix(".")


def expected(details: ErrorDetails) -> str:
    """What should stand there, in words that say how to mend it."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if plain := PLAIN.get(kind):
        return plain
    shown = short(details["input"])
    if wanted := WANTED.get(kind):
        return f"expected {wanted.format(**context)}, not {shown}"
    return f"{details['msg'][0].lower()}{details['msg'][1:]}, not {shown}"


PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not a key that is known here",
}

WANTED = {
    "literal_error": "{expected}",
    "enum": "{expected}",
    "string_type": "a text in quotes",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "date_type": "a date such as 2026-09-23",
    "date_from_datetime_parsing": "a date such as 2026-09-23",
    "date_from_datetime_inexact": "a date such as 2026-09-23",
    "too_short": "at least {min_length} of them",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
}


def short(value: object, longest: int = 60) -> str:
    shown = repr(value)
    return shown if len(shown) <= longest else f"{shown[:longest]}..."
