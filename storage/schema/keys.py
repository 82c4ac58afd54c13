"""The store's own: the keys that seal, and small facts about this store."""

from sqlalchemy import Column, LargeBinary, String, Table, UniqueConstraint

from storage.columns import Id, Json
from storage.schema.metadata import metadata

keys = Table(  # a data key, wrapped by one of the operator's keys
    "keys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner", Id, nullable=False),  # a customer; the nil UUID is the store itself
    Column("purpose", String(16), nullable=False),  # data, index
    Column("wrapped_by", String(64), nullable=False, index=True),
    Column("wrapped", LargeBinary, nullable=False),
    UniqueConstraint("owner", "purpose"),
)

settings = Table(  # small facts about this store, such as the offset of a demo's clock
    "settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Json, nullable=False),
)
