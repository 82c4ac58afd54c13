"""Whether the steps of a policy's ladders climb, where their lengths are of different kinds."""

from collections.abc import Iterator

from bot.calendars.resolving import week_of
from bot.check.reminders import BEGINS
from bot.check.report import Report
from bot.core.calendar import Calendar
from bot.core.desk import Days
from bot.core.policy import Policy
from bot.core.policy.targets import Step
from bot.core.spans import Span


def look_at_steps(report: Report, desk: Days, policy: Policy) -> None:
    week = week_of(policy, desk)
    for where, step, lower in _falling(policy, week.bare if week else None):
        said = f'{where}.after "{step.after}"'
        report.warn(f"policy {policy.name}: {said}: always comes before the lower step, after {lower.after}")


def _falling(policy: Policy, calendar: Calendar | None) -> Iterator[tuple[str, Step, Step]]:
    """Each step that comes before one below it, with its place and the nearest of those."""
    for number, ladder in enumerate(policy.ladders):
        for index, step in enumerate(ladder.steps):
            below = (
                lower
                for lower in reversed(ladder.steps[:index])
                if _meet(step, lower) and _sooner(step.after, lower.after, calendar)
            )
            if first := next(below, None):
                yield f"ladders[{number}].steps[{index}]", step, first


def _meet(one: Step, other: Step) -> bool:
    """Whether time reaches both for some ticket."""
    by_time = not one.by_hand and not other.by_hand
    return by_time and bool(not one.priority or not other.priority or {*one.priority} & {*other.priority})


def _sooner(one: Span, other: Span, calendar: Calendar | None) -> bool:
    """Whether it is over first whenever both begin together, all through a week."""
    return all(one.due(start, calendar) < other.due(start, calendar) for start in BEGINS)
