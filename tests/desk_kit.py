"""What the agents' stories share: a ticket with the people around it, and desks that are set up otherwise."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errands import Terms
from bot.playground.slack import Agent
from bot.playground.slack.seen import Dialog
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import Person
from bot.tuning import Tuning
from storage import Tx, tickets
from tests.kit import AT_ONCE, SUPPORT, World, living_in, street

Json = dict[str, Any]

EAGER = Tuning(AT_ONCE, delivery=Terms(first_pause=0.1, not_yet=0.5, poll=0.1), tick=0)
"""Tries again so soon that a story does not wait for it."""

WRITTEN = "The site has been down since this morning and I cannot sign in"


@dataclass(frozen=True, slots=True)
class Case:
    """One customer's ticket, and what agents do with it; each thing has settled before the next."""

    world: World
    customer: Person
    reference: str
    channel: str = SUPPORT

    async def card(self) -> Seen:
        return await self.world.card(self.reference, self.channel)

    async def glance(self) -> Seen:
        """The card as somebody sees it whose screen does not catch up any more."""
        return as_seen(await self.card())

    async def thread(self) -> str:
        """Everything that stands in the ticket's thread."""
        return await self.world.thread(self.reference, self.channel)

    async def clicks(self, agent: Agent, verb: str, card: Seen | None = None) -> None:
        """Do this by the card as it is now, or as it was when the agent looked: by its button or its menu."""
        await self.world.settles()
        await acts(agent, verb, card or await self.card())
        await self.world.settles()

    async def says(self, agent: Agent, text: str, **how: Any) -> Seen:
        """Write into the ticket's thread."""
        await self.world.settles()
        message = await agent.writes(await self.card(), text, **how)
        await self.world.settles()
        return message

    async def opens(self, agent: Agent, verb: str, card: Seen | None = None) -> Dialog:
        await self.clicks(agent, verb, card)
        return await self.world.slack.until(lambda: agent.dialog)

    async def sends(self, agent: Agent, text: str = "", **values: str) -> None:
        """Send the dialog that is open before the agent."""
        await self.world.settles()
        await agent.submits({"text": text, **values} if text else values)
        await self.world.settles()

    async def answers(self, agent: Agent, verb: str, text: str = "", **values: str) -> None:
        """Press, fill in, send."""
        await self.opens(agent, verb)
        await self.sends(agent, text, **values)

    async def learns(self, agent: Agent, words: str) -> Seen:
        """The newest private word of these words that the agent sees."""

        def look() -> Seen | None:
            return next((told for told in reversed(agent.whispers) if words in bare(told.text)), None)

        return await self.world.slack.until(look)

    async def facts(self) -> list[str]:
        """What is on record about the ticket, in order."""

        def look(tx: Tx) -> list[str]:
            ticket = tickets.find(tx, self.reference.replace("-", ""))
            return [f"{fact.kind} {fact.by}" for fact in tickets.history(tx, ticket.id)] if ticket else []

        return await self.world.app.store.read(look)

    def reached(self, words: str) -> int:
        """How many messages to the customer hold these words."""
        return sum(words in bare(message.text) for message in self.customer.chat if message.from_bot)


def as_seen(post: Seen) -> Seen:
    """A post as somebody sees it whose screen does not catch up any more."""
    return Seen(deepcopy(post.raw), post.channel)


async def acts(agent: Agent, verb: str, card: Seen) -> None:
    """Press the button of a verb, or choose it from the card's menu."""
    for menu in card.actions:
        for option in menu.get("options", []):
            if option["value"].startswith(f"{verb} "):
                await agent.chooses(menu["action_id"], option["value"], card)
                return
    await agent.clicks(verb, card)


async def comes_back(case: Case, agent: Agent, words: str, why: str, **values: str) -> str:
    """Send words in the dialog that is open: nothing is done, and they are given back with the reason."""
    await case.sends(agent, words, **values)
    assert agent.dialog
    told = agent.dialog.text
    assert why in told
    assert words in told
    assert not case.reached(words)
    await agent.dismisses()
    return told


def beside(agent: Agent, field: str) -> str:
    """What stands beside a field of the dialog that was sent back to the agent."""
    assert agent.dialog
    return agent.dialog.errors.get(field, "")


async def a_case(world: World, text: str = WRITTEN, *, language: str = "en", name: str = "customer") -> Case:
    customer = world.customer(language, name=name)
    case = Case(world, customer, await world.files(customer, text))
    await world.settles()
    return case


@asynccontextmanager
async def a_desk(
    database_url: str, folder: Path, *, language: str = "en", fallback: str = "", extra: str = ""
) -> AsyncIterator[World]:
    """A desk whose queues speak `language`; `extra` is added to its desk file."""
    async with street(database_url, folder, extra=extra) as place:
        _set_up(Path(place.settings["SANAD_DESK"]), language, fallback)
        if fallback:
            place.slack.channel(fallback, name="fallback")
        async with living_in(place, tuning=EAGER) as here:
            await place.listens()
            yield here


def _set_up(desk_file: Path, language: str, fallback: str) -> None:
    told = desk_file.read_text("utf-8").replace('language = "en"', f'language = "{language}"')
    desk_file.write_text(f'fallback_channel = "{fallback}"\n{told}', "utf-8")


def bare(text: str) -> str:
    """The text as it reads: without the marks that keep scripts apart, and references whole."""
    return text.translate(dict.fromkeys((0x2060, *range(0x2066, 0x206A))))


def everything(world: World, channel: str = SUPPORT) -> Iterator[Json]:
    """Every message of ours in a channel and in private, as Slack keeps it."""
    for name, call in world.slack.calls:
        if name in {"chat.postMessage", "chat.update", "chat.postEphemeral"}:
            yield call
    for message in world.slack.messages(channel):
        yield from (one.raw for one in [message, *message.thread] if one.raw.get("bot_id"))
