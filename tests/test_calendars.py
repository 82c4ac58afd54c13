"""The calendar of a desk, resolved from its policy, its desk file and what is known of public holidays."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars import resolve
from bot.core.desk import Desk
from bot.core.hours import OpenHours, WorkingDays
from bot.core.policy import Policy
from bot.core.policy.week import OwnDays
from bot.holidays import public_holidays
from bot.policies import shipped
from bot.settings import SettingsError
from handlers.daynames import names
from locales import use
from tests.kit import desk_file

WEEK = """
[calendar]
timezone = "Asia/Riyadh"
week = { sun = [["09:00", "17:00"]], mon = [["09:00", "17:00"]], tue = [["09:00", "17:00"]], wed = [["09:00", "17:00"]], thu = [["09:00", "17:00"]] }
country = "SA"
"""  # noqa: E501 - an inline table of TOML is one line
NATIONAL_DAY = date(2026, 9, 23)
RIYADH, ALMATY = ZoneInfo("Asia/Riyadh"), ZoneInfo("Asia/Almaty")
HOUR = timedelta(hours=1)


def policy(calendar: str = "") -> Policy:
    general = shipped("general")
    return general.model_copy(update={"calendar": Desk.load(desk_file("general", calendar), "").calendar})


def desk(extra: str = "") -> Desk:
    return Desk.load(desk_file("general", extra), "desk.toml")


def hours_on(days: WorkingDays, day: date) -> list[str]:
    assert days.calendar
    return [f"{opens}-{closes}" for opens, closes in days.calendar.hours_of(day)]


def test_the_week_is_the_policys_else_the_desk_files_else_none_is_known() -> None:
    other = WEEK.replace("09:00", "08:00")

    assert hours_on(resolve(policy(WEEK), desk(other), 2026), date(2026, 9, 22)) == ["09:00-17:00"]
    assert hours_on(resolve(policy(), desk(other), 2026), date(2026, 9, 22)) == ["08:00-17:00"]
    assert resolve(policy(), desk(), 2026).calendar is None


def test_cap_6_public_holidays_are_known_years_ahead_of_any_promise() -> None:
    """CAP-6: National Day and the movable feasts of the country."""
    days = resolve(policy(WEEK), desk(), 2026)

    assert hours_on(days, NATIONAL_DAY) == []
    assert hours_on(days, date(2031, 9, 23)) == []
    assert date(2027, 3, 10) in {holiday.day for holiday in days.off if holiday.provisional}
    assert days.years == (2025, 2031)


def test_what_was_known_of_past_years_is_not_forgotten() -> None:
    days = resolve(policy(WEEK), desk(), 2030, first=2025)

    assert days.years == (2025, 2035)
    assert hours_on(days, NATIONAL_DAY) == []


def test_the_operators_own_days_are_on_top_whosever_week_it_is() -> None:
    own = """
    [days]
    added = { 2026-12-31 = "Stocktaking" }
    removed = [2026-09-23]
    half_days = { 2026-12-30 = [["09:00", "12:00"]] }
    [[days.exceptions]]
    first = 2027-02-08
    last = 2027-03-08
    days = ["sun", "mon", "tue", "wed", "thu"]
    hours = [["10:00", "15:00"]]
    name = "Ramadan"
    """
    for days in (resolve(policy(WEEK), desk(own), 2026), resolve(policy(), desk(WEEK + own), 2026)):
        assert hours_on(days, date(2026, 12, 31)) == []
        assert hours_on(days, NATIONAL_DAY) == ["09:00-17:00"]
        assert hours_on(days, date(2026, 12, 30)) == ["09:00-12:00"]
        assert hours_on(days, date(2027, 2, 9)) == ["10:00-15:00"]
        assert hours_on(days, date(2027, 2, 22)) == [], "Founding Day stays a day off in Ramadan"


def test_days_off_have_names_in_every_language_and_own_days_keep_theirs() -> None:
    hours = OpenHours()
    hours.become(resolve(policy(WEEK), desk('[days]\nadded = { 2026-12-31 = "Stocktaking" }'), 2026), 1)
    called = {"en": "National Day Holiday", "ar": "اليوم الوطني", "ru": "Национальный день"}

    for language, name in called.items():
        with use(language):
            assert names(hours)[NATIONAL_DAY] == name
            assert names(hours)[date(2026, 12, 31)] == "Stocktaking"


@pytest.mark.parametrize("country", ["SA", "KZ"])
@pytest.mark.parametrize("language", ["ar", "ru"])
def test_every_public_holiday_of_the_shipped_policies_has_a_name_in_every_language(
    country: str, language: str
) -> None:
    """Also where the package has none, as in Russian; a name it learns anew goes into the catalogs."""
    hours = OpenHours()
    hours.become(resolve(policy(WEEK.replace('"SA"', f'"{country}"')), desk(), 2026), 1)

    with use(language):
        assert [name for name in names(hours).values() if re.search("[A-Za-z]", name)] == []


def test_an_unknown_country_is_told_with_its_place() -> None:
    with pytest.raises(SettingsError, match=r"policy general: calendar.country: expected a country .* 'XX'"):
        resolve(policy(WEEK.replace('"SA"', '"XX"')), desk(), 2026)


def test_days_that_run_into_others_are_told() -> None:
    night = '[days]\nhalf_days = { 2026-12-30 = [["20:00", "10:00"]] }'

    with pytest.raises(SettingsError, match=r"desk file: days: .*2026-12-30 20:00-10:00 runs into 09:00"):
        resolve(policy(WEEK), desk(night), 2026)


def after(name: str, start: datetime, length: timedelta) -> datetime:
    """When so much open time has run, by a shipped policy and the holidays of its country."""
    calendar = resolve(shipped(name), Desk.load(desk_file(name), "desk.toml"), start.year).calendar
    assert calendar
    return calendar.after(start, length).astimezone(start.tzinfo)


def test_edc_2_a_day_off_that_falls_on_a_sunday_moves_to_monday() -> None:
    """EDC-2: working days are 09:00 to 18:00, the time of Astana; Women's Day 2026 is a Sunday."""
    friday = datetime(2026, 3, 6, 15, tzinfo=ALMATY)

    assert after("e-doc", friday, 8 * HOUR) == datetime(2026, 3, 10, 14, tzinfo=ALMATY)


