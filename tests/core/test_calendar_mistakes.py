"""A calendar with mistakes: each is told with its place, in an operator's words."""

import pytest

from bot.core.calendar import Calendar
from bot.core.mistakes import FileError, read

RIGHT = """
timezone = "Asia/Riyadh"
holidays = [2026-09-23]
[week]
sun = [["09:00", "12:00"], ["13:00", "17:00"]]
thu = [["22:00", "06:00"]]
[[exceptions]]
first = 2026-02-18
last = 2026-03-19
hours = [["10:00", "15:00"]]
name = "Ramadan"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(FileError) as refused:
        read(Calendar, text, "c.toml")
    return str(refused.value).splitlines()


def test_a_calendar_is_read_as_it_is_written() -> None:
    read_back = read(Calendar, RIGHT, "c.toml")

    assert read_back.week == {"sun": (("09:00", "12:00"), ("13:00", "17:00")), "thu": (("22:00", "06:00"),)}
    assert read_back.exceptions[0].name == "Ramadan"


A_PAIR = 'expected an opening and a closing such as ["09:00", "17:00"], not'


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"Asia/Riyadh"', '"Riyadh"', "timezone: expected a time zone such as \"Asia/Riyadh\", not 'Riyadh'"),
        ('"Asia/Riyadh"', '"../etc/passwd"', 'timezone: expected a time zone such as "Asia/Riyadh"'),
        ('"Asia/Riyadh"', '"Asia"', 'timezone: expected a time zone such as "Asia/Riyadh"'),
        ('"Asia/Riyadh"', '""', 'timezone: expected a time zone such as "Asia/Riyadh"'),
        ("[2026-09-23]", '["soon"]', "holidays[0]: expected a date such as 2026-09-23, not 'soon'"),
        ("[2026-09-23]", "[0001-09-23]", "holidays[0]: expected a date from 1900 to 9000, not 0001-09-23"),
        ('"12:00"]', '"25:00"]', f"week.sun[0]: {A_PAIR} ['09:00', '25:00']"),
        ('"12:00"]', '"9:00"]', f"week.sun[0]: {A_PAIR} ['09:00', '9:00']"),
        ('"12:00"]', '"12:00", "13:00"]', f"week.sun[0]: {A_PAIR} ['09:00', '12:00', '13:00']"),
        ('[["22:00", "06:00"]]', '["22:00-06:00"]', f"week.thu[0]: {A_PAIR} '22:00-06:00'"),
        ('[["22:00", "06:00"]]', '"22:00"', "week.thu: expected a list, not '22:00'"),
        ('"22:00"', '"24:00"', 'week.thu[0]: expected an opening before "24:00", where the day ends'),
        ("thu =", "thursday =", "week.thursday: expected 'sun', 'mon', 'tue', 'wed', 'thu', 'fri' or 'sat'"),
        (
            '"12:00"]',
            '"13:30"]',
            "week.sun: expected hours that do not overlap: 09:00-13:30 runs into 13:00-17:00",
        ),
        (
            "last = 2026-03-19",
            "last = 2026-02-17",
            "exceptions[0]: expected a last day on or after 2026-02-18",
        ),
        ("last =", "until =", "exceptions[0].until: is not a key that is known here"),
        ('name = "Ramadan"', "name = 3", "exceptions[0].name: expected a text in quotes, not 3"),
    ],
)
def test_a_mistake_is_told_with_what_is_expected(right: str, wrong: str, told: str) -> None:
    assert right in RIGHT
    assert any(line.startswith(f"c.toml: {told}") for line in mistakes(RIGHT.replace(right, wrong, 1)))


def test_a_night_may_not_run_into_the_day_after_it() -> None:
    told = mistakes(RIGHT.replace("thu = ", "sat = ").replace('"06:00"', '"09:30"'))

    assert told == [
        "c.toml: expected hours that do not overlap: sat 22:00-09:30 runs into 09:00-12:00 of the day after"
    ]


def test_an_exception_may_not_run_into_the_days_around_it() -> None:
    late = RIGHT.replace("last = 2026-03-19", "last = 2026-02-21").replace('"15:00"', '"09:30"')

    assert mistakes(late)[0].startswith("c.toml: expected hours that do not overlap: 2026-02-")


@pytest.mark.parametrize("week", ["", "sun = []\nthu = []"])
def test_a_week_without_open_time_is_a_mistake_whatever_the_exceptions_say(week: str) -> None:
    head, exception = RIGHT.split("[week]", 1)[0], RIGHT.split("[[exceptions]]")[1]
    told = mistakes(f"{head}[week]\n{week}\n[[exceptions]]{exception}")

    assert told == ['c.toml: expected a week with some open time, such as sun = [["09:00", "17:00"]]']
