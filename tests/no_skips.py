"""With SANAD_NO_SKIPS=1 a skipped test fails the run: on the build machine nothing may be missing."""

import os

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if refused(terminalreporter):
        terminalreporter.write_line("SANAD_NO_SKIPS is set, and tests were skipped: this run fails", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == pytest.ExitCode.OK and refused(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def refused(reporter: object) -> bool:
    if os.environ.get("SANAD_NO_SKIPS") != "1" or not isinstance(reporter, pytest.TerminalReporter):
        return False
    return bool(reporter.stats.get("skipped"))
