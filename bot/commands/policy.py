"""`sanad policy`: what was promised, read, told and computed."""

from contextlib import suppress

import typer

from bot import holidays, policies, settings
from bot.check.here import look_at_week
from bot.check.report import Report
from bot.core.desk import Desk, DeskError


def check(name: str) -> None:
    """All mistakes of a policy at once, or what it holds. Whether a desk fits it, `sanad check` tells."""
    policy = policies.load(name, holidays.countries())
    report = Report(typer.echo)
    languages = ", ".join(policy.languages)
    report.ok(f"{policy.name}: {len(policy.categories)} categories in {languages}")
    look_at_week(report, _readable_desk(), policy)


def _readable_desk() -> Desk | None:
    with suppress(DeskError):
        return settings.desk_if_any()
    return None
