"""Live tickets are counted again after a change of the calendar: each once, whoever does it."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import update

from bot import calendars
from bot.calendars.decisions import decide
from bot.core.calendar import Calendar
from bot.core.desk import Desk
from bot.core.hours import WorkingDays
from bot.core.policy import Policy
from bot.core.ticket import Fact, Status
from bot.policies import shipped
from handlers.clock import clockwork, recount
from handlers.unit import Office, Unit
from storage import Store, Tx, dues, tickets
from storage import calendars as stored
from storage.schema import calendars as calendars_table
from tests.kit import desk_file
from tests.ticket_rows import FILED_AT, GENERAL, a_ticket

WEEK = Calendar.model_validate(
    {"timezone": "Asia/Riyadh", "week": {day: [("09:00", "17:00")] for day in ("sun", "mon", "tue", "wed")}}
)
BEFORE = WorkingDays(calendar=WEEK)
AFTER = WorkingDays(calendar=WEEK.with_days([date(2026, 11, 2)]))
PROMISED = Policy.model_validate(
    {
        **GENERAL.to_json(),
        "targets": [{"what": "first_response", "within": "1 business day", "clause": ["CMP-2"]}],
    }
)
NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
ON_MONDAY, ON_TUESDAY = (FILED_AT.replace(day=day) for day in (2, 3))


def office(days: WorkingDays, version: int) -> Office:
    found = Office(PROMISED, Desk.load(desk_file("general"), "desk.toml"))
    found.hours.become(days, version)
    return found


async def filed(store: Store, count: int) -> list[UUID]:
    """As many tickets, filed and wound while the first version holds."""

    def file(tx: Tx) -> list[UUID]:
        found = [a_ticket(tx, number, PROMISED) for number in range(count)]
        clockwork.wind(Unit(tx, office(BEFORE, 1), FILED_AT, FILED_AT))
        return found

    await make(store, BEFORE)
    return await store.do(file)


async def make(store: Store, days: WorkingDays) -> None:
    await store.do(partial(stored.keep, days=days, reason="a test", at=NOW))


async def times_moved(store: Store, ids: list[UUID]) -> list[int]:
    histories = [await store.read(partial(tickets.history, ticket_id=one)) for one in ids]
    return [[fact.kind for fact in facts].count("recalculated") for facts in histories]


async def due_at(store: Store, ticket_id: UUID) -> set[datetime]:
    planned = await store.read(partial(dues.of_ticket, ticket_id=ticket_id))
    return {due.due_at for due in planned if due.kind == "breach"}


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recount, "BATCH", 1)


@pytest.mark.usefixtures("one_at_a_time")
async def test_who_comes_next_goes_on_where_a_process_died(store: Store) -> None:
    ids = await filed(store, 3)
    assert await due_at(store, ids[0]) == {ON_MONDAY}
    await make(store, AFTER)

    dying = office(AFTER, 2)
    assert await store.do(partial(recount.recount, office=dying, now=NOW))
    assert sorted(await times_moved(store, ids)) == [0, 0, 1]

    other = office(BEFORE, 1)
    await calendars.keep_up(store, other, NOW)
    assert other.hours.version == 2
    assert await times_moved(store, ids) == [1, 1, 1]
    assert [await due_at(store, one) for one in ids] == [{ON_TUESDAY}] * 3
    assert not await store.read(partial(stored.unsettled, version=2))


@pytest.mark.usefixtures("one_at_a_time")
async def test_processes_side_by_side_count_each_ticket_once(store: Store) -> None:
    ids = await filed(store, 5)
    await make(store, AFTER)

    offices = [office(BEFORE, 1) for _process in range(3)]
    await asyncio.gather(*(calendars.keep_up(store, one, NOW) for one in offices))
    await calendars.keep_up(store, offices[0], NOW)

    assert await times_moved(store, ids) == [1] * 5


async def test_what_was_late_by_the_calendar_of_then_is_late_though_no_tick_had_seen_it(store: Store) -> None:
    ids = await filed(store, 1)
    await make(store, AFTER)
    await calendars.keep_up(store, office(BEFORE, 1), ON_MONDAY + timedelta(minutes=1))

    facts = await store.read(partial(tickets.history, ticket_id=ids[0]))
    assert [(fact.kind, fact.data.get("due_at")) for fact in facts[1:]] == [
        ("breached", ON_MONDAY.isoformat())
    ]


async def test_late_at_once_is_only_what_was_still_to_come_and_what_a_week_says(store: Store) -> None:
    """Without a week a moment is assumed, and never breached."""
    ids = await filed(store, 1)
    await make(store, AFTER)
    tuesday = office(BEFORE, 1)
    await calendars.keep_up(store, tuesday, NOW)

    async def late(days: WorkingDays, at: datetime) -> list[bool]:
        moves = await store.read(partial(recount.foresee, office=tuesday, days=days, now=at))
        return [move.late_at_once for move in moves if move.ticket.id in ids]

    assert await late(BEFORE, ON_MONDAY) == [True]
    assert await late(BEFORE, ON_MONDAY - timedelta(minutes=1)) == [False]
    assert await late(WorkingDays(), ON_MONDAY) == [False]


async def test_days_that_cannot_be_read_do_not_stop_the_time(store: Store) -> None:
    """A later version of Sanad may have made them, with more in them than this one knows."""
    knows = office(BEFORE, 1)
    await make(store, BEFORE)
    await make(store, AFTER)

    def learns_more(tx: Tx) -> None:
        tx.connection.execute(update(calendars_table).values(content={"moons": 2}))

    await store.do(learns_more)
    await calendars.keep_up(store, knows, NOW)
    assert (knows.hours.version, knows.hours.days) == (1, BEFORE)


async def test_a_process_that_has_not_heard_of_it_yet_undoes_nothing(store: Store) -> None:
    """It goes by the calendar of the ticket that it touches, and nobody is told a second time."""
    (ticket_id,) = await filed(store, 1)
    await make(store, AFTER)
    knows = office(BEFORE, 1)
    await calendars.keep_up(store, knows, NOW)

    def winds(tx: Tx) -> None:
        tx.touch(ticket_id)
        clockwork.wind(Unit(tx, office(BEFORE, 1), NOW, NOW))

    for _touch in range(2):
        await store.do(winds)
        assert await due_at(store, ticket_id) == {ON_TUESDAY}
        await calendars.keep_up(store, knows, NOW)
    assert await times_moved(store, [ticket_id]) == [1]


async def test_a_process_that_cannot_read_the_days_of_a_ticket_still_does_its_work(store: Store) -> None:
    """It goes by the days that it knows, and leaves the ticket to those who know more."""
    (ticket_id,) = await filed(store, 1)
    await make(store, AFTER)
    await calendars.keep_up(store, office(BEFORE, 1), NOW)

    def touches(tx: Tx) -> int | None:
        tx.connection.execute(
            update(calendars_table).where(calendars_table.c.version == 2).values(content={"moons": 2})
        )
        tx.touch(ticket_id)
        clockwork.wind(Unit(tx, office(BEFORE, 1), NOW, NOW))
        return stored.wound_by(tx, ticket_id)

    assert await store.do(touches) == 2
    assert await due_at(store, ticket_id) == {ON_MONDAY}


async def test_a_ticket_that_is_touched_first_is_counted_all_the_same(store: Store) -> None:
    (ticket_id,) = await filed(store, 1)
    await make(store, AFTER)
    knows = office(AFTER, 2)

    def winds(tx: Tx) -> None:
        tx.touch(ticket_id)
        clockwork.wind(Unit(tx, knows, NOW, NOW))

    await store.do(winds)
    await calendars.keep_up(store, knows, NOW)
    assert await times_moved(store, [ticket_id]) == [1]


async def test_what_is_closed_is_not_counted(store: Store) -> None:
    (ticket_id,) = await filed(store, 1)

    def closes(tx: Tx) -> None:
        ticket = tickets.read(tx, ticket_id)
        tickets.save(tx, replace(ticket, status=Status.CLOSED), Fact(kind="stopped", at=NOW, by="desk"))
        clockwork.wind(Unit(tx, office(BEFORE, 1), NOW, NOW))

    await store.do(closes)
    await make(store, AFTER)
    assert await store.read(partial(stored.behind, version=2, limit=9)) == []


async def test_each_year_another_year_of_holidays_becomes_known(store: Store) -> None:
    desk = Desk.load(desk_file("captain-mama"), "desk.toml")
    running, other = (Office(shipped("captain-mama"), desk) for _process in range(2))
    await calendars.open_by(store, running, NOW)
    await calendars.open_by(store, other, NOW)
    assert (running.hours.version, running.hours.days.years) == (1, (2025, 2031))

    await calendars.keep_up(store, running, NOW.replace(month=12, day=31))
    assert running.hours.version == 1, "nothing differs, so there is no other version"
    await calendars.keep_up(store, running, NOW.replace(year=2027, month=1))
    assert (running.hours.version, running.hours.days.years) == (2, (2025, 2032))

    await calendars.keep_up(store, other, NOW.replace(year=2027, month=1))
    assert other.hours.days == running.hours.days
    assert await store.read(stored.version) == 2


async def test_words_about_two_feasts_at_the_same_time_both_hold(store: Store) -> None:
    desk = Desk.load(desk_file("captain-mama"), "desk.toml")
    offices = [Office(shipped("captain-mama"), desk) for _process in range(2)]
    await calendars.open_by(store, offices[0], NOW)
    off = offices[0].hours.days.off
    waiting = {one.feast for one in off if one.provisional and one.feast and one.feast > NOW.date()}
    feasts = sorted(waiting)[:2]
    moved = [feast + timedelta(days=1) for feast in feasts]

    words = [
        partial(decide, office=one, day=day, to=to, now=NOW)
        for one, day, to in zip(offices, feasts, moved, strict=True)
    ]
    assert sorted(await asyncio.gather(*map(store.do, words))) == [2, 3]
    days = await store.read(partial(stored.days_of, version=3))
    assert set(moved) <= {holiday.feast for holiday in days.off}


async def test_a_ticket_that_cannot_be_counted_keeps_nobody_waiting(store: Store) -> None:
    ids = await filed(store, 4)
    broken = Fact(kind="reminded", at=NOW, by="desk", data={})

    def breaks(tx: Tx) -> None:
        tickets.record(tx, ids[1], broken)
        tx.happened_to.clear()

    await store.do(breaks)
    await make(store, AFTER)
    await calendars.keep_up(store, office(BEFORE, 1), NOW)

    assert await times_moved(store, ids) == [1, 0, 1, 1]
    assert await store.read(partial(stored.behind, version=2, limit=9)) == [ids[1]]
