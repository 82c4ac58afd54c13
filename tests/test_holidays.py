"""Public holidays as days of a calendar, with the operator's own on top."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import Calendar, CalendarException
from bot.core.hours import Announced, Holiday
from bot.core.policy.week import OwnDays
from bot.holidays import days_off, observing, public_holidays, working_weekends

RIYADH = ZoneInfo("Asia/Riyadh")
HOUR = timedelta(hours=1)
OFFICE = Calendar.model_validate(
    {
        "timezone": "Asia/Riyadh",
        "week": {day: [("09:00", "17:00")] for day in ("sun", "mon", "tue", "wed", "thu")},
    }
)
FOUNDING_DAY = date(2026, 2, 22)


def hours_on(calendar: Calendar, day: date) -> float:
    begins = datetime(day.year, day.month, day.day, tzinfo=RIYADH)
    return calendar.between(begins, begins + timedelta(days=1)) / HOUR


def test_cap_6_saudi_holidays_are_known_with_the_movable_feasts() -> None:
    """CAP-6: Founding Day, both Eids, National Day, in Arabic too."""
    days = {holiday.day: holiday for holiday in public_holidays("SA", [2025, 2026], "ar")}

    assert days[FOUNDING_DAY] == Holiday(FOUNDING_DAY, "يوم التأسيس")
    assert days[date(2025, 3, 30)].name == "عطلة عيد الفطر"
    assert {date(2026, 3, 22), date(2026, 5, 28), date(2026, 9, 23)} <= days.keys()
    assert {day.year for day in days} == {2025, 2026}


def test_a_feast_whose_date_is_an_estimate_is_provisional_and_its_name_does_not_say_so() -> None:
    days = {holiday.day: holiday for holiday in public_holidays("SA", [2025, 2026])}

    eid, first = date(2026, 3, 22), date(2026, 3, 19)
    assert days[eid] == Holiday(eid, "Eid al-Fitr Holiday", provisional=True, feast=first)
    assert not days[date(2025, 3, 30)].provisional
    assert not days[FOUNDING_DAY].provisional


def test_edc_2_days_off_in_kazakhstan_move_from_the_weekend() -> None:
    """EDC-2: Women's Day 2026 is a Sunday, so Monday is off; on Sunday 5 January 2025 one worked."""
    days = {holiday.day: holiday.name for holiday in public_holidays("KZ", [2025, 2026], "ru")}

    assert days[date(2026, 3, 9)] == "International Women's Day (observed)"
    assert date(2025, 1, 3) in days
    assert working_weekends("KZ", [2025, 2026]) == (date(2025, 1, 5),)
    assert working_weekends("SA", [2026]) == ()


def test_a_country_without_movable_feasts_and_one_that_is_none() -> None:
    assert not any(holiday.provisional for holiday in public_holidays("DE", [2026]))
    with pytest.raises(ValueError, match='expected a country such as "SA" or "KZ", not \'Saudi\''):
        public_holidays("Saudi", [2026])


def test_the_operator_adds_and_removes_days_and_what_they_say_is_certain() -> None:
    eid = date(2026, 3, 22)
    own = OwnDays(added={eid: "Eid", date(2026, 6, 1): "Anniversary"}, removed=frozenset({FOUNDING_DAY}))
    held = {holiday.day: holiday for holiday in days_off(public_holidays("SA", [2026]), own)}

    assert FOUNDING_DAY not in held
    assert held[eid] == Holiday(eid, "Eid")
    assert held[date(2026, 6, 1)].name == "Anniversary"


def test_a_calendar_observes_its_days_off_and_half_days_on_top() -> None:
    own = OwnDays(half_days={date(2026, 9, 22): (("09:00", "12:00"),)})
    calendar = observing(OFFICE, days_off(public_holidays("SA", [2026]), own), own)

    assert hours_on(calendar, date(2026, 9, 23)) == 0
    assert hours_on(calendar, date(2026, 9, 22)) == 3
    assert hours_on(calendar, date(2026, 9, 24)) == 8


