"""Everything comes twice, late, or in the wrong order, and the desk ends the day as if it had not."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import Person
from tests.kit import World, data_of, world
from tests.patience import QUICK
from tests.troubles import day, record

ALWAYS = 100_000


@dataclass(frozen=True, slots=True)
class Circle:
    """Filed, claimed, answered, resolved, reopened, resolved again, rated; a breath after each act."""

    world: World
    customer: Person
    agent: Agent
    breath: day.Breath
    pressed: list[int] = field(default_factory=list)

    async def closes(self) -> None:
        card = await day.Day(self.world, self.customer, self.agent, self.breath).files()
        await self.agent.clicks("claim", card)
        await self.breath()
        await self.agent.writes(card, ";; for us only")
        await self.breath()
        for verb in ("reply", "note", "resolve"):
            await self.answers(verb, card)
        await self.presses("unsolved")
        await self.answers("resolve", card)
        for key in ("solved", "5", "skip"):
            await self.presses(key)

    async def answers(self, verb: str, card: Seen) -> None:
        await self.agent.clicks(verb, card)
        await self.world.slack.until(lambda: self.agent.dialog)
        await self.agent.submits({"text": f"{verb}: {day.REPLY}"})
        await self.breath()

    async def presses(self, key: str) -> None:
        press = await self.customer.presses(data_of(self.customer, key))
        self.pressed.append(press.update_id)
        await self.breath()


async def circle(here: World) -> Circle:
    """The people of a circle, who wait until all is quiet before they go on."""
    customer, agent = here.customer("en", name="customer"), await here.agent()
    return Circle(here, customer, agent, lambda: record.at_rest(here, here.app.store))


@dataclass(frozen=True, slots=True)
class Evening:
    """What is left of a day."""

    tickets: list[record.Filed]
    told: list[str]
    desk: list[tuple[str, list[str]]]


async def evening(here: World) -> Evening:
    await record.at_rest(here, here.app.store)
    assert await record.waiting(here.app.store) == {"heard": 0, "promised": 0, "failed": 0, "parked": 0}
    (customer,) = here.telegram.people.values()
    return Evening(await record.filed(here.app.store), record.told(customer), record.on_desk(here))


async def _plain(database_url: str, folder: Path) -> Evening:
    async with world(database_url, folder, tuning=QUICK) as here:
        await (await circle(here)).closes()
        return await evening(here)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """The evening of a day on which everything came once."""
    folder = tmp_path_factory.mktemp("plain")
    with ThreadPoolExecutor(1) as pool:
        work = _plain(f"sqlite+aiosqlite:///{folder / 'sanad.db'}", folder)
        return pool.submit(asyncio.run, work).result()


async def test_everything_comes_twice_at_once(plain: Evening, database_url: str, tmp_path: Path) -> None:
    async with world(database_url, tmp_path, tuning=QUICK, public=True) as here:
        here.telegram.faults.double(ALWAYS)
        here.slack.faults.repeat_events(ALWAYS)
        await (await circle(here)).closes()
        assert await evening(here) == plain


async def test_everything_comes_again_and_again_and_backwards(
    plain: Evening, database_url: str, tmp_path: Path
) -> None:
    """After each act Telegram brings all that it ever brought, and Slack did not notice our yes."""
    async with world(database_url, tmp_path, tuning=QUICK) as here:
        people = await circle(here)

        async def echo() -> None:
            ids = {message.update_id for message in people.customer.chat if message.update_id}
            for number in sorted(ids | {*people.pressed}, reverse=True):
                await here.telegram.resend(number)
            await record.at_rest(here, here.app.store)
            here.slack.faults.lose_acks()

        await Circle(here, people.customer, people.agent, echo, people.pressed).closes()
        assert await evening(here) == plain


async def test_words_that_arrive_in_the_wrong_order_are_all_kept_once(either: World) -> None:
    people = await circle(either)
    card = await day.Day(either, people.customer, people.agent, people.breath).files()
    await people.agent.clicks("claim", card)
    await people.breath()

    either.telegram.hold()
    either.slack.faults.hold_events()
    for number in range(5):
        await people.customer.says(f"from the customer {number}")
        await people.agent.writes(card, f"from the agent {number}")
    either.telegram.release(backwards=True)
    await either.slack.release_events()

    left = await evening(either)
    (ticket,) = left.tickets
    told = [text.partition("\n\n")[2] for text in left.told if "from the agent" in text]
    assert Counter(told) == Counter(f"from the agent {number}" for number in range(5))
    said = Counter(text for _author, kind, text in ticket.words if kind == "said")
    assert said == Counter([day.TROUBLE, *(f"from the customer {number}" for number in range(5))])
    assert sum(text.count("from the customer") for text in left.desk[0][1]) == 5


async def test_one_batch_of_updates_is_put_in_order(desk: World) -> None:
    """Polled updates come in one answer: their numbers tell the order."""
    people = await circle(desk)
    card = await day.Day(desk, people.customer, people.agent, people.breath).files()

    desk.telegram.hold()
    for words in day.WORDS:
        await people.customer.says(words)
    desk.telegram.release(backwards=True)

    await people.breath()
    said = "\n".join(reply.text.partition("\n")[2] for reply in card.thread[1:])
    assert said.split("\n") == [*day.WORDS]
