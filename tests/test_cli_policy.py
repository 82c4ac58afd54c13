"""`sanad policy`: a policy is read with all its mistakes, told in words, and asked for moments."""

from pathlib import Path

import pytest

from bot.policies import names
from tests.command_line import Sanad
from tests.core.test_policy_references import TITLED, WHOLE
from tests.kit import WEEK, desk_file


@pytest.mark.parametrize("name", [name for name in names() if name != "compusoft"])
def test_a_shipped_policy_has_no_mistake(sanad: Sanad, name: str) -> None:
    code, said, complaint = sanad("policy", "check", name)

    assert (code, complaint) == (0, "")
    assert said.startswith(f"ok    {name}: ")
    assert said.count("\n") == 1


def test_mistakes_of_every_kind_are_told_at_once(sanad: Sanad) -> None:
    """A slip of the pen, an unknown country, a missing text and a bad reference, each with its place."""
    bad = WHOLE.replace('level = "boss"', 'level = "bos"').replace('country = "SA"', 'country = "XX"')
    Path("mine.toml").write_text(bad.replace('en = "Office"', 'en = ""').replace('"2 bus', '"2 busy'))

    code, said, complaint = sanad("policy", "check", "mine.toml")

    assert (code, said) == (1, "")
    assert sorted(line.split(": ")[1] for line in complaint.splitlines()) == [
        "calendar.country",
        "ladders[0].steps[0].level",
        "organisation.en",
        "stopping.level",
        "targets[0].within",
    ]


def test_working_days_without_a_week_are_a_warning_that_names_the_desk_file(sanad: Sanad) -> None:
    """CMP-16: the source is silent about its week, so the desk file supplies it."""
    code, said, _ = sanad("policy", "check", "compusoft")
    assert code == 0
    assert 'warn  policy compusoft: targets[5].within "2 business days"' in said
    assert "put a [calendar] into the desk file" in said

    Path("desk.toml").write_text(desk_file("compusoft", WEEK), encoding="utf-8")
    assert "warn" not in sanad("policy", "check", "compusoft")[1]
    with Path("desk.toml").open("a", encoding="utf-8") as desk:
        desk.write('[defaults]\nrelay = "both"\n')
    assert "warn" not in sanad("policy", "check", "compusoft")[1], "its week is known, whatever else is wrong"


def test_a_reminder_that_never_comes_is_a_warning(sanad: Sanad) -> None:
    """Eight hours a day: nine working days are more than 24 hours, and three are as many."""
    after = [f"after {number} business days" for number in (9, 3, 2)]
    reminders = [*after, "50%", "25 hours before", "25 business hours before"]
    whole = WHOLE.replace('"2 business days"', f'"24 business hours"\nremind = {reminders}')
    week = ", ".join(f'{day} = [["09:00", "17:00"]]' for day in ("sun", "mon", "tue", "wed", "thu"))
    Path("mine.toml").write_text(whole.replace('sun = [["09:00", "17:00"]]', week))

    code, said, _complaint = sanad("policy", "check", "mine.toml")
    assert code == 0
    warned = [line.split(": ")[1] for line in said.splitlines() if line.startswith("warn")]
    assert warned == [f'targets[0].remind[{number}] "{reminders[number]}"' for number in (0, 1, 5)]

    Path("mine.toml").write_text(WHOLE.replace('sun = [["09:00", "17:00"]]', week))
    Path("desk.toml").write_text(f"{desk_file('general')}[defaults]\nremind = {reminders}")
    said = sanad("policy", "check", "mine.toml")[1]
    warned = [line.partition(":")[2] for line in said.splitlines() if line.startswith("warn  desk file")]
    assert [line.partition(":")[0] for line in warned] == [
        f' defaults.remind[{number}] "{reminders[number]}"' for number in (0, 1, 2, 5)
    ]
    assert f"  remind: {', '.join(reminders)}\n" in sanad("policy", "show", "mine.toml")[1]


def test_a_step_that_always_comes_before_a_lower_one_is_a_warning(sanad: Sanad) -> None:
    """Where the lengths are of different kinds, the week tells."""
    steps = "".join(
        f'[[ladders.steps]]\nlevel = "{level}"\nafter = "{after}"\n'
        for level, after in (("boss", "1 business day"), ("chief", "2 hours"), ("owner", "30 hours"))
    )
    before, _ladder, _after = WHOLE.partition("[[ladders]]")
    levels = "".join(f'[[levels]]\nkey = "{level}"\n{TITLED}\n' for level in ("chief", "owner"))
    Path("mine.toml").write_text(f'{before}[[ladders]]\nwhat = "resolution"\n{steps}{levels}')

    code, said, _complaint = sanad("policy", "check", "mine.toml")
    assert code == 0, said
    warned = [line.partition(": ")[2] for line in said.splitlines() if "always comes" in line]
    assert warned == [
        'ladders[0].steps[1].after "2 hours": always comes before the lower step, after 1 business day'
    ]


