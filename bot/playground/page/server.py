"""Serves the page: its files, a stream of what is seen, and one address for everything that is done."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from bot.playground.page import acts
from bot.playground.page.guard import guard, harden
from bot.playground.page.uploads import LARGEST, File, shown_as
from bot.playground.telegram.changes import Changes

Json = dict[str, Any]

STATIC = Path(__file__).parent / "static"
SETTLING = 0.03
"""Seconds to wait for more changes before the page is told."""
HEARTBEAT = 15.0


class Shown(acts.Playground, Protocol):
    """What the page shows."""

    changes: Changes

    def seen(self) -> Json:
        """Everything that the page shows."""


class PortTakenError(OSError):
    """The page's port belongs to somebody else."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is taken; choose another one with --port")


@asynccontextmanager
async def serving(shown: Shown, port: int) -> AsyncIterator[str]:
    """Serve the page on 127.0.0.1 and give its address; port 0 is any free one."""
    runner = web.AppRunner(
        application(shown),
        access_log=None,
        handler_cancellation=True,
        logger=logging.getLogger("bot.playground.page"),
        shutdown_timeout=0.1,
    )
    await runner.setup()
    try:
        await _listen(runner, port)
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


def application(shown: Shown) -> web.Application:
    page = Page(shown)
    app = web.Application(middlewares=[guard], client_max_size=LARGEST)
    app.on_response_prepare.append(harden)
    app.router.add_get("/", page.index)
    app.router.add_get("/events", page.events)
    app.router.add_post("/act", page.act)
    app.router.add_post("/files", page.upload)
    app.router.add_get("/files/{side:telegram|slack}/{id}", page.file)
    app.router.add_static("/static", STATIC)
    return app


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        raise PortTakenError(port) from error


class Page:
    """The page's addresses."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    async def index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "index.html")

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: what is seen, now and after every change."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        with suppress(ConnectionError):
            async for event in self._stream():
                await response.write(event.encode())
        return response

    async def act(self, request: web.Request) -> web.Response:
        """Do one thing; 400 for what makes no sense, 409 for what the platform's own client would not do."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            return web.json_response(await acts.do(self._shown, await request.text()))
        except acts.RefusedError as refused:
            return web.json_response({"error": str(refused)}, status=refused.status)

    async def upload(self, request: web.Request) -> web.Response:
        """Keep a file that the visitor chose, until somebody sends it."""
        name = request.query.get("name", "")
        file = File(name, await request.read(), request.content_type)
        return web.json_response({"id": self._shown.uploads.keep(file)})

    async def file(self, request: web.Request) -> web.Response:
        """A file that is seen on a phone, or at the desk."""
        stage = self._shown.stage
        side = stage.telegram if request.match_info["side"] == "telegram" else stage.slack
        content = side.file(request.match_info["id"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type=shown_as(content))

    async def _stream(self) -> AsyncIterator[str]:
        before = ""
        while True:
            revision = self._shown.changes.revision
            now = json.dumps(self._shown.seen(), ensure_ascii=False, separators=(",", ":"))
            # A lone surrogate, which people can type here, is no UTF-8.
            yield ": still here\n\n" if now == before else f"data: {_sendable(now)}\n\n"
            before = now
            await self._shown.changes.changed(revision, HEARTBEAT)
            await asyncio.sleep(SETTLING)


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
