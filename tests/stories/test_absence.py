"""Slack was not heard for long, and gave up telling: what agents did meanwhile is read back, once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from bot.channels.slack import Slack
from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from storage import hearing
from tests.desk_kit import EAGER, Case, a_case
from tests.kit import SUPPORT, Street, World, living_in, street

AT_ONCE = replace(EAGER, absence=timedelta())
"""However short it was away, the desk reads back."""


@asynccontextmanager
async def awake(place: Street) -> AsyncIterator[World]:
    """The desk hears Slack, and has made up for what it missed."""
    async with living_in(place, tuning=AT_ONCE) as desk:
        await place.listens()
        await hears(desk)
        await desk.app.readback.keep_up()
        await desk.settles()
        yield desk


async def hears(desk: World) -> None:
    """The connection is there."""
    slack = desk.app.channels["slack"]
    assert isinstance(slack, Slack)
    await desk.slack.until(lambda: slack.hears or None)


@asynccontextmanager
async def a_claimed_case(place: Street) -> AsyncIterator[tuple[Case, Agent, Seen]]:
    """In the evening, the desk still runs."""
    async with awake(place) as desk:
        case, agent = await a_case(desk), await desk.agent()
        await case.clicks(agent, "claim")
        yield case, agent, await case.card()


async def test_words_of_an_absence_reach_the_customer_in_order_and_once(
    database_url: str, tmp_path: Path
) -> None:
    async with street(database_url, tmp_path) as place:
        async with a_claimed_case(place) as (case, agent, card):
            await case.says(agent, "Looking into it")
        place.clock.goes(hours=30)
        other = place.slack.agent("U0OTHER", "other", channels=[SUPPORT])
        for writer, words in (
            (agent, "First"),
            (other, "What was it?"),
            (agent, "Second"),
            (agent, ";; third"),
        ):
            await writer.writes(card, words)
        place.slack.forget_events()

        for _ in range(2):  # restarted at once: it reads the same again
            async with awake(place) as desk:
                told = [one.text.partition("\n\n")[2] for one in case.customer.chat if one.from_bot]
                assert [words for words in told if words in {"First", "Second", "Looking into it"}] == [
                    "Looking into it",
                    "First",
                    "Second",
                ]
                assert Case(desk, case.customer, case.reference).reached("What was it?") == 0
                facts = await Case(desk, case.customer, case.reference).facts()
                assert [fact for fact in facts if fact.startswith("noted")] == [
                    "noted agent:U0OTHER",
                    "noted agent:U0AGENT",
                ]


async def test_edits_and_deletions_of_an_absence_are_heard(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path, extra="[defaults]\nundo_seconds = 3600\n") as place:
        async with a_claimed_case(place) as (case, agent, _card):
            changed = await case.says(agent, "It is the cable")
            deleted = await case.says(agent, "It is your fault")
            assert case.reached("It is") == 0  # both wait, so that they can be taken back
        await agent.edits(changed, "It is the router")
        await agent.deletes(deleted)
        place.slack.forget_events()

        async with awake(place) as desk:
            desk.clock.goes(hours=2)
            await desk.settles()
            now = Case(desk, case.customer, case.reference)
            await desk.slack.until(lambda: now.reached("It is the router") or None)
            assert [now.reached(words) for words in ("It is the cable", "It is your fault")] == [0, 0]


async def test_a_file_that_was_deleted_in_an_absence_leaves_the_chat_once(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Also from a message that was edited before, and that had lost another one while the desk listened."""
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place) as (case, agent, _card):
            files = [agent.uploads(name, b"%PDF-" + name.encode()) for name in ("1.pdf", "2.pdf", "3.pdf")]
            message = await case.says(agent, "See the page", files=files)
            await agent.edits(message, "See the pages")
            await agent.takes_off(message, files[0])
            await place.slack.idle()
            await case.world.settles()
        await agent.takes_off(message, files[1])
        place.slack.forget_events()

        for _ in range(2):
            async with awake(place) as desk:
                there = [one.file["name"] for one in case.customer.chat if one.from_bot and one.file]
                assert there == ["3.pdf"]
                facts = await Case(desk, case.customer, case.reference).facts()
                assert facts.count("detached agent:U0AGENT") == 2
                assert case.reached("See the pages") == 1


async def test_a_card_that_was_deleted_meanwhile_is_posted_again(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place) as (case, agent, card):
            pass
        await agent.deletes(card)
        place.slack.forget_events()

        async with awake(place) as desk:
            again = await desk.card(case.reference)
            assert again.ts != card.ts
            assert "The card of this ticket was gone" in await desk.thread(case.reference)


async def test_quiet_threads_cost_no_question(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place):
            place.clock.goes(hours=3)
        async with awake(place):  # the last that it heard is long after the last that was said
            place.clock.goes(hours=3)
        before = len(place.slack.calls)

        async with awake(place):
            asked = [name for name, _call in place.slack.calls[before:]]
            assert asked.count("conversations.history") == 1
            assert "conversations.replies" not in asked


async def test_what_slack_could_not_be_asked_is_asked_again(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place) as (case, agent, card):
            pass
        await agent.writes(card, "First")
        place.slack.forget_events()
        place.slack.faults.fail("conversations.replies", error="internal_error", times=100)

        async with awake(place) as desk:
            assert Case(desk, case.customer, case.reference).reached("First") == 0
            place.slack.faults.clear()
            await desk.app.readback.keep_up()
            await desk.settles()
            assert Case(desk, case.customer, case.reference).reached("First") == 1


async def test_a_desk_that_was_away_for_a_moment_trusts_slack_to_repeat(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place):
            pass
        before = len(place.slack.calls)
        async with living_in(place) as desk:
            await place.listens()
            await hears(desk)
            await desk.app.readback.keep_up()
            assert "conversations.history" not in [name for name, _call in place.slack.calls[before:]]


async def test_time_waits_until_what_was_missed_is_read_back(sqlite_url: str, tmp_path: Path) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place):
            pass
        async with living_in(place, tuning=AT_ONCE) as desk:
            assert await desk.app.readback.time_stands()
            await hears(desk)
            await desk.app.readback.keep_up()
            assert not await desk.app.readback.time_stands()


async def test_time_waits_for_whatever_process_reads_back_but_not_for_ever(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with street(sqlite_url, tmp_path) as place:
        async with a_claimed_case(place):
            pass
        async with living_in(place, tuning=AT_ONCE) as desk:
            machine, readback = datetime.now(UTC), desk.app.readback
            readback.machine = lambda: machine
            take = partial(hearing.take, channel="slack", reader=uuid4())
            await desk.app.store.do(partial(take, now=machine, until=machine + timedelta(hours=1)))

            machine += timedelta(minutes=5)
            assert await readback.time_stands(), "longer than a start may wait for Slack"
            machine += timedelta(minutes=31)
            assert not await readback.time_stands()
