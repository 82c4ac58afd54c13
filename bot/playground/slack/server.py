"""The HTTP side of the local Slack: Web API, Socket Mode, and the URLs for private answers."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.slack.api import Api, cut
from bot.playground.slack.calls_chat import LONGEST, content_of, whisper
from bot.playground.slack.pushing import Pusher
from bot.playground.slack.workspace import RefusalError, Workspace

Json = dict[str, Any]

REPLY_LIFE, REPLIES = 1800.0, 5
"""Seconds that a response URL holds, and how many answers it takes."""

BIGGEST = 64_000_000
LOGIN = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body></body></html>"
"""What comes in the place of a file without the right token: with status 200."""


@dataclass
class ReplyUrl:
    """Where a private answer to `user` goes."""

    user: str
    place: Json
    expires: float = field(default_factory=lambda: time.monotonic() + REPLY_LIFE)
    left: int = REPLIES


class Server:
    """Serves one workspace on 127.0.0.1."""

    def __init__(self, space: Workspace, api: Api, pusher: Pusher) -> None:
        self.url, self.down = "", False
        self._space, self._api, self._pusher = space, api, pusher
        self._addresses: set[str] = set()
        self._replies: dict[str, ReplyUrl] = {}
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> None:
        app = web.Application(client_max_size=BIGGEST)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link", self._link)
        app.router.add_post("/reply/{token}", self._reply)
        app.router.add_post("/upload/{ticket}", self._upload)
        app.router.add_get("/files-pri/{file}/download/{name}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, bound = self._runner.addresses[0][:2]
        self.url = self._space.shelf.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    def reply_url(self, user: str, place: Json) -> str:
        """A new URL for private answers; `place` is the channel and thread of what was pressed."""
        token = secrets.token_urlsafe(16)
        self._replies[token] = ReplyUrl(user, place)
        return f"{self.url}/reply/{token}"

    def _socket_url(self) -> str:
        ticket = secrets.token_urlsafe(16)
        self._addresses.add(ticket)
        return f"{self.url.replace('http', 'ws', 1)}/link?ticket={ticket}"

    async def _call(self, request: web.Request) -> web.Response:
        return cut(request) if self.down else await self._api.answer(request, self._socket_url)

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.down:
            return cut(request)
        if ticket not in self._addresses:  # each address works once
            return web.Response(status=408)
        self._addresses.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._pusher.serve(socket, self._space.app)
        return socket

    async def _reply(self, request: web.Request) -> web.Response:
        if self.down:
            return cut(request)
        target = self._replies.get(request.match_info["token"])
        if target is None or target.expires < time.monotonic() or target.left < 1:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        target.left -= 1
        try:
            self._say(target, await request.json())
        except RefusalError as error:
            return web.json_response({"ok": False, "error": error.code}, status=400)
        return web.json_response({"ok": True})

    async def _upload(self, request: web.Request) -> web.Response:
        """Takes the bytes of a file that was announced; needs no token, for the address is secret."""
        if self.down:
            return cut(request)
        sent = dict(await request.post()) if request.content_type == "multipart/form-data" else {}
        part = next(iter(sent.values()), None)
        content = part.file.read() if isinstance(part, web.FileField) else await request.read()
        if not self._space.shelf.take(request.match_info["ticket"], content):
            return web.Response(status=400, text="Bad Request")
        return web.Response(text=f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.Response:
        if self.down:
            return cut(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        allowed = self._space.shelf.gives_files and "files:read" in self._space.scopes
        if not (allowed and self._api.opens_files(token)):
            return web.Response(text=LOGIN, content_type="text/html")
        content = self._space.shelf.contents.get(request.match_info["file"])
        if content is None:
            return web.Response(status=404)
        kind = self._space.shelf.files[request.match_info["file"]]["mimetype"]
        return web.Response(body=content, content_type=kind or "application/octet-stream")

    def _say(self, target: ReplyUrl, answer: Json) -> None:
        if answer.get("response_type", "ephemeral") == "in_channel" or answer.get("replace_original"):
            raise RefusalError("not_supported_here")
        whisper(self._space, target.user, {**target.place, **content_of(answer, LONGEST)})
