"""An ordinary day of a desk, told by people who are patient, and how it has to look in the evening."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from bot.playground.slack import Agent
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import Person
from storage import Store
from tests.kit import SUPPORT, Street, World, reference_in
from tests.troubles import record

PATIENT = 20.0
"""Seconds; a bot that was killed is back long before."""

TROUBLE = "The site has been down since this morning, I cannot sign in"
FILING = {
    "/new": "What is it about?",
    "technical": "Where does it happen?",
    "website": "What goes wrong?",
    TROUBLE: "How serious is it?",
    "normal": "may we reach you",
    "skip": "look it over",
    "send": "Its number is",
}
REPLY = "We are looking into it"
FACTS = ("filed", "claimed", "replied", "delivered", *["customer_wrote"] * 3)
WORDS = ("I also cannot use the app", "It says error 500", "Now it works again")


EVERYTHING = (TROUBLE, REPLY, *WORDS)
"""All that people wrote in words of their own."""

ANSWERS = ("Welcome", *FILING.values(), REPLY, *["Added to your request"] * 3)
"""What the bot tells the customer, in order."""

Breath = Callable[[], Awaitable[None]]
"""What people do between two acts: wait until all is quiet, or nothing."""


@dataclass(frozen=True, slots=True)
class Day:
    """A customer files, an agent claims and replies, the customer writes."""

    place: Street | World
    customer: Person
    agent: Agent
    breath: Breath

    async def goes_by(self) -> None:
        card = await self.files()
        await self.claims(card)
        await self.agent.writes(card, REPLY)
        await self.customer.sees(REPLY, PATIENT)
        await self.breath()
        for words in WORDS:
            await self.customer.says(words)
            await self.breath()
        await self.place.slack.sees(SUPPORT, WORDS[-1], PATIENT)

    async def files(self) -> Seen:
        """File a ticket; its card, once its thread has begun."""
        card = await self.place.slack.sees(SUPPORT, await self.asks(), PATIENT)
        await self.place.slack.sees(SUPPORT, TROUBLE, PATIENT)
        return card

    async def asks(self) -> str:
        """File a ticket step by step, and return its reference."""
        for said, answer in FILING.items():
            await self.customer.says(said)
            seen = await self.customer.sees(answer, PATIENT)
            await self.breath()
        return reference_in(seen.text)

    async def says_it_all(self) -> None:
        """File a ticket without looking at the answers."""
        for said in FILING:
            await self.customer.says(said)

    async def claims(self, card: Seen) -> None:
        """People press again when nothing happens: a press may be lost while nobody listens."""
        while f"@{self.agent.id}" not in card.text:
            await self.agent.clicks("claim", card)
            with suppress(TimeoutError):
                await self.place.slack.sees(SUPPORT, "Claimed by @", 4.0)
            await self.breath()


async def no_breath() -> None:
    """People who do not wait."""


def of(place: Street | World, breath: Breath) -> Day:
    customer = place.telegram.person(language="en", name="customer")
    return Day(place, customer, place.slack.agent("U0AGENT", "agent", channels=(SUPPORT,)), breath)


async def nothing_is_missing(day: Day, store: Store) -> None:
    """Everything is there once and in order; whether the customer was told it twice is another question."""
    await record.at_rest(day.place, store)
    assert await record.waiting(store) == {"heard": 0, "promised": 0, "failed": 0, "parked": 0}
    (ticket,) = await record.filed(store)
    assert ticket.status == "open"
    assert Counter(ticket.facts) == Counter(FACTS)
    assert Counter(text for _author, _kind, text in ticket.words) == Counter([TROUBLE, REPLY, *WORDS])
    ((card, thread),) = record.on_desk(day.place)
    assert "1 message delivered" in card
    each_holds([one for text in thread for one in apart(text)], [TROUBLE, "Claimed by", REPLY, *WORDS])


def apart(post: str) -> list[str]:
    """A customer's messages that share a post, because they waited together; any other post as it is."""
    heading, _line, said = post.partition("\n")
    return said.split("\n") if heading == "The customer wrote:" else [post]


def answers_to(customer: Person, *, repeats: bool = True) -> list[str]:
    """What the bot told, without repeats if wanted: the same words in answer to the same, one after another.

    Without the tick that folds a keyboard away, too: a bot that was killed does not know of the keyboard.
    """
    told = [
        (record.nameless(one.text), one.reply_to) for one in customer.chat if one.from_bot and one.text != "✓"
    ]
    return [text for text, _reply in (told if repeats else (one for one, _again in groupby(told)))]


def each_holds(texts: Sequence[str], wanted: Sequence[str]) -> None:
    assert len(texts) == len(wanted), texts
    assert all(one in text for text, one in zip(texts, wanted, strict=True)), texts
