"""What ties tickets together."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.columns import Id, Moment, Sealed
from storage.schema.metadata import metadata, partial

incidents = Table(  # one trouble behind several tickets
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", Sealed, nullable=False),  # an agent's words, under the store's own key
    Column("by", String(80), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("over_at", Moment),  # when all of its tickets were resolved
    partial("ix_incidents_current", "opened_at", where="over_at is null"),
)

tied = Table(  # a ticket belongs to one incident at most; the facts of the ticket say the same
    "tied",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("incident_id", Id, ForeignKey("incidents.id"), nullable=False, index=True),
)
