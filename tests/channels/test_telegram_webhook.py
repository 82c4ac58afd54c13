"""The webhook: only Telegram gets in, and it hears yes only after the commit."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram import Telegram
from bot.core.heard import Said
from bot.playground.telegram import LocalTelegram
from tests.channels.telegram_kit import SOON, Ears, listening

SECRET = "a-secret_token"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1_700_000_000,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "A"},
        "text": "hello",
    },
}


@asynccontextmanager
async def endpoint(ears: Ears) -> AsyncIterator[httpx.AsyncClient]:
    """The channel's route in an application, asked directly."""
    async with (
        LocalTelegram() as local,
        listening(local, ears, webhook_url="http://127.0.0.1:1/telegram", webhook_secret=SECRET) as channel,
    ):
        transport = httpx.ASGITransport(Starlette(routes=channel.routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            yield client


async def test_a_message_is_taken_when_it_is_stored() -> None:
    ears = Ears()
    async with endpoint(ears) as client:
        answer = await client.post("/telegram", json=UPDATE, headers={HEADER: SECRET})

    assert answer.status_code == 200
    assert [one.what for one in ears.heard] == [Said(message="1", text="hello")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({HEADER: "wrong"}, 403), ({HEADER: ""}, 403), ({HEADER: "\u00e9".encode("latin-1")}, 403)],
)
async def test_strangers_are_refused_before_their_body_is_read(headers: dict[str, Any], status: int) -> None:
    ears = Ears()

    async def body() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    async with endpoint(ears) as client:
        request = client.build_request("POST", "/telegram", headers=headers, content=body())
        # The transport asks for the body only when the application does.
        answer = await client.send(request)

    assert answer.status_code == status
    assert not ears.heard


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"text"', b"\xff", b"[" * 200_000])
async def test_what_is_no_update_is_refused(body: bytes) -> None:
    async with endpoint(Ears()) as client:
        answer = await client.post("/telegram", content=body, headers={HEADER: SECRET})

    assert answer.status_code == 400


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_of_megabytes_is_refused(announced: bool) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 50_000

    async with endpoint(Ears()) as client:
        content = b" " * 2_000_000 if announced else chunks()
        answer = await client.post("/telegram", content=content, headers={HEADER: SECRET})

    assert answer.status_code == 413


async def test_what_could_not_be_stored_is_asked_for_again() -> None:
    ears = Ears(failures=1)
    async with endpoint(ears) as client:
        first = await client.post("/telegram", json=UPDATE, headers={HEADER: SECRET})
        second = await client.post("/telegram", json=UPDATE, headers={HEADER: SECRET})

    assert (first.status_code, second.status_code, len(ears.heard)) == (503, 200, 1)


async def test_an_update_that_nobody_could_read_is_not_asked_for_again() -> None:
    async with endpoint(Ears()) as client:
        answer = await client.post("/telegram", json={"hello": 1}, headers={HEADER: SECRET})

    assert answer.status_code == 200


async def test_before_it_is_open_the_channel_takes_nothing() -> None:
    channel = Telegram("1:a", webhook_url="https://desk.example/telegram", webhook_secret=SECRET)
    transport = httpx.ASGITransport(Starlette(routes=channel.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        answer = await client.post("/telegram", json=UPDATE, headers={HEADER: SECRET})

    assert answer.status_code == 503


@pytest.mark.parametrize("secret", ["", "with space", "é", "a" * 257])
def test_a_webhook_needs_a_secret_that_telegram_takes(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        Telegram("1:a", webhook_url="https://desk.example/telegram", webhook_secret=secret)


@pytest.mark.parametrize("token", ["", "abc", "12:", "12:a b", "bot12:abc"])
def test_a_token_has_to_look_like_one(token: str) -> None:
    with pytest.raises(ValueError, match="token looks like"):
        Telegram(token)


def test_polling_serves_no_path() -> None:
    assert Telegram("1:a").routes() == ()


@asynccontextmanager
async def served(local: LocalTelegram, ears: Ears) -> AsyncIterator[Telegram]:
    """The channel's route behind a real server that the local Telegram pushes to."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/telegram"
    async with listening(local, ears, webhook_url=url, webhook_secret=SECRET) as channel:
        app = Starlette(routes=channel.routes())
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield channel
        finally:
            server.should_exit = True
            await task


async def test_telegram_pushes_until_it_is_stored() -> None:
    ears = Ears(failures=2)
    async with LocalTelegram() as local:
        customer = local.person()
        await customer.says("one")
        async with served(local, ears):
            await customer.says("two")
            await ears.have(2)
            assert await local.until(lambda: local.pending == 0)
            assert local.webhook
            assert local.webhook.statuses == [503, 503, 200, 200]

    assert [json.loads(one.model_dump_json())["what"]["text"] for one in ears.heard] == ["one", "two"]


async def test_pushes_may_come_twice_and_out_of_order() -> None:
    ears = Ears()
    async with LocalTelegram() as local, served(local, ears):
        customer = local.person()
        local.hold()
        await customer.says("one")
        await customer.says("two")
        local.faults.double()
        local.release(backwards=True)
        heard = await ears.have(3)

    texts = [one.what.text for one in heard if isinstance(one.what, Said)]
    assert texts == ["two", "two", "one"]
    assert heard[0].key == heard[1].key
    assert heard[0].order > heard[2].order


async def test_the_webhook_is_set_when_telegram_can_be_reached_again() -> None:
    async with LocalTelegram() as local:
        local.faults.fail("setWebhook", status=502)
        local.faults.fail("setWebhook", status=429, retry_after=0)
        settings = {"webhook_url": "http://127.0.0.1:1/telegram", "webhook_secret": SECRET, "patience": SOON}
        async with listening(local, Ears(), **settings):
            assert await local.until(lambda: local.webhook)
            assert local.webhook
            assert local.webhook.secret == SECRET
