"""Files that an agent's words wait for, and that take longer than their author expects."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, or_, select, update

from storage import files
from storage.dialects import is_exactly
from storage.fetching import WAITING
from storage.files import BOTH, CUSTOMER, Kept
from storage.prepared import Prepared
from storage.schema import files as table
from storage.schema import tickets
from storage.tx import Tx

LATE, NO_ROOM = "late", "no_room"
"""Why a file is not here yet; its author has been told."""

AWAITED = and_(WAITING, or_(is_exactly(table.c.bound, CUSTOMER), is_exactly(table.c.bound, BOTH)))
LONG = (
    select(table.c.id, table.c.leased_until)
    .where(AWAITED, table.c.tried_since <= bindparam("before"))
    .order_by(table.c.id)
)
SLOW = LONG.where(is_exactly(table.c.why, ""))
LOOK = Prepared(SLOW.limit(1))
BOTH_ROWS = (table, tickets)
"""Nobody waits for a ticket with a file in hand: whoever ends a file has its ticket first."""
TAKE = Prepared(SLOW.join(tickets).with_for_update(skip_locked=True, of=BOTH_ROWS))
IDLE = or_(table.c.leased_until.is_(None), table.c.leased_until <= bindparam("now"))
TAKE_OVER = Prepared(LONG.where(IDLE).join(tickets).with_for_update(skip_locked=True, of=BOTH_ROWS))
BEGIN = Prepared(update(table).where(AWAITED, table.c.tried_since.is_(None)), ("tried_since",))


def is_any_slow(tx: Tx, before: datetime) -> bool:
    """Whether there is anything for `slow`."""
    return LOOK.one_or_none(tx, before=before) is not None


def slow(tx: Tx, before: datetime, now: datetime, *, shut: bool) -> list[Kept]:
    """Those that have been tried since `before`, each told once, and why they are not here.

    While the disk is `shut` nothing is begun; what is just being fetched is brought to its end.
    """
    found = TAKE.all(tx, before=before)
    busy = {row.id for row in found if not shut or (row.leased_until and row.leased_until > now)}
    idle = {row.id for row in found} - busy
    return [*_become(tx, busy, why=LATE), *_become(tx, idle, why=NO_ROOM)]


def begin(tx: Tx, now: datetime) -> None:
    """The time of those that nobody has tried yet runs from now, too: they cannot be."""
    BEGIN.run(tx, tried_since=now)


def give_up(tx: Tx, before: datetime, now: datetime, why: str) -> list[Kept]:
    """Those that have been tried since `before`, and are not being fetched just now, will not come."""
    ids = [row.id for row in TAKE_OVER.all(tx, before=before, now=now)]
    return _become(tx, ids, state="gone", why=why, lease=None, leased_until=None)


def _become(tx: Tx, ids: Collection[UUID], **values: str | None) -> list[Kept]:
    if ids:
        tx.connection.execute(update(table).where(table.c.id.in_(ids)).values(**values))
    return files.find(tx, ids) if ids else []
