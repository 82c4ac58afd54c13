"""How the days that a desk goes by differ from those that its files come to, as an operator reads it."""

from collections.abc import Iterator
from datetime import date

from bot.calendars.resolving import AHEAD
from bot.calendars.versions import reason
from bot.core.hours import NO_YEARS, WorkingDays

SHOWN = 3
"""Days that are named."""


def difference(days: WorkingDays, told: WorkingDays) -> str:
    """What is to be mended where the desk goes by these days, and its files tell others; nothing if not."""
    if days == told:
        return ""
    if days.calendar is None:
        return "the desk has not been started with this database yet, or never with a week; start it first"
    if NO_YEARS not in (days.years, told.years) and days.years[1] != told.years[1]:
        there, here = (known.years[1] - AHEAD for known in (days, told))
        return (
            f"for the desk it is {there}, and here it is {here}: see to the clocks, or start the desk first"
        )
    about = ", ".join((reason(days, told), *_days(days, told)))
    return f"the policy and the desk file say otherwise than the desk that runs: {about}; start it with them"


def _days(days: WorkingDays, told: WorkingDays) -> Iterator[str]:
    """The first days that are off by one of them, and not by the other."""
    names = {holiday.day: holiday.name for known in (days, told) for holiday in known.off}
    off, then = ({holiday.day for holiday in known.off} for known in (days, told))
    differing: list[date] = sorted(off ^ then)
    yield from (f"{day} ({names[day]})" for day in differing[:SHOWN])
    if len(differing) > SHOWN:
        yield f"and {len(differing) - SHOWN} more"
