"""`pytest --clause` runs the tests that name a clause, and no others."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.clauses import names

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("text", "clause", "named"),
    [
        ("CAP-1: shows the addresses", "CAP-1", True),
        ("CAP-14 is silent", "CAP-1", False),
        ("CAP-1 and CAP-14", "CAP-14", True),
        ("test_cap_1_shows", "CAP-1", True),
        ("test_cap_14_is_silent", "CAP-1", False),
        ("test_ocap_1", "CAP-1", False),
        ("test_x[CAP-1]", "CAP-1", True),
        ("CAP-10", "CAP-1", False),
        ("OSL-1", "CAP-1", False),
    ],
    ids=map(str, range(9)),
)
def test_a_clause_is_named_by_its_exact_id(text: str, clause: str, *, named: bool) -> None:
    assert names(text, clause) is named


def collected(*given: str) -> tuple[int, list[str]]:
    """Exit code and the tests that such a run would have."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-n0",
        "-p",
        "no:cacheprovider",
        *given,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603 - our own words
    return ran.returncode, [line for line in ran.stdout.splitlines() if "::" in line]


def test_only_the_tests_of_a_clause_are_run() -> None:
    """The names of this file and its tests hold no id, so they are not among them."""
    code, chosen = collected("--clause", "CAP-1", "tests/core/test_policies.py", "tests/test_clauses.py")

    assert code == 0
    assert any("test_cap_1_shows_the_official_addresses" in line for line in chosen)
    assert not any("cap_14" in line or "cap_2_" in line for line in chosen)


def test_an_id_that_is_none_is_refused() -> None:
    code, chosen = collected("--clause", "eight", "tests/test_clauses.py")

    assert (code, chosen) == (pytest.ExitCode.USAGE_ERROR, [])
