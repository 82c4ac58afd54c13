"""What Telegram accepted, by its own answer: accepted even where the library cannot read that answer."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

_YES = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\b')  # so every acceptance begins, and no proxy's page


@dataclass(slots=True)
class Answer:
    """One request's answer. `message` and `at` are those of a sent message, as far as they can be read.

    `messages` are all of an album's.
    """

    accepted: bool = False
    message: str = ""
    messages: tuple[str, ...] = ()
    at: datetime | None = None

    def begins(self, status: int, kind: str) -> None:
        """The headers are here; the body may still be cut off. `kind` is its content type."""
        self.accepted = status == HTTPStatus.OK and kind == "application/json"

    def is_whole(self, payload: bytes) -> None:
        self.accepted = self.accepted and _YES.match(payload) is not None
        try:
            told = json.loads(payload)["result"]
            parts = told if isinstance(told, list) else [told]
            self.messages = tuple(str(_number(part["message_id"])) for part in parts)
            result = parts[-1]
            self.message = self.messages[-1]
            self.at = datetime.fromtimestamp(_number(result["date"]), UTC)
        except (ValueError, RecursionError, LookupError, TypeError, ArithmeticError, OSError):
            return  # whoever asked does without


_overheard: ContextVar[Answer | None] = ContextVar("overheard", default=None)


@contextmanager
def overhearing() -> Iterator[Answer]:
    """What is answered to the request that is made inside."""
    answer = Answer()
    token = _overheard.set(answer)
    try:
        yield answer
    finally:
        _overheard.reset(token)


def overheard() -> Answer:
    """Where the wire notes what it hears."""
    return _overheard.get() or Answer()


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value
