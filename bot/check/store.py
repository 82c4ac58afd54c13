"""Whether the database opens with these keys, and whether the files fit what it holds."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from errno import EACCES, ENOTDIR
from functools import partial
from pathlib import Path

from sqlalchemy.engine import URL

from bot.calendars.versions import as_told
from bot.check.report import Report
from bot.core import reference
from bot.core.desk import Desk
from bot.core.policy import Policy
from bot.settings import Settings, SettingsError
from bot.vanished import vanished
from handlers import homes
from handlers.clock.recalculation import Move
from handlers.clock.recount import foresee
from handlers.unit import Office, Unit
from storage import Keyring, Store, StoreError, Tx, calendars, desk_time, doubtful
from storage.engines.connect import opening
from storage.store import parse_url

SHOWN = 5
"""Tickets that are named."""


async def look_at_store(report: Report, given: Settings, desk: Desk | None, policy: Policy | None) -> None:
    """Whether the database opens and the keys fit it. A SQLite file that is not there yet is not made."""
    try:
        url = parse_url(given.database_url.get_secret_value())
        if not_made_yet(url):
            require_room(Path(url.database or ""))
            report.ok("database: the first start makes it")
            return
        keyring = Keyring.parse(given.keys.get_secret_value())
        store = await Store.open(given.database_url.get_secret_value(), keyring, exclusive=False)
        try:
            report.ok("database, and its keys")
            if held := await store.read(doubtful.count):
                report.warn(f"outbox: {held_back(held)}")
            await _look_inside(report, store, desk, policy)
        finally:
            await store.close()
    except (StoreError, OSError) as wrong:
        report.mend(f"database: {wrong}")


def held_back(count: int) -> str:
    held = "1 message is" if count == 1 else f"{count} messages are"
    return f"{held} held back since a backup was put back: see `sanad outbox list`"


def require_room(path: Path) -> None:
    """Raises CannotOpenError where the first start could not make the file; nothing is made here."""
    with opening(path):
        nearest = next(folder for folder in path.absolute().parents if folder.exists())
        if not nearest.is_dir():
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))


def not_made_yet(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


async def _look_inside(report: Report, store: Store, desk: Desk | None, policy: Policy | None) -> None:
    if desk is None:
        return
    for mistake in await store.read(partial(vanished, desk=desk)):
        report.mend(f"desk file: {mistake}")
    if policy is None:
        return
    for told in await store.read(partial(_to_be_brought, office=Office(policy, desk))):
        report.warn(told)
    with suppress(SettingsError):  # days that will not do are told where the days are looked at
        moves = await store.read(partial(_late_at_once, office=Office(policy, desk)))
        if moves:
            report.warn(_told(moves))


def _to_be_brought(tx: Tx, office: Office) -> list[str]:
    """The tickets that stand elsewhere than in their queue's channel, as the next start will see it."""
    now = datetime.now(UTC)
    return [
        f"desk file: queues.{queue}: {count} of its open tickets {'stands' if count == 1 else 'stand'} in"
        f" another channel than the desk file has now; the next start brings {'it' if count == 1 else 'them'}"
        f" to {channel}"
        for queue, count, channel in homes.foreseen(Unit(tx, office, now, now))
    ]


def _late_at_once(tx: Tx, office: Office) -> list[Move]:
    """What would be late by the days of the files, and is not by those that the desk goes by."""
    version, now = calendars.version(tx), datetime.now(UTC) + desk_time.ahead(tx)
    known, days = calendars.days_of(tx, version), as_told(tx, office, now)
    if known.calendar is None or known == days:
        return []
    office.hours.become(known, version)
    return [move for move in foresee(tx, office, days, now) if move.late_at_once]


def _told(moves: list[Move]) -> str:
    late = list(dict.fromkeys(reference.show(move.ticket.reference) for move in moves))
    more = f" and {len(late) - SHOWN} more" if len(late) > SHOWN else ""
    return (
        "calendar: the working days of the policy and the desk file are other ones than until now, and hours"
        f" that are over are among them: late at once would be {', '.join(late[:SHOWN])}{more};"
        " leave days that are over as they were"
    )
