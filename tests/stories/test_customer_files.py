"""What customers send beside words arrives at the desk with its bytes and its name."""

from typing import Any

from bot.playground.telegram import Message
from tests.customer_kit import WRITTEN, chat
from tests.desk_kit import bare
from tests.kit import World

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 700
ARABIC = "سجل الأخطاء ٢٠٢٦.pdf"
PDF = b"%PDF-1.7 " + b"\x00\xff" * 40_000


async def posted(world: World, reference: str) -> list[list[dict[str, Any]]]:
    """The files of each post in the ticket's thread that has some."""
    await world.settles()
    card = await world.card(reference)
    return [reply.raw["files"] for reply in card.thread if reply.raw.get("files")]


def content(world: World, file: dict[str, Any]) -> bytes:
    return world.slack.file(file["id"]) or b""


async def test_files_of_the_filing_arrive_with_their_bytes_and_names(desk: World) -> None:
    """CMP-6: logs and screenshots can be attached, and agents see them."""
    customer = chat(desk, "ar")
    await customer.says("/new", "technical", "website")
    await customer.sends("photo", caption=WRITTEN, content=PNG)
    await customer.sends("document", name=ARABIC, content=PDF)
    await customer.says("normal", "skip")
    assert ARABIC in bare(customer.told)
    await customer.says("send")

    posts = await posted(desk, customer.reference)
    assert {file["name"]: content(desk, file) for [file] in posts} == {"photo.jpg": PNG, ARABIC: PDF}


