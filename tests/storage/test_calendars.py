"""The versions of a calendar, and which of them tickets go by, on both databases."""

import asyncio
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from bot.core.calendar import Calendar
from bot.core.hours import Announced, Holiday, WorkingDays
from storage import Store, Tx, calendars
from tests.ticket_rows import a_ticket

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WEEK = Calendar.model_validate({"timezone": "Asia/Riyadh", "week": {"sun": [("09:00", "17:00")]}})
EID = Holiday(date(2027, 3, 10), "Eid al-Fitr Holiday", provisional=True)
DAYS = WorkingDays(
    calendar=WEEK.with_days([EID.day]), off=(EID,), names={"ar": {EID.day: "عيد"}}, years=(2025, 2031)
)
PLAIN = WorkingDays(calendar=WEEK)


async def keep(store: Store, days: WorkingDays) -> int:
    return await store.do(partial(calendars.keep, days=days, reason="a test", at=NOW))


async def days_of(store: Store, version: int) -> WorkingDays:
    return await store.read(partial(calendars.days_of, version=version))


async def test_a_version_is_made_only_of_what_differs(store: Store) -> None:
    assert await keep(store, WorkingDays()) == calendars.NONE_YET, "no week at all is no version"
    assert await keep(store, DAYS) == 1
    assert await keep(store, DAYS) == 1
    assert await keep(store, PLAIN) == 2
    assert await store.read(calendars.version) == 2


async def test_every_version_can_be_read_as_it_was(store: Store) -> None:
    for days in (DAYS, PLAIN, WorkingDays()):
        await keep(store, days)

    assert [await days_of(store, version) for version in range(4)] == [
        WorkingDays(),
        DAYS,
        PLAIN,
        WorkingDays(),
    ]


async def test_processes_that_start_together_make_one_version(store: Store) -> None:
    for days, version in ((DAYS, 1), (PLAIN, 2)):
        assert await asyncio.gather(*(keep(store, days) for _process in range(6))) == [version] * 6


async def test_processes_that_know_of_different_days_lose_none_of_them(store: Store) -> None:
    """Also where there is no version yet, and where more than two come at the same time."""
    known = [WorkingDays(calendar=WEEK.with_days([date(2027, 3, day)])) for day in range(1, 7)]
    for batch in (known[:3], known[3:]):
        await asyncio.gather(*(keep(store, days) for days in batch))

    stored = [await days_of(store, version) for version in range(1, 7)]
    assert all(days in stored for days in known)


async def test_tickets_are_behind_until_they_go_by_the_newest_version(store: Store) -> None:
    one, other = [await store.do(partial(a_ticket, number=number)) for number in (1, 2)]

    def wound(tx: Tx, ticket: UUID, version: int | None) -> None:
        calendars.wind(tx, ticket, version)

    for ticket in (one, other):
        await store.do(partial(wound, ticket=ticket, version=1))
    await keep(store, DAYS)
    await keep(store, PLAIN)
    assert set(await behind(store)) == {one, other}

    await store.do(partial(wound, ticket=one, version=2))
    assert await behind(store) == [other]
    await store.do(partial(wound, ticket=other, version=None))
    assert await behind(store) == []


async def test_a_version_is_settled_once_and_tells_what_it_moved(store: Store) -> None:
    await keep(store, DAYS)
    for queue in ("support", "billing", "support"):
        await store.do(partial(calendars.add_moved, version=1, queue=queue))
    assert await store.read(partial(calendars.unsettled, version=1))

    settle = partial(calendars.settle, version=1, at=NOW)
    told = await asyncio.gather(store.do(settle), store.do(settle))
    assert [moved for moved in told if moved is not None] == [{"support": 2, "billing": 1}]
    assert not await store.read(partial(calendars.unsettled, version=1))


async def test_the_last_word_about_a_feast_holds(store: Store) -> None:
    estimated = date(2027, 3, 9)
    for day in (10, 8):
        feast = Announced(estimated, date(2027, 3, day))
        await store.do(partial(calendars.announce, country="SA", feast=feast, at=NOW))

    assert await store.read(partial(calendars.announced, country="SA")) == (
        Announced(estimated, date(2027, 3, 8)),
    )
    assert await store.read(partial(calendars.announced, country="KZ")) == ()


async def behind(store: Store) -> list[UUID]:
    return await store.read(partial(calendars.behind, version=2, limit=10))
