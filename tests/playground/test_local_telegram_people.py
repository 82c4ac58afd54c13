"""People act, see, and wait without sleeping."""

import asyncio
import json

import pytest

from bot.playground.telegram import LocalTelegram, Message, NotSeenError
from tests.playground.telegram_client import local_and_client

YES = {"inline_keyboard": [[{"text": "\u2068Yes\u2069, solved", "callback_data": "1:yes"}]]}


async def test_a_person_sees_what_came_after_they_acted() -> None:
    async with local_and_client() as (local, client):
        customer = local.person(name="A")
        await customer.says("one")
        await client.done("sendMessage", chat_id=customer.id, text="Ticket \u20684829-1372\u2069 is open")
        first = await customer.sees("Ticket 4829-1372")
        await customer.says("two")
        with pytest.raises(NotSeenError, match="Ticket"):
            await customer.sees("Ticket 4829-1372", timeout=0.01)
        waiting = asyncio.create_task(customer.sees(lambda message: message.text.startswith("late")))
        await client.done("sendMessage", chat_id=customer.id, text="late answer")
        assert (await waiting).id > first.id
        assert (await customer.sees("late", since=first)).text == "late answer"


async def test_an_edit_and_a_toast_are_seen_too() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.says("hi")
        sent = await client.done("sendMessage", chat_id=customer.id, text="?", reply_markup=YES)
        press = await customer.presses("1:yes")
        waiting = asyncio.create_task(customer.sees_toast("noted"))
        await client.done("editMessageText", chat_id=customer.id, message_id=sent["message_id"], text="done")
        assert (await customer.sees("done")).edited
        await client.done("answerCallbackQuery", callback_query_id=press.id, text="noted")
        assert await waiting == "noted"
        with pytest.raises(NotSeenError):
            await customer.sees_toast("never", timeout=0.01)


async def test_only_buttons_that_are_there_can_be_pressed_but_anything_can_be_forged() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        words = await customer.says("hi")
        with pytest.raises(NotSeenError, match="no button"):
            await customer.presses("Yes")
        await customer.presses_data(words, "0:forged")
        (_, update) = await client.done("getUpdates")
        assert update["callback_query"]["data"] == "0:forged"
        assert update["callback_query"]["message"]["message_id"] == words.id


async def test_the_reply_keyboard_can_be_tapped_until_it_is_removed() -> None:
    keyboard = {"keyboard": [[{"text": "Share", "request_contact": True}], ["Skip"]]}
    async with local_and_client() as (local, client):
        customer = local.person(phone="+77010000000")
        await customer.says("hi")
        await client.done("sendMessage", chat_id=customer.id, text="number?", reply_markup=keyboard)
        assert (await customer.taps("Skip")).text == "Skip"
        shared = await customer.taps("Share")
        assert shared.raw["contact"] == {
            "phone_number": "+77010000000",
            "first_name": "-",
            "user_id": customer.id,
        }
        removal = {"remove_keyboard": True}
        await client.done("sendMessage", chat_id=customer.id, text="thanks", reply_markup=removal)
        with pytest.raises(NotSeenError):
            await customer.taps("Share")


async def test_blocking_is_told_and_shuts_the_way() -> None:
    async with local_and_client() as (local, client):
        customer = local.person()
        await customer.blocks()
        refusal = await client.refused("sendMessage", chat_id=customer.id, text="hello?")
        assert refusal == "Forbidden: bot was blocked by the user"
        with pytest.raises(RuntimeError):
            await customer.says("I cannot")
        await customer.unblocks()
        await client.done("sendMessage", chat_id=customer.id, text="hello!")
        changes = [one["my_chat_member"] for one in await client.done("getUpdates")]
        assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]
        assert [one["old_chat_member"]["status"] for one in changes] == ["member", "kicked"]


async def test_a_client_cuts_what_is_longer_than_a_message() -> None:
    async with LocalTelegram() as local:
        customer = local.person()
        await customer.says("😀" * 2048 + "end")
        assert [one.text for one in customer.chat] == ["😀" * 2048, "end"]


@pytest.mark.parametrize(
    "kind", ["photo", "document", "voice", "video", "video_note", "animation", "audio", "sticker"]
)
async def test_every_kind_of_file_can_be_sent_and_fetched(kind: str) -> None:
    async with local_and_client() as (local, client):
        sent = await local.person().sends(kind, caption="look", group="g", content=b"12345")
        assert (sent.kind, sent.text, sent.group) == (kind, "look", "g")
        body = sent.raw[kind]
        file = await client.done(
            "getFile", file_id=body[-1]["file_id"] if kind == "photo" else body["file_id"]
        )
        assert file["file_size"] == 5


async def test_files_have_limits() -> None:
    async with local_and_client() as (local, client):
        huge = await local.person().sends("document", content=bytes(20 * 1024 * 1024 + 1))
        file_id = huge.raw["document"]["file_id"]
        assert await client.refused("getFile", file_id=file_id) == "Bad Request: file is too big"
        assert await client.refused("getFile", file_id="x") == "Bad Request: invalid file_id"


async def test_other_kinds_and_replies() -> None:
    async with LocalTelegram() as local:
        customer = local.person()
        words = await customer.says("hi")
        place = await customer.sends("location", reply_to=words)
        odd = await customer.sends("hologram")
        card = await customer.shares_contact("+1", own=False, name="B")

    assert (place.kind, place.reply_to) == ("location", words.id)
    assert odd.kind == "other"
    assert "user_id" not in card.raw["contact"]


async def test_the_snapshot_is_json_and_its_revision_rises_with_every_change() -> None:
    async with local_and_client() as (local, client):
        customer = local.person(name="A", language="ar")
        before = local.revision
        await customer.says("\ud800 odd")
        assert await local.changed(before, timeout=1) > before
        await client.done("sendMessage", chat_id=customer.id, text="hello", reply_markup=YES)
        shot = json.loads(json.dumps(local.snapshot()))

    (person,) = shot["people"]
    assert shot["revision"] == local.revision
    assert shot["calls"] == {"sendMessage": 1}
    assert [(one["text"], one["from_bot"]) for one in person["messages"]][1] == ("hello", True)
    assert person["messages"][1]["buttons"] == [
        [{"text": "\u2068Yes\u2069, solved", "data": "1:yes", "contact": False, "url": ""}]
    ]
    assert await local.changed(local.revision, timeout=0.01) == local.revision


async def test_the_same_id_is_the_same_person() -> None:
    async with LocalTelegram() as local:
        assert local.person(id=7) is local.person(id=7)
        assert local.person() is not local.person()


async def test_what_a_person_shows_when_nothing_came() -> None:
    async with LocalTelegram() as local:
        customer = local.person(name="A")

        def never(_message: Message) -> bool:
            return False

        with pytest.raises(NotSeenError, match=r"\(nothing\)"):
            await customer.sees(never, timeout=0.01)
