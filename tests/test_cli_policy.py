"""`sanad policy`: a policy is read with all its mistakes, told in words, and asked for moments."""

from pathlib import Path

import pytest

from bot.policies import names
from tests.command_line import Sanad
from tests.core.test_policy_references import WHOLE
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
