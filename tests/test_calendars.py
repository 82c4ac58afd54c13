"""The calendar of a desk, resolved from its policy, its desk file and what is known of public holidays."""

import re
from datetime import date

import pytest

from bot.calendars import resolve
from bot.core.desk import Desk
from bot.core.hours import OpenHours, WorkingDays
from bot.core.policy import Policy
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
