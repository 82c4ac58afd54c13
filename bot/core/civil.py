"""Civil hours: when a customer may be spoken to unasked."""

from datetime import datetime, time, timedelta, tzinfo

from bot.core.calendar.moments import reached, wall

OPENS, CLOSES = time(9), time(20)


def is_civil(at: datetime, zone: tzinfo) -> bool:
    """From 09:00 until just before 20:00 on the walls of the desk's zone."""
    return OPENS <= wall(at, zone).time() < CLOSES


def civil(at: datetime, zone: tzinfo) -> datetime:
    """The first civil moment from `at` on: itself, or 09:00."""
    if is_civil(at, zone):
        return at
    shown = wall(at, zone)
    day = shown.date() if shown.time() < OPENS else shown.date() + timedelta(days=1)
    return reached(datetime.combine(day, OPENS), zone)
