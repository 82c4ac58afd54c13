"""What agents look at, and who looked."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, String, Table, text

from storage.columns import Id, Json, Moment
from storage.schema.metadata import metadata

homes = Table(  # who looks at their Home tab, and at which pages of its lists
    "homes",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("looked_at", Moment, nullable=False),
    Column("pages", Json, nullable=False),
    Index("ix_homes_looked_at", "looked_at"),
)

late = Table(  # a cache of what the facts come to: the tickets that are past a due moment, and since when
    "late",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("since", Moment, nullable=False),
    # False where the moment is the desk's own: it is urgent, and not overdue (CAP-7)
    Column("promised", Boolean, nullable=False, server_default=text("true")),
)

readings = Table(  # who read the history of a ticket, or took it away; no fact, for it changes nothing
    "readings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("by", String(80), nullable=False),  # as in facts
    Column("what", String(16), nullable=False),  # history, export, search
    Column("at", Moment, nullable=False),
)

stems = Table(  # the blind index: keyed hashes of the stems that a ticket holds, and where from
    "stems",
    metadata,
    Column("hash", LargeBinary(16), primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("source", Id, primary_key=True, index=True),  # the words, the file, or the ticket itself
    Index("ix_stems_ticket_id", "ticket_id", "hash"),
)
