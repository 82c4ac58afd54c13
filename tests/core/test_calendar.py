"""Working time by example: weeks, days that differ, and clocks that are put forward or back."""

from copy import copy
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import Calendar, CalendarException, NeverOpenError

RIYADH = ZoneInfo("Asia/Riyadh")
BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")
APIA = ZoneInfo("Pacific/Apia")
ALMATY = ZoneInfo("Asia/Almaty")
HOUR = timedelta(hours=1)

OFFICE = {day: [("09:00", "17:00")] for day in ("sun", "mon", "tue", "wed", "thu")}


def calendar(
    week: dict[str, list[tuple[str, str]]] = OFFICE, zone: str = "Asia/Riyadh", **days: object
) -> Calendar:
    return Calendar.model_validate({"timezone": zone, "week": week, **days})


def riyadh(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> datetime:
    """November 2026 in Riyadh: the 1st, 8th, 15th and 22nd are Sundays, the 5th is a Thursday."""
    return datetime(2026, month, day, hour, minute, tzinfo=RIYADH)


def test_a_day_is_open_from_its_opening_until_just_before_its_closing() -> None:
    office = calendar()

    assert not office.is_open(riyadh(1, 8, 59))
    assert office.is_open(riyadh(1, 9))
    assert office.is_open(riyadh(1, 17) - timedelta.resolution)
    assert not office.is_open(riyadh(1, 17))
    assert not office.is_open(riyadh(6, 12))


def test_the_next_opening_is_the_moment_itself_when_it_is_open() -> None:
    office = calendar()

    assert office.next_open(riyadh(1, 12, 30)) == riyadh(1, 12, 30)
    assert office.next_open(riyadh(1, 17)) == riyadh(2, 9)
    assert office.next_open(riyadh(5, 18)) == riyadh(8, 9)


def test_work_that_ends_exactly_at_closing_time_ends_then() -> None:
    office = calendar()

    assert office.after(riyadh(1, 9), 8 * HOUR) == riyadh(1, 17)
    assert office.after(riyadh(1, 9), 8 * HOUR + timedelta(seconds=1)) == riyadh(2, 9) + timedelta(seconds=1)


def test_work_that_begins_outside_the_hours_begins_at_the_next_opening() -> None:
    office = calendar()

    assert office.after(riyadh(5, 20), HOUR) == riyadh(8, 10)
    assert office.after(riyadh(1, 3), HOUR) == riyadh(1, 10)


def test_no_time_at_all_ends_where_it_begins() -> None:
    assert calendar().after(riyadh(6, 3), timedelta()) == riyadh(6, 3)


def test_moments_come_in_any_zone_and_are_given_in_utc() -> None:
    ended = calendar().after(datetime(2026, 11, 1, 7, tzinfo=BERLIN), HOUR)

    assert ended == riyadh(1, 10)
    assert ended.tzinfo is UTC


def test_seconds_and_microseconds_are_kept() -> None:
    odd = timedelta(minutes=90, seconds=7, microseconds=3)

    assert calendar().after(riyadh(1, 16) + odd - HOUR, odd) == riyadh(2, 9) + 2 * (odd - HOUR)
    assert calendar().between(riyadh(1, 16), riyadh(1, 16) + odd / 3) == odd / 3


def test_a_break_at_noon_is_not_counted() -> None:
    shop = calendar({"mon": [("13:00", "17:00"), ("09:00", "12:00")]})

    assert shop.after(riyadh(2, 11), 2 * HOUR) == riyadh(2, 14)
    assert shop.between(riyadh(2, 0), riyadh(3, 0)) == 7 * HOUR
    assert not shop.is_open(riyadh(2, 12, 30))


def test_a_night_shift_crosses_midnight_and_belongs_to_the_day_it_began_on() -> None:
    night = calendar({"thu": [("22:00", "06:00")]}, holidays={date(2026, 11, 6)})

    assert night.is_open(riyadh(6, 5, 59))
    assert night.between(riyadh(5), riyadh(7)) == 8 * HOUR
    assert night.segments(riyadh(5), riyadh(7))[0].day == date(2026, 11, 5)


def test_months_have_no_seams() -> None:
    """A night from October into November, and work that ends with the last hour of a month, or the first."""
    night = calendar({"sat": [("22:00", "06:00")]})
    office = calendar()

    assert night.is_open(riyadh(1, 3))
    assert night.after(riyadh(1, 3), 3 * HOUR) == riyadh(1, 6)
    assert night.between(riyadh(31, 23, month=10), riyadh(1, 3)) == 4 * HOUR
    assert office.after(riyadh(1, 9), 22 * 8 * HOUR) == riyadh(30, 17)
    assert office.after(riyadh(30, 17), HOUR) == riyadh(1, 10, month=12)


def test_a_day_may_end_at_midnight_and_run_all_around_the_clock() -> None:
    evening = calendar({"mon": [("18:00", "24:00")]})
    ward = calendar({day: [("00:00", "24:00")] for day in ("sun", "mon", "tue", "wed", "thu", "fri", "sat")})
    from_six = calendar({"mon": [("06:00", "06:00")]})

    assert evening.between(riyadh(2), riyadh(4)) == 6 * HOUR
    assert ward.after(riyadh(1, 13), 100 * HOUR) == riyadh(1, 13) + 100 * HOUR
    assert from_six.between(riyadh(2), riyadh(8)) == 24 * HOUR


def test_a_holiday_is_closed_by_local_date() -> None:
    """CAP-6: no support on official holidays; it goes on on the next working day."""
    office = calendar(holidays={date(2026, 9, 23)})

    assert office.after(riyadh(22, 16, month=9), 2 * HOUR) == riyadh(24, 10, month=9)
    assert office.next_open(riyadh(23, 10, month=9)) == riyadh(24, 9, month=9)


def test_a_later_exception_wins_over_an_earlier_and_any_over_holidays_and_week() -> None:
    ramadan = CalendarException(first=date(2026, 11, 1), last=date(2026, 11, 5), hours=(("10:00", "15:00"),))
    closed = CalendarException(first=date(2026, 11, 3), last=date(2026, 11, 3))
    weekend = CalendarException(first=date(2026, 11, 6), last=date(2026, 11, 6), hours=(("09:00", "12:00"),))
    office = calendar(holidays={date(2026, 11, 2)}, exceptions=(ramadan, closed, weekend))

    open_for = [office.between(riyadh(day), riyadh(day + 1)) / HOUR for day in range(1, 10)]

    assert open_for == [5, 5, 0, 5, 5, 3, 0, 8, 8]


def test_other_hours_for_a_season_may_be_for_some_days_of_the_week_only() -> None:
    """Ramadan by the week: without `days` it would open Friday and Saturday too."""
    season = {"first": date(2026, 11, 1), "last": date(2026, 11, 14), "hours": [("10:00", "15:00")]}
    weekdays = calendar(exceptions=[{**season, "days": ["sun", "mon", "tue", "wed", "thu"]}])

    assert weekdays.between(riyadh(1), riyadh(8)) == 25 * HOUR
    assert calendar(exceptions=[season]).between(riyadh(1), riyadh(8)) == 35 * HOUR


def test_a_year_of_work_is_found_at_once_and_what_cannot_be_found_says_so() -> None:
    office = calendar()
    rare = calendar({"mon": [("09:00", "09:01")]})

    assert office.between(riyadh(1), office.after(riyadh(1), 2080 * HOUR)) == 2080 * HOUR
    with pytest.raises(NeverOpenError, match="within 25 years after 2026-10-31"):
        rare.after(riyadh(1), 24 * HOUR)


def test_an_office_that_closed_for_good_is_closed_and_never_opens() -> None:
    for_good = CalendarException(first=date(2026, 11, 1), last=date(2099, 12, 31))
    gone = calendar(exceptions=(for_good,))

    assert not gone.is_open(riyadh(2, 10))
    assert gone.between(riyadh(2), riyadh(30)) == timedelta()
    for look in (gone.next_open, lambda at: gone.after(at, HOUR), lambda at: gone.after_days(at, 1)):
        with pytest.raises(NeverOpenError):
            look(riyadh(2, 10))


def test_a_copy_with_other_days_does_not_remember_those_of_the_original() -> None:
    office = calendar()
    assert office.is_open(riyadh(2, 10))
    closed = office.model_copy(update={"holidays": frozenset({date(2026, 11, 2)})})

    assert not closed.is_open(riyadh(2, 10))
    assert closed == office.with_days({date(2026, 11, 2)}) != office == copy(office)


def test_it_survives_a_trip_through_json_in_one_order() -> None:
    days = {date(2026, 11, day) for day in (17, 3, 24, 9)}
    exception = CalendarException(first=date(2026, 11, 4), last=date(2026, 11, 4), name="inventory")
    office = calendar(holidays=days, exceptions=(exception,))
    content = office.model_dump(mode="json")

    assert Calendar.model_validate(content) == office
    assert content["holidays"] == ["2026-11-03", "2026-11-09", "2026-11-17", "2026-11-24"]


# Clocks that are put forward and back


def test_an_hour_is_an_hour_when_the_clock_is_put_forward() -> None:
    """Berlin, 29 March 2026: after 02:00 comes 03:00."""
    always = calendar({"sun": [("00:00", "24:00")]}, "Europe/Berlin")

    assert always.after(datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), HOUR) == datetime(
        2026, 3, 29, 3, 30, tzinfo=BERLIN
    )
    assert always.between(*(datetime(2026, 3, day, tzinfo=BERLIN) for day in (29, 30))) == 23 * HOUR


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    """Berlin, 25 October 2026: after 03:00 comes 02:00 again. Cairo, 29 October 2026: after 24:00, 23:00."""
    berlin = calendar({"sun": [("02:30", "03:00")], "sat": [("20:00", "02:30")]}, "Europe/Berlin")
    cairo = calendar({"thu": [("22:00", "06:00")]}, "Africa/Cairo")

    sunday = [datetime(2026, 10, 25, hour, tzinfo=BERLIN) for hour in (0, 12)]
    assert [segment.length for segment in berlin.segments(sunday[0], sunday[1])] == [2.5 * HOUR, 1.5 * HOUR]
    assert cairo.after(datetime(2026, 10, 29, 22, tzinfo=CAIRO), 5 * HOUR) == datetime(
        2026, 10, 30, 2, tzinfo=CAIRO
    )


