"""Files that the bot sends through the local Telegram, with Telegram's limits."""

import io
import json
from typing import Any

import aiohttp
import pytest

from bot.playground.telegram import LocalTelegram, Person
from bot.playground.telegram.replacing import CannotReplaceError
from tests.playground.telegram_client import local_and_client

PNG = b"\x89PNG\r\n\x1a\nand so on"


async def send(local: LocalTelegram, method: str, parts: dict[str, Any], **fields: str) -> dict[str, Any]:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (filename, content) in parts.items():
        form.add_field(name, io.BytesIO(content), filename=filename, content_type="application/octet-stream")
    url = f"{local.url}/bot{local.token}/{method}"
    async with aiohttp.ClientSession() as http, http.post(url, data=form) as answer:
        return dict(await answer.json())


async def someone(local: LocalTelegram) -> Person:
    person = local.person(name="A")
    await person.says("hi")
    return person


async def test_files_arrive_as_what_they_are() -> None:
    async with LocalTelegram() as local:
        person = await someone(local)
        chat = {"chat_id": str(person.id)}
        await send(local, "sendPhoto", {"photo": ("a.png", PNG)}, caption="look", **chat)
        await send(local, "sendVoice", {"voice": ("a.ogg", b"OggS...")}, **chat)
        await send(local, "sendVoice", {"voice": ("a.ogg", b"no voice")}, **chat)

        kinds = [message.kind for message in person.chat if message.from_bot]
        assert kinds == ["photo", "voice", "document"]
        assert person.chat[1].text == "look"
        assert local.file(person.chat[1].raw["photo"][-1]["file_id"]) == PNG


async def test_an_album_is_sent_whole_or_not_at_all() -> None:
    async with LocalTelegram() as local:
        person = await someone(local)
        parts = {"one": ("a.png", PNG), "two": ("b.pdf", b"%PDF")}
        mixed = [{"type": "photo", "media": "attach://one"}, {"type": "document", "media": "attach://two"}]
        refused = await send(local, "sendMediaGroup", parts, chat_id=str(person.id), media=json.dumps(mixed))
        assert "can't be mixed" in refused["description"]
        assert len(person.chat) == 1

        alike = [{"type": "document", "media": "attach://one"}, mixed[1]]
        sent = await send(local, "sendMediaGroup", parts, chat_id=str(person.id), media=json.dumps(alike))
        assert len({one["media_group_id"] for one in sent["result"]}) == 1
        assert [message.kind for message in person.chat[1:]] == ["document", "document"]


async def test_telegrams_limits_hold() -> None:
    async with LocalTelegram() as local:
        person = await someone(local)
        chat = {"chat_id": str(person.id)}
        for method, part, content, words in (
            ("sendPhoto", "photo", b"no picture", "IMAGE_PROCESS_FAILED"),
            ("sendPhoto", "photo", PNG + bytes(10 * 1024 * 1024), "too big"),
            ("sendDocument", "document", b"", "non-empty"),
        ):
            refused = await send(local, method, {part: ("a", content)}, **chat)
            assert words in refused["description"]
        long = await send(local, "sendPhoto", {"photo": ("a", PNG)}, caption="x" * 1025, **chat)
        assert "caption is too long" in long["description"]
        assert len(person.chat) == 1


async def test_a_caption_is_edited_as_a_caption_and_a_text_as_a_text() -> None:
    async with local_and_client() as (local, client):
        person = await someone(local)
        chat = {"chat_id": str(person.id)}
        shown = await send(local, "sendPhoto", {"photo": ("a.png", PNG)}, caption="look", **chat)
        photo = {**chat, "message_id": shown["result"]["message_id"]}
        said = await client.done("sendMessage", text="hi", **chat)
        text = {**chat, "message_id": said["message_id"]}

        no_text = await client.refused("editMessageText", text="new", **photo)
        no_caption = await client.refused("editMessageCaption", caption="new", **text)
        assert no_text == "Bad Request: there is no text in the message to edit"
        assert no_caption == "Bad Request: there is no caption in the message to edit"
        long = await client.refused("editMessageCaption", caption="x" * 1025, **photo)
        assert "caption is too long" in long
        assert [message.text for message in person.chat[1:]] == ["look", "hi"]

        for caption in ("there", ""):
            edited = await client.done("editMessageCaption", caption=caption, **photo)
            assert edited.get("caption", "") == person.chat[1].text == caption
            assert edited["edit_date"]
            same = await client.refused("editMessageCaption", caption=caption, **photo)
            assert same.startswith("Bad Request: message is not modified")
        assert person.chat[1].kind == "photo"


async def test_a_person_replaces_a_file_as_far_as_telegram_lets_them() -> None:
    async with LocalTelegram() as local:
        person = await someone(local)
        shown = await person.sends("photo", caption="look")
        await person.replaces(shown, "document", name="a.pdf", content=b"a")
        assert (shown.kind, shown.text, shown.edited is not None) == ("document", "look", True)
        words = await person.says("hi")
        await person.replaces(words, "animation")
        assert ("text" in words.raw, words.raw["caption"], "document" in words.raw) == (False, "hi", True)

        voice, album = await person.sends("voice"), await person.sends("document", group="a")
        for message, kind in ((voice, "photo"), (shown, "sticker"), (album, "photo")):
            with pytest.raises(CannotReplaceError):
                await person.replaces(message, kind)
