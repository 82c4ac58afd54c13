"""The tables. What people wrote is sealed (`Sealed`); see crypto.py for whose key seals what."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Big, Id, Json, Moment, Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Keys. A data key is wrapped by one of the operator's keys; `owner` is a customer, or the store itself.

keys = Table(
    "keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner", Id, unique=True),  # the nil UUID is the store's own key
    Column("purpose", String(16), nullable=False, server_default="data"),  # data, index
    Column("wrapped_by", String(64), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("created_at", Moment, nullable=False),
)

settings = Table(  # small facts about this store: the offset of a demo's clock, the fingerprint of its keys
    "settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Json, nullable=False),
)

# People

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Sealed),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", Moment, nullable=False),
)

addresses = Table(  # where a customer is on one channel
    "addresses",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),  # keyed hash of the chat
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False, index=True),
    Column("chat", Sealed, nullable=False),
    Column("open", Boolean, nullable=False, server_default=text("true")),  # false: they blocked us
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("channel", "account", "hash"),
)

places = Table(  # where a conversation stands; `shelved` is a half-finished one that was set aside
    "places",
    metadata,
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True),
    Column("turn", Integer, nullable=False, server_default=text("0")),
    Column("place", Sealed),
    Column("shelved", Sealed),
    Column("updated_at", Moment, nullable=False),
)

agents = Table(
    "agents",
    metadata,
    Column("user", String(64), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("language_chosen", Boolean, nullable=False, server_default=text("false")),
    Column("hints", Json, nullable=False),  # what has been explained to them once
    Column("seen_at", Moment, nullable=False),
)

members = Table(  # who is in which of the desk's channels
    "members",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("user", String(64), primary_key=True),
)

# Tickets

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
    Column("follows", Id, ForeignKey("tickets.id")),  # the ticket that this one continues
    Column("title", Sealed),
    Column("form", Sealed),  # the answers of the filing conversation
    Column("opened_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("solution_at", Moment),  # when the channel accepted the solution message
    Column("closed_at", Moment),
    Column("touched_at", Moment, nullable=False),
    CheckConstraint(
        "status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')", name="status_is_known"
    ),
    Index("ix_tickets_of_customer", "customer_id", "touched_at"),
    Index("ix_tickets_live", "queue", "status", sqlite_where=text("status <> 'closed'"), postgresql_where=text("status <> 'closed'")),
)

threads = Table(  # where a ticket is on the desk; a lost thread is replaced and stays on record
    "threads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("ts", String(32), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("channel", "ts"),
    Index("uq_threads_current", "ticket_id", unique=True, sqlite_where=text("current"), postgresql_where=text("current")),
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
    Index("ix_words_origin", "ticket_id", "origin"),
)

files = Table(  # a placeholder at once; the bytes are fetched later
    "files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ticket_id", Id, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("words_id", Id, ForeignKey("words.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("state", String(16), nullable=False),  # waiting
    Column("about", Sealed, nullable=False),  # platform id, name, mime, size
    Column("at", Moment, nullable=False),
)

scores = Table(  # one row for each question of a survey, once per resolution
    "scores",
    metadata,
    Column("ticket_id", Id, ForeignKey("tickets.id"), primary_key=True),
    Column("cycle", Integer, primary_key=True, autoincrement=False),
    Column("question", String(64), primary_key=True),
    Column("value", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)

# Post: what was heard, what is promised, and what was delivered

lanes = Table(  # one row for everything that must happen in order
    "lanes",
    metadata,
    Column("lane", String(80), primary_key=True),
    Column("not_before", Moment),  # after a failure the lane waits
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("key", LargeBinary(32), nullable=False),  # keyed hash of the platform's natural key
    Column("lane", String(80), ForeignKey("lanes.lane"), nullable=False),
    Column("position", Big, nullable=False),  # the platform's own order within the lane
    Column("state", String(16), nullable=False),  # waiting, handled, parked
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("error", String(200), nullable=False, server_default=""),  # the class of the error, never words
    Column("payload", Sealed),  # emptied once handled
    Column("answer", Sealed),  # what a request that waits for it will answer
    Column("heard_at", Moment, nullable=False),
    Column("handled_at", Moment),
    UniqueConstraint("channel", "account", "key"),
    Index("ix_inbox_waiting", "lane", "position", sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'")),
    Index("ix_inbox_heard_at", "heard_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("seq", Big, nullable=False),  # order within the lane
    Column("kind", String(8), nullable=False),  # say, show
    Column("lane", String(80), nullable=False),
    Column("channel", String(16), nullable=False),  # which channel delivers it
    Column("target", Json, nullable=False),  # whom or what it is for; resolved when it is sent
    Column("shows", String(96)),  # of a show row: what is shown, pending once
    Column("payload", Sealed),  # of a say row; emptied once settled
    Column("owner", Id),  # whose key seals the payload; none: the store's own
    Column("purpose", String(24), nullable=False),
    Column("ticket_id", Id, ForeignKey("tickets.id")),
    Column("words_id", Id, ForeignKey("words.id")),
    Column("cycle", Integer, nullable=False, server_default=text("0")),
    Column("state", String(16), nullable=False),  # pending, sent, failed, withdrawn
    Column("error", String(64), nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("unsure", Boolean, nullable=False, server_default=text("false")),  # an attempt had no answer
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("expires_at", Moment),
    Column("lease", Id),
    Column("leased_until", Moment),
    Column("settled_at", Moment),
    Index("ix_outbox_pending", "lane", "seq", sqlite_where=text("state = 'pending'"), postgresql_where=text("state = 'pending'")),
    Index("uq_outbox_shows", "shows", unique=True, sqlite_where=text("state = 'pending' and shows is not null and lease is null"), postgresql_where=text("state = 'pending' and shows is not null and lease is null")),
)

deliveries = Table(  # which message of which platform is about which ticket: for replies, edits and cards
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("outbox_id", Id, nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("chat", LargeBinary(32), nullable=False),  # keyed hash of the chat
    Column("external_id", String(64), nullable=False),
    Column("part", Integer, nullable=False),
    Column("purpose", String(24), nullable=False),
    Column("ticket_id", Id, ForeignKey("tickets.id")),
    Column("words_id", Id, ForeignKey("words.id")),
    Column("cycle", Integer, nullable=False, server_default=text("0")),
    Column("at", Moment, nullable=False),
    UniqueConstraint("channel", "chat", "external_id"),
)
