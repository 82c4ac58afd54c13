"""With the database and its files, but without the keys, nothing that people wrote can be read."""

import asyncio
import base64
import io
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
import structlog
from sqlalchemy.engine import make_url

from bot import logs
from bot.core.heard import Incoming, Said
from bot.core.now import Now
from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import Person
from handlers import reception
from handlers.unit import Office
from storage import Store, Tx, backlog
from storage.schema import metadata
from tests.kit import BILLING, KEYS, World, data_of, living_in, street, world
from tests.patience import QUICK
from tests.troubles import day, record
from tests.troubles.command import run_to_end

MARKS = ("kumquat", "برتقالة", "мандарин")
WORDS = " ".join(MARKS)
PHONE, MAIL, CHAT = "+966512345678", "kumquat@example.org", 7_345_612_983
HIDDEN = (*MARKS, PHONE[1:], MAIL, str(CHAT))
BREAKS = "This breaks the handler"


def every_form(words: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield words.encode(encoding)
        yield words.encode(encoding).hex().encode()
    yield json.dumps(words).strip('"').encode()
    yield json.dumps(json.dumps(words)).strip('"\\').encode()
    yield base64.b64encode(words.encode())[:-4]


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


async def held(database_url: str, folder: Path) -> dict[str, bytes]:
    """The bytes of every file in the desk's folder, and of every table on PostgreSQL."""
    found = files_in(folder)
    if make_url(database_url).get_backend_name() == "postgresql":
        connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
        for table in metadata.sorted_tables:
            for form in ("text", "binary"):
                output = io.BytesIO()
                await connection.copy_from_table(table.name, output=output, format=form)
                found[f"{table.name} as {form}"] = output.getvalue()
        await connection.close()
    return found


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, in every detail; afterwards logging is as it was."""
    handlers, stream = logging.getLogger().handlers[:], io.StringIO()
    logs.set_up("debug", stream=stream)
    yield stream
    logging.captureWarnings(capture=False)
    logging.getLogger().handlers[:] = handlers
    structlog.reset_defaults()


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handler with a mistake in it, which even tells what somebody wrote."""
    handle = reception.handle

    def broken(tx: Tx, office: Office, incoming: Incoming, now: datetime) -> Sequence[Now]:
        if isinstance(incoming.what, Said) and BREAKS in incoming.what.text:
            raise ValueError(incoming.what.text)
        return handle(tx, office, incoming, now)

    monkeypatch.setattr(reception, "handle", broken)


async def writes_everywhere(here: World) -> tuple[Person, Seen]:
    """Words in every place that has room for them; returns the customer, and the card."""
    customer = here.telegram.person(CHAT, WORDS, "en", PHONE)
    agent = await here.agent(joins=(BILLING,))
    await here.tells(
        customer, "/new", "billing", f"{WORDS} 17", f"{WORDS}: {day.TROUBLE}", "normal", MAIL, "send"
    )
    (card,) = here.slack.messages(BILLING)
    await agent.clicks("claim", card)
    await here.settles()
    reply = await agent.writes(card, f"{WORDS}, we are looking into it")
    await agent.writes(card, f";; {WORDS}, a note")
    await agent.edits(reply, f"{WORDS}, edited too late")
    said = await customer.says(f"{WORDS}, are you there?")
    await customer.edits(said, f"{WORDS}, is anybody there?")
    await customer.sends("photo", caption=WORDS, name=f"{WORDS}.jpg")
    await here.settles()
    for verb in ("reply", "note", "resolve"):
        await dialog(here, agent, verb, card)
    for key in ("solved", "1"):
        await customer.presses(data_of(customer, key))
        await here.settles()
    await here.tells(customer, f"{WORDS}, too slow")
    return customer, card


async def dialog(here: World, agent: Agent, verb: str, card: Seen) -> None:
    await agent.clicks(verb, card)
    await here.slack.until(lambda: agent.dialog)
    await agent.submits({"text": f"{WORDS} by {verb}"})
    await here.settles()


async def leaves_things_half_done(here: World) -> None:
    """A draft, another that was set aside, words that no handler takes, and a reply that cannot be sent."""
    for beside in ("", "/status"):
        await here.tells(
            here.customer("en", name=WORDS), "/new", "question", f"{WORDS}?", *filter(None, [beside])
        )
    await here.tells(here.customer("en", name=WORDS), f"{BREAKS}: {WORDS}")
    unreached = here.customer("en", name=WORDS)
    here.telegram.faults.fail("sendMessage", status=502, times=None, chat=unreached.id)
    await here.tells(unreached, WORDS)


async def given_up(store: Store) -> Mapping[str, int]:
    """What is left when the broken handler has been tried as often as it is."""
    for _ in range(400):
        left = await record.waiting(store)
        if left["parked"]:
            break
        await asyncio.sleep(0.05)
    return left


@pytest.mark.usefixtures("breaking")
async def test_nothing_can_be_read_without_the_keys(
    database_url: str, tmp_path: Path, logged: io.StringIO
) -> None:
    async with world(database_url, tmp_path, tuning=QUICK) as here:
        await writes_everywhere(here)
        await leaves_things_half_done(here)
        left = await given_up(here.app.store)
        assert (left["parked"], left["promised"] > 0) == (1, True)
        (ticket,) = await record.filed(here.app.store)
        found = await held(database_url, tmp_path)
    found |= {
        f"{name}, when closed": content for name, content in (await held(database_url, tmp_path)).items()
    }
    found["logs"] = logged.getvalue().encode()

    kinds = {kind for _author, kind, text in ticket.words if MARKS[0] in text}
    assert kinds - {"before"} == {
        "said",
        "reply",
        "note",
        "solution",
        "comment",
    }  # with the keys it is all there
    assert any(b"telegram" in content for content in found.values())
    assert b"inbox.parked" in found["logs"]
    readable = [
        (name, word)
        for name, content in found.items()
        for word in HIDDEN
        for form in every_form(word)
        if form in content
    ]
    assert readable == []


NEW = "k2:" + base64.b64encode(b"a later key of the same operator").decode()


async def all_is_sent(store: Store) -> None:
    """That words were delivered is on record a moment after they are seen."""
    while (await store.read(lambda tx: backlog.measure(tx, datetime.now(UTC)))).outbox:  # noqa: ASYNC110 - another loop settles it
        await asyncio.sleep(0.05)


async def test_keys_are_rotated_in_the_middle_of_a_circle(database_url: str, tmp_path: Path) -> None:
    async with street(database_url, tmp_path) as place:
        today = day.of(place, lambda: record.at_rest(place, store))
        async with record.looking(database_url, KEYS) as store, living_in(place, tuning=QUICK):
            card = await today.files()
            await today.claims(card)

        both = replace(place, settings=place.settings | {"SANAD_KEYS": f"{NEW},{KEYS}"})
        async with record.looking(database_url, f"{NEW},{KEYS}") as store, living_in(both, tuning=QUICK):
            code, said = await run_to_end("keys", "rotate", settings=both.settings, folder=tmp_path)
            assert code == 0, said
            await today.customer.says("while the keys are changed")
            await today.customer.sees("Added to your request")

        only = replace(place, settings=place.settings | {"SANAD_KEYS": NEW})
        async with record.looking(database_url, NEW) as store, living_in(only, tuning=QUICK):
            await place.listens()
            await today.agent.writes(card, day.REPLY)
            await today.customer.sees(day.REPLY)
            await all_is_sent(store)
            await today.customer.says("/tickets")
            await today.customer.sees(day.REPLY)
            await record.at_rest(place, store)
            (ticket,) = await record.filed(store)
    assert {text for _author, _kind, text in ticket.words} == {
        day.TROUBLE,
        "while the keys are changed",
        day.REPLY,
    }
