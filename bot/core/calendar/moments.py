"""Moments on the UTC axis, and what a wall clock shows of them."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SECOND = timedelta(seconds=1)


def zone(key: str) -> ZoneInfo:
    """The zone of that name, or ValueError in an operator's words."""
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'expected a time zone such as "Asia/Riyadh", not {key!r}') from None


def utc(at: datetime) -> datetime:
    """The same moment in UTC. A naive one is nobody's moment, and a ValueError."""
    if at.utcoffset() is None:
        raise ValueError(f"expected a moment with its zone, not the naive {at.isoformat(sep=' ')}")
    return at.astimezone(UTC)


def wall(at: datetime, where: tzinfo) -> datetime:
    """What the clock on the wall shows at a moment: a naive datetime."""
    return at.astimezone(where).replace(tzinfo=None)


def reached(shown: datetime, where: tzinfo) -> datetime:
    """The first moment, in UTC, when the clock on the wall shows `shown` or later.

    So a time that comes twice counts when it comes first, and one that is skipped when the clock jumps over
    it. The order of wall times is never turned round, whatever the clock does.
    """
    moment = shown.replace(tzinfo=where, fold=0).astimezone(UTC)
    if wall(moment, where) == shown:
        return moment
    return _jump(shown.replace(tzinfo=where, fold=1).astimezone(UTC), moment, where)


def _jump(before: datetime, after: datetime, where: tzinfo) -> datetime:
    """The moment between the two when the clock jumps forward; jumps happen at whole seconds."""
    offset = before.astimezone(where).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if middle.astimezone(where).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def midnight(day: date) -> datetime:
    """Where a day begins on the wall: a naive datetime."""
    return datetime.combine(day, time())
