"""The web side: the platforms' calls and liveness on one port, readiness on one that operators reach."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

BODY_BYTES = 1024 * 1024
CHECK_SECONDS = 2.0
STOP_SECONDS = 2
"""What calls under way get; with what channels and workers get it comes to less than ten seconds."""

Check = Callable[[], Awaitable[None]]
"""Returns when all is well; raises NotReadyError, or whatever is wrong."""


Observe = Callable[[str, int], None]
"""Told of every answer: the path of its route (empty for no route of ours) and its status."""

Numbers = Callable[[], Awaitable[bytes]]
"""The operator's numbers, as Prometheus reads them."""

NUMBERS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class NotReadyError(Exception):
    """Why something cannot work now, in words for an operator: never a secret."""


def public(routes: Sequence[BaseRoute], observe: Observe = lambda _path, _status: None) -> Starlette:
    """The channels' own routes, and `/healthz`, which answers as long as the process does."""
    return application([Route("/healthz", alive), *routes], observe)


async def no_numbers() -> bytes:
    return b""


def admin(checks: Mapping[str, Check], numbers: Numbers = no_numbers) -> Starlette:
    """`/readyz`: 200 when every check passes, else 503. No platform is among them: messages wait.

    `/metrics`: the numbers.
    """

    async def metrics(_request: Request) -> Response:
        return Response(await numbers(), media_type=NUMBERS_TYPE)

    async def ready(_request: Request) -> Response:
        results = await asyncio.gather(*(outcome(name, check) for name, check in checks.items()))
        told = dict(zip(checks, results, strict=True))
        well = all(result == "ok" for result in results)
        return JSONResponse({"ready": well, **told}, status_code=200 if well else 503)

    return application([Route("/readyz", ready), Route("/metrics", metrics)])


def application(routes: Sequence[BaseRoute], observe: Observe = lambda _path, _status: None) -> Starlette:
    counted = Middleware(Counted, paths={getattr(route, "path", "") for route in routes}, observe=observe)
    made = Starlette(routes=routes, middleware=[counted, Middleware(BodyLimit)])
    made.router.redirect_slashes = False
    return made


async def alive(_request: Request) -> Response:
    return PlainTextResponse("ok")


async def outcome(name: str, check: Check) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            await check()
    except NotReadyError as why:
        return str(why)
    except Exception as error:  # noqa: BLE001 - a check may break in any way, and this must still answer
        log.warning("readiness.failed", check=name, error=type(error).__name__)
        return f"failed: {type(error).__name__}"
    return "ok"


class BodyLimit:
    """Refuses bodies over `most` bytes, by what they announce and by what they really send."""

    def __init__(self, app: ASGIApp, most: int = BODY_BYTES) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        announced = Headers(scope=scope).get("content-length", "0") if scope["type"] == "http" else "0"
        if announced.isdecimal() and int(announced) <= self.most:
            await self.app(scope, self.counted(receive), send)
        else:
            await PlainTextResponse("Content Too Large", status_code=413)(scope, receive, send)

    def counted(self, receive: Receive) -> Receive:
        heard = 0

        async def counting() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > self.most:
                raise HTTPException(413)
            return message

        return counting


class Counted:
    """Tells an observer of each answer; strangers' paths are not told, or they could fill the numbers."""

    def __init__(self, app: ASGIApp, paths: Collection[str], observe: Observe) -> None:
        self.app, self.paths, self.observe = app, paths, observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "") if scope.get("path") in self.paths else ""

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.observe(path, message["status"])
            await send(message)

        await self.app(scope, receive, telling)


class Server(uvicorn.Server):
    """A server inside a loop that somebody else runs: signals are not its business."""

    def __init__(self, app: ASGIApp) -> None:
        self.listening = asyncio.Event()
        self._told_to_stop = asyncio.Event()
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                lifespan="off",
                ws="none",
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        """Tick beside waiting: the server stops when it is told, and not at its next tick."""
        ticking = asyncio.create_task(super().main_loop())
        await self._told_to_stop.wait()
        ticking.cancel()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Where nobody is connected there is nobody to wait for."""
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()

    def stop(self) -> None:
        self._told_to_stop.set()


@asynccontextmanager
async def serve(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """Serve inside the running loop while the block runs; gives the port, which is chosen when asked for 0.

    Raises OSError when the address cannot be had.
    """
    async with serve_all((app, host, port)) as (chosen,):
        yield chosen


@asynccontextmanager
async def serve_all(*doors: tuple[ASGIApp, str, int]) -> AsyncIterator[list[int]]:
    """Serve apps at hosts and ports, and stop all of them at once; gives the ports. Raises OSError."""
    with ExitStack() as open_doors:
        sockets = [open_doors.enter_context(_door(host, port)) for _, host, port in doors]
        servers = [Server(app) for app, _, _ in doors]
        serving = [
            asyncio.create_task(server.serve(sockets=[door]))
            for server, door in zip(servers, sockets, strict=True)
        ]
        try:
            await asyncio.gather(*(server.listening.wait() for server in servers))
            yield [int(door.getsockname()[1]) for door in sockets]
        finally:
            for server in servers:
                server.stop()
            await asyncio.gather(*serving)


def _door(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)
