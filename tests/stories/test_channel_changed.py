"""The desk file gives a queue another channel: its tickets go on there, each once; the old cards say so."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import premises
from bot.check.report import Report
from bot.check.store import look_at_store
from bot.playground.slack.agent import Agent
from bot.playground.slack.seen import Message
from bot.policies import shipped
from bot.settings import Settings, load_desk
from handlers import homes, post
from handlers.unit import Office, Unit
from storage import Keyring, Store, Tx, stuck, tickets
from tests.customer_kit import Chat
from tests.desk_kit import EAGER, WRITTEN, Case, a_case, bare
from tests.kit import BILLING, SUPPORT, Street, World, living_in, street

FALLBACK, NEW, THIRD = "C0FALLBACK", "C0NEWSUPPORT", "C0THIRD"
GOES_ON = "This ticket goes on in Support: #C0NEWSUPPORT"


@asynccontextmanager
async def opened(place: Street) -> AsyncIterator[World]:
    """The desk after a start, when it has asked Slack once."""
    async with living_in(place, tuning=EAGER) as here:
        await place.listens()
        await looks(here)
        yield here


async def looks(desk: World) -> None:
    await premises.look(desk.app)
    await desk.settles()


def changes(place: Street, **channels: str) -> None:
    """Write a desk file in which these queues have these channels."""
    file = Path(place.settings["SANAD_DESK"])
    told = file.read_text("utf-8")
    for queue, channel in channels.items():
        head, _, tail = told.partition(f"[queues.{queue}]\n")
        rest = tail.partition("\n")[2]
        told = f'{head}[queues.{queue}]\nchannel = "{channel}"\n{rest}'
    file.write_text(told, "utf-8")


def falls_back(place: Street, channel: str) -> None:
    file = Path(place.settings["SANAD_DESK"])
    file.write_text(f'fallback_channel = "{channel}"\n{file.read_text("utf-8")}', "utf-8")


async def checked(place: Street) -> str:
    """What `sanad check` says of the database."""
    lines: list[str] = []
    given = Settings.model_validate(place.settings)
    await look_at_store(Report(lines.append), given, load_desk(given.desk), shipped("general"))
    return "\n".join(lines)


async def is_to_be_drawn(place: Street, case: Case) -> None:
    """Its card waits for the next start to be drawn again."""
    given = Settings.model_validate(place.settings)
    office = Office(shipped("general"), load_desk(given.desk))

    def show(tx: Tx) -> None:
        ticket = tickets.find(tx, case.reference.replace("-", ""))
        assert ticket
        post.show_card(Unit(tx, office, place.clock(), place.clock()), ticket)

    keyring = Keyring.parse(given.keys.get_secret_value())
    store = await Store.open(given.database_url.get_secret_value(), keyring)
    await store.do(show)
    await store.close()


def cards(desk: World, channel: str, reference: str) -> list[str]:
    found = (bare(message.text) for message in desk.slack.messages(channel))
    return [text for text in found if text.startswith(reference)]


def tells_once(thread: str, *words: str) -> None:
    for each in words:
        assert thread.count(each) == 1


def live(desk: World, case: Case) -> Message:
    """The one card in a channel that can still be worked with."""
    (card,) = (
        message
        for message in desk.slack.messages(case.channel)
        if bare(message.text).startswith(case.reference) and message.actions
    )
    return card


async def stays_on_the_desk(case: Case, agent: Agent, left: Message) -> None:
    """Nothing that is written where a ticket was goes to its customer; the author is told where it is."""
    assert f"{GOES_ON}\nWords in this thread stay on the desk." in bare(left.text)
    await agent.writes(left, "Said where nobody looks")
    told = await case.learns(agent, "This was kept as a note: the ticket goes on elsewhere now.")
    assert f"Said where nobody looks\n{GOES_ON}" in bare(told.text)
    assert not case.reached("Said where nobody looks")


async def test_live_tickets_go_on_in_a_new_channel_and_come_back_when_the_file_does(
    database_url: str, tmp_path: Path
) -> None:
    async with street(database_url, tmp_path) as place:
        place.slack.channel(NEW, name="new")
        async with opened(place) as desk:
            agent = await desk.agent()
            case = await a_case(desk)
            await case.clicks(agent, "claim")
            await case.says(agent, "We are on it")
            desk.clock.goes(minutes=5)
            home = await case.card()
        await agent.joins(NEW)
        changes(place, support=NEW)
        assert "queues.support: 1 of its open tickets stands in another channel" in await checked(place)

        async with opened(place) as desk:
            there = Case(desk, case.customer, case.reference, NEW)
            assert "Claimed by: @U0AGENT" in bare((await there.card()).text)
            left = desk.slack.message(SUPPORT, home.ts)
            assert f"{case.reference} · Moved to another channel" in bare(left.text)
            assert left.actions == []
            await stays_on_the_desk(there, agent, left)
            await Chat(desk, case.customer).says("Is anybody there?")
            await there.says(agent, "Nearly done")
            assert there.reached("Nearly done") == 1
            await looks(desk)
            thread = await there.thread()
            tells_once(thread, "This queue is worked in", WRITTEN, "We are on it", "Is anybody there?")
            assert "anybody" not in str(desk.slack.message(SUPPORT, home.ts).thread)
            assert "in another channel" not in await checked(place)
            desk.clock.goes(minutes=5)

        changes(place, support=SUPPORT)
        async with opened(place) as desk:
            case = Case(desk, case.customer, case.reference)
            assert (await case.card()).ts == home.ts
            thread = await case.thread()
            tells_once(thread, WRITTEN, "We are on it", "Is anybody there?", "Nearly done")
            (left_text,) = cards(desk, NEW, case.reference)
            assert "Moved to another channel" in left_text
            await case.says(agent, "Done")
            assert case.reached("Done") == 1


@pytest.mark.parametrize("fallback", ["", FALLBACK], ids=["without a fallback", "with one"])
async def test_in_place_of_an_archived_channel_the_new_one_hears_all_that_was_said(
    database_url: str, tmp_path: Path, fallback: str
) -> None:
    """And it does not leave what a queue was to hear behind."""
    async with street(database_url, tmp_path) as place:
        place.slack.channel(NEW, name="new")
        place.slack.channel(FALLBACK, name="fallback")
        falls_back(place, fallback)
        async with opened(place) as desk:
            case = await a_case(desk)
            desk.clock.goes(minutes=5)
            place.slack.archive(SUPPORT)
            await looks(desk)
            await case.customer.says("Is anybody there?")
            await desk.settles()
            await desk.passes(hours=24)
        changes(place, support=NEW)
        assert "queues.support: 1 of its open tickets" in await checked(place)

        async with opened(place) as desk:
            there = Case(desk, case.customer, case.reference, NEW)
            await desk.slack.sees(NEW, "Is anybody there?")
            await Chat(desk, case.customer).says("It is urgent")
            thread = await there.thread()
            tells_once(thread, WRITTEN, "Is anybody there?", "It is urgent", "This queue is worked in this")
            assert "left" not in [row.purpose for row in await desk.app.store.read(stuck.stuck)]
            if not fallback:
                await desk.slack.sees(NEW, "This morning in", within=15)
            else:
                (left,) = cards(desk, FALLBACK, case.reference)
                assert "Back in its channel" in left


async def test_queues_that_swap_their_channels_or_share_one_take_their_tickets_along(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "BATCH", 1)
    async with street(sqlite_url, tmp_path) as place:
        async with opened(place) as desk:
            agent = await desk.agent(joins=(SUPPORT, BILLING))
            stays = await a_case(desk, "The first trouble of this long morning")
            goes = await a_case(desk, "The second trouble of this long morning")
            await goes.answers(agent, "transfer", "It is about the invoice", queue="billing")
            desk.clock.goes(minutes=5)
        changes(place, support=BILLING, billing=SUPPORT)
        said = await checked(place)
        assert "queues.support: 1 of its open tickets" in said
        assert "queues.billing: 1 of its open tickets" in said
        async with opened(place) as desk:
            for case, channel in ((stays, BILLING), (goes, SUPPORT)):
                here = Case(desk, case.customer, case.reference, channel)
                await here.clicks(agent, "claim", live(desk, here))
                await agent.writes(live(desk, here), f"We are on {case.reference}")
                await desk.settles()
                assert case.reached(f"We are on {case.reference}") == 1
            desk.clock.goes(minutes=5)

        changes(place, support=SUPPORT)
        async with opened(place) as desk:
            for case in (stays, goes):
                here = Case(desk, case.customer, case.reference, SUPPORT)
                assert "Claimed by: @U0AGENT" in bare(live(desk, here).text)
            assert not [m for m in desk.slack.messages(BILLING) if m.actions]


async def test_who_holds_a_ticket_and_is_not_in_the_new_channel_hears_where_it_went(
    sqlite_url: str, tmp_path: Path
) -> None:
    """In private, and nothing that was written: they may not read it there."""
    async with street(sqlite_url, tmp_path) as place:
        place.slack.channel(NEW, name="new")
        async with opened(place) as desk:
            goes, stays = await desk.agent(), await desk.agent("U0OTHER", "other")
            cases = [await a_case(desk, name=name) for name in ("held", "held by another", "resolved")]
            for case, agent in zip(cases, (stays, goes, stays), strict=True):
                await case.clicks(agent, "claim")
            await cases[2].answers(stays, "resolve", "The site is back")
            desk.clock.goes(minutes=5)
        await goes.joins(NEW)
        before = len(goes.whispers), len(stays.whispers)
        changes(place, support=NEW)

        async with opened(place) as desk:
            await looks(desk)
            [told] = [bare(whisper.text) for whisper in stays.whispers[before[1] :]]
            assert f"Ticket {cases[0].reference}" in told
            assert "This queue is worked in #C0NEWSUPPORT now, where you are not" in told
            assert WRITTEN not in told
            assert goes.whispers[before[0] :] == []
            await stays.joins(NEW)
            here = Case(desk, cases[0].customer, cases[0].reference, NEW)
            await here.says(stays, "I go on with it")
            assert here.reached("I go on with it") == 1


async def test_what_was_resolved_or_closed_is_opened_again_in_the_new_channel(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with street(sqlite_url, tmp_path) as place:
        place.slack.channel(NEW, name="new")
        async with opened(place) as desk:
            agent = await desk.agent()
            cases = [await a_case(desk, name=name) for name in ("resolved", "closed", "closed by agent")]
            for case in cases:
                await case.clicks(agent, "claim")
                await case.answers(agent, "resolve", "The site is back", survey="skip")
            for case in cases[1:]:
                await desk.presses_key(case.customer, "solved")
            desk.clock.goes(minutes=5)
        await agent.joins(NEW)
        changes(place, support=NEW)

        async with opened(place) as desk:
            resolved, closed, by_agent = (Case(desk, one.customer, one.reference, NEW) for one in cases)
            assert "Resolved" in (await resolved.card()).text
            assert not cards(desk, NEW, closed.reference)
            await desk.presses_key(resolved.customer, "unsolved")
            solution = next(told for told in closed.customer.chat if "The site is back" in told.text)
            await Chat(desk, closed.customer).says("It is down again", reply_to=solution)
            old = live(desk, Case(desk, by_agent.customer, by_agent.reference))
            await by_agent.clicks(agent, "reopen", old)
            for case in (resolved, closed, by_agent):
                assert "Claimed by: @U0AGENT" in bare((await case.card()).text)
                thread = await case.thread()
                tells_once(thread, WRITTEN, "The site is back")
                (left,) = cards(desk, SUPPORT, case.reference)
                assert "Moved to another channel" in left
                assert re.search("[Oo]pen(ed)? again", thread)
            assert (await closed.thread()).count("It is down again") == 1


async def test_a_card_that_was_just_drawn_in_the_old_channel_does_not_hold_its_ticket_there(
    sqlite_url: str, tmp_path: Path
) -> None:
    """And when the queue moves on, it says where its ticket is by then."""
    async with street(sqlite_url, tmp_path) as place:
        place.slack.channel(NEW, name="new")
        async with opened(place) as desk:
            case = await a_case(desk)
            desk.clock.goes(minutes=5)
        await is_to_be_drawn(place, case)
        place.slack.faults.hang("chat.update", channel=SUPPORT, seconds=1)
        changes(place, support=NEW)
        async with opened(place) as desk:
            there = Case(desk, case.customer, case.reference, NEW)
            await desk.slack.until(lambda: cards(desk, NEW, case.reference))
            await case.customer.says("Is anybody there?")
            thread = await there.thread()
            tells_once(thread, WRITTEN, "Is anybody there?", "This queue is worked in this channel now")
            (left,) = cards(desk, SUPPORT, case.reference)
            assert "Moved to another channel" in left
            desk.clock.goes(minutes=5)

        place.slack.channel(THIRD, name="third")
        changes(place, support=THIRD)
        async with opened(place) as desk:
            await desk.slack.until(lambda: cards(desk, THIRD, case.reference))
            await desk.settles()
            for channel in (SUPPORT, NEW):
                (left,) = cards(desk, channel, case.reference)
                assert f"This ticket goes on in Support: #{THIRD}" in left


async def test_whoever_works_a_queue_works_it_on_while_its_new_channel_is_without_the_app(
    database_url: str, tmp_path: Path
) -> None:
    """In the fallback; nobody else does, and once the new channel can be asked only those who are in it."""
    async with street(database_url, tmp_path) as place:
        place.slack.channel(NEW, name="new", bot=False)
        place.slack.channel(FALLBACK, name="fallback")
        falls_back(place, FALLBACK)
        async with opened(place) as desk:
            agent = await desk.agent(joins=(SUPPORT, FALLBACK))
            stranger = await desk.agent("U0STRANGER", "stranger", joins=(FALLBACK,))
            case = await a_case(desk)
            desk.clock.goes(minutes=5)
        changes(place, support=NEW)

        async with opened(place) as desk:
            here = Case(desk, case.customer, case.reference, FALLBACK)
            await here.clicks(stranger, "claim")
            await here.learns(stranger, "Only members of this queue's channel can act on its tickets.")
            await here.clicks(agent, "claim")
            await here.says(agent, "We are on it")
            assert here.reached("We are on it") == 1
            await looks(desk)
            desk.clock.goes(minutes=5)

        async with opened(place) as desk:  # also after another start
            here = Case(desk, case.customer, case.reference, FALLBACK)
            await here.says(agent, "It takes longer")
            assert here.reached("It takes longer") == 1
            await stranger.joins(NEW)
            place.slack.invite_bot(NEW)
            await looks(desk)
            await agent.gives("/ticket", case.reference)
            await here.learns(agent, f"There is no ticket {case.reference} that you can see.")
            there = Case(desk, case.customer, case.reference, NEW)
            await there.clicks(stranger, "take_over")
            assert stranger.dialog


async def test_where_two_queues_come_to_one_channel_only_whoever_works_both_goes_on_at_once(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with street(sqlite_url, tmp_path) as place:
        place.slack.channel(NEW, name="new", bot=False)
        place.slack.channel(FALLBACK, name="fallback")
        falls_back(place, FALLBACK)
        async with opened(place) as desk:
            both = await desk.agent(joins=(SUPPORT, BILLING, FALLBACK))
            one = await desk.agent("U0OTHER", "other", joins=(BILLING, FALLBACK))
            case = await a_case(desk)
            desk.clock.goes(minutes=5)
        changes(place, support=NEW, billing=NEW)

        async with opened(place) as desk:
            here = Case(desk, case.customer, case.reference, FALLBACK)
            await here.clicks(one, "claim")
            await here.learns(one, "Only members of this queue's channel can act on its tickets.")
            await here.clicks(both, "claim")
            assert "Claimed by: @U0AGENT" in bare((await here.card()).text)
