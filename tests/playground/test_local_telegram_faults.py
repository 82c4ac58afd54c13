"""Troubles strike when they are asked to, where they are asked to, and as often."""

import asyncio
import time

import aiohttp
import pytest

from bot.playground.telegram import LocalTelegram
from tests.playground.telegram_client import Client, local_and_client


async def chat(local: LocalTelegram) -> int:
    customer = local.person()
    await customer.says("hi")
    return customer.id


async def test_a_failure_strikes_its_method_and_chat_as_often_as_asked() -> None:
    async with local_and_client() as (local, client):
        one, other = await chat(local), await chat(local)
        fault = local.faults.fail("sendMessage", status=502, times=2, chat=one)
        assert (await client.call("getMe"))[0] == 200
        assert (await client.call("sendMessage", chat_id=other, text="x"))[0] == 200
        statuses = [(await client.call("sendMessage", chat_id=one, text="x"))[0] for _ in range(3)]
        assert statuses == [502, 502, 200]
        assert fault.struck == 2
        assert local.calls["sendMessage"] == 4


async def test_a_429_says_how_long_in_words_and_in_parameters() -> None:
    async with local_and_client() as (local, client):
        local.faults.fail("*", status=429, retry_after=17)
        assert await client.call("getMe") == (
            429,
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 17",
                "parameters": {"retry_after": 17},
            },
        )


async def test_a_failure_can_end_by_itself_or_be_lifted() -> None:
    async with local_and_client() as (local, client):
        local.faults.fail(times=None, seconds=0.4)
        assert (await client.call("getMe"))[0] == 500
        await asyncio.sleep(0.41)
        assert (await client.call("getMe"))[0] == 200
        fault = local.faults.fail(times=None)
        assert (await client.call("getMe"))[0] == 500
        fault.lift()
        assert (await client.call("getMe"))[0] == 200
        local.faults.fail(times=None)
        local.faults.clear()
        assert (await client.call("getMe"))[0] == 200


async def test_connections_are_cut_before_or_after_the_call() -> None:
    async with local_and_client() as (local, client):
        number = await chat(local)
        local.faults.cut_before("sendMessage")
        local.faults.cut_after("sendMessage")
        for text in ("never", "sent"):
            with pytest.raises(aiohttp.ServerDisconnectedError):
                await client.call("sendMessage", chat_id=number, text=text)

    assert [one.text for one in local.people[number].chat] == ["hi", "sent"]


async def test_who_has_left_a_hanging_call_is_not_served() -> None:
    async with local_and_client() as (local, client):
        number = await chat(local)
        local.faults.hang("sendMessage", 0.2)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.call("sendMessage", chat_id=number, text="x"), 0.05)
        await asyncio.sleep(0.2)

    assert [one.text for one in local.people[number].chat] == ["hi"]


async def test_down_is_refused_and_up_is_the_same_address() -> None:
    async with local_and_client() as (local, client):
        url = local.url
        poll = asyncio.create_task(client.call("getUpdates", timeout=30))
        assert await local.until(lambda: local.calls["getUpdates"])
        await local.faults.down()
        with pytest.raises(aiohttp.ClientError):
            await poll
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.call("getMe")
        assert local.snapshot()["down"]
        await local.faults.up()
        assert local.url == url
        assert (await client.call("getMe"))[0] == 200


async def test_a_delay_is_added_to_every_call() -> None:
    async with local_and_client() as (local, client):
        local.faults.delay = 0.05
        begun = time.monotonic()
        await client.done("getMe")
        assert time.monotonic() - begun >= 0.05


async def statuses(client: Client, number: int, count: int) -> list[int]:
    return [(await client.call("sendMessage", chat_id=number, text="x"))[0] for _ in range(count)]


async def test_limits_hold_a_chat_or_the_account() -> None:
    async with local_and_client() as (local, client):
        one, other, third = [await chat(local) for _ in range(3)]
        local.rates.enforce(chat_every=1.0, chat_burst=2, account=3)
        assert await statuses(client, one, 3) == [200, 200, 429]
        assert await statuses(client, other, 1) == [200]
        assert await statuses(client, third, 1) == [429]  # the account's three are used up
        local.rates.lift()
        assert await statuses(client, third, 1) == [200]


async def test_a_refusal_holds_for_as_long_as_it_said() -> None:
    async with local_and_client() as (local, client):
        number = await chat(local)
        local.rates.enforce(chat_every=0.02, chat_burst=1)
        assert await statuses(client, number, 2) == [200, 429]
        await asyncio.sleep(0.05)
        assert await statuses(client, number, 1) == [429]


async def test_a_newer_poll_ends_the_older_one() -> None:
    async with local_and_client() as (local, client):
        first = asyncio.create_task(client.call("getUpdates", timeout=30))
        assert await local.until(lambda: local.calls["getUpdates"] == 1)
        second = asyncio.create_task(client.call("getUpdates", timeout=30))
        status, answer = await first
        assert status == 409
        assert answer["description"].startswith("Conflict: terminated by other getUpdates request")
        await local.person().says("hi")
        assert len((await second)[1]["result"]) == 1


async def test_a_poll_whose_client_has_gone_takes_nothing() -> None:
    async with local_and_client() as (local, client):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.call("getUpdates", timeout=30), 0.05)
        await local.person().says("hi")
        status, answer = await client.call("getUpdates", timeout=5)
        assert (status, len(answer["result"])) == (200, 1)


async def test_an_update_can_come_again() -> None:
    async with local_and_client() as (local, client):
        words = await local.person().says("hi")
        number = words.update_id or 0
        await client.done("getUpdates", offset=number + 1)
        await local.resend(number)
        assert [one["update_id"] for one in await client.done("getUpdates", offset=number + 1)] == [number]
        assert await client.done("getUpdates", offset=number + 1) == []
