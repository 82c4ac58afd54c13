"""Customers, where they are, and the agents of the desk."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Id, Json, Moment, Sealed
from storage.schema.metadata import metadata, partial

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

known = Table(  # by what a customer can be found: keyed hashes of whole names, numbers and addresses
    "known",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True),
)

places = Table(  # where a conversation stands; `shelved` is a half-finished one that was set aside
    "places",
    metadata,
    Column("address_id", Id, ForeignKey("addresses.id"), primary_key=True),
    Column("turn", Integer, nullable=False, server_default=text("0")),
    Column("place", Sealed),
    Column("shelved", Sealed),
    Column("unsent", Boolean, nullable=False, server_default=text("false")),  # something of theirs waits here
    Column("updated_at", Moment, nullable=False),
    partial("ix_places_unsent", "updated_at", where="unsent"),
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

rooms = Table(  # channels of the desk that are not as they should be, or were not until a moment ago
    "rooms",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("stands", String(16), nullable=False),  # open, public, archived, left, gone, restricted
    Column("since", Moment, nullable=False),
)

members = Table(  # who is in which of the desk's channels, and in which user group
    "members",
    metadata,
    Column("channel", String(64), primary_key=True),
    Column("user", String(64), primary_key=True),
)
