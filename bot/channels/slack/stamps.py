"""Slack's timestamps: seconds and six digits, as text; they name messages and put them in order."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(stamp: str) -> int:
    """`"1700000000.000100"` as microseconds since 1970; 0 for what is no timestamp."""
    seconds, _, fraction = stamp.partition(".")
    digits = seconds + fraction[:6].ljust(6, "0")
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def stamp(at: int) -> str:
    """Microseconds since 1970 as Slack writes them."""
    return f"{at // 1_000_000}.{at % 1_000_000:06d}"


def stamp_of(at: datetime) -> str:
    """A moment as Slack writes it."""
    return stamp((at - EPOCH) // timedelta(microseconds=1))


def moment(at: int) -> datetime:
    """Microseconds since 1970 as a UTC datetime, to the last digit."""
    return EPOCH + timedelta(microseconds=at)
