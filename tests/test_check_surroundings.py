"""What `sanad check` says of the machine: its clock, its disk, and how Telegram reaches it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import WebhookInfo

from bot.check.files import look_at_files
from bot.check.report import Report
from bot.check.surroundings import look_at_clock, look_at_room
from bot.check.telegram import look_at_webhook
from bot.room import MEBIBYTE
from bot.settings import Settings
from tests.kit import KEYS

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOOK = "https://desk.example.org/telegram"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (-95, "the machine's clock is 95 s behind Slack's;"),
        (31, "the machine's clock is 31 s ahead of Slack's;"),
    ],
)
def test_a_clock_that_is_wrong_is_told(ahead: int, said: str) -> None:
    lines: list[str] = []
    report = Report(lines.append)

    look_at_clock(report, timedelta(seconds=ahead))

    assert lines[0].removeprefix("mend  ").startswith(said)
    assert not report.well


@pytest.mark.parametrize(
    ("free", "level"), [(100, "mend"), (191, "mend"), (192, "warn"), (1023, "warn"), (1024, "ok")]
)
def test_a_disk_that_fills_up_is_told(free: int, level: str, tmp_path: Path) -> None:
    lines: list[str] = []

    look_at_room(Report(lines.append), [tmp_path / "not" / "made"], lambda _folder: free * MEBIBYTE)

    assert lines[0].startswith(level)
    assert f"{free} MiB are free" in lines[0]


def test_a_folder_for_files_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    for folder, said in (
        (tmp_path / "not" / "made", "ok    SANAD_FILES: "),
        (taken, f"mend  SANAD_FILES: {taken} is no folder"),
        (taken / "below", f"mend  SANAD_FILES: {taken} is no folder"),
    ):
        lines: list[str] = []
        look_at_files(Report(lines.append), folder)
        assert lines[0].startswith(said)


@pytest.mark.parametrize(
    ("url", "failed", "said"),
    [
        (
            HOOK,
            timedelta(minutes=5),
            f"mend  Telegram could not reach {HOOK} 5 minutes ago",
        ),
        (
            HOOK,
            timedelta(hours=2),
            f"ok    Telegram reaches {HOOK}; 3 messages wait",
        ),
        ("https://elsewhere.example.org/telegram", timedelta(minutes=5), ""),
        ("", timedelta(minutes=5), ""),
    ],
)
def test_a_webhook_that_telegram_cannot_reach_is_told(url: str, failed: timedelta, said: str) -> None:
    given = Settings.model_validate({"SANAD_KEYS": KEYS, "SANAD_PUBLIC_URL": "https://desk.example.org/"})
    hook = WebhookInfo(
        url,
        has_custom_certificate=False,
        pending_update_count=3,
        last_error_date=NOW - failed,
        last_error_message="Connection failed",
    )
    lines: list[str] = []

    look_at_webhook(Report(lines.append), given, hook, NOW)

    assert "".join(lines).startswith(said)
    assert bool(lines) == bool(said)
