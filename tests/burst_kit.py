"""A rush: many customers file at once, Slack is as slow as it is, and time is in our hand."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.slack import Limits
from bot.core.text import ascii_digits
from bot.errands import Terms
from bot.playground.slack.rates import Rates
from bot.playground.telegram import Person
from bot.tuning import Tuning
from tests.customer_kit import WRITTEN
from tests.kit import AT_ONCE, REFERENCE, SUPPORT, Clock, World, living_in, reference_in, street
from tests.time_kit import POLICY

STEP = 0.5
"""Machine seconds from one look at Slack to the next."""

CARD = re.compile(r"\d{4}-\d{4} · ")
PROMISES = """
[[targets]]
what = "first_response"
within = "1 hour"
reminders_in = "always"
"""


@dataclass
class Machine:
    """The machine's clock, in our hand."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()


@dataclass
class Rush:
    """The desk in a rush. `shown` tells at which machine second each card came."""

    world: World
    machine: Machine
    rates: Rates
    shown: dict[str, float] = field(default_factory=dict)

    async def files(self, people: Sequence[Person], priority: str = "low") -> list[str]:
        """All of them file at once, each by the whole conversation; tells their references."""
        before = [len(person.chat) for person in people]
        for words in ("/new", WRITTEN, priority, "send"):
            await asyncio.gather(*(person.says(words) for person in people))
            await self.settles()
        found = zip(people, before, strict=True)
        return [reference_in(_receipt(person, since)) for person, since in found]

    async def settles(self) -> None:
        """All that was said is handled, and all that may be said at this moment is said."""
        assert await self.world.telegram.until(lambda: not self.world.telegram.pending, timeout=60)
        await self.world.app.inbox.drain()
        await self.world.app.delivery.drain(turns=False)

    async def goes(self, seconds: float) -> None:
        """The machine's clock goes on, and desk time with it."""
        for _ in range(round(seconds / STEP)):
            self.machine.at += timedelta(seconds=STEP)
            await self.world.app.delivery.drain(turns=False)
            for card in self.cards():
                self.shown.setdefault(card, self.machine.seconds())

    def cards(self) -> Counter[str]:
        """The references that have a card in the channel, and how many."""
        texts = (message.text for message in self.world.slack.messages(SUPPORT))
        return Counter(text[:9] for text in texts if CARD.match(text))

    def waits(self, reference: str, since: float) -> float:
        """How many machine seconds a card took."""
        return self.shown[reference] - since


def _receipt(person: Person, since: int) -> str:
    told = [message.text for message in person.chat[since:]]
    found = [text for text in told if REFERENCE.search(ascii_digits(text))]
    assert found, told
    return found[-1]


@asynccontextmanager
async def rush(database_url: str, folder: Path) -> AsyncIterator[Rush]:
    """A desk whose Slack refuses what is too much, at the pace that `sanad run` keeps."""
    machine = Machine()
    paces = replace(AT_ONCE, slack=Limits())
    tuning = Tuning(paces, tick=0, machine=machine, delivery=Terms(patience=0, poll=60))
    own = folder / "policy.toml"
    promised = POLICY.replace('chosen_by = "agent"', 'chosen_by = "customer"') + PROMISES
    own.write_text(promised, encoding="utf-8")
    async with street(database_url, folder, clock=_Following(machine)) as place:
        ours = replace(place, settings=place.settings | {"SANAD_POLICY": str(own)})
        async with living_in(ours, tuning=tuning) as here:
            await ours.listens()
            yield Rush(here, machine, here.slack.limit(machine.seconds))


class _Following(Clock):
    """Desk time that goes as the machine's clock does, and ahead of it when a story says so."""

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self._machine = machine

    def __call__(self) -> datetime:
        return self._machine() + self.ahead
