"""A file that Slack does not give holds up what its ticket says next, and nothing else in the chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.files import FileTerms
from bot.room import ENOUGH, LEAST, Free, free_bytes
from bot.tuning import Tuning
from tests.customer_kit import WRITTEN, Chat
from tests.desk_kit import Case, a_case, bare
from tests.kit import AT_ONCE, BILLING, SUPPORT, Clock, World, world

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 30
NOT_YET = "this file cannot be fetched from Slack so far"
NO_ROOM = "this file has not gone to the customer so far: the disk of our server is nearly full."


@asynccontextmanager
async def a_desk(
    database_url: str, folder: Path, *, abreast: int = 4, free: Free = free_bytes
) -> AsyncIterator[tuple[World, Clock]]:
    """A desk with the machine's clock in our hand, too."""
    machine = Clock()
    tuning = Tuning(
        AT_ONCE, tick=0, machine=machine, files=FileTerms(abreast=abreast, renew_every=0.1), free=free
    )
    async with world(database_url, folder, tuning=tuning) as desk:
        yield desk, machine


async def tries_until(case: Case, machine: Clock, seconds: int) -> None:
    """Time goes on in small steps, and whatever is due at each is done."""
    for _step in range(seconds // 15):
        machine.goes(seconds=15)
        await case.world.settles()


async def test_the_chat_goes_on_beside_a_file_that_cannot_be_fetched(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path) as (desk, machine):
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        case = Case(desk, chat.person, await chat.files(WRITTEN))
        await case.clicks(agent, "claim")
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        await case.says(agent, "See the picture", files=[agent.uploads("a.png", PNG, "image/png")])
        await case.says(agent, "It is the third switch")

        for asked, answer in (("/help", "/status"), ("/tickets", case.reference)):
            await chat.says(asked)
            assert answer in bare(chat.told), asked
        assert not case.reached("third switch"), "an agent's words stay in their order"
        assert NOT_YET not in await case.thread()

        await tries_until(case, machine, 45)
        assert (await case.thread()).count(NOT_YET) == 1, "they are told early, and once"
        assert "To go on without it, delete the message" in bare(await case.thread())

        desk.slack.faults.clear()
        since = len(chat.person.chat)
        await tries_until(case, machine, 300)
        picture, words = [bare(message.text) for message in chat.person.chat[since:] if message.from_bot]
        assert "See the picture" in picture
        assert "third switch" in words
        assert "this file is here now" in await case.thread()


async def test_what_waits_for_a_file_waits_for_ten_minutes_and_no_longer(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path) as (desk, machine):
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        case = Case(desk, chat.person, await chat.files(WRITTEN))
        await case.clicks(agent, "claim")
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        await case.says(agent, "See the picture", files=[agent.uploads("a.png", PNG, "image/png")])
        await case.answers(agent, "resolve", "It works again")

        await tries_until(case, machine, 585)
        assert not case.reached("See the picture")
        await tries_until(case, machine, 15)
        assert "it could not be fetched from Slack" in await case.thread()
        said = [bare(message.text) for message in chat.person.chat if message.from_bot]
        assert "See the picture" in said[-2], "the words go without it, and then what came after them"
        assert "It works again" in said[-1]


async def test_words_behind_a_message_that_is_deleted_go_on(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as (desk, machine):
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        case = Case(desk, chat.person, await chat.files(WRITTEN))
        await case.clicks(agent, "claim")
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        seen = await case.says(agent, "See this", files=[agent.uploads("a.png", PNG, "image/png")])
        await case.says(agent, "It is the third switch")
        await agent.deletes(seen)
        await tries_until(case, machine, 60)
        assert case.reached("third switch")
        assert not case.reached("See this")
        assert NOT_YET not in await case.thread(), "nobody waits for it any more"


async def test_a_file_that_is_taken_off_on_its_way_keeps_nothing_back_and_comes_nowhere(
    sqlite_url: str, tmp_path: Path
) -> None:
    """It was for the customer and, since the ticket went on elsewhere, for the thread there."""
    async with a_desk(sqlite_url, tmp_path) as (desk, machine):
        case, agent = await a_case(desk), await desk.agent(joins=(SUPPORT, BILLING))
        await case.clicks(agent, "claim")
        since = len(case.customer.chat)
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        one, two = (agent.uploads(name, PNG, "image/png") for name in ("one.png", "two.png"))
        seen = await case.says(agent, "See both", files=[one, two])
        await case.answers(agent, "transfer", queue="billing")
        there = Case(desk, case.customer, case.reference, BILLING)
        await there.clicks(agent, "claim")

        def posted() -> list[str]:
            replies = [one for card in desk.slack.messages(BILLING) for one in card.thread]
            return [file["name"] for reply in replies for file in reply.raw.get("files", [])]

        desk.slack.faults.clear()
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000, after=1)
        await tries_until(there, machine, 15)
        assert (posted(), case.reached("See both")) == ([], 0), "one is here, and waits for the other"

        await agent.takes_off(seen, two)
        await desk.settles()
        assert posted() == ["one.png"]
        assert case.reached("See both") == 1

        desk.slack.faults.clear()
        await tries_until(there, machine, 60)
        assert posted() == ["one.png"]
        assert [message.kind for message in case.customer.chat[since:]] == ["text", "photo"], (
            "moved, and answered"
        )


async def test_an_empty_file_is_told_at_once(sqlite_url: str, tmp_path: Path) -> None:
    async with a_desk(sqlite_url, tmp_path) as (desk, _machine):
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        case = Case(desk, chat.person, await chat.files(WRITTEN))
        await case.clicks(agent, "claim")
        await case.says(agent, "See the list", files=[agent.uploads("list.txt", b"", "text/plain")])
        assert "See the list" in bare(chat.told)
        assert "does not reach the customer: it is empty" in await case.thread()


def forget_bytes(folder: Path) -> None:
    for path in (folder / "files").rglob("*"):
        if path.is_file():
            path.unlink()


async def test_a_file_that_can_no_longer_be_read_holds_up_nobody(sqlite_url: str, tmp_path: Path) -> None:
    """A restore without the folder, a disk that lost it: the chat does not stand still for days."""
    async with a_desk(sqlite_url, tmp_path) as (desk, machine):
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        desk.telegram.faults.fail("sendPhoto", times=1)
        await case.says(agent, "See this", files=[agent.uploads("a.png", PNG, "image/png")])
        forget_bytes(tmp_path)
        await case.says(agent, "It is the third switch")
        await tries_until(case, machine, 900)

        assert case.reached("third switch") == 1
        assert "a file that came with it can no longer be read on our server" in await case.thread()

        await case.customer.sends("photo")
        await desk.settles()
        forget_bytes(tmp_path)
        await case.answers(agent, "transfer", queue="billing")
        await tries_until(case, machine, 900)
        assert "they can no longer be read on our server" in await desk.thread(case.reference, BILLING)


@dataclass
class Disk:
    """A disk whose free space is in our hand."""

    free: int = ENOUGH

    def __call__(self, _folder: Path) -> int:
        return self.free

    def becomes(self, free: int, desk: World) -> None:
        self.free = free
        desk.app.room.look()


async def test_while_the_disk_is_full_an_agent_hears_that_their_file_goes_when_there_is_room(
    sqlite_url: str, tmp_path: Path
) -> None:
    """What is being fetched is brought to its end; nothing else is begun."""
    async with a_desk(sqlite_url, tmp_path, abreast=1, free=(disk := Disk())) as (desk, machine):
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        desk.slack.faults.hang("files.info", seconds=0.5)
        both = [agent.uploads(name, PNG, "image/png") for name in ("a.png", "b.png")]
        await agent.writes(await case.card(), "See both", files=both)
        await desk.slack.until(lambda: [name for name, _what in desk.slack.calls if name == "files.info"])
        disk.becomes(LEAST - 1, desk)
        await tries_until(case, machine, 60)
        thread = bare(await case.thread())
        assert thread.count(NO_ROOM) == 1, "of the one that was not begun"
        assert NOT_YET not in thread
        assert not case.reached("See both")

        disk.becomes(ENOUGH, desk)
        await desk.settles()
        assert case.reached("See both") == 1
        assert [message.kind for message in case.customer.chat[-2:]] == ["photo", "photo"]
        assert bare(await case.thread()).count("this file is here now") == 1


async def test_a_file_that_is_just_being_fetched_is_not_said_to_wait_for_the_disk(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path, free=(disk := Disk())) as (desk, machine):
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        desk.slack.faults.hang("files.info", seconds=3)
        await agent.writes(await case.card(), "See this", files=[agent.uploads("a.png", PNG, "image/png")])
        await desk.slack.until(lambda: [name for name, _what in desk.slack.calls if name == "files.info"])
        disk.becomes(LEAST - 1, desk)
        machine.goes(seconds=15)
        await asyncio.sleep(1.2)  # whoever fetches it has said that it is alive
        machine.goes(seconds=16)
        await desk.settles()
        thread = bare(await case.thread())
        assert (thread.count(NOT_YET), thread.count(NO_ROOM)) == (1, 0)
        assert case.reached("See this") == 1


async def test_a_customers_file_is_not_given_up_for_the_time_in_which_nobody_could_fetch_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    """The disk is full over a weekend; Telegram has the file all the time."""
    async with a_desk(sqlite_url, tmp_path, free=(disk := Disk())) as (desk, machine):
        case = await a_case(desk)
        desk.telegram.faults.fail("getFile", times=1)
        await case.customer.sends("photo")
        await desk.settles()
        disk.becomes(LEAST - 1, desk)
        machine.goes(hours=50)
        desk.telegram.faults.fail("getFile", times=1)
        disk.becomes(ENOUGH, desk)
        await tries_until(case, machine, 30)
        assert [reply.raw["files"] for reply in (await case.card()).thread if reply.raw.get("files")]
        assert not [said for said in case.customer.chat if "We could not receive" in said.text]


async def test_a_file_of_a_customer_that_could_not_be_fetched_is_not_said_to_be_gone(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_desk(sqlite_url, tmp_path) as (desk, machine):
        case = await a_case(desk)
        desk.telegram.faults.fail("getFile", times=None)
        await case.customer.sends("photo")
        for _hour in range(26):
            machine.goes(hours=1)
            await desk.settles()
        thread = bare(await case.thread())
        assert "A file of the customer could not be received: every attempt to fetch it failed." in thread
        assert [said for said in case.customer.chat if "We could not receive this from you" in said.text]


async def test_a_full_disk_keeps_the_words_beside_a_file_for_ten_minutes_and_no_longer(
    database_url: str, tmp_path: Path
) -> None:
    async with a_desk(database_url, tmp_path, free=(disk := Disk())) as (desk, machine):
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        await case.says(agent, "See this", files=[agent.uploads("c.png", PNG, "image/png")])
        disk.becomes(LEAST - 1, desk)
        desk.slack.faults.clear()
        await tries_until(case, machine, 585)
        assert not case.reached("See this")
        await tries_until(case, machine, 15)
        assert case.reached("See this") == 1
        assert case.customer.chat[-1].kind == "text"
        thread = bare(await case.thread())
        assert thread.count(NO_ROOM) == 1
        assert thread.count("this file does not reach the customer: the disk of our server") == 1

        disk.becomes(ENOUGH, desk)
        await tries_until(case, machine, 60)
        assert case.customer.chat[-1].kind == "text", "it was told that it does not go"
        await case.says(agent, "Once more", files=[agent.uploads("c.png", PNG, "image/png")])
        assert case.customer.chat[-1].kind == "photo"


async def test_what_is_said_on_the_ticket_that_stays_waits_for_the_file_of_the_one_merged_into_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    """To the customer both are one conversation; no longer than ten minutes, as ever."""
    async with a_desk(sqlite_url, tmp_path) as (desk, machine):
        chat, agent = Chat(desk, desk.customer("en")), await desk.agent()
        case = Case(desk, chat.person, await chat.files(WRITTEN))
        await case.clicks(agent, "claim")
        stays = Case(desk, chat.person, await desk.files(chat.person, "The second one is down, too"))
        await stays.clicks(agent, "claim")
        desk.slack.faults.fail("files.info", error="internal_error", times=10_000)
        await case.says(agent, "See the picture", files=[agent.uploads("a.png", PNG, "image/png")])
        await case.answers(agent, "merge", reference=stays.reference)

        await stays.says(agent, "It is the third switch")
        assert not case.reached("third switch")
        await chat.says("/help")
        assert "/status" in bare(chat.told)
        since = len(chat.person.chat)
        await tries_until(case, machine, 11 * 60)
        [picture, words] = [bare(message.text) for message in chat.person.chat[since:] if message.from_bot]
        assert "See the picture" in picture
        assert "third switch" in words
        assert (await stays.thread()).count(NOT_YET) == 1, "its author hears of it where the ticket goes on"
