"""The leanest HTTP server that a platform's double can do with: what is measured must never wait for it."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

Answer = Callable[[str, dict[str, str]], Awaitable[dict[str, Any]]]
"""From a path and what was sent with it to the JSON of the answer."""

HEAD_ENDS = b"\r\n\r\n"


class Conversation(asyncio.Protocol):
    """One connection: requests in, answers out, in order, as a client's pool uses it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._heard = b""
        self._transport: asyncio.Transport | None = None
        self._answering: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while request := self._next():
            task = asyncio.create_task(self._say(*request))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    def connection_lost(self, _why: Exception | None) -> None:
        for task in self._answering:
            task.cancel()

    def _next(self) -> tuple[str, dict[str, str]] | None:
        head, ended, rest = self._heard.partition(HEAD_ENDS)
        headers = _headers(head)
        length = int(headers.get("content-length", 0))
        if not ended or len(rest) < length:
            return None
        self._heard = rest[length:]
        path, _, query = head.split(b" ", 2)[1].decode().partition("?")
        return path, _fields(query, headers.get("content-type", ""), rest[:length])

    async def _say(self, path: str, sent: dict[str, str]) -> None:
        body = json.dumps(await self._answer(path, sent)).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        if self._transport and not self._transport.is_closing():
            self._transport.write(head.encode() + body)


def _headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _fields(query: str, kind: str, body: bytes) -> dict[str, str]:
    fields = dict(parse_qsl(query))
    if "json" in kind:
        told: dict[str, str] = json.loads(body)
        return fields | told
    return fields | dict(parse_qsl(body.decode()))


@contextlib.asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[str]:
    """The address where `answer` is asked, on this machine alone."""
    server = await asyncio.get_running_loop().create_server(lambda: Conversation(answer), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
