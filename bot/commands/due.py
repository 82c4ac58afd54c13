"""`sanad policy due`: when a span ends that begins at a moment, by the hours of a policy, and why."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo

import typer

from bot import policies, settings
from bot.calendars import resolve
from bot.core.calendar import Hours, NeverOpenError
from bot.core.calendar.moments import zone
from bot.core.course import run
from bot.core.desk import Desk
from bot.core.hours import WorkingDays
from bot.core.mistakes import Mistake
from bot.core.policy import Policy, PolicyError
from bot.core.policy.targets import Target, Triage
from bot.core.sla import Clock
from bot.core.spans import Span, span
from bot.core.text import ascii_digits
from bot.core.why import Counted, Differing, Why
from bot.core.why import why as account
from bot.holidays import countries

FIRST_YEAR, LAST_YEAR = 1970, 2500


def due(name: str, begins: str, length: str, *, explain: bool) -> None:
    """Print the moment, with the offset of the policy's zone; with `explain`, how it comes about."""
    start, within = _moment(begins), _span(length)
    policy, desk = policies.load(name, countries()), settings.desk_if_any()
    days = _days(policy, desk, start, within)
    where = zone(days.calendar.timezone) if days.calendar else start.tzinfo
    assert where
    moment = _due(within, start, days).astimezone(where)
    typer.echo(moment.isoformat())
    if explain:
        for line in _told(_why(within, start, days), days, where):
            typer.echo(line)


def _moment(written: str) -> datetime:
    wanted = "expected a moment with its offset, such as 2026-11-05T16:00+03:00"
    try:
        moment = datetime.fromisoformat(ascii_digits(written))
    except ValueError:
        raise typer.BadParameter(f"{wanted}, not {written!r}", param_hint="--from") from None
    if moment.utcoffset() is None:
        raise typer.BadParameter(f"{wanted}; {written} has none", param_hint="--from")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise typer.BadParameter(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}", param_hint="--from")
    return moment


def _span(written: str) -> Span:
    try:
        return span(ascii_digits(written))
    except ValueError:
        wanted = 'expected a length such as "4 hours", "8 business hours" or "2 business days"'
        raise typer.BadParameter(f"{wanted}, not {written!r}", param_hint="--in") from None


def _days(policy: Policy, desk: Desk | None, start: datetime, within: Span) -> WorkingDays:
    """The working days of all years that the span reaches into."""
    last, days = start.year, resolve(policy, desk, start.year)
    if days.calendar is None and within.kind != "plain":
        wanted = (
            f'"{within}" needs a working week, and the policy states none; put a [calendar] into the desk'
            " file (see desk.example.toml) and say in SANAD_DESK where it is"
        )
        raise PolicyError(policy.name, [Mistake("calendar", wanted)])
    while within.kind != "plain" and (reached := _due(within, start, days).year) > last:
        last, days = reached, resolve(policy, desk, reached, first=start.year)
    return days


def _due(within: Span, start: datetime, days: WorkingDays) -> datetime:
    try:
        return within.due(start, days.calendar)
    except (NeverOpenError, OverflowError):
        raise typer.BadParameter(f"{within} take longer than anybody waits", param_hint="--in") from None


def _why(within: Span, start: datetime, days: WorkingDays) -> Why:
    """The account that the desk itself gives, of a clock that began at `start` and was left alone."""
    target = Target(what="resolution", within=within)
    where = zone(days.calendar.timezone) if days.calendar else start.tzinfo
    assert where
    course = run(target, start, (), (), None, days.calendar, where)
    clock = Clock(target=target, triage=Triage(), cycle=0, course=course, due_at=course.due_at)
    return account(clock, days.calendar, where, {holiday.day: holiday.name for holiday in days.off})


def _told(why: Why, days: WorkingDays, where: tzinfo) -> Iterator[str]:
    begun = why.activated_at.astimezone(where).isoformat()
    yield f"{why.span} from {begun} ({days.calendar.timezone if days.calendar else 'no working week'})"
    estimated = {holiday.day for holiday in days.off if holiday.provisional}
    for different in why.differing:
        yield _different(different, estimated=different.day in estimated)
    for number, day in enumerate(why.days, 1):
        yield f"day {number:<5} {_day(day)}"
    for counted in why.counted:
        yield _counted(counted, where)
    if why.span.kind != "days":
        yield f"total     {_length(why.total)}"


def _counted(counted: Counted, where: tzinfo) -> str:
    since, until = (moment.astimezone(where) for moment in (counted.since, counted.until))
    ends = f"{until:%H:%M:%S}" if since.date() == until.date() else f"{_day(until.date())} {until:%H:%M:%S}"
    return f"counted   {_day(since.date())} {since:%H:%M:%S} to {ends}  {_length(counted.length)}"


def _different(day: Differing, *, estimated: bool) -> str:
    name = f": {day.name}" if day.name else ""
    moved = " (estimated)" if estimated else ""
    if not day.hours:
        return f"skipped   {_day(day.day)}{name}{moved}"
    return f"different {_day(day.day)} {_hours(day.hours)} instead of {_hours(day.usual)}{name}{moved}"


def _day(day: date) -> str:
    return f"{day:%a} {day.isoformat()}"


def _hours(hours: Hours) -> str:
    return ", ".join(f"{opens} to {closes}" for opens, closes in hours) or "closed"


def _length(length: timedelta) -> str:
    minutes, seconds = divmod(length // timedelta(seconds=1), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
