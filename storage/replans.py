"""Which settings the plans of tickets were made by, and how far a change of them has come."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update

from bot.core.ticket import Status
from storage.dialects import upsert
from storage.schema import replans, tickets
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Setting:
    """What plans are made by: its name, its value (empty without one), and whose plans they are."""

    what: str
    value: str
    concerns: Collection[Status]


def behind(tx: Tx, setting: Setting, limit: int) -> list[UUID]:
    """The next tickets that are to be planned by this value of a setting; none when all are.

    Whoever takes them plans them in the same unit, so that after a death it goes on where it ended.
    """
    row = tx.lock(replans, replans.c.what == setting.what)
    if row is None or row.value != setting.value:
        row = _begin(tx, setting, done=row is None and not setting.value)
    if row.done:
        return []
    later = (tickets.c.id > row.reached,) if row.reached else ()
    concerned = select(tickets.c.id).where(tickets.c.status.in_(setting.concerns), *later)
    found = list(tx.connection.execute(concerned.order_by(tickets.c.id).limit(limit)).scalars())
    reached = {"reached": found[-1]} if found else {"done": True}
    tx.connection.execute(update(replans).where(replans.c.what == setting.what).values(**reached))
    return found


def _begin(tx: Tx, setting: Setting, *, done: bool) -> Row[Any]:
    """Nothing is `done` yet, unless there was no value before and there is none now."""
    begun = {"what": setting.what, "value": setting.value, "reached": None, "done": done}
    wanted = upsert(replans).values(begun).on_conflict_do_update(index_elements=["what"], set_=begun)
    return tx.connection.execute(wanted.returning(replans)).one()
