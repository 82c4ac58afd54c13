"""What can be checked of time: zone data, and the days that the desk would go by."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import holidays
from bot.calendars import resolve
from bot.calendars.resolving import AHEAD, week_of
from bot.check.report import Report
from bot.core.desk import Days
from bot.core.hours import Holiday, WorkingDays
from bot.core.policy import Policy

SOON = timedelta(days=45)
"""How long before a feast an operator is reminded that its date is an estimate."""


def look_at_zones(report: Report) -> None:
    """Whether zones are known, and as they are since Kazakhstan became one zone, UTC+5, in March 2024."""
    try:
        almaty = datetime(2026, 1, 1, tzinfo=UTC).astimezone(ZoneInfo.no_cache("Asia/Almaty"))
    except ZoneInfoNotFoundError:
        report.mend("time zone data is missing; install the system's tzdata, or the package of that name")
        return
    if almaty.utcoffset() == timedelta(hours=5):
        report.ok("time zone data")
        return
    report.mend(
        "time zone data is older than March 2024: Asia/Almaty is not at UTC+5; update the system's tzdata"
    )


def look_at_days(report: Report, desk: Days, policy: Policy, today: date) -> None:
    """Whether the operator's days fit the week, until when holidays are known, and which may still move."""
    week = week_of(policy, desk)
    if week is None or week.country not in {"", *holidays.countries()}:
        return  # what is wrong then has been told
    until = today.year + AHEAD
    kept = f"holidays of {week.country} until {until}" if week.country else "no public holidays"
    days = report.read(f"calendar: {week.timezone}, {kept}", lambda: resolve(policy, desk, today.year))
    for feast in _soon(days, today) if days else ():
        report.warn(
            f"calendar: {feast.day} ({feast.name}) is an estimate; when it is announced, say"
            " `sanad calendar confirm` or `sanad calendar shift`"
        )


def _soon(days: WorkingDays, today: date) -> Iterable[Holiday]:
    """The first days of the feasts that come soon, and wait for the moon."""
    return (
        holiday
        for holiday in days.off
        if holiday.provisional and holiday.day == holiday.feast and today <= holiday.day <= today + SOON
    )
