"""The working hours that a desk goes by now: they may change while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from bot.core.calendar import Calendar
from bot.core.calendar.moments import zone


@dataclass(slots=True)
class OpenHours:
    """`calendar` is the policy's week with its days off, else the desk file's; None where neither has one.

    `zone` is theirs, and UTC where there is none. `names` are of the days off, for people. `version` is that
    of the stored calendar.
    """

    calendar: Calendar | None = None
    zone: tzinfo = UTC
    names: Mapping[date, str] = field(default_factory=dict)
    version: int = 0

    def become(self, calendar: Calendar, names: Mapping[date, str], version: int) -> None:
        self.calendar, self.zone = calendar, zone(calendar.timezone)
        self.names, self.version = names, version

    def closed(self, at: datetime) -> bool:
        """Whether nobody works at a moment; never, where no week is known."""
        return self.calendar is not None and not self.calendar.is_open(at)
