"""Clocks: what tells a moment, and the machine's own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Machine time."""
    return datetime.now(UTC)
