"""How the moments of one message are said: as people name them, and once whose time it is."""

from datetime import datetime, timedelta

from bot.core.policy import WorkingWeek
from handlers.unit import Unit
from locales import Plain, _, city, current, format_at, format_by

MINUTE = timedelta(minutes=1)


class Moments:
    """They are in the language of the moment and the desk's zone, which the first of them names.

    Words that nobody waits for may arrive on another day: `dated`, they say no "today", but the date.
    """

    def __init__(self, unit: Unit, *, dated: bool = False) -> None:
        self._unit, self._dated, self._zone_told = unit, dated, False

    def by(self, moment: datetime) -> str:
        """Such as "by Sunday 10:30 (Riyadh time)"."""
        return self._said(format_by(moment, self._unit.office.hours.zone, self._unit.now, dated=self._dated))

    def at(self, moment: datetime) -> str:
        """Such as "on Sunday at 10:30 (Riyadh time)"."""
        return self._said(format_at(moment, self._unit.office.hours.zone, self._unit.now, dated=self._dated))

    def is_now(self, moment: datetime) -> bool:
        """Whether it is so near that "from now on" and "from then on" are the same to whoever reads it."""
        return not self._dated and self._unit.now - moment < MINUTE

    def _said(self, when: str) -> str:
        if self._zone_told:
            return when
        self._zone_told = True
        office = self._unit.office
        return f"{when} ({whose_time(office.policy.calendar or office.desk.calendar)})"


def whose_time(week: WorkingWeek | None) -> str:
    """In the policy's own words, or by the city of the zone; the desk's own zone without a week is UTC."""
    if week and week.zone_title:
        return week.zone_title.in_(current())
    return _("{city} time", city=Plain(city(week.timezone))) if week else "UTC"
