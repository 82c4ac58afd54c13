"""What tests write lies in memory where there is such a place: none of them asks a disk for its promises.

A process that is killed loses nothing of it, as it loses nothing of a disk's cache.
"""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there, for its user alone


def pytest_configure() -> None:
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def folder() -> str:
    """Where servers that tests start may keep their files."""
    return os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir()
