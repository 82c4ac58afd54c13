"""The working days of this store, each version kept, and by which of them the clocks of tickets go."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, text, update

from bot.core.hours import Announced, WorkingDays
from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import calendars, feasts, wound
from storage.tx import Tx

NONE_YET = 0
"""The version of a store that never knew a week."""

NEW_WOUND = upsert(wound)
WIND = Prepared(
    NEW_WOUND.on_conflict_do_update(
        index_elements=["ticket_id"], set_={"calendar": NEW_WOUND.excluded.calendar}
    ),
    ("ticket_id", "calendar"),
)
UNWIND = Prepared(delete(wound).where(wound.c.ticket_id == bindparam("of_ticket")))
WOUND_BY = Prepared(select(wound.c.calendar).where(wound.c.ticket_id == bindparam("of_ticket")))
BEHIND = Prepared(
    select(wound.c.ticket_id).where(wound.c.calendar < bindparam("version")).limit(bindparam("most"))
)
NEWEST = Prepared(select(calendars.c.version).order_by(calendars.c.version.desc()).limit(1))
CONTENT = Prepared(select(calendars.c.content).where(calendars.c.version == bindparam("version")))
NEW = Prepared(insert(calendars), ("version", "content", "reason", "made_at", "moved"))
UNSETTLED = Prepared(
    select(calendars.c.version).where(
        calendars.c.version == bindparam("version"), calendars.c.settled_at.is_(None)
    )
)
ANNOUNCED = Prepared(
    select(feasts).where(feasts.c.country == bindparam("of_country")).order_by(feasts.c.estimated)
)


def version(tx: Tx) -> int:
    """The newest version."""
    return NEWEST.scalar(tx) or NONE_YET


def days_of(tx: Tx, version: int) -> WorkingDays:
    """The days of a version."""
    return WorkingDays.model_validate(CONTENT.scalar(tx, version=version) or {})


def lock(tx: Tx) -> None:
    """No version is made by anybody else until this unit ends, not even the first."""
    if tx.dialect == "postgresql":  # on SQLite a unit is alone anyway
        tx.connection.execute(text("LOCK TABLE calendars IN SHARE ROW EXCLUSIVE MODE"))


def keep(tx: Tx, days: WorkingDays, reason: str, at: datetime) -> int:
    """Make these days the newest version, unless they are it already; the version that holds then.

    Of processes that do so at the same time one makes it, and the others find it.
    """
    lock(tx)
    newest = version(tx)
    if days == days_of(tx, newest):
        return newest
    content = days.model_dump(mode="json", exclude_defaults=True)
    NEW.run(tx, version=newest + 1, content=content, reason=reason, made_at=at, moved={})
    return newest + 1


def unsettled(tx: Tx, version: int) -> bool:
    """Whether some live ticket goes by an earlier version, or nobody has said yet that none does."""
    return bool(behind(tx, version, 1)) or UNSETTLED.one_or_none(tx, version=version) is not None


def behind(tx: Tx, version: int, limit: int) -> list[UUID]:
    """Some live tickets that go by an earlier version."""
    return [row.ticket_id for row in BEHIND.all(tx, version=version, most=limit)]


def live(tx: Tx) -> list[UUID]:
    """All live tickets."""
    return list(tx.connection.execute(select(wound.c.ticket_id)).scalars())


def wound_by(tx: Tx, ticket_id: UUID) -> int | None:
    """The version that the clocks of a live ticket go by."""
    version: int | None = WOUND_BY.scalar(tx, of_ticket=ticket_id)
    return version


def wind(tx: Tx, ticket_id: UUID, version: int | None) -> None:
    """The clocks of a ticket go by this version from now on, or by none: then it does not live any more."""
    if version is None:
        UNWIND.run(tx, of_ticket=ticket_id)
    else:
        WIND.run(tx, ticket_id=ticket_id, calendar=version)


def add_moved(tx: Tx, version: int, queue: str) -> None:
    """One more ticket of a queue was given new due moments by a version."""
    if row := tx.lock(calendars, calendars.c.version == version):
        _change(tx, version, moved={**row.moved, queue: row.moved.get(queue, 0) + 1})


def settle(tx: Tx, version: int, at: datetime) -> Mapping[str, int] | None:
    """No ticket goes by an earlier version any more: how many each queue has with new due moments.

    None if that was said before.
    """
    row = tx.lock(calendars, calendars.c.version == version)
    if row is None or row.settled_at:
        return None
    _change(tx, version, settled_at=at)
    return dict(row.moved)


def announce(tx: Tx, country: str, feast: Announced, at: datetime) -> None:
    """Keep when a feast is; a later word about the same feast holds."""
    row = upsert(feasts).values(country=country, estimated=feast.estimated, first=feast.first, decided_at=at)
    latest = {"first": row.excluded.first, "decided_at": row.excluded.decided_at}
    tx.connection.execute(row.on_conflict_do_update(index_elements=["country", "estimated"], set_=latest))


def announced(tx: Tx, country: str) -> tuple[Announced, ...]:
    """What was announced about the feasts of a country."""
    return tuple(Announced(row.estimated, row.first) for row in ANNOUNCED.all(tx, of_country=country))


def _change(tx: Tx, version: int, **values: object) -> None:
    tx.connection.execute(update(calendars).where(calendars.c.version == version).values(**values))
