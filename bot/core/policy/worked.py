"""Where a policy counts working time, which needs a working week to be counted by."""

from collections.abc import Iterator

from pydantic import BaseModel

from bot.core.mistakes import path
from bot.core.policy import Policy
from bot.core.spans import Span

Places = tuple[str | int, ...]


def working_spans(policy: Policy) -> tuple[tuple[str, Span], ...]:
    """All lengths of working time that the policy states, by their key paths (`targets[5].within`)."""
    return tuple((path(places), span) for places, span in _spans(policy) if span.kind != "plain")


def _spans(value: object, places: Places = ()) -> Iterator[tuple[Places, Span]]:
    if isinstance(value, Span):
        yield places, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _spans(getattr(value, name), (*places, name))
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _spans(part, (*places, index))