def test_edc_2_a_weekend_is_worked_in_exchange_for_a_bridge_day() -> None:
    """EDC-2: in January 2025 Friday the 3rd was off, and Sunday the 5th was worked for it."""
    thursday = datetime(2025, 1, 2, 12, tzinfo=ALMATY)

    assert after("e-doc", thursday, 8 * HOUR) == datetime(2025, 1, 5, 17, tzinfo=ALMATY)


def test_osl_5_the_hours_are_kept_and_no_holiday_is_presumed() -> None:
    """OSL-5: Sunday to Thursday, 09:00 to 14:00; of holidays the source says nothing."""
    wednesday, friday = (datetime(2026, 9, day, 13, tzinfo=RIYADH) for day in (23, 25))

    assert after("osool", wednesday, 2 * HOUR) == datetime(2026, 9, 24, 10, tzinfo=RIYADH)
    assert after("osool", friday, 2 * HOUR) == datetime(2026, 9, 27, 11, tzinfo=RIYADH)


@settings(max_examples=30)
@given(days=st.data())
def test_days_off_are_closed_and_all_other_days_are_as_the_week_has_them(days: st.DataObject) -> None:
    """Whatever the operator adds, removes or halves: the last word holds, and no other day changes."""
    pick = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    added, removed, half = (days.draw(st.sets(pick, max_size=4)) for _kind in range(3))
    half -= added
    own = OwnDays(
        added=dict.fromkeys(added, "ours"),
        removed=frozenset(removed),
        half_days=dict.fromkeys(half, (("10:00", "12:00"),)),
    )
    known = resolve(policy(WEEK), desk().model_copy(update={"days": own}), 2026)
    public = {holiday.day for holiday in public_holidays("SA", [2026])}
    usual = resolve(policy(WEEK.replace('country = "SA"', "")), desk(), 2026)

    for day in {*added, *removed, *half, *public, *days.draw(st.sets(pick, max_size=10))}:
        closed = day in added or (day in public and day not in removed)
        assert hours_on(known, day) == (
            ["10:00-12:00"] if day in half else [] if closed else hours_on(usual, day)
        )
