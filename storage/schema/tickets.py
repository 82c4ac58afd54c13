"""Tickets and what belongs to them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Id, Json, Moment, Sealed
from storage.schema.metadata import metadata, partial

policies = Table(
    "policies",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("content", Json, nullable=False),
    Column("stored_at", Moment, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("reference", String(8), nullable=False, unique=True),  # digits only; the last is the check digit
    Column("version", Integer, nullable=False),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("address_id", Id, ForeignKey("addresses.id"), nullable=False),
    Column("policy_hash", String(64), ForeignKey("policies.hash"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("outcome", String(32), nullable=False, server_default=""),
    Column("queue", String(64), nullable=False),
    Column("category", String(64), nullable=False),
    Column("priority", String(32), nullable=False, server_default=""),
    Column("language", String(8), nullable=False),
    Column("claimer", String(64), nullable=False, server_default=""),
    Column("claimed_at", Moment),
    Column("cycle", Integer, nullable=False, server_default=text("0")),  # resolutions so far
    Column("score", Integer),  # of the last survey
    Column(
        "snoozed", Boolean, nullable=False, server_default=text("false")
    ),  # out of the lists of what waits
    Column("follows", Id, ForeignKey("tickets.id")),  # the ticket that this one continues
    Column("title", Sealed),
    Column("form", Sealed),  # the answers of the filing conversation
    Column("opened_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("solution_at", Moment),  # since when the solution waits for the customer's word
    Column("closed_at", Moment),
    Column("touched_at", Moment, nullable=False),
    CheckConstraint(
        "status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')", name="status_is_known"
    ),
    Index("ix_tickets_of_customer", "customer_id", "touched_at"),
    partial("ix_tickets_live", "queue", "status", where="status <> 'closed'"),
    partial("ix_tickets_in_hand", "claimer", where="claimer <> '' and status <> 'closed'"),
    partial("ix_tickets_unclaimed", "queue", "opened_at", where="claimer = '' and status <> 'closed'"),
)

threads = Table(  # where a ticket is on the desk; a lost thread is replaced and stays on record
    "threads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("channel", String(64), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("left_at", Moment),  # when the ticket was brought elsewhere
    Column("undrawn", Boolean, nullable=False, server_default=text("false")),  # of that its ticket left it
    UniqueConstraint("channel", "ts"),
    partial("uq_threads_current", "ticket_id", where="current", unique=True),
    partial("ix_threads_left", "channel", where="left_at is not null"),
    partial("ix_threads_undrawn", "channel", "ts", where="undrawn"),
)

facts = Table(  # what happened to a ticket: append-only, and without a word of anybody's
    "facts",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(80), nullable=False),
    Column("data", Json, nullable=False),
)

words = Table(  # what a person wrote
    "words",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("author", String(80), nullable=False),  # "customer", or "agent:U1"
    Column("kind", String(16), nullable=False),  # said, reply, note, question, solution, comment
    Column("origin", String(96), nullable=False, server_default=""),  # the platform's id of the message
    Column("text", Sealed, nullable=False),
    Column("at", Moment, nullable=False),
    Column("redacted_at", Moment),  # since when there is no text any more
    Index("ix_words_origin", "ticket_id", "origin"),
)

files = Table(  # a placeholder at once; the bytes are fetched later, into the vault under the row's id
    "files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("words_id", Id, ForeignKey("words.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # waiting, kept, none, gone, too_large, forgotten
    Column("about", Sealed, nullable=False),  # platform id, name, mime, size
    Column("at", Moment, nullable=False),
    Column("batch", Id),  # shared by those that are shown together: an album's parts; none: its words alone
    Column("bound", String(8), nullable=False, server_default=text("'desk'")),  # see storage.files
    Column("why", String(32), nullable=False, server_default=text("''")),  # it was not fetched
    Column("replaced_by", Id),  # the file that its sender put in its place
    Column("shown_by", Id),  # the row of the outbox that posts it in the ticket's thread
    Column("stored", Boolean, nullable=False, server_default=text("false")),  # bytes may be in the vault
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("retry_at", Moment),  # machine time, as all that follows
    Column("tried_since", Moment),
    Column("lease", Id),
    Column("leased_until", Moment),
    partial("ix_files_waiting", "id", where="state = 'waiting'"),
    partial("ix_files_doomed", "id", where="state = 'forgotten' and stored"),
)

scores = Table(  # one row for each question of a survey, once per resolution
    "scores",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("question", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_scores_at", "at"),
)
