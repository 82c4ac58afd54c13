"""`sanad check`: looks at everything that a running desk needs, and says what to mend."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from bot import holidays, policies, settings
from bot.check.calendar import look_at_days, look_at_zones
from bot.check.files import look_at_files
from bot.check.here import (
    look_at_answers,
    look_at_country,
    look_at_fallback,
    look_at_levels,
    look_at_queues,
    look_at_words,
)
from bot.check.platforms import look_at_platforms
from bot.check.promises import look_at_promises
from bot.check.reminders import look_at_usual_reminders
from bot.check.report import Report
from bot.check.store import look_at_store
from bot.check.surroundings import look_at_ports, look_at_room
from bot.room import folders
from bot.settings import Settings, SettingsError


async def check(tell: Callable[[str], object], *, offline: bool = False) -> bool:
    """Look at everything, telling line by line; False when something is to be mended (a warning is not)."""
    report = Report(tell)
    look_at_words(report)
    look_at_zones(report)
    whole = report.read("settings", settings.load)
    if given := whole or without_channels():
        desk = report.read(f"desk file {given.desk}", lambda: settings.load_desk(given.desk))
        policy = report.read(
            f"policy {given.policy}", lambda: policies.load(given.policy, holidays.countries())
        )
        if desk:
            look_at_country(report, desk)
            look_at_fallback(report, desk)
        if desk and policy:
            look_at_queues(report, desk, policy)
            look_at_levels(report, desk, policy)
            look_at_answers(report, desk, policy)
            look_at_usual_reminders(report, desk, policy)
        if policy and (days := desk or settings.days_alone(given.desk)):
            look_at_promises(report, days, policy)
            look_at_days(report, days, policy, datetime.now(UTC).date())
        await look_at_store(report, given, desk, policy)
        look_at_files(report, given.files)
        look_at_room(report, folders(given))
        look_at_ports(report, given)
        if whole and not offline:
            await look_at_platforms(report, whole, desk)
    return report.well


def without_channels() -> Settings | None:
    """The settings as far as they go, so that what does not need a channel is looked at too."""
    with suppress(SettingsError):
        return settings.load(to_run=False)
    return None
