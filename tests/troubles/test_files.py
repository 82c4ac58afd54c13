"""Files when things go wrong: posted once, whatever is cut; kept while there is no room; gone when erased."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.util import await_only

from bot.app import OfficeFiles
from bot.channels import NotNowError
from bot.core.heard import Attachment
from bot.errands import Terms
from bot.files import FileTerms
from bot.room import MEBIBYTE
from bot.tuning import Tuning
from storage import Tx, files
from storage import outbox as promises
from storage.files import Kept
from storage.schema import files as table
from storage.schema import outbox
from tests.customer_kit import WRITTEN, Chat, chat
from tests.desk_kit import Case
from tests.kit import AT_ONCE, Clock, World, living_in, street, world

MARK = b"Zanzibar " * 20_000
CALLS = ("files.completeUploadExternal", "files.info", "files.getUploadURLExternal")
EAGER = Tuning(
    AT_ONCE,
    delivery=Terms(first_pause=0.05, not_yet=0.2, poll=0.05),
    files=FileTerms(first_pause=0.05, poll=0.05),
    tick=0,
)


def kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def posted(desk: World, reference: str) -> list[dict[str, Any]]:
    card = await desk.card(reference)
    return [file for reply in card.thread for file in reply.raw.get("files", [])]


def waits(tx: Tx) -> bool:
    return tx.connection.execute(outbox.select().where(outbox.c.state == "pending")).first() is not None


async def seen(desk: World, reference: str) -> dict[str, Any]:
    """The only file in the thread, as soon as it is there."""

    def look() -> list[dict[str, Any]]:
        found = next(card for card in desk.slack.messages("C0SUPPORT") if reference in card.text)
        return [file for reply in found.thread for file in reply.raw.get("files", [])]

    await desk.slack.until(lambda: look() or None, within=15)
    async with asyncio.timeout(15):
        while await desk.app.store.read(waits):
            await desk.settles()
    [file] = await posted(desk, reference)
    return file


async def test_parts_of_an_album_that_are_here_in_the_same_moment_are_posted(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is done with its own part before the other's is on record, as far as the other lets it."""
    arrive, at_once, both = OfficeFiles.arrived, list[UUID](), asyncio.Event()

    def meets_the_other(office: OfficeFiles, tx: Tx, file: Kept) -> None:
        arrive(office, tx, file)
        at_once.append(file.id)
        if len(at_once) > 1:
            both.set()
        with suppress(TimeoutError):
            await_only(asyncio.wait_for(both.wait(), 0.5))

    monkeypatch.setattr(OfficeFiles, "arrived", meets_the_other)
    async with world(postgres_url, tmp_path, tuning=EAGER) as desk:
        customer = chat(desk)
        await customer.says("/new", "technical", "website")
        await customer.sends_album("photo", "photo", caption=WRITTEN)
        await customer.says("normal", "skip", "send")
        await desk.settles()

        assert len(await posted(desk, customer.reference)) == 2


async def test_a_file_is_one_worker_s_while_it_lives_and_soon_another_s_when_it_died(
    postgres_url: str, tmp_path: Path
) -> None:
    """The agent who waits for a file, or a thread for those behind it, waits for half a minute at most."""
    machine, terms = Clock(), FileTerms(first_pause=0.05, poll=0.02, renew_every=0.02, stop_within=0.02)
    tuning = Tuning(AT_ONCE, delivery=EAGER.delivery, files=terms, machine=machine, tick=0)
    async with street(postgres_url, tmp_path) as place:
        async with living_in(place, tuning=tuning) as desk:
            await place.listens()
            customer = chat(desk)
            reference = await customer.files()
            place.telegram.faults.hang("getFile")
            await customer.person.sends("document", content=MARK)
            await place.telegram.until(lambda: place.telegram.calls["getFile"])
            for _ in range(4):
                machine.goes(seconds=15)
                await asyncio.sleep(0.15)
            assert place.telegram.calls["getFile"] == 1, "it is at it, and nobody else begins"

        async with living_in(place, tuning=tuning) as desk:
            machine.goes(seconds=25)
            await seen(desk, reference)


