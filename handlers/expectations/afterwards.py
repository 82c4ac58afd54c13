"""What becomes of a request that waits for its customer, and of one that is solved, in words."""

from collections.abc import Iterator
from datetime import timedelta

from bot.core.policy import Policy
from bot.core.policy.rules import Unanswered
from bot.core.spans import Span
from handlers import lengths
from handlers.expectations.bullets import listing
from locales import _, current


def lines(policy: Policy) -> list[str]:
    return [*_unanswered(policy.unanswered), *_resolved(policy), *_survey(policy)]


def reopening(within: timedelta) -> str:
    return _(
        "If the problem persists after a solution, you can reopen the request {within}.",
        within=length(within),
    )


def lapsing(after: timedelta) -> str:
    return _("A solved request that is not reopened {within} is closed.", within=length(after))


def length(span: timedelta) -> str:
    """Such as "within 24 hours"."""
    return lengths.within(Span(kind="plain", amount=int(span.total_seconds())))


def _unanswered(rule: Unanswered | None) -> Iterator[str]:
    if rule is None:
        return
    within = lengths.within(rule.within)
    if rule.then == "offer":
        yield _("If we ask you something and hear nothing {within}, we may end the request.", within=within)
    else:
        yield _("If we ask you something and hear nothing {within}, the request is closed.", within=within)


def _resolved(policy: Policy) -> Iterator[str]:
    if policy.resolved.reopen_within:
        yield reopening(policy.resolved.reopen_within)
    if policy.resolved.close_after:
        yield lapsing(policy.resolved.close_after)


def _survey(policy: Policy) -> list[str]:
    questions = [question.text.in_(current()) for question in policy.survey or () if question.text]
    return listing(_("When it is solved, we ask you:"), questions)
