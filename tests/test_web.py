"""The two ports: what they answer, and what they refuse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot import web


async def weigh(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@asynccontextmanager
async def visitor(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        web.serve(app, "127.0.0.1", 0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        yield client


PUBLIC = web.public([Route("/telegram", weigh, methods=["POST"])])


async def test_a_living_process_says_so() -> None:
    async with visitor(PUBLIC) as client:
        answer = await client.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok")
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/readyz", 404),
        ("GET", "/healthz/", 404),
        ("POST", "/telegram/x", 404),
        ("GET", "/telegram", 405),
        ("POST", "/healthz", 405),
    ],
)
async def test_unknown_ways_in_are_refused(method: str, path: str, status: int) -> None:
    async with visitor(PUBLIC) as client:
        answer = await client.request(method, path)

    assert answer.status_code == status


async def test_a_body_up_to_the_limit_is_read_and_a_larger_one_refused() -> None:
    async with visitor(PUBLIC) as client:
        fits = await client.post("/telegram", content=bytes(web.BODY_BYTES))
        announced = await client.post("/telegram", content=bytes(web.BODY_BYTES + 1))

    assert fits.text == str(web.BODY_BYTES)
    assert announced.status_code == 413


async def test_a_large_body_that_does_not_announce_itself_is_refused_too() -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield bytes(web.BODY_BYTES // 16)

    async with visitor(PUBLIC) as client:
        answer = await client.post("/telegram", content=drops())

    assert answer.status_code == 413


async def test_ready_when_every_check_passes() -> None:
    async def well() -> None:
        await asyncio.sleep(0)

    async with visitor(web.admin({"database": well})) as client:
        answer = await client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": "ok"}


async def test_not_ready_tells_why_and_never_what_an_error_says() -> None:
    async def behind() -> None:
        raise web.NotReadyError("the inbox worker has stopped")

    async def broken() -> None:
        raise ConnectionError("postgresql://user:password@host")

    async with visitor(web.admin({"inbox": behind, "database": broken})) as client:
        answer = await client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "inbox": "the inbox worker has stopped",
        "database": "failed: ConnectionError",
    }


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "CHECK_SECONDS", 0.01)


@pytest.mark.usefixtures("hurried")
async def test_a_check_that_hangs_is_not_waited_for() -> None:
    async def hangs() -> None:
        await asyncio.Event().wait()

    async with visitor(web.admin({"database": hangs})) as client:
        answer = await client.get("/readyz")

    assert answer.json() == {"ready": False, "database": "failed: TimeoutError"}


async def test_a_taken_port_is_an_error_that_can_be_caught() -> None:
    async with web.serve(PUBLIC, "127.0.0.1", 0) as port:
        with pytest.raises(OSError, match="in use"):
            async with web.serve(PUBLIC, "127.0.0.1", port):
                pass


async def test_the_port_is_free_again_after_stopping() -> None:
    async with web.serve(PUBLIC, "127.0.0.1", 0) as port:
        pass
    async with web.serve(PUBLIC, "127.0.0.1", port) as again:
        assert again == port
