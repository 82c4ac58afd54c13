"""Which of the desk's channels can be written to: where one is shut, the fallback stands in."""

from datetime import datetime, timedelta

import structlog

from handlers.unit import Office, Unit
from storage.leases import NotYetError

log = structlog.get_logger()

CARD_GONE = "card_gone"
"""A delivery was refused because of its message or thread; any other refusal is the channel's."""

PAUSE = timedelta(minutes=5)
"""Until a channel that refused us (archived, or without the app) is tried again."""


def open_one(office: Office, channel: str, now: datetime) -> str:
    """The channel itself, else the fallback. Raises NotYetError when neither can be written to."""
    for candidate in (channel, office.desk.fallback_channel):
        if candidate and not _is_shut(office, candidate, now):
            return candidate
    raise NotYetError(f"channel {channel} is shut")


def shut(unit: Unit, channel: str) -> None:
    log.warning("desk.channel_shut", channel=channel)
    unit.office.shut[channel] = unit.now + PAUSE


def _is_shut(office: Office, channel: str, now: datetime) -> bool:
    return channel in office.shut and now < office.shut[channel]
