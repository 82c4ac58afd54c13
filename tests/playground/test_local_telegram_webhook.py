"""The local Telegram pushes as the real one does: in order per chat, again until it is taken."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.playground.telegram import LocalTelegram
from tests.playground.telegram_client import Client, local_and_client


@dataclass
class Receiver:
    """Takes pushes; answers the next of `statuses` to words of people in `picky`, else 200."""

    picky: set[int] = field(default_factory=set)
    statuses: list[int] = field(default_factory=list)
    taken: list[tuple[int, str]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    url: str = ""

    async def receive(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        self.secrets.add(request.headers["X-Telegram-Bot-Api-Secret-Token"])
        body = update.get("message") or update["callback_query"]
        person = body["from"]["id"]
        refuses = self.statuses and person in self.picky and "message" in update
        status = self.statuses.pop(0) if refuses else 200
        if status == 200:
            self.taken.append((person, body.get("text") or body["data"]))
        return web.Response(status=status)


@asynccontextmanager
async def pushed() -> AsyncIterator[tuple[LocalTelegram, Client, Receiver]]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        async with local_and_client() as (local, client):
            yield local, client, receiver
    finally:
        await runner.cleanup()


async def test_each_update_is_brought_once_and_one_chats_trouble_is_not_anothers() -> None:
    async with pushed() as (local, client, receiver):
        slow, quick = local.person(), local.person()
        receiver.picky, receiver.statuses = {slow.id}, [500] * 4
        await slow.says("before the webhook was set")
        await client.done("setWebhook", url=receiver.url, secret_token="s")
        for number in range(3):
            await slow.says(f"slow {number}")
            await quick.says(f"quick {number}")
        assert await local.until(lambda: local.pending == 0)

    texts = [text for _, text in receiver.taken]
    assert [one for one in texts if one.startswith("quick")] == [f"quick {number}" for number in range(3)]
    assert [one for one in texts if not one.startswith("quick")] == [
        "before the webhook was set",
        "slow 0",
        "slow 1",
        "slow 2",
    ]
    assert len(texts) == 7
    assert texts.index("quick 2") < texts.index("slow 0")
    assert receiver.secrets == {"s"}


async def test_a_press_does_not_wait_behind_words() -> None:
    async with pushed() as (local, client, receiver):
        customer = local.person()
        receiver.picky, receiver.statuses = {customer.id}, [500]
        await client.done("setWebhook", url=receiver.url, secret_token="s")
        local.hold()
        words = await customer.says("words")
        await customer.presses_data(words, "press")
        local.release()
        assert await local.until(lambda: local.pending == 0)

    assert [text for _, text in receiver.taken] == ["press", "words"]


async def test_nothing_is_pushed_while_it_is_down() -> None:
    async with pushed() as (local, client, receiver):
        await client.done("setWebhook", url=receiver.url, secret_token="s")
        await local.faults.down()
        await local.person().says("hi")
        assert not await local.until(lambda: local.pending == 0, timeout=0.1)
        await local.faults.up()
        assert await local.until(lambda: local.pending == 0)

    assert [text for _, text in receiver.taken] == ["hi"]


async def test_gone_ends_the_webhook_for_good() -> None:
    async with pushed() as (local, client, receiver):
        customer = local.person()
        receiver.picky, receiver.statuses = {customer.id}, [410]
        await client.done("setWebhook", url=receiver.url, secret_token="s")
        await customer.says("hi")
        assert await local.until(lambda: local.webhook is None)
        assert (await client.done("getWebhookInfo"))["url"] == ""
