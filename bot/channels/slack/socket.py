"""Socket Mode: one connection that is made again, with a fresh address, whenever it ends.

Our own loop, because the SDK's client would try one address for ever, and Slack's addresses work once.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import structlog
from slack_bolt.response import BoltResponse

from bot.channels.slack.wire import NETWORK, RefusedError, Wire

log = structlog.get_logger()

Json = dict[str, Any]

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
HEARTBEAT = 10.0
LAST_ANSWERS = 1.5
"""Seconds that answers under way get when a connection is to end."""


async def socket_address(wire: Wire, app_token: str) -> str:
    """Where a connection can be made, once. Raises `RefusedError`."""
    told = await wire.ask(wire.client.apps_connections_open, app_token=app_token)
    return str(told["url"])


class Socket:
    """Receives envelopes and acknowledges each only when it was heard."""

    def __init__(self, app_token: str, wire: Wire, answer: Callable[[Json], Awaitable[BoltResponse]]) -> None:
        self._app_token, self._wire, self._answer = app_token, wire, answer
        self._task: asyncio.Task[None] | None = None
        self.connected = False

    def open(self) -> None:
        """Begin to connect, in the background."""
        self._task = asyncio.create_task(self._stay_connected())

    async def close(self) -> None:
        """Leave, after the answers that are under way."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _stay_connected(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._connect()
                pause = FIRST_PAUSE
            except Exception as error:  # noqa: BLE001 - whatever it was, the desk must hear again
                why = error.why if isinstance(error, RefusedError) else type(error).__name__
                log.warning("slack.unreachable", why=why, again_in=pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _connect(self) -> None:
        url = await socket_address(self._wire, self._app_token)
        timeout = aiohttp.ClientWSTimeout(ws_close=1.0)
        async with self._wire.session.ws_connect(url, heartbeat=HEARTBEAT, timeout=timeout) as socket:
            await self._listen(socket)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        answers: set[asyncio.Task[None]] = set()
        try:
            async for message in socket:
                envelope = json.loads(message.data) if message.type is aiohttp.WSMsgType.TEXT else {}
                if envelope.get("type") == "disconnect":
                    break
                if envelope.get("type") == "hello":
                    self.connected = True
                    log.info("slack.connected")
                if "envelope_id" in envelope:
                    task = asyncio.create_task(self._acknowledge(socket, envelope))
                    answers.add(task)
                    task.add_done_callback(answers.discard)
        finally:
            self.connected = False
            if answers:
                await asyncio.wait(answers, timeout=LAST_ANSWERS)

    async def _acknowledge(self, socket: aiohttp.ClientWebSocketResponse, envelope: Json) -> None:
        response = await self._answer(envelope.get("payload") or {})
        if response.status != 200:  # noqa: PLR2004 - unacknowledged, Slack sends it again
            return
        payload = {"payload": json.loads(response.body)} if response.body else {}
        with suppress(*NETWORK):
            await socket.send_json({"envelope_id": envelope["envelope_id"], **payload})
