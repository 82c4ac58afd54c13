"""A moment that an agent chose in a dialog."""

from datetime import UTC, datetime, timedelta

from handlers.unit import Unit
from locales import _

FURTHEST = timedelta(days=366)
"""Nobody means a later one."""


def read(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def wrong(unit: Unit, chosen: datetime | None) -> str:
    """Why this moment will not do, or nothing."""
    if chosen is None:
        return _("Please choose a moment.")
    if chosen <= unit.now:
        return _("This moment has passed.")
    if chosen > unit.now + FURTHEST:
        return _("This is more than a year ahead.")
    return ""
