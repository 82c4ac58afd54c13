"""With the database and without the keys, nothing that people wrote can be read."""

from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from bot.core.heard import Attachment, Incoming, Said, Sender
from bot.core.now import Toast
from bot.core.shown import Post
from bot.core.words import Say
from bot.inbox import InboxWorker
from storage import Keyring, Store, Tx, inbox, outbox
from storage.outbox import ToCustomer, ToThread
from storage.schema import metadata
from tests.diary import Diary
from tests.post_kit import START, Clock, said

MARKER = "Zanzibar"


def every_form(marker: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield marker.encode(encoding)
    yield marker.encode().hex().encode()


def marked(number: int) -> Incoming:
    heard = said(number, lane=f"{MARKER} lane", key=f"{MARKER} key {number}")
    attachment = Attachment(kind="photo", file_id=MARKER, name=MARKER)
    what = Said(message=MARKER, text=f"{MARKER} \U0001f600", files=(attachment,))
    return heard.model_copy(update={"sender": Sender(chat=MARKER, name=MARKER), "what": what})


async def write(store: Store) -> None:
    """Say the marker in every way that post can be given to the store, settled and not."""

    def unit(tx: Tx) -> None:
        owner = tx.new_id()
        tx.new_owner(owner)
        inbox.hear(tx, [marked(1)], START)
        for target, what in (
            (ToCustomer(address=owner), Say(text=MARKER)),
            (ToThread(ticket=owner), Post(summary="", lines=(({"kind": "quote", "text": MARKER},),))),
        ):
            row = outbox.say(tx, target, what, channel="telegram", purpose="reply", at=START, owner=owner)
        outbox.change(tx, row, Post(summary=MARKER, lines=()))

    await store.do(unit)
    worker = InboxWorker(
        store,
        lambda _tx, _incoming: [Toast(press=MARKER, text=MARKER)],
        Diary().give_up,
        Diary().tell,
        clock=Clock(),
    )
    await worker.hear_now(marked(2))
    await worker.stop()
    await store.do(lambda tx: inbox.hear(tx, [marked(3)], START))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_the_files_of_sqlite_do_not_hold_it(sqlite_url: str, keyring: Keyring, tmp_path: Path) -> None:
    store = await Store.open(sqlite_url, keyring)
    await write(store)
    files = content(tmp_path)
    await store.close()
    files |= {f"{name}, closed": held for name, held in content(tmp_path).items()}

    assert {"sanad.db", "sanad.db-wal", "sanad.db, closed"} <= files.keys()
    assert b"telegram" in files["sanad.db, closed"]  # the search would find it
    for name, held in files.items():
        for form in every_form(MARKER):
            assert form not in held, name


async def test_a_dump_of_postgresql_does_not_hold_it(postgres_url: str, keyring: Keyring) -> None:
    store = await Store.open(postgres_url, keyring)
    await write(store)
    await store.close()
    dump = await everything(postgres_url)

    assert b"telegram" in dump
    for form in every_form(MARKER):
        assert form not in dump


async def everything(url: str) -> bytes:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    chunks: list[bytes] = []

    async def keep(chunk: bytes) -> None:
        chunks.append(chunk)

    for table in metadata.sorted_tables:
        for form in ("text", "binary"):
            await connection.copy_from_table(table.name, output=keep, format=form)
    await connection.close()
    return b"".join(chunks)


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800 and \udfff", "\ud83d\ude00", "\u202e\u2066", " ", "<!channel>"]
)
async def test_odd_words_are_kept_and_only_what_is_no_character_is_replaced(store: Store, text: str) -> None:
    diary = Diary()
    odd = said(1).model_copy(update={"what": Said(message="1", text=f"a{text}b")})
    heard: list[Incoming] = []

    def handle(_tx: Tx, incoming: Incoming) -> list[Toast]:
        heard.append(incoming)
        return []

    worker = InboxWorker(store, handle, diary.give_up, diary.tell, clock=Clock())
    await worker.hear([odd])
    await worker.drain()
    await worker.stop()

    [incoming] = heard
    assert isinstance(incoming.what, Said)
    assert incoming.what.text == f"a{text}b".encode("utf-16", "surrogatepass").decode("utf-16", "replace")