def test_a_worked_weekend_has_the_hours_of_an_ordinary_day() -> None:
    saturday = date(2026, 11, 7)

    assert hours_on(observing(OFFICE, (), OwnDays(), [saturday]), saturday) == 8


def test_the_hours_of_a_season_do_not_open_a_holiday_in_it_and_hours_of_that_day_do() -> None:
    """Founding Day 2026 lies in Ramadan."""
    ramadan = CalendarException(
        first=date(2026, 2, 18),
        last=date(2026, 3, 19),
        hours=(("10:00", "15:00"),),
        days=("sun", "mon", "tue", "wed", "thu"),
    )
    on_duty = CalendarException(first=FOUNDING_DAY, last=FOUNDING_DAY, hours=(("10:00", "11:00"),))
    off = public_holidays("SA", [2026])
    fasting = OFFICE.with_days((), [ramadan])

    assert hours_on(observing(fasting, off, OwnDays()), FOUNDING_DAY) == 0
    assert hours_on(observing(fasting, off, OwnDays()), date(2026, 2, 23)) == 5
    assert hours_on(observing(fasting.with_days((), [on_duty]), off, OwnDays()), FOUNDING_DAY) == 1


def test_cap_7_a_first_reply_over_national_day_and_a_weekend() -> None:
    """CAP-7, CAP-6: 24 working hours from Tuesday 22 September 2026, 12:00, end on Monday 12:00."""
    calendar = observing(OFFICE, public_holidays("SA", [2026]), OwnDays())
    filed = datetime(2026, 9, 22, 12, tzinfo=RIYADH)

    assert calendar.after(filed, 24 * HOUR) == datetime(2026, 9, 28, 12, tzinfo=RIYADH)
    assert calendar.after(filed, 24 * HOUR).tzinfo is UTC


def feast(first: date, announced: Iterable[Announced] = ()) -> dict[str, list[int]]:
    """The days of the feast that begins then, by name and day of the month, and whether they are certain."""
    found: dict[str, list[int]] = {}
    for holiday in public_holidays("SA", [2029], announced=announced):
        if holiday.feast == first:
            found.setdefault(f"{holiday.name}{'?' if holiday.provisional else ''}", []).append(
                holiday.day.day
            )
    return found


def test_a_feast_moves_as_a_whole_and_what_makes_up_for_its_weekend_follows() -> None:
    """CAP-6: Eid al-Adha 2029 is thought to begin on Monday; a day later it runs into Friday."""
    monday, tuesday = date(2029, 4, 23), date(2029, 4, 24)

    assert feast(monday) == {"Day of Arafah?": [23], "Eid al-Adha Holiday?": [24, 25, 26]}
    assert feast(tuesday, [Announced(monday, tuesday)]) == {
        "Day of Arafah": [24],
        "Eid al-Adha Holiday": [25, 26, 27],
        "Eid al-Adha Holiday (observed)": [29],
    }
    assert feast(monday, [Announced(monday, monday)]) == {
        "Day of Arafah": [23],
        "Eid al-Adha Holiday": [24, 25, 26],
    }


@pytest.mark.parametrize("thought", [22, 23, 24])
def test_what_was_announced_holds_though_the_package_learns_another_date(thought: int) -> None:
    """As it was decided, the package thought the feast to be on another day than it does now."""
    announced = [Announced(date(2029, 4, thought), date(2029, 4, 24))]

    assert feast(date(2029, 4, 24), announced)["Day of Arafah"] == [24]


def test_a_feast_of_another_country_or_season_does_not_move_along() -> None:
    announced = [Announced(date(2029, 4, 23), date(2029, 4, 24))]

    assert "Eid al-Fitr Holiday?" in feast(date(2029, 2, 14), announced)
    kazakh = public_holidays("KZ", [2029], announced=[Announced(date(2029, 4, 24), date(2029, 4, 25))])
    assert {holiday.day for holiday in kazakh if holiday.feast} == {date(2029, 4, 25)}