async def test_a_chat_waits_for_a_large_file_whose_process_died_no_longer_than_for_words(
    postgres_url: str, tmp_path: Path
) -> None:
    machine = Clock()
    delivery = replace(EAGER.delivery, slowest=1024.0, stop_within=0.02)  # it may take minutes
    tuning = Tuning(AT_ONCE, delivery=delivery, files=EAGER.files, machine=machine, tick=0)
    async with street(postgres_url, tmp_path) as place:
        async with living_in(place, tuning=tuning) as desk:
            await place.listens()
            customer = Chat(desk, desk.customer("en"))
            case = Case(desk, customer.person, await customer.files(WRITTEN))
            agent = await desk.agent()
            await case.clicks(agent, "claim")
            place.telegram.faults.hang("sendDocument", times=None)
            file = agent.uploads("film.mp4", MARK, "text/plain")
            await agent.writes(await case.card(), "See the film", files=[file])
            await place.telegram.until(lambda: place.telegram.calls["sendDocument"])
            machine.goes(seconds=15)
            await asyncio.sleep(0.2)
            assert place.telegram.calls["sendDocument"] == 1

        place.telegram.faults.clear()
        async with living_in(place, tuning=tuning) as desk:
            machine.goes(seconds=31)
            await place.telegram.until(lambda: customer.person.chat[-1].kind == "document")


