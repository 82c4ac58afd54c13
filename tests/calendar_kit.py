"""What the stories of calendars share: Captain Mama's desk on a given day, its tickets, and its desk file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.ticket import Fact
from storage import Tx, tickets
from tests.customer_kit import Chat, chat
from tests.desk_kit import Case
from tests.kit import Clock, Street, World, living_in, street

RIYADH = ZoneInfo("Asia/Riyadh")
TEXT = "I cannot sign in to my account since this morning"


def riyadh(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=RIYADH)


@asynccontextmanager
async def captain_mama_on(begins: datetime, database_url: str, folder: Path) -> AsyncIterator[Street]:
    """The place of Captain Mama's desk when it is `begins`: whoever is `at_work` in it may come and go."""
    clock = Clock(begins - datetime.now(UTC))
    async with street(database_url, folder, policy="captain-mama", clock=clock) as place:
        yield place


@asynccontextmanager
async def at_work(place: Street) -> AsyncIterator[World]:
    async with living_in(place) as world:
        await place.listens()
        yield world


async def filed(world: World, name: str = "customer") -> tuple[Chat, str]:
    """A customer with a ticket about their account, and its reference."""
    customer = chat(world, "en", name=name)
    await customer.says("/new", "account", "none", "me@mail.com", TEXT, "send")
    return customer, customer.reference


async def answered(world: World, customer: Chat, reference: str) -> None:
    """An agent claims the ticket and writes to the customer."""
    agent, case = await world.agent(), Case(world, customer.person, reference)
    await case.clicks(agent, "claim")
    await case.says(agent, "We are looking into it.")
    await customer.person.sees("looking into it", since=customer.person.chat[0])


async def history(world: World, reference: str) -> list[Fact]:
    def look(tx: Tx) -> list[Fact]:
        ticket = tickets.find(tx, reference.replace("-", ""))
        return list(tickets.history(tx, ticket.id)) if ticket else []

    return await world.app.store.read(look)


async def kinds(world: World, reference: str) -> list[str]:
    """What is on record about the clocks of a ticket, in order: "first_response met"."""
    facts = await history(world, reference)
    return [f"{fact.data['target']} {fact.kind}" for fact in facts if "due_at" in fact.data]


async def moved(world: World, reference: str) -> dict[str, tuple[str, str]]:
    """The due moments that moved, each with where it was and where it is."""
    return {
        fact.data["target"]: (shown(fact.data["before"]), shown(fact.data["now"]))
        for fact in await history(world, reference)
        if fact.kind == "recalculated"
    }


def shown(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(RIYADH).strftime("%a %d %H:%M:%S")


def writes_into_desk_file(place: Street, text: str, instead_of: str = "") -> None:
    """From the next start on."""
    desk = Path(place.settings["SANAD_DESK"])
    stood = desk.read_text("utf-8").replace(instead_of, "") if instead_of else desk.read_text("utf-8")
    desk.write_text(f"{stood}\n{text}", "utf-8")
