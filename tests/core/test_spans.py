"""Lengths of time as people write them, and the moments that they end at."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.calendar import Calendar
from bot.core.heard import Value
from bot.core.spans import Span, plain, said, span

RIYADH = ZoneInfo("Asia/Riyadh")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar.model_validate(
    {
        "timezone": "Asia/Riyadh",
        "week": {day: [("09:00", "17:00")] for day in ("sun", "mon", "tue", "wed", "thu")},
    }
)
THURSDAY = datetime(2026, 11, 5, 16, tzinfo=RIYADH)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("72 hours", timedelta(hours=72)),
        ("1 day", timedelta(days=1)),
        (" 30  minutes ", timedelta(minutes=30)),
        ("0 seconds", timedelta()),
    ],
)
def test_a_length_is_read_as_it_is_written(written: str, length: timedelta) -> None:
    assert plain(written) == length


@pytest.mark.parametrize(
    "written", ["72", "hours", "-1 hours", "1.5 hours", "8 business hours", "٧ hours", 72, None]
)
def test_anything_else_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(ValueError, match="such as"):
        plain(written)


@given(st.integers(min_value=0, max_value=999_999))
def test_what_is_said_reads_back_as_the_same_length(minutes: int) -> None:
    length = timedelta(minutes=minutes)

    assert plain(said(length)) == length


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4 hours", Span(kind="plain", amount=4 * 3600)),
        ("2 days", Span(kind="plain", amount=2 * 86400)),
        ("8 business hours", Span(kind="business", amount=8 * 3600)),
        ("1 business hour", Span(kind="business", amount=3600)),
        (" 30  business   minutes ", Span(kind="business", amount=30 * 60)),
        ("2 business days", Span(kind="days", amount=2)),
        ("1 business day", Span(kind="days", amount=1)),
    ],
)
def test_a_promised_length_says_what_it_is_counted_in(written: str, meant: Span) -> None:
    assert span(written) == meant


@pytest.mark.parametrize(
    "written",
    ["8", "business hours", "8 businesshours", "8 Business Hours", "two days", "1.5 hours", 8, None, []],
)
def test_a_promised_length_that_is_none_is_refused_with_examples(written: object) -> None:
    with pytest.raises(ValidationError, match='expected a length such as "4 hours", "8 business hours" or'):
        Span.model_validate(written)


@given(
    st.integers(0, 999_999),
    st.sampled_from(["", "business "]),
    st.sampled_from(["second", "minutes", "hours", "day"]),
)
def test_a_promised_length_survives_being_said_and_a_trip_through_json(
    count: int, kind: str, unit: str
) -> None:
    class Line(Value):
        within: Span

    line = Line(within=span(f"{count} {kind}{unit}"))

    assert span(line.within.said()) == line.within
    assert Line.model_validate_json(line.model_dump_json()) == line
    assert line.model_dump() == {"within": str(line.within)}


@given(st.integers(0, 10_000))
def test_working_days_are_never_turned_into_hours_nor_hours_into_days(count: int) -> None:
    assert span(f"{count} business days").said() in {f"{count} business days", "1 business day"}
    assert "day" not in span(f"{count} business hours").said()
    assert span(f"{count} business days").time == timedelta()


def test_plain_time_runs_at_night_and_at_weekends() -> None:
    assert span("4 hours").due(THURSDAY, OFFICE) == THURSDAY + timedelta(hours=4)
    assert span("2 days").due(THURSDAY).tzinfo is UTC


def test_plain_time_is_as_long_when_the_clock_is_put_forward() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)

    assert span("1 hour").due(before) == datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN)


def test_open_time_runs_while_it_is_open() -> None:
    assert span("2 business hours").due(THURSDAY, OFFICE) == datetime(2026, 11, 8, 10, tzinfo=RIYADH)


def test_working_days_end_at_the_same_local_time() -> None:
    assert span("2 business days").due(THURSDAY, OFFICE) == datetime(2026, 11, 9, 16, tzinfo=RIYADH)


def test_where_no_week_is_known_the_moment_is_the_earliest_that_it_could_be_and_assumed() -> None:
    """CMP-16: the week is not published; two working days are assumed to be the next two days."""
    days, hours = span("2 business days"), span("8 business hours")

    assert days.assumed(None)
    assert hours.assumed(None)
    assert not span("8 hours").assumed(None)
    assert not days.assumed(OFFICE)
    assert days.due(THURSDAY, zone=RIYADH) == datetime(2026, 11, 7, 16, tzinfo=RIYADH)
    assert hours.due(THURSDAY) == datetime(2026, 11, 6, 0, tzinfo=RIYADH)


def test_an_assumed_day_keeps_the_local_time_of_the_desk() -> None:
    saturday = datetime(2026, 3, 28, 12, tzinfo=BERLIN)

    assert span("1 business day").due(saturday, zone=BERLIN) == datetime(2026, 3, 29, 12, tzinfo=BERLIN)
