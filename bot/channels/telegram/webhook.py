"""Telegram's webhook: who calls is checked before the body is read, and the answer waits for the commit."""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

log = structlog.get_logger()

PATH = "/telegram"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 1_000_000  # bytes; real updates are a hundredth of it


class _RefusedError(Exception):
    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class Webhook:
    """The endpoint. It never answers 410, which would end the webhook for good."""

    def __init__(self, secret: str, take: Callable[[Sequence[Any]], Awaitable[None]]) -> None:
        self._secret = secret.encode()
        self._take = take

    def route(self) -> Route:
        return Route(PATH, self.receive, methods=["POST"])

    async def receive(self, request: Request) -> Response:
        try:
            self._check(request)
            update = _parsed(await _body(request))
            await self._store(update)
        except _RefusedError as refusal:
            return Response(status_code=refusal.status)
        return Response()

    def _check(self, request: Request) -> None:
        given = request.headers.get(_HEADER)
        if given is None:
            log.warning("telegram.webhook_without_secret")
            raise _RefusedError(HTTPStatus.UNAUTHORIZED)
        if not hmac.compare_digest(given.encode(), self._secret):
            log.warning("telegram.webhook_with_wrong_secret")
            raise _RefusedError(HTTPStatus.FORBIDDEN)

    async def _store(self, update: Any) -> None:
        try:
            await self._take([update])
        except Exception as error:  # noqa: BLE001 - whatever it was, it must come again
            log.warning("telegram.not_stored", error=type(error).__name__)
            raise _RefusedError(HTTPStatus.SERVICE_UNAVAILABLE) from None


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > _LARGEST:
        raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST:
                raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except ClientDisconnect:
        raise _RefusedError(HTTPStatus.BAD_REQUEST) from None
    return bytes(body)


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise _RefusedError(HTTPStatus.BAD_REQUEST) from None
    if not isinstance(update, dict):
        raise _RefusedError(HTTPStatus.BAD_REQUEST)
    return update
