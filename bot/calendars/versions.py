"""The versions of a calendar: made when it differs, taken up by whoever runs, then counted by all tickets."""

from datetime import datetime
from functools import partial

import structlog

from bot.calendars.resolving import AHEAD, resolve, week_of
from bot.core.hours import NO_YEARS, Announced, WorkingDays
from handlers.recount import recount
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
    """In each tick: know one more year, take up what another process made, count some tickets again."""
    known = office.hours.days.years
    if known != NO_YEARS and known[1] < now.year + AHEAD:
        await open_by(store, office, now)
    await _take_up(store, office)
    if await store.read(partial(calendars.unsettled, version=office.hours.version)):
        for _batch in range(BATCHES):
            if not await store.do(partial(recount, office=office, now=now)):
                break


def renew(tx: Tx, office: Office, now: datetime) -> tuple[int, WorkingDays]:
    """Make a new version if the days differ from those that hold; the version that holds, and its days."""
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


async def _take_up(store: Store, office: Office) -> None:
    version = await store.read(calendars.version)
    if version != office.hours.version:
        days = await store.read(partial(calendars.days_of, version=version))
        office.hours.become(days, version)
        log.info("calendar.taken_up", version=version)
