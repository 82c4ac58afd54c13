"""The local Telegram is as strict as the real one, and says so in the same words."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground.telegram import LocalTelegram
from tests.playground.telegram_client import Client, local_and_client

INLINE = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1:yes"}]]}


async def test_the_stock_library_works_with_it_unchanged() -> None:
    async with LocalTelegram() as local:
        customer = local.person(name="A", language="ru")
        await customer.says("/start")
        async with Bot(
            local.token, base_url=f"{local.url}/bot", base_file_url=f"{local.url}/file/bot"
        ) as bot:
            assert bot.username == "sanad_local_bot"
            (update,) = await bot.get_updates()
            assert update.effective_message
            assert update.effective_message.text == "/start"
            assert update.effective_message.entities[0].type == "bot_command"
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="1:yes")]])
            sent = await bot.send_message(customer.id, "Sure?", reply_markup=markup)
            await customer.presses("Yes")
            (pressed,) = await bot.get_updates(offset=update.update_id + 1)
            assert pressed.callback_query
            assert pressed.callback_query.data == "1:yes"
            assert await pressed.callback_query.answer("noted")
            assert await sent.edit_text("Sure.")
            await customer.sends("document", name="plan.pdf", content=b"%PDF")
            (with_file,) = await bot.get_updates(offset=pressed.update_id + 1)
            assert with_file.effective_message
            assert with_file.effective_message.document
            file = await with_file.effective_message.document.get_file()
            assert bytes(await file.download_as_bytearray()) == b"%PDF"

    assert customer.toasts == ["noted"]
    assert [one.text for one in customer.chat] == ["/start", "Sure.", ""]


@pytest.mark.parametrize(("path", "status"), [("7:wrong/getMe", 401), ("nonsense/getMe", 404)])
async def test_a_wrong_token_is_refused(path: str, status: int) -> None:
    async with LocalTelegram() as local, aiohttp.ClientSession() as session:
        async with session.get(f"{local.url}/bot{path}") as response:
            assert response.status == status
            assert (await response.json())["ok"] is False
        async with session.get(f"{local.url}/file/bot{path}") as response:
            assert response.status == status


async def test_methods_are_found_in_any_case_and_parameters_in_any_shape() -> None:
    async with LocalTelegram() as local, aiohttp.ClientSession() as session:
        customer = local.person()
        await customer.says("hi")
        url = f"{local.url}/bot{local.token}/sendmessage"
        values = {"chat_id": str(customer.id), "text": "a & b"}
        requests = [
            session.get(url, params=values),
            session.post(url, data=values),
            session.post(url, json=values),
        ]
        for request in requests:
            async with request as response:
                assert response.status == 200
        with aiohttp.MultipartWriter("form-data") as form:
            for name, value in values.items():
                form.append(value).set_content_disposition("form-data", name=name)
        async with session.post(url, data=form) as response:
            assert response.status == 200
        async with session.get(f"{local.url}/bot{local.token}/sendNothing") as response:
            assert response.status == 404

    assert [one.text for one in customer.chat[1:]] == ["a & b"] * 4


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n\u202e "}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "\ud800"}, "Bad Request: strings must be encoded in UTF-8"),
        ({"text": "x", "parse_mode": "HTML"}, "Bad Request: unsupported parse_mode"),
        ({"text": "x", "chat_id": 999}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": ""}, "Bad Request: chat_id is empty"),
        (
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "Bad Request: message to be replied not found",
        ),
        ({"text": "x", "reply_parameters": "{"}, "Bad Request: can't parse reply parameters JSON object"),
    ],
)
async def test_what_cannot_be_sent_is_refused(values: dict[str, Any], words: str) -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.says("hi")
        assert await client.refused("sendMessage", **{"chat_id": customer.id, **values}) == words
        assert customer.last.text == "hi"


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, "  padded\t"])
async def test_what_just_fits_is_sent(text: str) -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.says("hi")
        await client.done("sendMessage", chat_id=customer.id, text=text)
        assert customer.last.text == text.strip()


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "x"}, "keyboard button text must be non-empty"),
        ({"callback_data": "x"}, 'Field "text" must be of type String'),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ("x", "inline keyboard button must be an Object"),
    ],
)
async def test_wrong_buttons_are_refused(button: Any, words: str) -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.says("hi")
        markup = {"inline_keyboard": [[button]]}
        values = {"chat_id": customer.id, "text": "?", "reply_markup": markup}
        assert await client.refused("sendMessage", **values) == f"Bad Request: {words}"


@pytest.mark.parametrize(
    "markup", [[], {"inline_keyboard": {}}, {"inline_keyboard": ["x"]}, {"nothing": 1}, "{"]
)
async def test_wrong_markups_are_refused(markup: Any) -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.says("hi")
        values = {"chat_id": customer.id, "text": "?", "reply_markup": markup}
        assert (await client.refused("sendMessage", **values)).startswith("Bad Request: ")


async def test_an_edit_has_to_change_something() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.says("hi")
        sent = await client.done("sendMessage", chat_id=customer.id, text="?", reply_markup=INLINE)
        where = {"chat_id": customer.id, "message_id": sent["message_id"]}
        same = await client.refused("editMessageText", text="?", reply_markup=INLINE, **where)
        assert same.startswith("Bad Request: message is not modified")
        assert "reply_markup" not in await client.done("editMessageReplyMarkup", **where)
        again = await client.refused("editMessageReplyMarkup", **where)
        assert again.startswith("Bad Request: message is not modified")
        edited = await client.done("editMessageText", text="!", **where)
        assert edited["edit_date"]
        assert customer.last.edited


async def test_only_own_messages_without_a_reply_keyboard_can_be_edited() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        theirs = await customer.says("hi")
        removal = {"remove_keyboard": True}
        ours = await client.done("sendMessage", chat_id=customer.id, text="ok", reply_markup=removal)
        for number in (theirs.id, ours["message_id"]):
            values = {"chat_id": customer.id, "message_id": number, "text": "new"}
            assert await client.refused("editMessageText", **values) == "Bad Request: message can't be edited"
        values = {"chat_id": customer.id, "message_id": 999, "text": "new"}
        assert await client.refused("editMessageText", **values) == "Bad Request: message to edit not found"


async def test_messages_can_be_deleted_for_two_days() -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    async with local_and_client(clock=lambda: now[0]) as (local, client):
        customer = local.person()
        await customer.says("hi")
        sent = [await client.done("sendMessage", chat_id=customer.id, text=text) for text in "ab"]
        where = [{"chat_id": customer.id, "message_id": one["message_id"]} for one in sent]
        assert await client.done("deleteMessage", **where[0]) is True
        now[0] += timedelta(hours=49)
        assert await client.refused("deleteMessage", **where[1]) == "Bad Request: message can't be deleted"
        assert await client.refused("deleteMessage", **where[0]) == "Bad Request: message to delete not found"
    assert [one.text for one in customer.chat] == ["hi", "b"]


async def test_a_press_can_be_answered_for_a_while() -> None:
    async with local_and_client(press_lifetime=0.0) as (local, client):
        customer = local.person()
        words = await customer.says("hi")
        press = await customer.presses_data(words, "x")
        late = await client.refused("answerCallbackQuery", callback_query_id=press.id)
        assert late.startswith("Bad Request: query is too old and response timeout expired")
        long = await client.refused("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
        assert long == "Bad Request: MESSAGE_TOO_LONG"


async def updates(client: Client, **values: Any) -> list[Any]:
    return [one["update_id"] for one in await client.done("getUpdates", **values)]


async def test_updates_come_until_they_are_confirmed() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        numbers = [(await customer.says(str(number))).update_id or 0 for number in range(4)]
        assert await updates(client) == numbers
        assert await updates(client, limit=2) == numbers[:2]
        assert await updates(client, offset=numbers[1]) == numbers[1:]
        assert await updates(client) == numbers[1:]
        assert await updates(client, offset=-1) == numbers[-1:]
        assert await updates(client, offset=numbers[-1] + 1) == []


async def test_only_kinds_that_were_asked_for_are_kept() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await client.done("getUpdates", allowed_updates=["message"])
        words = await customer.says("hi")
        await customer.presses_data(words, "x")
        await customer.edits(words, "ho")
        assert await updates(client) == [words.update_id]


async def test_a_webhook_and_a_poll_exclude_each_other() -> None:
    async with local_and_client() as (local, client):
        assert await client.done(
            "setWebhook", url="http://127.0.0.1:1/x", secret_token="s", max_connections=3
        )
        assert (await client.refused("getUpdates")).startswith("Conflict: can't use getUpdates method while")
        await local.person().says("hi")
        assert await local.until(lambda: local.webhook and local.webhook.last_error)
        info = await client.done("getWebhookInfo")
        assert (info["url"], info["pending_update_count"], info["max_connections"]) == (
            "http://127.0.0.1:1/x",
            1,
            3,
        )
        assert info["last_error_message"] == "Connection failed"
        assert await client.done("deleteWebhook", drop_pending_updates=True)
        assert await updates(client) == []


@pytest.mark.parametrize(
    "values", [{"url": "https://example.org/x"}, {"url": "http://127.0.0.1:1/x", "secret_token": "no blanks"}]
)
async def test_a_wrong_webhook_is_refused(values: dict[str, str]) -> None:
    async with local_and_client() as (_, client):
        assert (await client.refused("setWebhook", **values)).startswith("Bad Request: ")


COMMAND = {"command": "new", "description": "File a ticket"}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"commands": [{**COMMAND, "command": "New"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**COMMAND, "command": "جديد"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**COMMAND, "command": "x" * 33}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{**COMMAND, "description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{**COMMAND, "description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [COMMAND] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [COMMAND], "language_code": "eng"}, "invalid language code specified"),
        ({"commands": "x"}, "can't parse commands JSON object"),
    ],
)
async def test_wrong_commands_are_refused(values: dict[str, Any], words: str) -> None:
    async with local_and_client() as (_, client):
        assert await client.refused("setMyCommands", **values) == f"Bad Request: {words}"


async def test_commands_are_kept_by_scope_and_language() -> None:
    async with local_and_client() as (local, client):
        scope = {"type": "all_private_chats"}
        await client.done("setMyCommands", commands=[COMMAND], scope=scope, language_code="ar")
        assert await client.done("getMyCommands", scope=scope, language_code="ar") == [COMMAND]
        assert await client.done("getMyCommands", scope=scope) == []
        await client.done("deleteMyCommands", scope=scope, language_code="ar")
        assert local.commands == {}