@pytest.mark.parametrize(
    "method", ["files.completeUploadExternal", "files.info", "files.getUploadURLExternal"]
)
@pytest.mark.parametrize("cut", ["cut_before", "cut_after"])
async def test_an_upload_that_is_cut_is_posted_once(
    sqlite_url: str, tmp_path: Path, method: str, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.uploading.UNSHOWN_FOR", 0.5)
    monkeypatch.setattr("bot.channels.slack.uploading.LOOKS", (0.05, 0.1, 0.2))
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        customer = chat(desk)
        reference = await customer.files()
        getattr(desk.slack.faults, cut)(method)
        await customer.sends("document", content=MARK)

        file = await seen(desk, reference)
        assert desk.slack.file(file["id"]) == MARK


async def asked_of_slack(desk: World, method: str) -> int:
    """How often Slack is called so until a customer's file is in the thread."""
    customer = chat(desk)
    reference = await customer.files()
    await customer.sends("document", content=MARK)
    await seen(desk, reference)
    return [name for name, _call in desk.slack.calls].count(method)


async def test_what_slack_took_and_never_showed_is_shared_again(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.uploading.LOOKS", (0.05, 0.1))
    monkeypatch.setattr("bot.channels.slack.uploading.UNSHOWN_FOR", 0.0)
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        desk.slack.shelf.unshared = 1

        uploads = await asked_of_slack(desk, "files.getUploadURLExternal")
        assert uploads == 1, "it was shared again, and not uploaded again"


async def test_what_slack_is_slow_to_show_is_posted_once(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It scans what was uploaded, which may take longer than anybody looks for it at a stretch."""
    monkeypatch.setattr("bot.channels.slack.uploading.LOOKS", (0.05, 0.1))
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        desk.slack.shelf.share_after = 1.8

        assert await asked_of_slack(desk, "files.completeUploadExternal") == 1


async def test_while_the_disk_is_nearly_full_files_wait(sqlite_url: str, tmp_path: Path) -> None:
    left = [2000 * MEBIBYTE]
    tuning = Tuning(AT_ONCE, files=EAGER.files, delivery=EAGER.delivery, tick=0, free=lambda _folder: left[0])
    async with world(sqlite_url, tmp_path, tuning=tuning) as desk:
        customer = chat(desk)
        reference = await customer.files()
        desk.telegram.faults.fail("getFile", times=None, seconds=1.0)
        await customer.sends("document", content=MARK)
        left[0] = 100 * MEBIBYTE
        await desk.app.look_around()
        await desk.settles()
        assert await posted(desk, reference) == []

        left[0] = 2000 * MEBIBYTE
        await desk.app.look_around()
        await seen(desk, reference)


async def test_with_the_folder_alone_nothing_can_be_read(sqlite_url: str, tmp_path: Path) -> None:
    """CMP-7: what customers send is encrypted at rest."""
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        customer = chat(desk)
        reference = await customer.files()
        await customer.sends("document", name="Zanzibar.txt", content=MARK)
        await seen(desk, reference)

        kept = kept_in(tmp_path / "files")
        assert len(kept) == 1
        for path in kept_in(tmp_path):
            assert b"Zanzibar" not in path.read_bytes()
            assert "Zanzibar" not in path.name


async def test_an_erased_file_leaves_the_disk(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        customer = chat(desk)
        reference = await customer.files()
        await customer.sends("document", content=MARK)
        await seen(desk, reference)

        def only(tx: Tx) -> UUID:
            return UUID(str(tx.connection.execute(table.select()).one().id))

        file = await desk.app.store.read(only)
        await desk.app.store.do(partial(files.forget, file=file))
        await desk.app.files.drain()

        assert kept_in(tmp_path / "files") == []
        [left] = await desk.app.store.read(partial(files.find, ids=[file]))
        assert (left.state, left.about.name, left.about.file_id) == ("forgotten", "", "")


async def test_a_file_that_is_erased_while_it_is_fetched_does_not_stay(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CMP-7: its bytes come after they were cleared away, and go again."""
    async with world(sqlite_url, tmp_path, tuning=EAGER) as desk:
        customer = chat(desk)
        await customer.files()
        fetch, erased = desk.app.channels["telegram"].fetch, asyncio.Event()

        def forget_all(tx: Tx) -> None:
            for row in tx.connection.execute(table.select().where(table.c.state == "waiting")).all():
                files.forget(tx, row.id)

        async def slow(about: Attachment) -> AsyncIterator[bytes]:
            await desk.app.store.do(forget_all)
            await desk.app.files.take_up()
            erased.set()
            async for piece in fetch(about):
                yield piece

        monkeypatch.setattr(desk.app.channels["telegram"], "fetch", slow)
        await customer.person.sends("document", name="passport.pdf", content=MARK)
        await erased.wait()
        await desk.settles()

        assert kept_in(tmp_path / "files") == []


def crossing(desk: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An agent's file comes in the moment when its words are taken back; tells what is begun."""
    fetch, withdraw, arrive = desk.app.channels["slack"].fetch, promises.withdraw, OfficeFiles.arrived
    begun, go_on, arriving = list[str](), asyncio.Event(), asyncio.Event()

    async def once_it_is_time(about: Attachment) -> AsyncIterator[bytes]:
        if not go_on.is_set():
            raise NotNowError("not yet")
        async for piece in fetch(about):
            yield piece

    def arrives(office: OfficeFiles, tx: Tx, file: Kept) -> None:
        begun.append("arrived")
        arriving.set()
        arrive(office, tx, file)

    def withdraws(tx: Tx, row: UUID, at: datetime) -> bool:
        begun.append("kept back")
        taken = withdraw(tx, row, at)
        go_on.set()
        with suppress(TimeoutError):
            await_only(asyncio.wait_for(arriving.wait(), 0.5))
        return taken

    monkeypatch.setattr(desk.app.channels["slack"], "fetch", once_it_is_time)
    monkeypatch.setattr(OfficeFiles, "arrived", arrives)
    monkeypatch.setattr(promises, "withdraw", withdraws)
    return begun


async def test_words_are_kept_back_while_their_file_arrives_and_neither_begins_again(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are of a ticket that was merged into the one that is cancelled."""
    eager = replace(EAGER, files=replace(EAGER.files, longest_pause=0.05))
    async with world(postgres_url, tmp_path, tuning=eager) as desk:
        customer, agent = chat(desk), await desk.agent()
        references = [await customer.files(text) for text in (WRITTEN, f"{WRITTEN}!")]
        merged, stays = [Case(desk, customer.person, one) for one in references]
        for case in (merged, stays):
            await case.clicks(agent, "claim")
        begun = crossing(desk, monkeypatch)
        await agent.writes(await merged.card(), "See the guide", files=[agent.uploads("guide.pdf", MARK)])
        await merged.answers(agent, "merge", reference=stays.reference)

        await customer.says(f"/cancel {stays.reference}")
        await customer.presses("yes")
        await desk.settles()

        assert not merged.reached("guide")
        assert sorted(begun) == ["arrived", "kept back"]
