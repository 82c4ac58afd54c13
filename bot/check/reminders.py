"""Whether each reminder of a policy comes at some time, tried with clocks that begin all through a week."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.calendars.resolving import week_of
from bot.check.report import Report
from bot.core.calendar import Calendar
from bot.core.desk import Days, Desk
from bot.core.policy import Policy
from bot.core.policy.targets import Reminder
from bot.core.spans import Span
from bot.core.wakes import reminder_at

BEGINS = [datetime(2026, 11, 2, minute=30, tzinfo=UTC) + hour * timedelta(hours=1) for hour in range(7 * 24)]


def look_at_reminders(report: Report, desk: Days, policy: Policy) -> None:
    calendar = _calendar(policy, desk)
    for where, reminder, within in _reminders(policy):
        if not _ever_comes(reminder, within, calendar):
            said = f'{where} "{reminder.said()}"'
            report.warn(f"policy {policy.name}: {said}: never comes, because {within} are over by then")


def look_at_usual_reminders(report: Report, desk: Desk, policy: Policy) -> None:
    """The same of the desk's own, for what the policy names none for."""
    for where, reminder in _usual(desk, policy, _calendar(policy, desk)):
        said = f'{where} "{reminder.said()}"'
        report.warn(f"desk file: {said}: never comes, whatever the policy {policy.name} promises")


def _reminders(policy: Policy) -> Iterator[tuple[str, Reminder, Span]]:
    """Each with its place, and the span that it is of."""
    for number, target in enumerate(policy.targets):
        for index, reminder in enumerate(target.remind):
            yield f"targets[{number}].remind[{index}]", reminder, target.within
    if rule := policy.unanswered:
        for index, reminder in enumerate(rule.remind):
            yield f"unanswered.remind[{index}]", reminder, rule.within


def _calendar(policy: Policy, desk: Days) -> Calendar | None:
    week = week_of(policy, desk)
    return week.bare if week else None


def _usual(desk: Desk, policy: Policy, calendar: Calendar | None) -> Iterator[tuple[str, Reminder]]:
    """The desk's own that come for none of the targets which they are for."""
    spans = {target.within for target in policy.targets if target.unreminded}
    for index, reminder in enumerate(desk.defaults.remind if spans else ()):
        if not any(_ever_comes(reminder, within, calendar) for within in spans):
            yield f"defaults.remind[{index}]", reminder


def _ever_comes(reminder: Reminder, within: Span, calendar: Calendar | None) -> bool:
    """Whether it would come after a clock has begun and before it ends. A day off may make it so yet."""
    return any(
        start < reminder_at(reminder, within, start, due_at, calendar, UTC) < due_at
        for start in BEGINS
        for due_at in [within.due(start, calendar)]
    )