def test_a_day_that_begins_twice_is_open_all_the_while() -> None:
    """St. John's, 1 November 2009: a minute after midnight it was 23:01 on 31 October again."""
    sunday = calendar({"sun": [("00:00", "02:00")]}, "America/St_Johns")
    midnight = datetime(2009, 11, 1, 2, 30, tzinfo=UTC)

    assert sunday.next_open(midnight - HOUR) == midnight
    assert sunday.is_open(midnight + HOUR / 2)
    assert sunday.after(midnight + HOUR / 2, HOUR) == midnight + 1.5 * HOUR
    assert sunday.between(midnight + HOUR / 2, midnight + 9 * HOUR) == 2.5 * HOUR


def test_hours_that_the_clock_jumps_over_are_not_open() -> None:
    shift = calendar({"sun": [("02:00", "02:30"), ("02:30", "04:00")]}, "Europe/Berlin")

    opened = shift.segments(*(datetime(2026, 3, 29, hour, tzinfo=BERLIN) for hour in (0, 12)))

    assert [segment.length for segment in opened] == [HOUR]
    assert opened[0].opens == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_day_that_a_zone_skipped_is_no_working_day() -> None:
    """Apia crossed the date line: 29 December 2011 was followed by the 31st."""
    all_week = calendar({day: [("20:00", "04:00")] for day in ("thu", "fri", "sat")}, "Pacific/Apia")
    thursday = datetime(2011, 12, 29, 21, tzinfo=APIA)

    assert all_week.between(thursday, datetime(2011, 12, 31, tzinfo=APIA)) == 3 * HOUR
    assert all_week.after(thursday, 4 * HOUR) == datetime(2011, 12, 31, 21, tzinfo=APIA)
    assert all_week.after_days(thursday, 1) == datetime(2011, 12, 31, 21, tzinfo=APIA)
    assert not all_week.is_open(datetime(2011, 12, 31, 1, tzinfo=APIA))


