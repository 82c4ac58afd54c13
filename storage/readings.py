"""Who read the history of a ticket, and how: on record for good, and no event in the ticket's own life."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from storage.schema import readings
from storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Reading:
    """`what` is `history`, `export` or `search`; `by` is `agent:<user>` or `operator`."""

    by: str
    what: str
    at: datetime


def record(tx: Tx, ticket_id: UUID, by: str, what: str, at: datetime) -> None:
    row = {"id": tx.new_id(), "ticket_id": ticket_id, "by": by, "what": what, "at": at}
    tx.connection.execute(insert(readings).values(**row))


def of_ticket(tx: Tx, ticket_id: UUID) -> list[Reading]:
    """All readings of a ticket, in order."""
    rows = tx.connection.execute(
        select(readings).where(readings.c.ticket_id == ticket_id).order_by(readings.c.at, readings.c.id)
    )
    return [Reading(row.by, row.what, row.at) for row in rows]
