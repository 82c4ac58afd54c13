"""The working days that a desk goes by: resolved, stored by version, and taken up while it runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from bot.core.calendar import Calendar, Day
from bot.core.calendar.moments import zone
from bot.core.heard import Value


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off. It is `provisional` while its date is an estimate: a feast that waits for the moon.

    All days of such a feast know its first day, `feast`: they move together.
    """

    day: date
    name: str
    provisional: bool = False
    feast: date | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """When a feast is: its `first` day, and the one that was `estimated` before."""

    estimated: date
    first: date


NO_YEARS = (0, 0)


class WorkingDays(Value):
    """The hours of a desk, with the public holidays from one year to another, both included.

    Without a `calendar` no week is known, and without a country no holiday: then there are NO_YEARS. `off`
    are the days off in order, named in English; `names` are the names in other languages, where they are
    known.
    """

    calendar: Calendar | None = None
    off: tuple[Holiday, ...] = ()
    names: dict[str, dict[Day, str]] = {}
    years: tuple[int, int] = NO_YEARS


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
    days: WorkingDays = field(default_factory=WorkingDays)

    def become(self, days: WorkingDays, version: int) -> None:
        """From now on the desk goes by these days."""
        self.calendar = days.calendar
        self.zone = zone(days.calendar.timezone) if days.calendar else UTC
        self.names = {holiday.day: holiday.name for holiday in days.off}
        self.days = days
        self.version = version  # last: whoever reads it first never takes older days for this version's

    def closed(self, at: datetime) -> bool:
        """Whether nobody works at a moment; never, where no week is known."""
        return self.calendar is not None and not self.calendar.is_open(at)
