"""Until when a customer was last told to expect something: what a later moment is compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from bot.core.policy.targets import What
from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import promised
from storage.tx import Tx

Key = tuple[What, int]
"""A clock of a ticket: target and cycle."""

NEW = upsert(promised)
PUT = Prepared(
    NEW.on_conflict_do_update(
        index_elements=["ticket_id", "target", "cycle"],
        set_={"until": NEW.excluded.until, "told_at": NEW.excluded.told_at},
    ),
    ("ticket_id", "target", "cycle", "until", "told_at"),
)
OF_TICKET = Prepared(select(promised).where(promised.c.ticket_id == bindparam("of_ticket")))


@dataclass(frozen=True, slots=True)
class Told:
    """That something comes `until` a moment, and when the customer was told so."""

    until: datetime
    told_at: datetime


def put(tx: Tx, ticket_id: UUID, told: Mapping[Key, datetime], at: datetime) -> None:
    """What the customer of a ticket is told now, in place of what they were told of the same before."""
    rows = [
        {"ticket_id": ticket_id, "target": what, "cycle": cycle, "until": until, "told_at": at}
        for (what, cycle), until in told.items()
    ]
    PUT.run_for_each(tx, rows)


def of_ticket(tx: Tx, ticket_id: UUID) -> dict[Key, Told]:
    """What the customer of a ticket was last told, by clock."""
    rows = OF_TICKET.all(tx, of_ticket=ticket_id)
    return {(row.target, row.cycle): Told(row.until, row.told_at) for row in rows}


def forget(tx: Tx, ticket_id: UUID, key: Key) -> None:
    """The customer was told that it no longer holds."""
    what, cycle = key
    named = (promised.c.ticket_id == ticket_id, promised.c.target == what, promised.c.cycle == cycle)
    tx.connection.execute(delete(promised).where(*named))
