"""Files that agents post arrive in the chat as what they are, or their author hears why not."""

from pathlib import Path
from typing import Any

import pytest

from bot.playground.telegram import Message
from tests.desk_kit import Case, a_case, a_desk, bare
from tests.kit import World

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300
PDF = b"%PDF-1.7 " + b"\x00\xff" * 40_000
ARABIC = "دليل الاستخدام.pdf"
LONG = "The router in the cellar lost its settings. " * 30
"""Too long for a caption, which holds 1,024 units; not for a text."""
WITHDRAWN = "This message was withdrawn."
TOO_LATE = "can no longer be taken back: the customer still has it"


async def a_claimed_case(world: World) -> tuple[Case, Any]:
    case, agent = await a_case(world), await world.agent()
    await case.clicks(agent, "claim")
    return case, agent


def arrived(case: Case, since: int) -> list[Message]:
    return [message for message in case.customer.chat[since:] if message.from_bot]


def content(world: World, message: Message) -> bytes | None:
    about = message.file
    assert about
    return world.telegram.file(about["id"])


async def test_files_of_the_thread_arrive_as_what_they_are(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    for name, mime, sent in (
        ("screen.png", "image/png", PNG),
        (ARABIC, "application/pdf", PDF),
        ("word.ogg", "audio/ogg", b"OggS and so on"),
        ("film.mp4", "video/mp4", b"....ftypmp42"),
        ("odd.png", "image/png", b"no picture at all"),
    ):
        await agent.sends(await case.card(), name, sent, mime=mime)
    await desk.settles()

    got = arrived(case, since)
    assert [message.kind for message in got] == ["photo", "document", "voice", "video", "document"]
    assert [content(desk, message) for message in got][:2] == [PNG, PDF]
    assert (got[1].file or {})["name"] == ARABIC
    assert all(f"About your request {case.reference}" in bare(message.text) for message in got)
    assert "5 messages delivered" in (await case.card()).text


async def test_words_go_with_their_files_and_can_be_changed_later(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    files = [agent.uploads(name, PDF + name.encode()) for name in ("one.pdf", "two.pdf")]
    message = await case.says(agent, "See both pages", files=files)
    text, one, two = arrived(case, since)
    assert "See both pages" in text.text
    assert [part.file["name"] for part in (one, two) if part.file] == ["one.pdf", "two.pdf"]
    assert one.group
    assert one.group == two.group

    await agent.edits(message, "See both of these pages")
    await desk.settles()
    assert [part.text for part in arrived(case, since)][1:] == ["", ""]
    assert "See both of these pages" in text.text

    short = await case.says(agent, "Look here", files=[agent.uploads("here.png", PNG)])
    caption = arrived(case, since)[-1]
    assert "Look here" in caption.text
    assert caption.kind == "photo"
    await agent.edits(short, "Look there")
    await desk.settles()
    assert "Look there" in caption.text
    await agent.edits(short, "")
    await desk.settles()
    assert bare(caption.text) == f"About your request {case.reference}:", (
        "the picture stays, without its words"
    )
    assert len(arrived(case, since)) == 4


async def test_a_long_answer_that_becomes_short_keeps_its_photo(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    message = await case.says(agent, LONG, files=[agent.uploads("here.png", PNG)])
    text, photo = arrived(case, since)

    for words in ("It was the fuse", LONG.replace("cellar", "attic"), "It was the lamp"):
        await agent.edits(message, words)
        await desk.settles()
        assert arrived(case, since) == [text, photo]
        assert words.strip() in text.text
        assert (photo.kind, photo.text, content(desk, photo)) == ("photo", "", PNG)


async def test_a_caption_that_becomes_long_goes_on_beside_its_photo(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    message = await case.says(agent, "It was the fuse", files=[agent.uploads("here.png", PNG)])
    [photo] = arrived(case, since)
    assert "It was the fuse" in photo.text

    for words in (LONG, LONG * 4, "It was the lamp"):
        await agent.edits(message, words)
        await desk.settles()
        assert (photo.kind, photo.text, content(desk, photo)) == ("photo", "", PNG)
        assert not case.reached("the fuse")
        said = [part.text for part in arrived(case, since) if part is not photo]
        assert len(said) == (2 if len(words) > 4096 else 1)
        assert words[:40] in said[0]
    assert photo in arrived(case, since)


async def test_after_two_days_the_file_of_a_withdrawn_answer_stays_without_its_words(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    files = [agent.uploads(name, PDF + name.encode()) for name in ("one.pdf", "two.pdf")]
    both = await case.says(agent, "See both pages", files=files)
    short = await case.says(agent, "Look here", files=[agent.uploads("here.png", PNG)])
    desk.clock.goes(hours=49)

    for message in (both, short):
        await agent.deletes(message)
        await desk.settles()

    left = arrived(case, since)
    assert [part.kind for part in left] == ["text", "document", "document", "photo"]
    assert [part.text for part in left] == [WITHDRAWN, "", "", WITHDRAWN]
    told = bare(await case.thread())
    assert told.count(f"a file that came with this {TOO_LATE}") == 2
    assert f"{TOO_LATE}.\nSee both pages\nDocument: one.pdf\nDocument: two.pdf" in told


async def test_a_file_that_is_taken_off_a_message_leaves_the_chat(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    files = [agent.uploads(name, PDF + name.encode()) for name in ("one.pdf", "two.pdf", "three.pdf")]
    message = await case.says(agent, "See the pages", files=files)
    short = await case.says(agent, "Look here", files=[photo := agent.uploads("here.png", PNG)])
    alone = await case.says(agent, "", files=[secret := agent.uploads("secret.txt", b"secret")])
    assert len(arrived(case, since)) == 6

    for where, file in ((message, files[1]), (short, photo), (alone, secret)):
        await agent.takes_off(where, file)
        await desk.settles()
    await case.learns(agent, "The file is being taken out of the customer's chat, too.")
    await case.learns(agent, "Your words are being withdrawn from the customer's chat.")
    text, *left = arrived(case, since)
    assert "See the pages" in text.text
    assert [part.file["name"] if part.file else "" for part in left] == ["one.pdf", "three.pdf", ""]
    assert "Look here" in left[-1].text, "what was said with it stays, as a text"

    await agent.edits(short, "Look there")
    await agent.takes_off(message, files[0])
    await desk.settles()
    assert [part.file["name"] for part in arrived(case, since) if part.file] == ["three.pdf"]
    assert (case.reached("Look here"), case.reached("Look there"), case.reached("See the pages")) == (0, 1, 1)
    assert (await case.facts()).count("detached agent:U0AGENT") == 3


async def test_a_file_is_taken_off_in_time_or_its_sender_is_told(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 20\n") as desk:
        case, agent = await a_claimed_case(desk)
        since = len(case.customer.chat)
        files = [agent.uploads(name, PDF + name.encode()) for name in ("one.pdf", "two.pdf")]
        message = await case.says(agent, "See both pages", files=files)
        slip = await case.says(agent, "", files=[secret := agent.uploads("secret.txt", b"secret")])
        await agent.takes_off(message, files[0])
        await agent.takes_off(slip, secret)
        await desk.passes(seconds=30)
        await case.learns(agent, "The file does not go to the customer.")
        [page] = arrived(case, since)
        assert "See both pages" in page.text
        assert content(desk, page) == PDF + b"two.pdf"

        desk.clock.goes(hours=49)
        await agent.takes_off(message, files[1])
        await desk.settles()
        assert arrived(case, since) == [page]
        told = bare(await case.thread()).partition(f"@U0AGENT, this file {TOO_LATE}.\n")[2]
        assert told.splitlines()[0].endswith("two.pdf"), told
        await agent.edits(message, "See this page")
        await desk.settles()
        assert "See this page" in page.text

        later = await case.says(agent, "And here", files=[third := agent.uploads("three.pdf", PDF)])
        await desk.passes(seconds=30)
        await case.clicks(agent, "release")
        await agent.takes_off(later, third)
        await case.learns(agent, "The file stays where it was: this ticket is not in your hands.")
        assert content(desk, arrived(case, since)[-1]) == PDF


async def test_files_of_a_dialog_reach_the_customer_and_the_thread(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    for verb, words, name in (("ask", "Is it this page?", "page.png"), ("resolve", "Done", "how.png")):
        since = len(case.customer.chat)
        await case.opens(agent, verb)
        await case.sends(agent, words, files=agent.uploads(name, PNG)["id"])
        got = arrived(case, since)
        assert words in got[0].text
        assert [content(desk, message) for message in got if message.file] == [PNG]
        shown = [reply.raw["files"] for reply in (await case.card()).thread if reply.raw.get("files")]
        assert shown[-1][0]["name"] == name
    assert got[0].buttons


async def test_a_file_alone_is_a_reply(desk: World) -> None:
    """The dialog says what it takes; with neither words nor a file it stays open and says what is missing."""
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    await case.opens(agent, "reply")
    assert agent.dialog
    assert bare(agent.dialog.fields["files"].hint) == (
        "Up to 10 files of 10 MB at most. Larger ones, up to 50 MB: post them in the thread."
    )
    await case.sends(agent, text=" ")
    assert agent.dialog.errors == {"text": "Please write a few words, or send a file."}
    with pytest.raises(LookupError, match="larger than 10 MB"):
        await case.sends(agent, files=agent.uploads("film.mp4", bytes(10 * 1024 * 1024 + 1))["id"])
    await case.sends(agent, files=agent.uploads("page.png", PNG)["id"])
    assert agent.dialog is None
    [page] = arrived(case, since)
    assert content(desk, page) == PNG
    assert bare(page.text) == f"About your request {case.reference}:"
    assert "@U0AGENT sends 1 file to the customer." in await case.thread()


async def test_files_of_notes_stay_until_they_are_sent_after_all(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    other = await desk.agent("U0OTHER")
    since = len(case.customer.chat)
    await case.says(agent, ";; for us", files=[agent.uploads("secret.txt", b"for us only")])
    await case.says(other, "", files=[other.uploads("guide.txt", b"a guide")])
    told = await case.learns(other, "somebody else is working on the ticket")
    assert "guide.txt" in bare(told.text)
    assert arrived(case, since) == []

    await case.clicks(other, "Send to customer", told)
    [guide] = arrived(case, since)
    assert content(desk, guide) == b"a guide"


async def test_what_cannot_be_sent_is_said_in_the_thread(desk: World) -> None:
    case, agent = await a_claimed_case(desk)
    since = len(case.customer.chat)
    file = agent.uploads("gone.txt", b"gone")
    desk.slack.lose(file["id"])
    huge = agent.uploads("huge.bin", b"huge") | {"size": 60_000_000}
    desk.slack.shelf.files[huge["id"]] = huge
    await case.says(agent, "Both of these", files=[file, huge])

    thread = bare(await case.thread())
    assert "this file does not reach the customer: it could not be fetched from Slack." in thread
    assert "this file does not reach the customer: it is larger than 50 MB." in thread
    [words] = arrived(case, since)
    assert "Both of these" in words.text
    await case.says(agent, "", files=[file])
    assert len(arrived(case, since)) == 1


async def test_the_page_that_asks_to_sign_in_is_no_file(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as desk:
        case, agent = await a_claimed_case(desk)
        since = len(case.customer.chat)
        desk.slack.shelf.gives_files = False
        await case.says(agent, "Here it is", files=[agent.uploads("a.png", PNG)])

        assert arrived(case, since) == []
        assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


async def test_undo_takes_files_back_too(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 20\n") as desk:
        case, agent = await a_claimed_case(desk)
        since = len(case.customer.chat)
        slip = await case.says(agent, "a slip", files=[agent.uploads("slip.txt", b"slip")])
        await agent.deletes(slip)
        await case.says(agent, "this one", files=[agent.uploads("this.txt", b"this")])
        desk.clock.goes(seconds=30)
        await desk.settles()

        [sent] = arrived(case, since)
        assert content(desk, sent) == b"this"
