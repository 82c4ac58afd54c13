"""What follows when a promise is late or has to be changed, in words."""

from collections.abc import Iterator

from bot.core.policy import Policy
from bot.core.policy.targets import Step, What
from handlers import lengths
from handlers.expectations.bullets import listing
from locales import Plain, _, current, listed


def lines(policy: Policy) -> list[str]:
    return [*_ladders(policy), *_extending(policy), *_escalating(policy)]


def _ladders(policy: Policy) -> Iterator[str]:
    for ladder in policy.ladders:
        yield from listing(_heading(ladder.what), [_step(policy, step) for step in ladder.steps])


def _heading(what: What) -> str:
    return {
        "first_response": _("If our first reply is late:"),
        "next_response": _("If a further reply is late:"),
        "resolution": _("If a solution is late:"),
    }[what]


def _step(policy: Policy, step: Step) -> str:
    level = policy.level(step.level)
    assert level is not None
    title = level.title.in_(current())
    if step.by_hand:
        return _by_hand(policy, step, title)
    if step.after.amount:
        return _("it goes to: {level} ({later})", level=title, later=lengths.after(step.after))
    if step.does == "assign":
        return _("it is assigned at once to: {level}", level=title)
    return _("it goes at once to: {level}", level=title)


def _by_hand(policy: Policy, step: Step, title: str) -> str:
    """A step without a moment; it may be for some levels of importance only."""
    kinds = [one.title.in_(current()) for one in policy.priorities if one.key in step.priority]
    if not kinds:
        return _("still unresolved, it may go to: {level}", level=title)
    return _("still unresolved ({importance}), it may go to: {level}", importance=listed(kinds), level=title)


def _extending(policy: Policy) -> Iterator[str]:
    if policy.extending:
        reason = policy.extending.reason.in_(current())
        yield _("For one reason we may tell you a new expected time: {reason}.", reason=reason)


def _escalating(policy: Policy) -> Iterator[str]:
    if policy.escalating:
        yield _(
            "When a reply or a solution is overdue, you can raise your request to: {level}. Write {command}",
            level=policy.escalating.title.in_(current()),
            command=Plain("/escalate"),
        )
