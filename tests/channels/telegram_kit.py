"""What the Telegram tests share: ears that remember, and a channel between them and a local Telegram."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.channels import Parcel
from bot.channels.telegram import Patience, Telegram
from bot.core.heard import Incoming
from bot.core.now import Now
from bot.core.words import Option, Say
from bot.playground.telegram import LocalTelegram, Person

SOON = Patience(first=0.01, longest=0.05, conflict=0.05)


class Ears:
    """Commits to memory; fails the first `failures` times."""

    def __init__(self, failures: int = 0) -> None:
        self.heard: list[Incoming] = []
        self.batches = 0
        self.failures = failures
        self._changed = asyncio.Condition()

    async def hear(self, batch: Sequence[Incoming]) -> None:
        async with self._changed:
            self.batches += 1
            if self.batches <= self.failures:
                raise OSError("the disk is full")
            self.heard.extend(Incoming.model_validate_json(one.model_dump_json()) for one in batch)
            self._changed.notify_all()

    async def hear_now(self, incoming: Incoming, within: float = 2.0) -> tuple[Now, ...] | None:
        raise AssertionError(f"customers' channels do not ask for {incoming} within {within}")

    async def have(self, count: int) -> list[Incoming]:
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: len(self.heard) >= count)
        return self.heard


@asynccontextmanager
async def listening(local: LocalTelegram, ears: Ears, **settings: Any) -> AsyncIterator[Telegram]:
    """An open channel, polling unless `settings` say otherwise."""
    channel = Telegram(local.token, api_url=local.url, **{"patience": SOON, **settings})
    await channel.open(ears)
    try:
        yield channel
    finally:
        await channel.close()


@asynccontextmanager
async def sending(**settings: Any) -> AsyncIterator[tuple[LocalTelegram, Telegram, Person]]:
    """A local Telegram, a channel that only sends, and a customer who has started the bot."""
    async with LocalTelegram() as local:
        channel = Telegram(local.token, api_url=local.url, **{"patience": SOON, **settings})
        customer = local.person(language="ar")
        await customer.says("/start")
        try:
            yield local, channel, customer
        finally:
            await channel.close()


def parcel(person: Person, say: Say | str, key: str = "row-1") -> Parcel:
    what = Say(text=say) if isinstance(say, str) else say
    return Parcel(key=key, chat=str(person.id), what=what)


def options(*titles: str) -> tuple[Option, ...]:
    return tuple(Option(key=f"key-{index}", title=title) for index, title in enumerate(titles))