async def test_every_kind_arrives_on_a_ticket(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    kinds = ("voice", "video", "video_note", "animation", "audio", "sticker", "document")
    for kind in kinds:
        await customer.sends(kind, content=kind.encode() * 9)
        assert "Added to your request" in customer.told
    await customer.sends("location")

    posts = await posted(desk, reference)
    assert [content(desk, file) for [file] in posts] == [kind.encode() * 9 for kind in kinds]
    assert "Location: 24.7136,46.6753" in bare(await desk.thread(reference))


async def test_an_album_is_one_receipt_and_one_post(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    before = len(customer.person.chat)
    for number in range(3):
        caption = "" if number else "This is how it looks"
        await customer.sends("photo", group="a1", caption=caption, content=PNG + bytes([number]))
    desk.clock.goes(seconds=6)
    await desk.settles()

    [files] = await posted(desk, reference)
    assert [content(desk, file) for file in files] == [PNG + bytes([number]) for number in range(3)]
    assert sum(message.from_bot for message in customer.person.chat[before:]) == 1
    told = [reply.text for reply in (await desk.card(reference)).thread if "This is how" in reply.text]
    assert len(told) == 1
    assert told[0].count("Photo") == 3


async def test_files_are_posted_in_the_order_in_which_they_came(desk: World) -> None:
    """Also when the first takes longest to fetch."""
    customer = chat(desk)
    reference = await customer.files()
    desk.telegram.faults.hang("getFile", 0.4)
    names = ["one.txt", "two.txt", "three.txt"]
    for name in names:
        await customer.person.sends("document", name=name, content=name.encode())

    posts = await posted(desk, reference)
    assert [file["name"] for files in posts for file in files] == names


async def test_a_part_that_is_late_is_posted_after_the_others(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.sends_album("photo", "photo", group="a1")
    await customer.sends("photo", group="a1")
    desk.clock.goes(seconds=6)
    posts = await posted(desk, reference)

    assert [len(files) for files in posts] == [2, 1]
    assert "Added to your request" not in customer.told


async def test_what_is_too_large_is_said_at_once_and_nothing_else_is_lost(desk: World) -> None:
    customer = chat(desk, "ru")
    reference = await customer.files()
    large = bytes(20 * 1024 * 1024 + 1)
    await customer.sends("document", name="all\u202epiz.exe", content=large, caption="Вот всё")

    assert "20 МБ" in customer.told
    assert "allpiz.exe" in customer.told, "a name is what it seems to be"
    thread = bare(await desk.thread(reference))
    assert "Вот всё" in thread
    assert "allpiz.exe (too large to be received)" in thread
    assert await posted(desk, reference) == []

    before = len(customer.person.chat)
    for group, contents in (("none", (large, large)), ("one", (large, PDF))):
        for content_ in contents:
            await customer.sends("document", name=f"{group}.pdf", group=group, content=content_)
        desk.clock.goes(seconds=6)
        await desk.settles()
    told = [bare(message.text) for message in customer.person.chat[before:] if message.from_bot]
    assert ["20 МБ" in each for each in told] == [True, True, True, False]
    assert told[-1] == f"Добавлено к вашему обращению {reference}."


async def test_a_file_that_is_replaced_is_shown_as_such_and_arrives(desk: World) -> None:
    """It is fetched and posted like any other, and the earlier one stays on record."""
    customer = chat(desk)
    reference = await customer.files()
    mine = await customer.sends("document", name="may.pdf", content=b"May", caption="The invoice")
    await customer.replaces(mine, "document", name="june.pdf", content=b"June")
    await customer.edits(mine, "The right invoice")

    [before, after] = await posted(desk, reference)
    assert [content(desk, file) for file in before + after] == [b"May", b"June"]
    thread = bare(await desk.thread(reference))
    versions = "Before:\nThe invoice\nDocument: may.pdf\nNow:\nThe invoice\nDocument: june.pdf"
    assert f"{versions}\nThe file was replaced. The earlier one stays on record." in thread
    assert "Before:\nThe invoice\nNow:\nThe right invoice" in thread, "its words changed, and nothing else"

    words = await customer.says("It looks like this")
    await customer.replaces(words, "photo", content=PNG)
    assert content(desk, (await posted(desk, reference))[-1][0]) == PNG
    assert "Before:\nIt looks like this\nNow:\nIt looks like this\nPhoto" in bare(
        await desk.thread(reference)
    )
    await customer.replaces(words, "video", content=bytes(20 * 1024 * 1024 + 1))
    assert "This is larger than 20 MB" in customer.told
    assert "Now:\nIt looks like this\nVideo: video.mp4 (too large" in bare(await desk.thread(reference))


async def test_a_file_that_is_replaced_while_it_waits_for_its_ticket_is_the_new_one(desk: World) -> None:
    """In a request that is being written, that was set aside, and at the question which ticket is meant."""
    customer = chat(desk)
    await customer.says("/new", "technical", "website")
    shown = await customer.sends("photo", caption=WRITTEN, content=PNG)
    await customer.replaces(shown, "document", name="one.pdf", content=b"one")
    assert "We have noted your change" in customer.told
    await customer.says("/tickets")
    await customer.replaces(shown, "document", name="two.pdf", content=b"two")
    assert customer.heard == ["We have noted your change."]
    await customer.says("/new")
    await customer.presses("on")
    await customer.says("normal", "skip")
    assert "Document: two.pdf" in bare(customer.told)
    await customer.says("send")
    reference = customer.reference
    assert [content(desk, file) for [file] in await posted(desk, reference)] == [b"two"]

    await customer.files("The app is slow since the last update")
    more = await customer.sends("document", name="x.txt", content=b"x")
    await customer.replaces(more, "document", name="y.txt", content=b"y")
    await customer.says(reference)
    assert [content(desk, file) for [file] in await posted(desk, reference)] == [b"two", b"y"]


async def test_what_telegram_has_lost_is_said_on_both_sides(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    desk.telegram.faults.fail("getFile", times=1)
    mine = await customer.person.sends("document", name="notes.txt", content=b"notes")
    await desk.telegram.until(lambda: desk.telegram.calls["getFile"])
    desk.telegram.lose(file_id(mine))

    await customer.person.sees("We could not receive this from you: Document: notes.txt", timeout=15)
    await desk.settles()
    assert "could not be received: it is no longer there" in bare(await desk.thread(reference))


async def test_a_kind_that_nobody_knows_leaves_a_placeholder(desk: World) -> None:
    customer = chat(desk)
    reference = await customer.files()
    await customer.sends("poll")

    assert "We cannot read this kind of message yet" in customer.told
    assert "Something that cannot be shown here: poll" in bare(await desk.thread(reference))


def file_id(message: Message) -> str:
    return str(message.raw[message.kind]["file_id"])
