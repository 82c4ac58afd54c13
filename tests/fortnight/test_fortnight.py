"""A busy fortnight under each policy: what time did is what an independent reckoning says it should have."""

import os
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import holidays
import pytest

from bot import policies
from bot.calendars import resolve
from bot.core.desk import Desk
from bot.core.policy import Policy
from handlers.unit import Office
from storage import Keyring, Store, Tx, people
from storage.schema import facts as table
from storage.schema import tickets
from tests.core.plain_walk import PlainWalk
from tests.fortnight.minutes import Minutes, Walked
from tests.fortnight.reckoning import Happening, Reckoner
from tests.fortnight.town import AGENTS, Case, Town

BEGINS = datetime(2027, 2, 14, 5, tzinfo=UTC)
"""A Sunday morning. What follows holds a holiday in Riyadh, and in Berlin the clocks are put forward."""

ENDS = BEGINS + timedelta(days=45)
TICKETS = int(os.environ.get("SANAD_SOAK", "50"))
"""Under each of the five; the policy that lies here, which has more to say, gets a quarter of them."""
REMIND = ["75%"]
"""Of what the policy names no reminders for."""
POLICIES = ("osool", "aiglean", "captain-mama", "compusoft", "e-doc", "strict")


@asynccontextmanager
async def town(store: Store, policy: str, seed: int) -> AsyncIterator[Town]:
    loaded = policies.load(policy if policy in policies.names() else str(path_of(policy)))
    desk = desk_of(loaded)
    office = Office(loaded, desk)
    office.hours.become(resolve(loaded, desk, BEGINS.year), 1)
    away = tuple(
        (BEGINS + timedelta(days=day, hours=6), BEGINS + timedelta(days=day, hours=9)) for day in (2, 9)
    )
    for queue in desk.queues.values():
        await store.do(partial(people.reconcile, channel=queue.channel, users=AGENTS))
    yield Town(store, office, Random(seed), BEGINS, away)  # noqa: S311 - dice, and the same ones each time


@pytest.mark.parametrize("policy", POLICIES)
async def test_every_breach_reminder_and_closing_agrees_with_a_reckoning_of_its_own(
    policy: str, sqlite_url: str, keyring: Keyring
) -> None:
    store = await Store.open(sqlite_url, keyring)
    async with town(store, policy, seed=7) as here:
        for number in range(many := TICKETS // 4 if policy == "strict" else TICKETS):
            here.later(here.random.randrange(14 * 24 * 60), Case(f"customer {number}"), "files")
        await here.lives(ENDS)
    ledgers = await store.read(all_facts)
    await store.close()

    reckoner = reckoner_of(policy)
    assert len(ledgers) == many
    for ledger in ledgers:
        assert done_by_time(ledger) == sorted(reckoner.happenings(ledger, ENDS)), told(ledger)


def path_of(policy: str) -> Path:
    """Of a shipped policy, or of the one that lies here."""
    shipped = Path(policies.__file__).with_name(f"{policy}.toml")
    return shipped if shipped.exists() else Path(__file__).with_name(f"{policy}.toml")


def desk_of(policy: Policy) -> Desk:
    """A channel for each queue, and somebody on each level."""
    queues = {
        queue.key: {"channel": f"C0{number}", "language": "en"} for number, queue in enumerate(policy.queues)
    }
    levels = {level.key: {"users": [f"U0LEVEL{number}"]} for number, level in enumerate(policy.levels)}
    return Desk.model_validate({"queues": queues, "levels": levels, "defaults": {"remind": REMIND}})


def reckoner_of(policy: str) -> Reckoner:
    written = tomllib.loads(path_of(policy).read_text("utf-8"))
    first, days = datetime(2027, 2, 1, tzinfo=UTC), 90
    calendar = written.get("calendar")
    walk = walk_of(calendar, first, days) if calendar else None
    return Reckoner(written, REMIND, Minutes(first, days, walk), Minutes(first, days, None), bool(calendar))


def walk_of(calendar: dict[str, Any], first: datetime, days: int) -> PlainWalk:
    off = holidays.country_holidays(calendar["country"], years=[2027]) if calendar.get("country") else {}
    return Walked(calendar["timezone"], calendar["week"], set(off), first=first, span=days)


def all_facts(tx: Tx) -> list[list[dict[str, Any]]]:
    ledgers: dict[Any, list[dict[str, Any]]] = {row.id: [] for row in tx.connection.execute(tickets.select())}
    for row in tx.connection.execute(table.select().order_by(table.c.ticket_id, table.c.seq)):
        ledgers[row.ticket_id].append({"kind": row.kind, "at": row.at, "by": row.by, "data": row.data})
    return list(ledgers.values())


def done_by_time(ledger: list[dict[str, Any]]) -> list[Happening]:
    """What is on record of what time did to the clocks, and to the silences."""
    found: list[Happening] = []
    reopened = 0
    for fact in ledger:
        kind, data, at = fact["kind"], fact["data"], fact["at"]
        reopened += kind == "reopened"
        match kind:
            case "breached":
                lateness = "breach" if data.get("promised", True) else "own"
                found.append((kind, data["target"], data["cycle"], lateness, at))
            case "reminded" | "escalated" | "skipped" | "offered":
                found.append((kind, data["target"], data["cycle"], data["step"], at))
            case "lapsed":
                found.append((kind, "resolved", reopened, "lapse", at))
    return sorted(found)


def told(ledger: list[dict[str, Any]]) -> str:
    """The ledger, line by line, for whoever has to find out."""
    return "\n".join(f"{fact['at']:%a %d %H:%M} {fact['kind']} {fact['data']}" for fact in ledger)
