"""Agents and what they said, when a backup was put back that does not know whether it was sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.commands.mending import MendingError
from bot.commands.post import arrive
from bot.playground.slack import Agent
from bot.playground.slack.seen import Json, Message
from storage import Keyring, Store, restored, stuck
from storage.copying import copy
from tests.desk_kit import EAGER, Case, bare
from tests.kit import KEYS, living_in, street


class Restored(NamedTuple):
    """A ticket of a desk whose backup was put back, who works on it, and their message in its thread."""

    case: Case
    agent: Agent
    said: Message | None
    files: list[Json]


@asynccontextmanager
async def put_back(url: str, folder: Path, verb: str, words: str, *papers: str) -> AsyncIterator[Restored]:
    """A desk whose backup was made just before these words reached the customer."""
    copied = folder / "copy.db"
    async with street(url, folder) as place:
        async with living_in(place, tuning=EAGER) as here:
            await place.listens()
            customer = here.customer("en")
            case, agent = Case(here, customer, await here.files(customer, "It is down")), await here.agent()
            await case.clicks(agent, "claim")
            place.telegram.faults.fail("sendMessage", times=None)
            place.telegram.faults.fail("sendDocument", times=None)
            files = [agent.uploads(name, b"%PDF-1.4") for name in papers]
            said = await case.says(agent, words, files=files) if verb == "reply" else None
            if said is None:
                await case.answers(agent, verb, words)
            await here.settles()
            await asyncio.to_thread(copy, folder / "sanad.db", copied)
            place.telegram.faults.clear()
            await place.telegram.until(lambda: case.reached(words))
            await here.settles()
        place.settings["DATABASE_URL"] = f"sqlite+aiosqlite:///{copied}"
        store = await Store.open(place.settings["DATABASE_URL"], Keyring.parse(KEYS))
        await store.do(partial(restored.doubt, now=place.clock()))
        await store.close()
        async with living_in(place, tuning=EAGER) as here:
            await place.listens()
            yield Restored(Case(here, customer, case.reference), agent, said, files)


async def test_a_solution_that_most_likely_arrived_does_not_count_as_unsent(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with put_back(sqlite_url, tmp_path, "resolve", "It is mended now") as (case, agent, *_):
        await case.clicks(agent, "reopen")
        await case.world.telegram.until(lambda: case.reached("is being worked on"))
        assert "was not sent" not in bare(await case.thread())
        assert [row.held for row in await case.world.app.store.read(stuck.stuck)] == [True]


async def test_an_author_who_deletes_what_is_held_back_hears_that_the_customer_may_have_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with put_back(sqlite_url, tmp_path, "reply", "The password is tulip") as (case, agent, said, _):
        assert said
        await agent.deletes(said)
        await case.learns(agent, "the customer may have them already")
        assert await case.world.app.store.read(stuck.stuck) == []


async def test_what_was_changed_since_does_not_count_as_arrived(sqlite_url: str, tmp_path: Path) -> None:
    async with put_back(sqlite_url, tmp_path, "reply", "It is mended now") as (case, agent, said, _):
        assert said
        await agent.edits(said, "It is NOT mended yet")
        await case.learns(agent, "the customer may have the earlier ones already")
        store = case.world.app.store
        (row,) = await store.read(stuck.stuck)
        assert row.changed
        with pytest.raises(MendingError, match="as it reads now it reached nobody"):
            await store.do(partial(arrive, named=[row.id]))
        assert (await store.do(partial(arrive, named=[])))[0] == "0 count as delivered."
        assert await store.do(partial(stuck.hasten, row=row.id))
        await case.world.telegram.until(lambda: case.reached("It is NOT mended yet"))


async def test_what_is_held_back_and_redacted_is_not_sent_and_named_as_out_of_reach(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with put_back(sqlite_url, tmp_path, "reply", "The password is tulip") as (case, agent, *_):
        dialog = await case.opens(agent, "redact")
        listed = dialog.fields["words"].picks.items()
        (key,) = (key for key, title in listed if "tulip" in bare(title))
        await case.sends(agent, words=key)
        await case.sends(agent)
        assert agent.dialog
        assert "A message to the customer that was sent before a backup was put back." in bare(
            agent.dialog.text
        )
        assert await case.world.app.store.read(stuck.stuck) == []


async def test_who_takes_a_file_off_what_is_held_back_hears_that_the_customer_may_have_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    held = put_back(sqlite_url, tmp_path, "reply", "See both pages", "one.pdf", "two.pdf")
    async with held as (case, agent, said, files):
        assert said
        await agent.takes_off(said, files[0])
        await case.learns(agent, "the customer may have the earlier ones already")
        assert "The file does not go to the customer." not in [bare(told.text) for told in agent.whispers]
        assert [row.changed for row in await case.world.app.store.read(stuck.stuck)] == [True]
