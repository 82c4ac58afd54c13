"""HTTP events: a request is believed when its signature is right, and only then read."""

import hmac
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from slack_bolt.response import BoltResponse
from starlette.requests import Request
from starlette.responses import Response

Json = dict[str, Any]
Answer = Callable[[Json], Awaitable[BoltResponse]]

WINDOW = 300
LONGEST_STAMP = 12
"""Seconds that a signature holds, either way, so that nobody can replay a request."""

BIGGEST = 1_000_000
"""Bytes of a request: views are at most 250 kB, and forms escape them."""


async def receive(request: Request, signing_secret: str, answer: Answer) -> Response:
    """Slack's request and our answer: 413 too big, 401 not signed by Slack, 400 unreadable."""
    body = await _body(request)
    if body is None:
        return Response(status_code=413)
    stamp = request.headers.get("x-slack-request-timestamp", "")
    if not signed(body, stamp, request.headers.get("x-slack-signature", ""), signing_secret, time.time()):
        return Response(status_code=401)
    try:
        parsed = parse(body.decode())
    except ValueError:
        return Response(status_code=400)
    response = await answer(parsed)
    return Response(response.body, response.status, response.first_headers())


def signed(body: bytes, stamp: str, signature: str, secret: str, now: float) -> bool:
    """Whether Slack signed this body, at most five minutes ago by machine time (scheme v0)."""
    a_moment = stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP
    if not (secret and a_moment and abs(now - int(stamp)) <= WINDOW):
        return False
    expected = hmac.digest(secret.encode(), f"v0:{stamp}:".encode() + body, "sha256").hex()
    return hmac.compare_digest(f"v0={expected}".encode(), signature.encode())


def parse(body: str) -> Json:
    """Events are JSON; interactions are a form with JSON in it; commands are a form. Raises ValueError."""
    if body.startswith("{"):
        return _object(json.loads(body))
    form = {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}
    return _object(json.loads(form["payload"])) if "payload" in form else form


def _object(value: Any) -> Json:
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - for the sender it is a wrong value
    return value


async def _body(request: Request) -> bytes | None:
    """The raw body, or None as soon as it proves too big."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BIGGEST:
            return None
    return bytes(body)
