"""The build machine's rule: with SANAD_NO_SKIPS=1 a skipped test fails the run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SKIPS = 'import pytest\n\n\ndef test_a() -> None:\n    pytest.skip("no Chromium here")\n'


@pytest.mark.parametrize(("rule", "code"), [("1", 1), ("", 0)])
def test_a_skip_fails_the_run_only_where_nothing_may_be_missing(rule: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SKIPS, encoding="utf-8")

    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "--disable-plugin-autoload", "-p", "tests.no_skips", "test_it.py"],
        env=os.environ | {"SANAD_NO_SKIPS": rule, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == code
    assert ("this run fails" in ended.stdout) == bool(code)
