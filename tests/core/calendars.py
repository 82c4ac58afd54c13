"""Random calendars, as plain values that both the calendar and the plain walk are made of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.core.calendar import Calendar
from tests.core.plain_walk import DAYS, PlainWalk, Written

# Each zone with a day near which its clock is put forward, put back, or skips a day; Riyadh does none of it.
TURNS = [
    ("Asia/Riyadh", date(2026, 3, 18)),
    ("Asia/Almaty", date(2024, 2, 29)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Africa/Cairo", date(2026, 4, 24)),
    ("Africa/Cairo", date(2026, 10, 29)),
    ("America/St_Johns", date(2009, 10, 31)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
]
QUARTER = 15


@dataclass(frozen=True)
class Drawn:
    """One calendar, twice: `calendar` is the one that is tried."""

    calendar: Calendar
    walk: PlainWalk
    day: date


def said(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def hours(draw: st.DrawFn, *, crossing: bool) -> Written:
    """Up to three segments of a day, on quarters of an hour; the last may run until 04:00 of the day after.

    Nobody opens before 04:00 unless nobody may cross midnight, so days never overlap.
    """
    earliest, latest = (4 * 60, 28 * 60) if crossing else (0, 24 * 60)
    quarters = st.integers(earliest // QUARTER, latest // QUARTER)
    count = draw(st.integers(0, 3))
    ends = sorted(draw(st.sets(quarters, min_size=2 * count, max_size=2 * count)))
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return [(said(opens * QUARTER), closing(closes * QUARTER)) for opens, closes in pairs if opens < 24 * 4]


def closing(minutes: int) -> str:
    return said(minutes) if minutes <= 24 * 60 else said(minutes - 24 * 60)


@st.composite
def calendars(draw: st.DrawFn) -> Drawn:
    timezone, day = draw(st.sampled_from(TURNS))
    crossing = draw(st.booleans())
    week = {key: draw(hours(crossing=crossing)) for key in DAYS if draw(st.booleans())}
    if not any(week.values()):
        week["wed"] = [("10:00", "12:30")]
    near = st.integers(-6, 8).map(lambda days: day + timedelta(days=days))
    holidays = draw(st.sets(near, max_size=3))
    exceptions = [
        (
            first,
            first + timedelta(days=draw(st.integers(0, 9))),
            draw(hours(crossing=crossing)),
            draw(st.lists(st.sampled_from(DAYS), max_size=2)),
        )
        for first in draw(st.lists(near, max_size=3))
    ]
    calendar = Calendar.model_validate(
        {
            "timezone": timezone,
            "week": week,
            "holidays": holidays,
            "exceptions": [
                {"first": first, "last": last, "hours": open_then, "days": days}
                for first, last, open_then, days in exceptions
            ],
        }
    )
    return Drawn(calendar, PlainWalk(timezone, week, holidays, exceptions), day)


@st.composite
def moments(draw: st.DrawFn, day: date, days: int = 4) -> datetime:
    """A whole minute within some days of a day, in UTC."""
    minutes = draw(st.integers(-days * 24 * 60, days * 24 * 60))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)


@st.composite
def instants(draw: st.DrawFn, day: date, days: int = 400) -> datetime:
    """Any moment within some days of a day, to the microsecond."""
    seconds = draw(st.integers(-days * 86400, days * 86400))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
        seconds=seconds, microseconds=draw(st.integers(0, 999_999))
    )


spans = st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=150))
