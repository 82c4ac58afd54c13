"""Refusals, in the Bot API's own words."""

from http import HTTPStatus
from typing import Any


class RefusalError(Exception):
    """The Bot API's answer when it will not do something."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        answer = {"ok": False, "error_code": int(self.status), "description": self.description}
        return {**answer, "parameters": self.parameters} if self.parameters else answer


def bad_request(words: str) -> RefusalError:
    return RefusalError(HTTPStatus.BAD_REQUEST, f"Bad Request: {words}")


def conflict(words: str) -> RefusalError:
    return RefusalError(HTTPStatus.CONFLICT, f"Conflict: {words}")


def too_many_requests(seconds: int) -> RefusalError:
    words = f"Too Many Requests: retry after {seconds}"
    return RefusalError(HTTPStatus.TOO_MANY_REQUESTS, words, retry_after=seconds)
