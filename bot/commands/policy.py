"""`sanad policy`: what was promised, read, told and computed."""

from contextlib import suppress

import typer

from bot import holidays, policies, settings
from bot.check.promises import look_at_promises
from bot.check.reminders import look_at_usual_reminders
from bot.check.report import Report
from bot.core.desk import Defaults, Desk, DeskError
from bot.core.policy import Outcome, Policy
from bot.core.text import visible
from handlers import expectations
from locales import use


def check(name: str) -> None:
    """All mistakes of a policy at once, or what it holds. Whether a desk fits it, `sanad check` tells."""
    policy = policies.load(name, holidays.countries())
    report = Report(typer.echo)
    languages = ", ".join(policy.languages)
    report.ok(f"{policy.name}: {len(policy.categories)} categories in {languages}")
    if days := settings.days_if_any():
        look_at_promises(report, days, policy)
    if desk := _readable_desk():
        look_at_usual_reminders(report, desk, policy)


def show(name: str, language: str) -> None:
    """What a customer reads of the policy, the desk's own rules, and what its desk file has to name."""
    policy, desk = policies.load(name, holidays.countries()), settings.desk_if_any()
    if language not in policy.languages:
        spoken = ", ".join(policy.languages)
        raise typer.BadParameter(f"expected one of {spoken}, not {language!r}", param_hint="--language")
    with use(language):
        blocks = [expectations.of_the_policy(policy), expectations.of_the_desk(policy, desk)]
    blocks.append(_for_the_operator(policy, desk))
    told = "\n\n".join(filter(None, blocks))
    typer.echo(told if language == "ar" else visible(told))


def _for_the_operator(policy: Policy, desk: Desk | None) -> str:
    """What no customer reads: the names that the desk file has to know, and the desk's other mechanics."""
    defaults = desk.defaults if desk else Defaults()
    levels = [level.key for level in policy.levels if level.key in policy.reached]
    lines = [
        "For the desk file:",
        f"  queues: {', '.join(queue.key for queue in policy.queues)}",
        *([f"  levels: {', '.join(levels)}"] if levels else []),
        *_reasons(policy),
        f"  remind: {_reminders(defaults)}",
        f"  relay: {defaults.relay}, undo_seconds: {defaults.undo_seconds}",
    ]
    return "\n".join(lines)


def _reminders(defaults: Defaults) -> str:
    """When the desk is reminded of what the policy names no reminders for."""
    return ", ".join(str(reminder.said()) for reminder in defaults.remind) or "only what the policy names"


def _reasons(policy: Policy) -> list[str]:
    """What agents choose from when they resolve or decline."""
    listed = {of: ", ".join(reason.key for reason in policy.reasons_of(of)) for of in Outcome}
    return [f"  reasons ({of}): {keys}" for of, keys in listed.items() if keys]


def _readable_desk() -> Desk | None:
    with suppress(DeskError):
        return settings.desk_if_any()
    return None
