"""Lengths of plain time as people write them in a file: "90 minutes", "72 hours", "2 days"."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

UNITS = ("second", "minute", "hour", "day")
WRITTEN = re.compile(rf"\s*([0-9]{{1,6}})\s+({'|'.join(UNITS)})s?\s*")


def plain(written: object) -> timedelta:
    """The length that was written, or ValueError with an example. Plain time runs at night too."""
    if isinstance(written, timedelta):
        return written
    match = WRITTEN.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise ValueError(
            f'expected a length of plain time such as "72 hours" or "30 minutes", not {written!r}'
        )
    return timedelta(**{f"{match[2]}s": int(match[1])})


def said(span: timedelta) -> str:
    """The shortest way to write a length of whole seconds: `timedelta(hours=72)` -> "3 days"."""
    for unit in reversed(UNITS):
        size = timedelta(**{f"{unit}s": 1})
        if span % size == timedelta():
            count = span // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    raise ValueError(f"{span} is not made of whole seconds")


PlainSpan = Annotated[timedelta, BeforeValidator(plain), PlainSerializer(said, return_type=str)]
