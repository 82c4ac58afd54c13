"""Incidents, and the tickets that are tied to each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from storage.dialects import upsert
from storage.prepared import Prepared
from storage.schema import incidents, tickets, tied
from storage.tx import Tx

READ = Prepared(select(incidents).where(incidents.c.id == bindparam("of_incident")))
OF_TICKET = select(tied.c.incident_id).where(tied.c.ticket_id == bindparam("of_ticket"))
GO_ON = Prepared(update(incidents).where(incidents.c.id.in_(OF_TICKET)), ("over_at",))
TIED_TO = Prepared(
    select(tickets.c.id)
    .join(tied, tied.c.ticket_id == tickets.c.id)
    .where(tied.c.incident_id == bindparam("of_incident"))
    .order_by(tickets.c.opened_at, tickets.c.id)
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One trouble behind several tickets. `title` is an agent's words; it never reaches a customer."""

    id: UUID
    title: str
    by: str
    opened_at: datetime
    over_at: datetime | None = None


def begin(tx: Tx, title: str, by: str, at: datetime) -> Incident:
    incident_id = tx.new_id()
    sealed = tx.seal(None, incidents.c.title, incident_id, title)
    tx.connection.execute(insert(incidents).values(id=incident_id, title=sealed, by=by, opened_at=at))
    return Incident(incident_id, title, by, at)


def rename(tx: Tx, incident_id: UUID, title: str) -> None:
    """Nothing of the title before is kept."""
    sealed = tx.seal(None, incidents.c.title, incident_id, title)
    tx.connection.execute(update(incidents).where(incidents.c.id == incident_id).values(title=sealed))


def read(tx: Tx, incident_id: UUID) -> Incident:
    return _incident(tx, READ.one(tx, of_incident=incident_id))


def hold(tx: Tx, incident_id: UUID) -> None:
    """Nobody ties a ticket to it, or takes up one of its tickets again, until the unit ends.

    Whoever ties has the ticket in hand before, and so does whoever holds the incident.
    """
    tx.lock(incidents, incidents.c.id == incident_id)


def current(tx: Tx, limit: int) -> list[Incident]:
    """Those that are not over, the newest first."""
    newest = incidents.c.opened_at.desc()
    found = select(incidents).where(incidents.c.over_at.is_(None)).order_by(newest).limit(limit)
    return [_incident(tx, row) for row in tx.connection.execute(found)]


def end(tx: Tx, incident_id: UUID, at: datetime | None) -> None:
    """It is over, or (None) it goes on after all."""
    tx.connection.execute(update(incidents).where(incidents.c.id == incident_id).values(over_at=at))


def go_on(tx: Tx, ticket_id: UUID) -> None:
    """The incident that this ticket is tied to, if it is, is not over: there is work on the ticket again."""
    GO_ON.run(tx, of_ticket=ticket_id, over_at=None)


def tie(tx: Tx, incident_id: UUID, ticket_id: UUID) -> None:
    values = {"ticket_id": ticket_id, "incident_id": incident_id}
    moved = {"incident_id": incident_id}
    tx.connection.execute(
        upsert(tied).values(**values).on_conflict_do_update(index_elements=["ticket_id"], set_=moved)
    )


def untie(tx: Tx, ticket_id: UUID) -> None:
    tx.connection.execute(delete(tied).where(tied.c.ticket_id == ticket_id))


def tied_to(tx: Tx, incident_id: UUID) -> list[UUID]:
    """All tickets that are tied to it, in the order of their filing."""
    return [row.id for row in TIED_TO.all(tx, of_incident=incident_id)]


def _incident(tx: Tx, row: Any) -> Incident:
    title = tx.unseal(None, incidents.c.title, row.id, row.title)
    return Incident(row.id, title, row.by, row.opened_at, row.over_at)
