"""Polling: everything is heard, in order, and confirmed only after it is safe."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime

from structlog.testing import capture_logs
from telegram import Bot

from bot.channels.telegram import Telegram
from bot.channels.telegram.patience import until_done
from bot.channels.telegram.wire import FloodError
from bot.core.heard import Edited, Pressed, Reach, Said, Shared, Unknown
from bot.playground.telegram import LocalTelegram
from tests.channels.telegram_kit import SOON, Ears, listening


async def test_a_customers_day_is_heard_in_order() -> None:
    moment = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    ears = Ears()
    async with LocalTelegram(clock=lambda: moment) as local, listening(local, ears):
        customer = local.person(name="A", language="ru")
        words = await customer.says("привет")
        await customer.edits(words, "Привет!")
        await customer.sends("photo", caption="экран", group="album")
        await customer.shares_contact("+77010000000")
        await customer.presses_data(words, "1:yes")
        await customer.blocks()
        heard = await ears.have(6)

    whats = [one.what for one in heard]
    assert [type(what) for what in whats] == [Said, Edited, Said, Shared, Pressed, Reach]
    assert [one.order for one in heard] == sorted(one.order for one in heard)
    assert {one.sender.chat for one in heard} == {str(customer.id)}
    assert heard[0].at == moment
    assert heard[0].account == local.token.partition(":")[0]


async def test_only_what_is_understood_is_asked_for() -> None:
    async with LocalTelegram() as local, listening(local, Ears()):
        assert await local.until(lambda: local.allowed_updates)
        assert local.allowed_updates == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_what_could_not_be_stored_comes_again() -> None:
    ears = Ears(failures=2)
    async with LocalTelegram() as local, listening(local, ears):
        customer = local.person()
        await customer.says("one")
        await customer.says("two")
        heard = await ears.have(2)
        assert await local.until(lambda: local.pending == 0)

    assert [one.key for one in heard] == [f"message:{customer.id}:1", f"message:{customer.id}:2"]
    assert ears.batches >= 3


async def test_nothing_is_confirmed_before_it_is_stored() -> None:
    ears = Ears(failures=1000)
    async with LocalTelegram() as local:
        async with listening(local, ears):
            await local.person().says("do not lose me")
            assert await local.until(lambda: ears.batches >= 2)
        assert local.pending == 1

        survivor = Ears()
        async with listening(local, survivor):
            await survivor.have(1)


async def test_a_duplicate_has_the_same_key_and_an_early_press_keeps_its_order() -> None:
    ears = Ears()
    async with LocalTelegram() as local, listening(local, ears):
        customer = local.person()
        local.hold()
        words = await customer.says("hello")
        await customer.presses_data(words, "1:no")
        local.release(backwards=True)
        await ears.have(2)
        await local.resend(words.update_id or 0)
        heard = await ears.have(3)

    assert [type(one.what) for one in heard] == [Pressed, Said, Said]
    assert heard[0].order > heard[1].order
    assert heard[1] == heard[2]


async def test_unknown_and_broken_updates_do_not_stop_the_hearing() -> None:
    ears = Ears()
    async with LocalTelegram() as local, listening(local, ears):
        await local.inject({"telepathy": {"from": {"id": 5}}})
        await local.inject({"message": {"message_id": "seven"}})
        await local.inject({"message": None})
        await local.person().says("still there? \ud800\0")
        heard = await ears.have(4)

    assert [one.what for one in heard[:3]] == [
        Unknown(name="telepathy"),
        Unknown(name="message"),
        Unknown(name="message"),
    ]
    assert isinstance(heard[3].what, Said)
    assert heard[3].what.text == "still there? \ufffd"


async def test_listening_survives_an_unreachable_telegram() -> None:
    ears = Ears()
    async with LocalTelegram() as local, listening(local, ears):
        await local.until(lambda: local.calls["getUpdates"] > 0)
        await local.faults.down()
        await local.person().says("written while it was down")
        assert not ears.heard
        await local.faults.up()
        await ears.have(1)


async def test_opening_does_not_wait_for_telegram() -> None:
    ears = Ears()
    async with LocalTelegram() as local:
        await local.faults.down()
        async with asyncio.timeout(1), listening(local, ears):
            await local.person().says("hello")
            await local.faults.up()
            await ears.have(1)


async def test_listening_survives_every_kind_of_trouble() -> None:
    ears = Ears()
    async with LocalTelegram() as local:
        for status in (500, 502, 429, 401, 404):
            local.faults.fail("getUpdates", status=status, retry_after=0)
        local.faults.cut_before("getUpdates")
        local.faults.cut_after("getUpdates")
        async with listening(local, ears):
            await local.person().says("through")
            await ears.have(1)


async def test_a_webhook_is_taken_away_before_polling() -> None:
    ears = Ears()
    async with LocalTelegram() as local:
        other = Telegram(
            local.token, api_url=local.url, webhook_url="http://127.0.0.1:1/telegram", webhook_secret="s"
        )
        await other.open(ears)
        assert await local.until(lambda: local.webhook)
        await other.close()

        async with listening(local, ears):
            await local.person().says("hello")
            await ears.have(1)
        assert local.webhook is None


async def test_a_second_listener_is_reported_and_loses_nothing() -> None:
    first, second = Ears(), Ears()
    async with LocalTelegram() as local, listening(local, first):
        await local.until(lambda: local.calls["getUpdates"] > 0)
        with capture_logs() as logs:
            async with listening(local, second, poll_seconds=1):
                assert await local.until(lambda: local.calls["getUpdates"] > 3)
        assert any(log["event"] == "telegram.somebody_else_listens" for log in logs)
        await local.person().says("after the quarrel")
        await first.have(1)


async def test_somebody_elses_webhook_is_left_alone_and_asked_about_slowly() -> None:
    patience = replace(SOON, conflict=60.0)
    async with LocalTelegram() as local, listening(local, Ears(), patience=patience):
        assert await local.until(lambda: local.calls["getUpdates"])
        async with Bot(local.token, base_url=f"{local.url}/bot") as other:
            await other.set_webhook("http://127.0.0.1:1/elsewhere")
        asked = local.calls["getUpdates"]
        await asyncio.sleep(0.1)
        assert local.calls["getUpdates"] <= asked + 1
        assert local.webhook


async def test_a_flood_is_waited_out_as_long_as_telegram_says() -> None:
    attempts: list[float] = []

    async def call() -> None:
        attempts.append(time.monotonic())
        if len(attempts) == 1:
            raise FloodError(0.1)

    await until_done("anything", call, SOON)

    assert attempts[1] - attempts[0] >= 0.1


async def test_logs_hold_neither_the_token_nor_words() -> None:
    ears = Ears(failures=1)
    async with LocalTelegram() as local:
        local.faults.fail("getUpdates", status=502)
        with capture_logs() as logs:
            async with listening(local, ears, patience=SOON):
                await local.person(name="private name").says("private words")
                await ears.have(1)

    assert logs
    assert local.token not in str(logs)
    assert "private" not in str(logs)
