"""`sanad check`: looks at everything that a running desk needs, and says what to mend."""

from collections.abc import Callable

from bot import policies, settings
from bot.check.here import look_at_queues, look_at_store, look_at_words, look_at_zones
from bot.check.platforms import look_at_platforms
from bot.check.report import Report


async def check(tell: Callable[[str], object], *, offline: bool = False) -> bool:
    """Look at everything, telling line by line; False when something is to be mended."""
    report = Report(tell)
    look_at_words(report)
    look_at_zones(report)
    if given := report.read("settings", settings.load):
        desk = report.read(f"desk file {given.desk}", lambda: settings.load_desk(given.desk))
        policy = report.read(f"policy {given.policy}", lambda: policies.load(given.policy))
        if desk and policy:
            look_at_queues(report, desk, policy)
        await look_at_store(report, given)
        if not offline:
            await look_at_platforms(report, given, desk)
    return report.well
