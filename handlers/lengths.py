"""Lengths of time as people read them, in the units of a policy: hours, working hours, working days."""

from collections.abc import Callable
from datetime import timedelta

from bot.core.spans import Span
from locales import ngettext

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_IN_DAYS_FROM = timedelta(days=3)
"""Shorter plain time is said in hours, as policies do: "48 hours" are not "2 days"."""


def within(span: Span) -> str:
    """Such as "within 24 working hours"."""
    unit = _unit(span)
    return _WITHIN[span.kind, unit](_count(span, unit))


def between(first: Span, last: Span) -> str:
    """Such as "24 to 48 hours"; both are of one kind."""
    unit = _unit(first, last)
    return _BETWEEN[last.kind, unit](_count(first, unit), _count(last, unit))


def after(span: Span) -> str:
    """Such as "after 1 working day"."""
    unit = _unit(span)
    return _AFTER[span.kind, unit](_count(span, unit))


def _unit(*spans: Span) -> timedelta:
    """The largest unit of which all are whole numbers."""
    if spans[0].kind == "days":
        return _DAY
    in_days = spans[0].kind == "plain" and spans[0].time >= _IN_DAYS_FROM
    units = (_DAY, _HOUR) if in_days else (_HOUR,)
    return next((unit for unit in units if not any(span.time % unit for span in spans)), _MINUTE)


def _count(span: Span, unit: timedelta) -> int:
    return span.amount if span.kind == "days" else span.time // unit


# Translators: these stand in the case that "within" asks for, and the ranges as in "it takes 24 to 48 hours".
_WITHIN: dict[tuple[str, timedelta], Callable[[int], str]] = {
    ("plain", _MINUTE): lambda n: ngettext("within {n} minute", "within {n} minutes", n),
    ("plain", _HOUR): lambda n: ngettext("within {n} hour", "within {n} hours", n),
    ("plain", _DAY): lambda n: ngettext("within {n} day", "within {n} days", n),
    ("business", _MINUTE): lambda n: ngettext("within {n} working minute", "within {n} working minutes", n),
    ("business", _HOUR): lambda n: ngettext("within {n} working hour", "within {n} working hours", n),
    ("days", _DAY): lambda n: ngettext("within {n} working day", "within {n} working days", n),
}
_BETWEEN: dict[tuple[str, timedelta], Callable[[int, int], str]] = {
    ("plain", _MINUTE): lambda first, n: ngettext(
        "{first} to {n} minute", "{first} to {n} minutes", n, first=first
    ),
    ("plain", _HOUR): lambda first, n: ngettext(
        "{first} to {n} hour", "{first} to {n} hours", n, first=first
    ),
    ("plain", _DAY): lambda first, n: ngettext("{first} to {n} day", "{first} to {n} days", n, first=first),
    ("business", _MINUTE): lambda first, n: ngettext(
        "{first} to {n} working minute", "{first} to {n} working minutes", n, first=first
    ),
    ("business", _HOUR): lambda first, n: ngettext(
        "{first} to {n} working hour", "{first} to {n} working hours", n, first=first
    ),
    ("days", _DAY): lambda first, n: ngettext(
        "{first} to {n} working day", "{first} to {n} working days", n, first=first
    ),
}
_AFTER: dict[tuple[str, timedelta], Callable[[int], str]] = {
    ("plain", _MINUTE): lambda n: ngettext("after {n} minute", "after {n} minutes", n),
    ("plain", _HOUR): lambda n: ngettext("after {n} hour", "after {n} hours", n),
    ("plain", _DAY): lambda n: ngettext("after {n} day", "after {n} days", n),
    ("business", _MINUTE): lambda n: ngettext("after {n} working minute", "after {n} working minutes", n),
    ("business", _HOUR): lambda n: ngettext("after {n} working hour", "after {n} working hours", n),
    ("days", _DAY): lambda n: ngettext("after {n} working day", "after {n} working days", n),
}
