"""One process per SQLite file."""

import fcntl
import os
from pathlib import Path

from storage.errors import AlreadyRunningError


class FileLock:
    """Holds `<file>.lock` until it is released or the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        path = database.with_name(f"{database.name}.lock")
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            raise AlreadyRunningError(
                f"another process works on {database.absolute()}; "
                "stop it, or give this one a DATABASE_URL of its own"
            ) from None

    def release(self) -> None:
        os.close(self._handle)
