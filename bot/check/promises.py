"""Whether what a policy promises can be kept as it is written, by the week that the desk would go by."""

from bot.check.here import look_at_week
from bot.check.ladders import look_at_steps
from bot.check.reminders import look_at_reminders
from bot.check.report import Report
from bot.core.desk import Days
from bot.core.policy import Policy


def look_at_promises(report: Report, desk: Days, policy: Policy) -> None:
    look_at_week(report, desk, policy)
    look_at_reminders(report, desk, policy)
    look_at_steps(report, desk, policy)
