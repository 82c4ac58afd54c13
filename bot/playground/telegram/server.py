"""The Bot API over HTTP, on this machine only."""

import asyncio
import hmac
import logging
from collections import Counter
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.playground.telegram.chats import Chats
from bot.playground.telegram.faults import Faults
from bot.playground.telegram.methods import Methods
from bot.playground.telegram.params import Params
from bot.playground.telegram.refusals import RefusalError

_LARGEST_REQUEST = 51 * 1024 * 1024
"""A file of 50 MB and what stands around it."""


class Server:
    """Serves `/bot<token>/<method>` and `/file/bot<token>/<path>`; counts the calls of each method."""

    def __init__(self, token: str, chats: Chats, methods: Methods, faults: Faults) -> None:
        self.calls: Counter[str] = Counter()
        self.port = 0
        self._token = token
        self._chats = chats
        self._methods = methods
        self._faults = faults
        self._host = ""
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        faults.close_door, faults.open_door = self._close_door, self._open_door

    async def start(self, host: str, port: int) -> None:
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        # A long poll whose client has gone must end, or it would take updates that nobody gets.
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            logger=logging.getLogger("playground.telegram"),
            shutdown_timeout=0.1,
        )
        await self._runner.setup()
        self._host, self.port = host, port
        await self._open_door()

    async def stop(self) -> None:
        if self._runner:
            self._cut_all()
            await self._runner.cleanup()
            self._runner = self._site = None

    async def _open_door(self) -> None:
        if self._runner and not self._site:
            self._site = web.TCPSite(self._runner, self._host, self.port)
            await self._site.start()
            self.port = self._runner.addresses[0][1]

    async def _close_door(self) -> None:
        if self._site:
            await self._site.stop()
            self._site = None
        self._cut_all()

    def _cut_all(self) -> None:
        if self._runner and self._runner.server:
            for connection in self._runner.server.connections:
                connection.force_close()

    async def _call(self, request: web.Request) -> web.Response:
        try:
            return _ok(await self._answer(request))
        except RefusalError as refusal:
            return web.json_response(refusal.as_json(), status=refusal.status)

    async def _answer(self, request: web.Request) -> Any:
        self._check(request)
        name = self._methods.name(request.match_info["method"])
        if not name:
            raise RefusalError(HTTPStatus.NOT_FOUND, "Not Found")
        self.calls[name] += 1
        self._chats.changes.touch()
        params = await Params.of(request)
        try:
            return await self._done(name, params, request)
        finally:
            params.close()

    async def _done(self, name: str, params: Params, request: web.Request) -> Any:
        fault = await self._faults.before(name, params.integer("chat_id") if "chat_id" in params else None)
        if fault and fault.kind == "cut_before":
            await _cut(request)
        result = await self._methods.call(name, params)
        self._chats.changes.touch()
        if fault and fault.kind == "cut_after":
            await _cut(request)
        return result

    def _check(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if ":" not in token:
            raise RefusalError(HTTPStatus.NOT_FOUND, "Not Found")
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise RefusalError(HTTPStatus.UNAUTHORIZED, "Unauthorized")

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check(request)
        except RefusalError as refusal:
            return web.json_response(refusal.as_json(), status=refusal.status)
        content = self._chats.files.content(request.match_info["path"])
        if content is None:
            return web.json_response(RefusalError(HTTPStatus.NOT_FOUND, "Not Found").as_json(), status=404)
        return web.Response(body=content, content_type="application/octet-stream")


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def _cut(request: web.Request) -> None:
    """Cut the connection, and wait for the end that this puts to the handler."""
    if request.transport:
        request.transport.abort()
    await asyncio.Event().wait()
