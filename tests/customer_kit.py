"""What the customers' stories share: a chat as its person sees it, and desks with a policy of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.policy import Policy
from bot.playground.telegram import Message, Person
from storage import Tx, inbox
from storage.schema import files
from tests.desk_kit import bare
from tests.kit import SUPPORT, Street, World, living_in, reference_in, street

WRITTEN = "The site has been down since this morning and I cannot sign in"


@dataclass(slots=True)
class Chat:
    """A customer before their chat: what they do has settled before they look at it."""

    world: World
    person: Person
    seen: int = 0

    async def says(self, *texts: str, reply_to: Message | int | None = None) -> Message:
        """Write these, one after the other; the last one is returned."""
        for text in texts:
            self._looks()
            mine = await self.person.says(text, reply_to)
            await self.world.settles()
        return mine

    async def presses(self, key: str, at: Message | None = None) -> None:
        """Press the button with this key: the newest one, or the one under this message."""
        shown = at or next(message for message in reversed(self.person.chat) if _keyed(message, key))
        self._looks()
        await self.person.presses_data(shown, _keyed(shown, key))
        await self.world.settles()

    async def sends(self, kind: str, **how: Any) -> Message:
        self._looks()
        mine = await self.person.sends(kind, **how)
        await self.world.settles()
        return mine

    async def sends_album(self, *kinds: str, group: str = "album", caption: str = "") -> None:
        """Send these together; only the first can have a caption."""
        self._looks()
        for number, kind in enumerate(kinds):
            await self.person.sends(kind, group=group, caption="" if number else caption)
        await self.world.settles()
        self.world.clock.goes(seconds=3)
        await self.world.settles()

    async def edits(self, message: Message, text: str) -> None:
        self._looks()
        await self.person.edits(message, text)
        await self.world.settles()

    async def replaces(self, message: Message, kind: str, **how: Any) -> None:
        """Put another file into an own message."""
        self._looks()
        await self.person.replaces(message, kind, **how)
        await self.world.settles()

    async def shares_contact(self, **how: Any) -> None:
        self._looks()
        await self.person.shares_contact(**how)
        await self.world.settles()

    async def files(self, text: str = WRITTEN) -> str:
        """File a ticket by the shortest way through the general policy; its reference."""
        return await self.world.files(self.person, text)

    @property
    def heard(self) -> list[str]:
        """What came since the person's last deed, as it reads."""
        return [bare(message.text) for message in self.person.chat[self.seen :] if message.from_bot]

    @property
    def told(self) -> str:
        return "\n\n".join(self.heard)

    @property
    def last(self) -> Message:
        """The newest message of the desk."""
        return next(message for message in reversed(self.person.chat) if message.from_bot)

    @property
    def buttons(self) -> list[str]:
        """The titles under the newest message."""
        return [bare(button.text) for row in self.last.buttons for button in row]

    @property
    def keys(self) -> list[str]:
        """The keys under the newest message."""
        return [_key(button.data) for row in self.last.buttons for button in row]

    @property
    def reference(self) -> str:
        """The reference in what came last."""
        return reference_in(self.told)

    def _looks(self) -> None:
        self.seen = len(self.person.chat)


def _key(data: str) -> str:
    return data.partition(":")[2]


def _keyed(message: Message, key: str) -> str:
    """The data of the button with this key, or with a key that begins with it."""
    datas = [button.data for row in message.buttons for button in row]
    return next((data for data in datas if _key(data) == key or _key(data).startswith(f"{key}.")), "")


def chat(world: World, language: str = "en", **who: str) -> Chat:
    return Chat(world, world.customer(language, **who))


async def resolved(world: World, customer: Chat, reference: str, text: str = "It works again.") -> Message:
    """An agent resolves the ticket; the solution message that the customer got."""
    await resolves(world, reference, text)
    return await customer.person.sees(text, since=customer.person.chat[0])


async def resolves(world: World, reference: str, text: str) -> None:
    agent = await world.agent()
    card = await world.card(reference)
    if "Claim" in card.buttons:
        await agent.clicks("claim", card)
        await world.settles()
    await agent.clicks("resolve", await world.card(reference))
    await world.settles()
    await agent.submits({"text": text})
    await world.settles()


async def nothing_is_parked(world: World) -> bool:
    return await world.app.store.read(inbox.parked) == []


async def kinds_of_files(world: World) -> list[str]:
    """The files that wait to be fetched."""

    def kept(tx: Tx) -> list[str]:
        return sorted(row.kind for row in tx.connection.execute(files.select()))

    return await world.app.store.read(kept)


async def cards(world: World, channel: str = SUPPORT) -> int:
    """How many tickets stand in a channel."""
    await world.settles()
    return len(world.slack.messages(channel))


def everything_in(world: World, reference: str, channel: str = SUPPORT) -> list[dict[str, Any]]:
    """Every message about a ticket, as Slack keeps it: its card and its thread."""
    card = next(message for message in world.slack.messages(channel) if reference in message.text)
    return [card.raw, *(reply.raw for reply in card.thread)]


@asynccontextmanager
async def a_desk_with(database_url: str, folder: Path, policy: str, extra: str = "") -> AsyncIterator[World]:
    """A desk with a policy that was written for it."""
    async with street(database_url, folder, extra=extra) as place:
        gives(place, policy)
        async with living_in(place) as here:
            await place.listens()
            yield here


def gives(place: Street, policy: str) -> None:
    """From the next start on, the desk has this policy."""
    path = Path(place.settings["SANAD_DESK"]).with_name("policy.toml")
    path.write_text(policy, encoding="utf-8")
    Policy.load(policy, path.name)
    place.settings["SANAD_POLICY"] = str(path)
