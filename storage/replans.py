"""Which settings the plans of tickets were made by, and how far a change of them has come."""

from uuid import UUID

from sqlalchemy import select, update

from bot.core.ticket import Status
from storage.dialects import upsert
from storage.schema import replans, tickets
from storage.tx import Tx


def behind(tx: Tx, what: str, value: str, limit: int) -> list[UUID]:
    """The next resolved tickets that are to be planned by this value of a setting; none when all are.

    Whoever takes them plans them in the same unit, so that after a death it goes on where it ended.
    """
    row = tx.lock(replans, replans.c.what == what)
    if row is None or row.value != value:
        begun = {"what": what, "value": value, "reached": None, "done": False}
        tx.connection.execute(
            upsert(replans).values(begun).on_conflict_do_update(index_elements=["what"], set_=begun)
        )
    elif row.done:
        return []
    since = row.reached if row is not None and row.value == value else None
    later = (tickets.c.id > since,) if since else ()
    resolved = select(tickets.c.id).where(tickets.c.status == Status.RESOLVED, *later)
    found = list(tx.connection.execute(resolved.order_by(tickets.c.id).limit(limit)).scalars())
    reached = {"reached": found[-1]} if found else {"done": True}
    tx.connection.execute(update(replans).where(replans.c.what == what).values(**reached))
    return found
