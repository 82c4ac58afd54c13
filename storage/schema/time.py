"""What time will do, and the working days that it goes by."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from storage.columns import Id, Json, Moment
from storage.schema.metadata import metadata

dues = Table(  # a cache of what the facts come to: what will happen to a ticket, and when
    "dues",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("step", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("retry_at", Moment),  # machine time: after a failure it waits
    Index("ix_dues_due_at", "due_at"),
)

reminders = Table(  # reminders that are on record, until their queue is told at the end of the tick
    "reminders",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("step", String(64), primary_key=True),
    Column("queue", String(64), nullable=False, index=True),
    Column("rank", Integer, nullable=False),  # of the ticket's priority; 0 is the most serious
    Column("due_at", Moment, nullable=False),  # when the clock ends
)

digests = Table(  # the queues that were told in the morning how they stand, once a day
    "digests",
    metadata,
    Column("queue", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
)

calendars = Table(  # the resolved working days of this store, each version kept
    "calendars",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", Json, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("moved", Json, nullable=False),  # how many tickets of each queue it gave new due moments
    Column("settled_at", Moment),  # when no ticket went by an earlier version any more
)

wound = Table(  # the version that the clocks of each live ticket go by
    "wound",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("calendar", Integer, nullable=False),
    Index("ix_wound_calendar", "calendar"),
)

promised = Table(  # until when the customer of a ticket was last told to expect something
    "promised",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("target", String(32), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("until", Moment, nullable=False),
    Column("told_at", Moment, nullable=False),
)

feasts = Table(  # when movable feasts are, as it was announced
    "feasts",
    metadata,
    Column("country", String(2), primary_key=True),
    Column("estimated", Date, primary_key=True),  # the first day, as it was thought to be
    Column("first", Date, nullable=False),
    Column("decided_at", Moment, nullable=False),
)

replans = Table(  # settings that the plans of tickets were made by: a change is work for each ticket once
    "replans",
    metadata,
    Column("what", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
    Column("reached", Id),  # the last ticket that was planned by it
    Column("done", Boolean, nullable=False, server_default=text("false")),
)
