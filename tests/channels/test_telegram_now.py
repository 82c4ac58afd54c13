"""Immediate answers, and the menu of commands."""

from structlog.testing import capture_logs

from bot.core.now import DialogErrors, Settled, Toast, Typing
from bot.core.words import Say
from bot.playground.telegram import LocalTelegram
from tests.channels.telegram_kit import Ears, listening, options, parcel, sending


async def test_a_press_is_answered_with_a_word_over_the_chat() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="?", options=options("Yes"))))
        press = await customer.presses("Yes")
        await channel.now(Toast(press=press.id, text="noted " + "x" * 300))

        assert customer.toasts[0].startswith("noted")
        assert len(customer.toasts[0]) == 200


async def test_an_empty_toast_only_ends_the_waiting() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="?", options=options("Yes"))))
        press = await customer.presses("Yes")
        await channel.now(Toast(press=press.id))

        assert press.answer == ""
        assert customer.toasts == []


async def test_a_settled_question_keeps_its_words_and_loses_its_buttons() -> None:
    async with sending() as (_, channel, customer):
        await channel.deliver(parcel(customer, Say(text="Sure?", options=options("Yes"))))
        settled = Settled(chat=str(customer.id), message=str(customer.last.id), chosen="Yes")
        await channel.now(settled)

        assert (customer.last.text, customer.last.buttons) == ("Sure?", [])


async def test_typing_shows_until_the_answer() -> None:
    async with sending() as (_, channel, customer):
        await channel.now(Typing(chat=str(customer.id)))
        assert customer.typing
        await channel.deliver(parcel(customer, "here"))
        assert not customer.typing


async def test_what_comes_too_late_is_logged_and_forgotten() -> None:
    async with sending() as (local, channel, customer):
        await channel.deliver(parcel(customer, Say(text="?", options=options("Yes"))))
        press = await customer.presses("Yes")
        local.expire_presses()
        settled = Settled(chat=str(customer.id), message=str(customer.last.id))
        with capture_logs() as logs:
            await channel.now(Toast(press=press.id, text="late"))
            await channel.now(settled)
            await channel.now(settled)  # nothing left to change
            await channel.now(Settled(chat=str(customer.id), message="77777"))
            await channel.now(DialogErrors(errors={}))
            await local.faults.down()
            await channel.now(Typing(chat=str(customer.id)))

    assert [log["event"] for log in logs] == ["telegram.now_refused"] * 3 + [
        "telegram.now_unknown",
        "telegram.now_refused",
    ]
    assert customer.toasts == []


async def test_commands_are_registered_for_private_chats_in_each_language() -> None:
    commands = {
        "": [("/new", "File a ticket")],
        "ar": [("/new", "تذكرة جديدة"), ("/status", "حالة التذكرة")],
        "ru": [("/new", "Новое обращение")],
    }
    async with LocalTelegram() as local:
        local.faults.fail("setMyCommands", status=500, times=2)
        local.faults.fail("setMyCommands", status=429, retry_after=0)
        async with listening(local, Ears(), commands=commands):
            assert await local.until(lambda: len(local.commands) == 3)

    assert local.commands["all_private_chats", "ar"][1] == {
        "command": "status",
        "description": "حالة التذكرة",
    }
    assert set(local.commands) == {("all_private_chats", language) for language in commands}
