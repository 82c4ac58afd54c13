"""Sends events and interactions to the bot, by socket or HTTP, again and again where Slack does."""

import asyncio
import hmac
import json
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.playground.slack.faults import Faults

Json = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]

PATIENCE = 3.0
"""Seconds that Slack waits for the bot's answer."""


@dataclass
class Answered:
    """What the bot said to an interaction; `ok` is false when it said nothing in time."""

    ok: bool
    payload: Json = field(default_factory=dict)


class Pusher:
    """The way to the bot. Events wait for a connection and are repeated; interactions are not."""

    def __init__(self, faults: Faults, signing_secret: str, again_after: Sequence[float]) -> None:
        self.events_url, self.patience = "", PATIENCE
        self.signing_secret = signing_secret
        self._faults, self._again_after = faults, again_after
        self._sockets: list[web.WebSocketResponse] = []
        self._connected = asyncio.Event()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[Json] = []
        self._first: set[asyncio.Future[None]] = set()
        self._http: aiohttp.ClientSession | None = None

    @property
    def connections(self) -> int:
        return len(self._sockets)

    def event(self, payload: Json) -> None:
        """Send an event in the background, until it is acknowledged or its repeats are used up."""
        if self._faults.holding:
            self._held.append(payload)
            return
        for _ in range(2 if self._faults.next_repeats() else 1):
            delay, first = self._faults.next_delay(), asyncio.get_running_loop().create_future()
            task = asyncio.create_task(self._push_event(payload, delay, first))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            if not delay:
                self._first.add(first)
                first.add_done_callback(self._first.discard)

    def release(self) -> None:
        """Send what was held back, the last one first."""
        self._faults.holding, held, self._held = False, self._held, []
        for payload in reversed(held):
            self.event(payload)

    async def connected(self) -> None:
        await self._connected.wait()

    async def heard(self) -> None:
        """Wait until a bot that listens has answered, well or badly, to every event so far.

        People are slow: what they do next comes after.
        """
        if self._first and (self.events_url or self._sockets):
            await asyncio.wait(set(self._first), timeout=self.patience)

    async def interaction(self, kind: Kind, payload: Json) -> Answered:
        """Send a press, a dialog or a command, once."""
        return await self._try(kind, payload, {})

    async def serve(self, socket: web.WebSocketResponse, app: str) -> None:
        """Hold one Socket Mode connection until it ends."""
        about = {"type": "hello", "num_connections": len(self._sockets) + 1}
        await socket.send_json({**about, "connection_info": {"app_id": app}})
        self._sockets.append(socket)
        self._connected.set()
        try:
            async for message in socket:
                self._acknowledged(json.loads(message.data))
        finally:
            self._forget(socket)

    async def refresh(self) -> None:
        """Ask the bot to connect anew, as Slack does every few hours."""
        for socket in list(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def drop(self) -> None:
        """Cut every connection."""
        for socket in list(self._sockets):
            self._forget(socket)
            await socket.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    def give_up(self) -> None:
        """Repeat nothing any more that is still under way."""
        for task in list(self._tasks):
            task.cancel()

    async def idle(self) -> None:
        """Wait until no event is under way."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.drop()
        if self._http:
            await self._http.close()

    async def _push_event(self, payload: Json, delay: float, first: asyncio.Future[None]) -> None:
        await asyncio.sleep(delay)
        for attempt, pause in enumerate([0.0, *self._again_after]):
            await asyncio.sleep(pause)
            if not self.events_url:
                await self._connected.wait()
            retry = {"retry_attempt": attempt, "retry_reason": "timeout"} if attempt else {}
            acknowledged = await self._try("events_api", payload, retry)
            if not first.done():
                first.set_result(None)
            if acknowledged.ok and not self._faults.next_ack_is_lost():
                return

    async def _try(self, kind: Kind, payload: Json, retry: Json) -> Answered:
        with suppress(TimeoutError, aiohttp.ClientError, ConnectionError):
            async with asyncio.timeout(self.patience):
                return Answered(ok=True, payload=await self._send(kind, payload, retry))
        return Answered(ok=False)

    async def _send(self, kind: Kind, payload: Json, retry: Json) -> Json:
        if self.events_url:
            return await self._post(kind, payload, retry)
        if not self._sockets:
            raise ConnectionError("the bot is not connected")
        return await self._envelope(kind, payload, retry)

    async def _envelope(self, kind: Kind, payload: Json, retry: Json) -> Json:
        socket, envelope = self._sockets[-1], secrets.token_hex(16)
        answer = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        try:
            about = {"accepts_response_payload": kind != "events_api", **retry}
            await socket.send_json({"type": kind, "envelope_id": envelope, "payload": payload, **about})
            return dict(await answer)
        finally:
            del self._waiting[envelope]

    async def _post(self, kind: Kind, payload: Json, retry: Json) -> Json:
        body, content_type = _encoded(kind, payload)
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self.signing_secret, stamp, body),
        }
        if retry:
            headers["X-Slack-Retry-Num"] = str(retry["retry_attempt"])
            headers["X-Slack-Retry-Reason"] = "http_error"
        self._http = self._http or aiohttp.ClientSession()
        async with self._http.post(self.events_url, data=body, headers=headers) as response:
            response.raise_for_status()
            text = await response.text()
        return dict(json.loads(text)) if text.startswith("{") else {}

    def _acknowledged(self, message: Json) -> None:
        answer = self._waiting.get(message.get("envelope_id", ""))
        if answer and not answer.done():
            answer.set_result(message.get("payload") or {})

    def _forget(self, socket: web.WebSocketResponse) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
        if not self._sockets:
            self._connected.clear()
            for answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("the bot has gone"))


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Slack's signature of a request (scheme v0)."""
    return "v0=" + hmac.digest(secret.encode(), f"v0:{stamp}:".encode() + body, "sha256").hex()


def _encoded(kind: Kind, payload: Json) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), form
    return urlencode(payload).encode(), form
