"""Which of the desk's channels can be written to just now."""

from bot.core.standing import is_shut
from handlers.unit import Office
from storage import Tx, rooms
from storage.leases import NotYetError


def open_one(tx: Tx, office: Office, channel: str) -> str:
    """The channel itself, else the fallback. Raises NotYetError when neither can be written to."""
    for candidate in (channel, office.desk.fallback_channel):
        if candidate and can_be_used(tx, candidate):
            return candidate
    raise NotYetError(f"channel {channel} is shut")


def can_be_used(tx: Tx, channel: str) -> bool:
    return not is_shut(rooms.standing(tx, channel))


def require(tx: Tx, channel: str) -> None:
    """Raises NotYetError: what is to be said there waits until it is mended, or the ticket elsewhere."""
    if not can_be_used(tx, channel):
        raise NotYetError(f"channel {channel} is shut")
