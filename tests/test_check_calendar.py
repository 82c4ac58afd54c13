"""`sanad check` about time: zone data, the days that the desk would go by, and feasts that come soon."""

import shutil
import zoneinfo
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.check.calendar import look_at_days, look_at_zones
from bot.check.report import Report
from bot.core.desk import Days, Desk
from bot.policies import shipped
from tests.kit import desk_file

BEFORE_EID = date(2029, 4, 1)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def zones(tmp_path: Path) -> Iterator[Path]:
    """A folder that zone data is taken from, instead of the system's and the package's."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(tmp_path)])
    yield tmp_path
    zoneinfo.reset_tzpath(before)


def put_zone(zones: Path, name: str, like: str) -> None:
    """A zone with the clock of another."""
    from_package = Path(str(pytest.importorskip("tzdata").__file__)).parent / "zoneinfo" / like
    (zones / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(from_package, zones / name)


def test_edc_2_zone_data_from_before_march_2024_is_told(zones: Path, said: list[str]) -> None:
    """EDC-2: the time of Astana is UTC+5 since 1 March 2024; older data is an hour off, every day."""
    put_zone(zones, "Asia/Almaty", like="Etc/GMT-6")

    look_at_zones(Report(said.append))

    [line] = said
    assert line.startswith("mend  time zone data is older than March 2024: Asia/Almaty is not at UTC+5")


def test_zone_data_of_today_is_well(said: list[str]) -> None:
    look_at_zones(Report(said.append))

    assert said == ["ok    time zone data"]


def look(said: list[str], policy: str, extra: str = "", today: date = BEFORE_EID) -> None:
    desk = Desk.load(desk_file(policy, extra), "desk.toml")
    look_at_days(Report(said.append), desk, shipped(policy), today)


def test_cap_6_a_feast_that_comes_soon_and_may_still_move_is_told(said: list[str]) -> None:
    """CAP-6: the movable holidays of Saudi Arabia."""
    look(said, "captain-mama")

    assert said[0] == "ok    calendar: Asia/Riyadh, holidays of SA until 2034"
    assert said[1].startswith(
        "warn  calendar: 2029-04-23 (Day of Arafah) is an estimate; when it is announced"
    )
    assert len(said) == 2


def test_nothing_moves_soon(said: list[str]) -> None:
    look(said, "captain-mama", today=date(2029, 9, 1))

    assert said == ["ok    calendar: Asia/Riyadh, holidays of SA until 2034"]


def test_osl_5_a_week_without_public_holidays_says_so(said: list[str]) -> None:
    """OSL-5: the source states hours, and nothing about holidays."""
    look(said, "osool")

    assert said == ["ok    calendar: Asia/Riyadh, no public holidays"]


def test_days_that_do_not_fit_the_week_are_told(said: list[str]) -> None:
    nights = '[days]\nhalf_days = { 2029-05-01 = [["20:00", "10:00"]], 2029-05-07 = [["20:00", "09:30"]] }'
    wrong = desk_file("captain-mama", nights).replace('language = "en"', 'language = "de"')
    days = Days.alone(wrong)
    assert days
    look_at_days(Report(said.append), days, shipped("captain-mama"), BEFORE_EID)

    told = "mend  desk file: days: expected hours that do not overlap:"
    assert [line.partition(" runs")[0] for line in said] == [
        f"{told} 2029-05-01 20:00-10:00",
        f"{told} 2029-05-07 20:00-09:30",
    ]


def test_without_any_week_there_is_nothing_to_tell(said: list[str]) -> None:
    look(said, "general")

    assert said == []
