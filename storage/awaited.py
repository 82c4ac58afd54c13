"""Files that an agent's words wait for, and that take longer than their author expects."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select, update

from storage import files
from storage.dialects import is_exactly
from storage.fetching import WAITING
from storage.files import BOTH, CUSTOMER, Kept
from storage.prepared import Prepared
from storage.schema import files as table
from storage.tx import Tx

LATE = "late"
"""Why a file is not here yet; its author has been told."""

SLOW = (
    select(table.c.id)
    .where(
        WAITING,
        or_(is_exactly(table.c.bound, CUSTOMER), is_exactly(table.c.bound, BOTH)),
        is_exactly(table.c.why, ""),
        table.c.tried_since <= bindparam("before"),
    )
    .order_by(table.c.id)
)
LOOK = Prepared(SLOW.limit(1))
TAKE = Prepared(SLOW.with_for_update(skip_locked=True))


def is_any_slow(tx: Tx, before: datetime) -> bool:
    """Whether there is anything for `slow`."""
    return LOOK.one_or_none(tx, before=before) is not None


def slow(tx: Tx, before: datetime) -> list[Kept]:
    """Those that have been tried since `before`, each told once."""
    if ids := [row.id for row in TAKE.all(tx, before=before)]:
        tx.connection.execute(update(table).where(table.c.id.in_(ids)).values(why=LATE))
    return files.find(tx, ids) if ids else []
