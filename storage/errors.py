"""What can go wrong with the store; each message says what to mend."""


class StoreError(Exception):
    """Something about the store that an operator can mend."""


class CannotOpenError(StoreError):
    """The database cannot be reached, or its address is not one that we know."""


class AlreadyRunningError(StoreError):
    """Another process works on the same SQLite file."""


class AwayError(StoreError, ConnectionError):
    """The database cannot be reached just now."""


class SpoiledError(StoreError):
    """A unit went on after the database had undone it because of a refused statement: a mistake of ours."""


class ClosedError(StoreError):
    """The store was closed; a unit that comes later is not run."""


class SchemaBehindError(StoreError):
    """The tables are older than this program."""


class SchemaAheadError(StoreError):
    """The tables are newer than this program."""


class TablesBusyError(StoreError):
    """Tables that are to be changed are in use."""


class NotBackError(StoreError):
    """The tables are earlier than the revision that they should go back to."""


class NotBackYetError(StoreError):
    """Something has to be finished before the tables can go back to an earlier revision."""


class KeyringError(StoreError):
    """SANAD_KEYS cannot be read. Never tells a key itself."""


class WrongKeyError(StoreError):
    """A data key is wrapped by an operator's key that SANAD_KEYS does not hold."""


class ErasedError(StoreError):
    """The person was erased: their key is gone, and with it what it sealed."""


class DamagedError(StoreError):
    """Sealed bytes that their key does not open: changed, cut, or moved from another row."""