def test_astana_is_five_hours_ahead_since_march_2024() -> None:
    """EDC-2: working days, 09:00 to 18:00, the time of Astana."""
    office = calendar({"thu": [("09:00", "18:00")], "fri": [("09:00", "18:00")]}, "Asia/Almaty")

    thursday, friday = (office.next_open(datetime(2024, *day, tzinfo=UTC)) for day in ((2, 29), (3, 1)))

    assert thursday == datetime(2024, 2, 29, 3, tzinfo=UTC)
    assert friday == datetime(2024, 3, 1, 4, tzinfo=UTC), "older zone data: update the system's tzdata"
    assert office.next_open(datetime(2026, 11, 20, tzinfo=UTC)).astimezone(ALMATY).hour == 9


# Working days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param(riyadh(1, 11, 20), 1, riyadh(2, 11, 20), id="the same local time"),
        pytest.param(riyadh(1, 11, 20), 5, riyadh(8, 11, 20), id="a weekend between"),
        pytest.param(riyadh(5, 18), 1, riyadh(9, 9), id="after hours counts from the next opening"),
        pytest.param(riyadh(5, 17), 1, riyadh(9, 9), id="closing time is after hours"),
        pytest.param(riyadh(6, 12), 1, riyadh(9, 9), id="a weekend counts from the next opening"),
        pytest.param(riyadh(1, 4), 2, riyadh(3, 9), id="before hours counts from the opening"),
        pytest.param(riyadh(5, 18), 0, riyadh(5, 18), id="no days: itself"),
    ],
)
def test_working_days_end_at_the_same_local_time(start: datetime, days: int, end: datetime) -> None:
    assert calendar().after_days(start, days) == end


