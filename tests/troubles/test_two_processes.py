"""Two bots behind one address, on one PostgreSQL: each person's order holds, and nothing is done twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.checkpoints import DELIVER_AFTER_SEND, HANDLE_AFTER_COMMIT, HEAR_AFTER_COMMIT
from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import Person
from storage import Store
from tests.kit import SUPPORT, Street, street
from tests.processes import Hold, Tally, two_bots
from tests.troubles import day, record

BOTH = ("one", "other")
CUSTOMERS, EACH, REPLIES = 10, 30, 5


@pytest.fixture
async def place(postgres_url: str, tmp_path: Path) -> AsyncIterator[Street]:
    async with street(postgres_url, tmp_path, public=True) as here:
        yield here


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    async with record.looking(postgres_url) as opened:
        yield opened


async def opened(place: Street, agent: Agent, store: Store, tickets: int) -> list[tuple[Person, Seen]]:
    """So many customers with a claimed ticket each."""
    people = [place.telegram.person(language="en", name=f"customer {n}") for n in range(tickets)]
    days = [day.Day(place, person, agent, day.no_breath) for person in people]
    cards = await asyncio.gather(*(one.files() for one in days))
    for card in cards:
        await agent.clicks("claim", card)
    await record.at_rest(place, store)
    return list(zip(people, cards, strict=True))


def after(text: str, mark: str) -> str:
    return text.partition(mark)[2]


async def test_300_interleaved_messages_of_10_customers(place: Street, store: Store, tmp_path: Path) -> None:
    agent, tally = place.slack.agent("U0AGENT", "agent", channels=(SUPPORT,)), Tally()
    async with two_bots(place, tmp_path, tally) as family:
        tickets = await opened(place, agent, store, CUSTOMERS)
        for number in range(EACH):
            for customer, _card in tickets:
                await customer.says(f"words {number}")
        for number in range(REPLIES):
            await asyncio.gather(*(agent.writes(card, f"reply {number}") for _customer, card in tickets))
        await record.at_rest(place, store, within=200)
        assert family.mistakes() == []

    assert await record.waiting(store) == {"heard": 0, "promised": 0, "failed": 0, "parked": 0}
    for customer, card in tickets:
        posts = [after(reply.text, "wrote:\n") for reply in card.thread if "wrote:" in reply.text]
        thread = [line for post in posts for line in post.split("\n")]  # what waited together is one post
        assert thread == [day.TROUBLE, *(f"words {number}" for number in range(EACH))]
        replies = [after(text, "\n\n") for text in record.told(customer) if text.startswith("About")]
        assert replies == [f"reply {number}" for number in range(REPLIES)]
        assert sum("Added to your request" in text for text in record.told(customer)) == EACH
    for point in (HEAR_AFTER_COMMIT, HANDLE_AFTER_COMMIT, DELIVER_AFTER_SEND):
        assert all(tally.passed[name, point] > EACH for name in ("one", "other")), (
            tally.passed
        )  # both did work


async def test_a_race_for_a_ticket_has_one_winner(place: Street, store: Store, tmp_path: Path) -> None:
    rivals = [place.slack.agent(f"U0RIVAL{n}", f"rival {n}", channels=(SUPPORT,)) for n in range(2)]
    async with two_bots(place, tmp_path):
        customer = place.telegram.person(language="en", name="customer")
        cards = [await day.Day(place, customer, rivals[0], day.no_breath).files() for _ in range(4)]
        await record.at_rest(place, store)
        for card in cards:
            await asyncio.gather(*(rival.clicks("claim", card) for rival in rivals))
        await record.at_rest(place, store)
        await place.slack.until(lambda: sum(len(rival.whispers) for rival in rivals) == len(cards))

    assert [ticket.facts.count("claimed") for ticket in await record.filed(store)] == [1] * len(cards)
    for card in cards:
        assert sum("Claimed by" in reply.text for reply in card.thread) == 1
        assert sum(f"Claimed by: @{rival.id}" in card.text for rival in rivals) == 1


async def test_a_press_is_answered_though_the_other_process_handles_it(
    place: Street, store: Store, tmp_path: Path
) -> None:
    """The process that heard the press is kept busy; the other one finds it, and the request is answered."""
    agent, tally, hold = (
        place.slack.agent("U0AGENT", "agent", channels=(SUPPORT,)),
        Tally(),
        Hold(HEAR_AFTER_COMMIT),
    )

    async def decide(name: str, point: str) -> bool:
        return await tally(name, point) and await hold(name, point)

    async with two_bots(place, tmp_path, decide):
        ((_customer, card),) = await opened(place, agent, store, 1)
        before = tally.passed.copy()
        hold.begin()
        press = asyncio.create_task(agent.clicks("reply", card))
        await hold.reached.wait()
        await place.slack.until(lambda: handlers_since(tally, before) or None)
        hold.let_go()

        assert (await press).ok
        await place.slack.until(lambda: agent.dialog)
        [hearer] = {name for name, point in tally.passed - before if point == HEAR_AFTER_COMMIT}
        assert handlers_since(tally, before) == {*BOTH} - {hearer}


def handlers_since(tally: Tally, before: Counter[tuple[str, str]]) -> set[str]:
    return {name for name, point in tally.passed - before if point == HANDLE_AFTER_COMMIT}