@pytest.mark.parametrize(
    ("policy", "begins", "length", "ends"),
    [
        ("captain-mama", "2026-11-05T16:00+03:00", "24 business hours", "2026-11-10T16:00:00+03:00"),
        ("captain-mama", "2026-11-05T13:00:00Z", "24 business hours", "2026-11-10T16:00:00+03:00"),
        ("captain-mama", "2026-09-21T10:00+03:00", "3 business days", "2026-09-27T10:00:00+03:00"),
        ("osool", "2026-11-05T13:00+03:00", "48 hours", "2026-11-07T13:00:00+03:00"),
        ("e-doc", "2026-11-20T15:00+05:00", "8 business hours", "2026-11-23T14:00:00+05:00"),
        ("compusoft", "2026-11-20T15:00+04:00", "8 hours", "2026-11-20T23:00:00+04:00"),
        ("compusoft", "٢٠٢٦-١١-٢٠T١٥:٠٠+٠٤:٠٠", "۸ hours", "2026-11-20T23:00:00+04:00"),
    ],
)
def test_due_prints_one_moment_in_the_zone_of_the_policy(
    sanad: Sanad, policy: str, begins: str, length: str, ends: str
) -> None:
    """CAP-7, CAP-6, OSL-6, EDC-10, CMP-1: by the check values of their readings; a holiday is skipped."""
    assert sanad("policy", "due", policy, "--from", begins, "--in", length) == (0, f"{ends}\n", "")


def test_due_says_what_it_counted_and_which_holidays_it_skipped(sanad: Sanad) -> None:
    """CAP-6: the National Day of 2026 is a Wednesday."""
    asked = ("policy", "due", "captain-mama", "--from", "2026-09-22T16:00+03:00", "--in", "2 business hours")

    assert sanad(*asked, "--why")[1].splitlines() == [
        "2026-09-24T10:00:00+03:00",
        "2 business hours from 2026-09-22T16:00:00+03:00 (Asia/Riyadh)",
        "skipped   Wed 2026-09-23: National Day Holiday",
        "counted   Tue 2026-09-22 16:00:00 to 17:00:00  1:00:00",
        "counted   Thu 2026-09-24 09:00:00 to 10:00:00  1:00:00",
        "total     2:00:00",
    ]


def test_due_in_working_days_says_which_they_were(sanad: Sanad) -> None:
    """EDC-2: Independence Day of Kazakhstan is the 16th of December."""
    asked = ("policy", "due", "e-doc", "--from", "2026-12-15T10:00+05:00", "--in", "2 business days", "--why")

    assert sanad(*asked)[1].splitlines() == [
        "2026-12-18T10:00:00+05:00",
        "2 business days from 2026-12-15T10:00:00+05:00 (Asia/Almaty)",
        "skipped   Wed 2026-12-16: Independence Day",
        "day 1     Thu 2026-12-17",
        "day 2     Fri 2026-12-18",
    ]


def test_due_reaches_as_many_years_ahead_as_it_takes(sanad: Sanad) -> None:
    """Holidays of each year on the way count, be they ten years off."""
    asked = ("policy", "due", "captain-mama", "--from", "2026-11-20T15:00Z", "--in", "2500 business days")

    said = sanad(*asked, "--why")[1]

    assert "skipped   Tue 2036-09-23: National Day Holiday" in said


def test_a_policy_without_a_week_takes_the_desk_files_or_says_what_to_mend(sanad: Sanad) -> None:
    """CMP-16: neither guesses a week."""
    asked = ("policy", "due", "compusoft", "--from", "2026-11-05T16:00+03:00", "--in", "2 business days")
    code, said, complaint = sanad(*asked)
    assert (code, said) == (1, "")
    assert "put a [calendar] into the desk file" in complaint

    closed = '[days]\nadded = { 2026-11-08 = "Stocktaking" }\n'
    Path("desk.toml").write_text(desk_file("compusoft", WEEK + closed), encoding="utf-8")
    assert sanad(*asked) == (0, "2026-11-10T16:00:00+03:00\n", "")
    assert "skipped   Sun 2026-11-08: Stocktaking" in sanad(*asked, "--why")[1]


@pytest.mark.parametrize(
    ("begins", "length", "told"),
    [
        ("2026-11-05T16:00", "2 hours", "expected a moment with its offset"),
        ("yesterday", "2 hours", "expected a moment with its offset"),
        ("0001-01-01T00:00+03:00", "2 hours", "expected a year from 1970"),
        ("2026-11-05T16:00+03:00", "two hours", "expected a length such as"),
        ("2026-11-05T16:00+03:00", "999999 business days", "longer than anybody waits"),
    ],
)
def test_due_asked_wrongly_ends_with_2(sanad: Sanad, begins: str, length: str, told: str) -> None:
    code, said, complaint = sanad("policy", "due", "captain-mama", "--from", begins, "--in", length)

    assert (code, said) == (2, "")
    assert told in " ".join(complaint.split())


def test_show_tells_the_promises_apart_from_the_desks_own(sanad: Sanad) -> None:
    """CMP-1, CMP-16: without a desk file by the defaults of any desk, with one by its own."""
    code, said, _ = sanad("policy", "show", "compusoft")
    stated, _, own = said.partition("Our desk's own rules, which the published policy does not state:\n")
    assert code == 0
    assert "• Urgent: within 1 hour\n" in stated
    assert "no day is named for them" in own
    assert "levels: department-supervisor, department-manager, senior-management, executive-team" in own

    Path("desk.toml").write_text(desk_file("compusoft", WEEK), encoding="utf-8")
    assert (
        "Working days are counted by this week: Sunday – Thursday" in sanad("policy", "show", "compusoft")[1]
    )


def test_show_speaks_the_languages_of_the_policy(sanad: Sanad) -> None:
    """CAP-7: in Arabic as customers read it; a language that the policy does not have is wrong usage."""
    assert "خلال 24 ساعة عمل" in sanad("policy", "show", "captain-mama", "--language", "ar")[1]

    code, said, complaint = sanad("policy", "show", "captain-mama", "--language", "fr")
    assert (code, said) == (2, "")
    assert "expected one of ar, ru, en, not 'fr'" in " ".join(complaint.split())
