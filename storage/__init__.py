"""The store: the only place that knows SQL. Units of work, sealed words, and post that is never lost."""

from storage.crypto import Keyring
from storage.engines import Unit
from storage.errors import (
    AlreadyRunningError,
    CannotOpenError,
    ClosedError,
    DamagedError,
    ErasedError,
    KeyringError,
    SchemaAheadError,
    SchemaBehindError,
    StoreError,
    WrongKeyError,
)
from storage.hints import Bell, Hints
from storage.store import Store
from storage.tx import Tx

__all__ = [
    "AlreadyRunningError",
    "Bell",
    "CannotOpenError",
    "ClosedError",
    "DamagedError",
    "ErasedError",
    "Hints",
    "Keyring",
    "KeyringError",
    "SchemaAheadError",
    "SchemaBehindError",
    "Store",
    "StoreError",
    "Tx",
    "Unit",
    "WrongKeyError",
]