def test_a_time_in_a_gap_of_that_day_is_the_end_of_the_segment_before_it() -> None:
    week = {"mon": [("09:00", "17:00")], "tue": [("08:00", "12:00"), ("14:00", "18:00")]}

    assert calendar(week).after_days(riyadh(2, 13), 1) == riyadh(3, 12)
    assert calendar(week).after_days(riyadh(2, 12), 1) == riyadh(3, 12)
    assert calendar(week).after_days(riyadh(2, 14), 1) == riyadh(3, 14)


def test_a_time_before_that_day_opens_is_its_opening_and_after_it_closes_its_closing() -> None:
    late = CalendarException(first=date(2026, 11, 2), last=date(2026, 11, 2), hours=(("12:00", "14:00"),))
    office = calendar(exceptions=(late,))

    assert office.after_days(riyadh(1, 9, 30), 1) == riyadh(2, 12)
    assert office.after_days(riyadh(1, 13), 1) == riyadh(2, 13)
    assert office.after_days(riyadh(1, 16), 1) == riyadh(2, 14)
    assert office.after_days(riyadh(1, 16), 2) == riyadh(3, 16)


def test_a_time_past_midnight_belongs_to_the_day_it_opened() -> None:
    nights = calendar({"wed": [("22:00", "06:00")], "thu": [("20:00", "04:00")], "sat": [("09:00", "12:00")]})

    assert nights.after_days(riyadh(5, 1, 30), 1) == riyadh(6, 1, 30)
    assert nights.after_days(riyadh(5, 5), 1) == riyadh(6, 4)
    assert nights.after_days(riyadh(6, 3), 1) == riyadh(7, 12)


def test_holidays_are_no_working_days_and_the_days_counted_can_be_told() -> None:
    office = calendar(holidays={date(2026, 11, 3), date(2026, 11, 4)})

    assert office.after_days(riyadh(2, 10), 2) == riyadh(8, 10)
    assert office.days_after(riyadh(2, 10), 2) == (date(2026, 11, 5), date(2026, 11, 8))
    assert office.days_after(riyadh(5, 18), 1) == (date(2026, 11, 9),)


def test_a_working_day_keeps_its_local_time_over_a_change_of_the_clock() -> None:
    berlin = calendar({"fri": [("09:00", "17:00")], "mon": [("09:00", "17:00")]}, "Europe/Berlin")

    ended = berlin.after_days(datetime(2026, 3, 27, 12, tzinfo=BERLIN), 1)

    assert ended == datetime(2026, 3, 30, 12, tzinfo=BERLIN)
    assert ended - datetime(2026, 3, 27, 12, tzinfo=BERLIN).astimezone(UTC) == 71 * HOUR


# Moments that are none


@pytest.mark.parametrize("ask", ["after", "between", "is_open", "next_open", "after_days", "segments"])
def test_a_moment_without_its_zone_is_refused(ask: str) -> None:
    naive = datetime(2026, 11, 1, 10)  # noqa: DTZ001 - that is the point
    more: dict[str, list[object]] = {
        "after": [HOUR],
        "between": [naive],
        "after_days": [1],
        "segments": [riyadh(2)],
    }

    with pytest.raises(ValueError, match="expected a moment with its zone, not the naive 2026-11-01 10:00"):
        getattr(calendar(), ask)(naive, *more.get(ask, []))


def test_lengths_that_are_less_than_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a length of open time"):
        calendar().after(riyadh(1), -HOUR)
    with pytest.raises(ValueError, match="expected a number of working days, not -1"):
        calendar().after_days(riyadh(1), -1)


@given(st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001 - drawn in UTC
def test_it_is_open_exactly_from_opening_to_closing_wherever_one_looks(at: datetime) -> None:
    local = at.replace(tzinfo=UTC).astimezone(RIYADH)

    assert calendar().is_open(local) == (local.weekday() not in {4, 5} and 9 <= local.hour < 17)
