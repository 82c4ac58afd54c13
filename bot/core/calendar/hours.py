"""The hours of a day as people write them: `["09:00", "12:00"], ["13:00", "17:00"]`."""

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

Weekday = Literal["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

WEEK: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days in the order of `date.weekday()`."""

_DAY = 24 * 60
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def _segment(written: object) -> object:
    match written:
        case [str(opens), str(closes)] if _TIME.fullmatch(opens) and _TIME.fullmatch(closes):
            if opens == "24:00":
                raise ValueError('expected an opening before "24:00", where the day ends')
            return opens, closes
    raise ValueError(f'expected an opening and a closing such as ["09:00", "17:00"], not {written!r}')


def _apart(hours: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    ordered = tuple(sorted(hours))
    for earlier, later in pairwise(ordered):
        if minutes(earlier)[1] > minutes(later)[0]:
            raise ValueError(f"expected hours that do not overlap: {said(earlier)} runs into {said(later)}")
    return ordered


Hours = Annotated[
    tuple[Annotated[tuple[str, str], BeforeValidator(_segment)], ...],
    AfterValidator(_apart),
]
"""The open segments of a day, in their order. None at all: closed."""


def minutes(segment: tuple[str, str]) -> tuple[int, int]:
    """Opening and closing in minutes after midnight. A closing at or before the opening is a day later."""
    opens, closes = (int(end[:2]) * 60 + int(end[3:]) for end in segment)
    return opens, closes if closes > opens else closes + _DAY


def overlap(day: Hours, following: Hours) -> str:
    """How the last hours of a day run into the first of the day after, in words; empty if they do not."""
    if day and following and minutes(day[-1])[1] > minutes(following[0])[0] + _DAY:
        return f"{said(day[-1])} runs into {said(following[0])} of the day after"
    return ""


def said(segment: tuple[str, str]) -> str:
    return "-".join(segment)
