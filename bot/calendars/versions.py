"""The versions of a calendar: made when it differs, taken up by whoever runs, then counted by all tickets."""

from datetime import datetime
from functools import partial
from uuid import UUID

import structlog

from bot import faults
from bot.calendars.resolving import AHEAD, resolve, week_of
from bot.core.hours import NO_YEARS, Announced, WorkingDays
from handlers.clock.recount import BATCH, recount
from handlers.unit import Office
from storage import Store, Tx, calendars

log = structlog.get_logger()

BATCHES = 20
"""In one tick, so that what is due never waits long for what will be."""


async def open_by(store: Store, office: Office, now: datetime) -> None:
    """At the start: the office goes by what its files say now. Raises SettingsError."""
    version, days = await store.do(partial(renew, office=office, now=now))
    office.hours.become(days, version)


async def keep_up(store: Store, office: Office, now: datetime) -> None:
    """In each tick: know one more year, take up what another process made, count some tickets again.

    What goes wrong is told in the log: time goes on, by the days that are known.
    """
    try:
        await _keep_up(store, office, now)
    except Exception as error:  # noqa: BLE001 - the next tick may do better, and what is due goes on
        faults.report("calendar.not_kept_up", error)


async def _keep_up(store: Store, office: Office, now: datetime) -> None:
    known = office.hours.days.years
    if known != NO_YEARS and known[1] < now.year + AHEAD:
        await open_by(store, office, now)
    version, waiting = await store.read(_look)
    if version != office.hours.version:
        await _take_up(store, office, version)
    for _batch in range(BATCHES if waiting else 0):
        if not await _counted(store, office, now):
            break


async def _counted(store: Store, office: Office, now: datetime) -> bool:
    """Whether some tickets were counted again; where their batch fails, each is tried by itself."""
    try:
        return await store.do(partial(recount, office=office, now=now))
    except Exception as error:  # noqa: BLE001 - one ticket's trouble is not the others', nor time's
        faults.report("calendar.batch_failed", error)
    behind = await store.read(partial(calendars.behind, version=office.hours.version, limit=BATCH))
    return any([await _counted_alone(store, office, now, ticket_id) for ticket_id in behind])


async def _counted_alone(store: Store, office: Office, now: datetime, ticket_id: UUID) -> bool:
    try:
        return await store.do(partial(recount, office=office, now=now, only=[ticket_id]))
    except Exception as error:  # noqa: BLE001 - as above; it is tried again in the next tick
        faults.report("calendar.not_counted", error, ticket=str(ticket_id))
        return False


def _look(tx: Tx) -> tuple[int, bool]:
    """The version that holds, and whether some ticket waits to be counted by it."""
    version = calendars.version(tx)
    return version, calendars.unsettled(tx, version)


def renew(tx: Tx, office: Office, now: datetime) -> tuple[int, WorkingDays]:
    """Make a new version if the days differ from those that hold; the version that holds, and its days."""
    calendars.lock(tx)  # what another process announces meanwhile is among what we are told then
    known = calendars.days_of(tx, calendars.version(tx))
    days = as_told(tx, office, now)
    version = calendars.keep(tx, days, reason(known, days), now)
    return version, calendars.days_of(tx, version)


def as_told(tx: Tx, office: Office, now: datetime, *more: Announced) -> WorkingDays:
    """The days by the files, what was announced, and what is announced `more`. Raises SettingsError."""
    week = week_of(office.policy, office.desk)
    known = calendars.days_of(tx, calendars.version(tx))
    words = {word.estimated: word for word in calendars.announced(tx, week.country if week else "")}
    words |= {word.estimated: word for word in more}
    return resolve(office.policy, office.desk, now.year, known.years[0], words.values())


def reason(known: WorkingDays, days: WorkingDays) -> str:
    """Why there is a new version, for operators."""
    if known.calendar is None or days.calendar is None:
        return "there is a week now" if days.calendar else "there is no week any more"
    if (known.calendar.timezone, known.calendar.week) != (days.calendar.timezone, days.calendar.week):
        return "another week"
    if known.years != days.years:
        return f"holidays are known until {days.years[1]}"
    return "other days off or other hours"


async def _take_up(store: Store, office: Office, version: int) -> None:
    office.hours.become(await store.read(partial(calendars.days_of, version=version)), version)
    log.info("calendar.taken_up", version=version)
