"""Parts of an album come one by one: what follows from it waits for the next, and not for ever."""

from datetime import datetime, timedelta

PAUSE, AT_MOST = timedelta(seconds=2), timedelta(seconds=5)
"""So long it waits for the next part, and for all of them."""


def waits(now: datetime, since: datetime) -> datetime:
    """Until when to wait for the next part, where the first one came at `since`."""
    return min(now + PAUSE, since + AT_MOST)
