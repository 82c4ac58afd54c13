"""Post: what was heard, what is promised, and what was delivered."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Big, Id, Json, Moment, Sealed
from storage.schema.metadata import metadata, partial

hearing = Table(  # until when a platform was surely heard; after an absence what was missed is read back
    "hearing",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("until", Moment, nullable=False),  # desk time, by which the platform's messages are dated
    Column("at", Moment, nullable=False),  # the same moment by machine time
    Column("reader", Id),  # the process that reads back
    Column("reading_until", Moment),  # machine time: until then no other begins
)

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
    Column("awaited_until", Moment),  # a request waits for the answer
    Column("answer", Sealed),  # what that request will answer, where another process handled the row
    Column("heard_at", Moment, nullable=False),
    Column("handled_at", Moment),
    UniqueConstraint("channel", "account", "key"),
    partial("ix_inbox_waiting", "lane", "position", "id", where="state = 'waiting'"),
    partial("ix_inbox_parked", "heard_at", "id", where="state = 'parked'"),
    Index("ix_inbox_heard_at", "heard_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Big, primary_key=True),  # order within the lane; storage/outbox.py says why it holds
    Column("id", Id, nullable=False, unique=True),
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
    Column("rank", Integer, nullable=False, server_default=text("1")),  # between lanes; 0 goes first
    Column("state", String(16), nullable=False),  # pending, sent, failed, withdrawn
    Column("error", String(64), nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("unsure", Boolean, nullable=False, server_default=text("false")),  # an attempt had no answer
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment),  # desk time: until then the row is not in its lane yet
    Column("expires_at", Moment),  # desk time
    Column("retry_at", Moment),  # machine time, as all that follows: until then it waits in its lane
    Column("tried_since", Moment),
    Column("memo", String(400), nullable=False, server_default=text("''")),  # the channel's, between attempts
    Column("lease", Id),
    Column("leased_until", Moment),
    Column("settled_at", Moment),
    Index("ix_outbox_settled_at", "settled_at"),
    partial("ix_outbox_pending", "channel", "lane", "seq", where="state = 'pending'"),
    partial("ix_outbox_words", "words_id", where="state = 'pending' and words_id is not null"),
    partial(
        "uq_outbox_shows",
        "shows",
        where="state = 'pending' and shows is not null and lease is null",
        unique=True,
    ),
)

carried = Table(  # which kept words a post quotes, so that they can be taken away wherever they stand
    "carried",
    metadata,
    Column("words_id", Id, ForeignKey("words.id"), primary_key=True),
    Column("outbox_id", Id, primary_key=True, index=True),
)

deliveries = Table(  # which message of which platform is about which ticket: for replies, edits and cards
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("outbox_id", Id, index=True),
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
    partial("ix_deliveries_words", "words_id", where="words_id is not null"),
    partial("ix_deliveries_ticket", "ticket_id", where="ticket_id is not null"),
)
