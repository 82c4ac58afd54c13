"""Files on the playground's page: samples and the visitor's own are sent, and can be looked at."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.playground.visitor import ARABIC, RUSSIAN, Visitor, phone, visiting

Json = dict[str, Any]
ARABIC_NAME = "سجل الأخطاء.pdf"
HTML = b"<script>alert(1)</script>"


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with visiting() as somebody:
        yield somebody


def sent(shown: Json, who: int) -> list[Json]:
    return [message for message in phone(shown, who)["messages"] if not message["from_bot"]]


async def opened(visitor: Visitor, file: Json) -> tuple[int, str, bytes]:
    async with visitor.http.get(f"{visitor.address}files/telegram/{file['id']}") as answer:
        return answer.status, answer.content_type, await answer.read()


async def uploaded(visitor: Visitor, name: str, content: bytes, **headers: str) -> str:
    ours = {"Origin": visitor.address.rstrip("/"), "Content-Type": "text/html", **headers}
    address = f"{visitor.address}files"
    async with visitor.http.post(address, params={"name": name}, data=content, headers=ours) as answer:
        return str((await answer.json())["id"]) if answer.status == 200 else ""


async def test_samples_of_every_kind_are_real_files(visitor: Visitor) -> None:
    kinds = {"photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4", "sticker": "image/webp"}
    for kind, wanted in kinds.items():
        assert await visitor.on_phone(ARABIC, do="sends", kind=kind) == (200, {})

        message = sent(visitor.demo.seen(), ARABIC)[-1]
        status, shown_as, content = await opened(visitor, message["file"])

        assert (status, shown_as, len(content)) == (200, wanted, message["file"]["size"])


async def test_a_document_is_named_in_the_language_of_who_sends_it(visitor: Visitor) -> None:
    await visitor.on_phone(ARABIC, do="sends", kind="document", caption="السجل")
    await visitor.on_phone(RUSSIAN, do="sends", kind="document")

    assert sent(visitor.demo.seen(), ARABIC)[-1]["file"]["name"] == ARABIC_NAME
    assert sent(visitor.demo.seen(), RUSSIAN)[-1]["file"]["name"] == "журнал ошибок.pdf"


async def test_an_album_is_three_pictures_of_one_group_with_one_caption(visitor: Visitor) -> None:
    await visitor.on_phone(RUSSIAN, do="sends", kind="album", caption="три")

    pictures = sent(visitor.demo.seen(), RUSSIAN)

    assert len({one["file"]["id"] for one in pictures}) == 3
    assert len({one["group"] for one in pictures}) == 1
    assert [one["text"] for one in pictures] == ["три", "", ""]


async def test_the_visitors_own_file_is_sent_and_never_runs_as_a_page(visitor: Visitor) -> None:
    number = await uploaded(visitor, "ملف.html", HTML)

    await visitor.on_phone(ARABIC, do="sends", kind="document", files=[number])

    file = sent(visitor.demo.seen(), ARABIC)[-1]["file"]
    assert file["name"] == "ملف.html"
    assert await opened(visitor, file) == (200, "application/octet-stream", HTML)


async def test_a_file_that_is_not_here_is_neither_sent_nor_shown(visitor: Visitor) -> None:
    status, told = await visitor.on_phone(ARABIC, do="sends", kind="photo", files=["elsewhere"])

    assert (status, told) == (409, {"error": "that file is no longer here; choose it again"})
    assert (await opened(visitor, {"id": "elsewhere"}))[0] == 404


async def test_other_sites_can_upload_nothing(visitor: Visitor) -> None:
    assert await uploaded(visitor, "a.txt", b"words", Origin="https://elsewhere.example") == ""


async def test_a_phone_that_changes_its_language_is_greeted_in_it(visitor: Visitor) -> None:
    await visitor.on_phone(RUSSIAN, do="speaks", language="ar")
    await visitor.on_phone(RUSSIAN, do="says", text="/start")

    shown = await visitor.sees(lambda shown: len(phone(shown, RUSSIAN)["messages"]) > 1)

    assert phone(shown, RUSSIAN)["language"] == "ar"
    assert "أهلًا" in phone(shown, RUSSIAN)["messages"][1]["text"]


async def test_a_message_has_its_second_tick_when_the_bot_has_taken_it(visitor: Visitor) -> None:
    await visitor.sees(lambda shown: shown["bot"]["state"] == "running")
    await visitor.does({"on": "bot", "do": "kill"})
    await visitor.on_phone(ARABIC, do="says", text="/start")
    assert [one["taken"] for one in sent(visitor.demo.seen(), ARABIC)] == [False]

    await visitor.does({"on": "bot", "do": "start"})

    await visitor.sees(lambda shown: [one["taken"] for one in sent(shown, ARABIC)] == [True])
