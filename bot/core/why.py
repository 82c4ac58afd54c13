"""Why a moment is due when it is: what was counted, what was left out, and who caused that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.core.calendar import Calendar, Hours, Segment
from bot.core.course import Pause
from bot.core.ledger import Extension
from bot.core.policy.targets import What
from bot.core.sla import Clock
from bot.core.spans import Span

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Counted:
    """Time that was counted, from `since` to `until`; `day` is the working day that it belongs to."""

    day: date
    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        return self.until - self.since


@dataclass(frozen=True, slots=True)
class Differing:
    """A day with other hours than its week has: a holiday, a closure, or other hours. `name` may be empty."""

    day: date
    name: str
    usual: Hours
    hours: Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The account of a clock, in the order in which one would tell it. Moments are UTC.

    Time spans: the lengths of `counted` add up to `span`. Working days: there are as many `days` as `span`
    says, and `counted` is what makes up for the pauses. Where the clock stands, they are what has run by
    `paused_at`, and `left` is missing. An `extension` holds instead of `unextended_at`.
    """

    what: What
    cycle: int
    clause: tuple[str, ...]
    span: Span
    activated_at: datetime
    counted: tuple[Counted, ...]
    days: tuple[date, ...]
    differing: tuple[Differing, ...]
    pauses: tuple[Pause, ...]
    unextended_at: datetime
    extension: Extension | None
    due_at: datetime | None
    paused_at: datetime | None
    left: timedelta | None
    assumed: bool

    @property
    def total(self) -> timedelta:
        """The sum of what was counted."""
        return sum((counted.length for counted in self.counted), NOTHING)


def why(
    clock: Clock, calendar: Calendar | None, zone: tzinfo = UTC, names: Mapping[date, str] | None = None
) -> Why:
    """The account of a clock, with the calendar and zone that it was made with; `names` are of holidays."""
    course, within = clock.course, clock.target.within
    week = calendar if within.kind != "plain" else None
    return Why(
        what=clock.what,
        cycle=clock.cycle,
        clause=clock.target.clause,
        span=within,
        activated_at=course.activated_at,
        counted=tuple(_counted(clock, calendar)),
        days=_days(clock, calendar, zone) if within.kind == "days" else (),
        differing=tuple(_differing(week, course.activated_at, course.due_at, names or {})) if week else (),
        pauses=course.pauses,
        unextended_at=course.unextended_at,
        extension=course.extension,
        due_at=clock.due_at,
        paused_at=clock.paused_at,
        left=clock.left,
        assumed=clock.assumed,
    )


def _counted(clock: Clock, calendar: Calendar | None) -> Iterator[Counted]:
    course, axis = clock.course, clock.target.within.axis(calendar)
    if clock.target.within.kind == "days":
        yield from _left_of(axis.segments(course.base_due_at, course.unextended_at), ())
    else:
        end = min(clock.paused_at or course.unextended_at, course.unextended_at)
        yield from _left_of(axis.segments(course.activated_at, end), course.pauses)


def _left_of(segments: Iterable[Segment], pauses: Sequence[Pause]) -> Iterator[Counted]:
    """What remains of open time when the pauses are taken out of it."""
    for segment in segments:
        since = segment.opens
        for pause in pauses:
            if since < pause.since < segment.closes:
                yield Counted(segment.day, since, pause.since)
            if pause.since < segment.closes:
                since = max(since, pause.until)
        if since < segment.closes:
            yield Counted(segment.day, since, segment.closes)


def _days(clock: Clock, calendar: Calendar | None, zone: tzinfo) -> tuple[date, ...]:
    days = clock.target.within.amount
    if calendar:
        return calendar.days_after(clock.activated_at, days)
    first = clock.activated_at.astimezone(zone).date()
    return tuple(first + timedelta(days=later) for later in range(1, days + 1))


def _differing(
    calendar: Calendar, start: datetime, end: datetime, names: Mapping[date, str]
) -> Iterator[Differing]:
    day, last = calendar.local_date(start), calendar.local_date(end)
    while day <= last:
        usual, hours = calendar.usual_hours(day), calendar.hours_of(day)
        if usual != hours:
            exception = calendar.exception_on(day)
            yield Differing(day, (exception.name if exception else "") or names.get(day, ""), usual, hours)
        day += timedelta(days=1)
