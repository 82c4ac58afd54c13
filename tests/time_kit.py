"""What the stories of time share: a policy that promises what a story needs, and its people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from storage import Tx, tickets
from storage.schema import facts
from tests.customer_kit import WRITTEN, Chat, a_desk_with, chat
from tests.kit import WEEK, World

RIYADH = ZoneInfo("Asia/Riyadh")

_BARE = """
name = "timely"
organisation = { en = "A desk that keeps its time", ar = "مكتب دقيق", ru = "Точная поддержка" }
languages = ["en", "ar", "ru"]
title_asked = false
priority_chosen_by = "agent"
[[queues]]
key = "support"
title = { en = "Support", ar = "الدعم", ru = "Поддержка" }
[[categories]]
key = "technical"
queue = "support"
title = { en = "Technical problem", ar = "مشكلة تقنية", ru = "Техническая проблема" }
[[priorities]]
key = "high"
title = { en = "High", ar = "عالية", ru = "Высокий" }
[[priorities]]
key = "low"
title = { en = "Low", ar = "منخفضة", ru = "Низкий" }
"""
POLICY = _BARE + WEEK
"""Sunday to Thursday, 09:00 to 17:00 in Riyadh; what is promised a story adds."""

EXTENDING = """
[extending]
clause = "CAP-8"
[extending.reason]
en = "Further communication is needed"
ar = "يحتاج الطلب إلى تواصل إضافي"
ru = "Требуется дополнительное общение"
"""
"""And that a later time may be announced."""


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """November 2026 in Riyadh: the 1st, 8th, 15th and 22nd are Sundays."""
    return datetime(2026, 11, day, hour, minute, tzinfo=RIYADH)


@asynccontextmanager
async def promising(
    database_url: str, folder: Path, promises: str, extra: str = "", starts: datetime | None = None
) -> AsyncIterator[World]:
    """A desk that promises this, on a Sunday at 10:00 unless it `starts` at another moment."""
    async with a_desk_with(database_url, folder, POLICY + promises, extra) as world:
        world.clock.becomes(starts or at(1, 10))
        await world.ticks()  # the morning has passed: there was nothing to say
        yield world


async def files(world: World, text: str = WRITTEN, language: str = "en") -> tuple[Chat, str]:
    """Somebody new files a ticket: their chat, and its reference."""
    customer = chat(world, language)
    await customer.says("/new", text, "send")
    return customer, customer.reference


async def happened(world: World, reference: str, *kinds: str) -> list[tuple[str, str]]:
    """What time has done to a ticket, in order: kind of fact, and the step or target that it is about."""

    def look(tx: Tx) -> list[tuple[str, str]]:
        ticket = tickets.find(tx, reference.replace("-", ""))
        assert ticket
        return [
            (fact.kind, fact.data.get("step") or fact.data.get("target", ""))
            for fact in tickets.history(tx, ticket.id)
            if fact.kind in kinds
        ]

    return await world.app.store.read(look)


async def count(world: World, kind: str) -> int:
    """How many facts of a kind there are, of whatever ticket."""

    def look(tx: Tx) -> int:
        return len(tx.connection.execute(facts.select().where(facts.c.kind == kind)).all())

    return await world.app.store.read(look)
