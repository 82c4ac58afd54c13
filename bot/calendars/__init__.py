"""The calendar of a desk: resolved from its files and what is known of holidays, and kept by version."""

from bot.calendars.resolving import resolve
from bot.calendars.versions import keep_up, open_by

__all__ = ["keep_up", "open_by", "resolve"]
