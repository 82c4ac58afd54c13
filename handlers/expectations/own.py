"""What a policy is silent about and a desk does all the same, in words: never the organisation's promise."""

from collections.abc import Iterator

from bot.core.desk import Defaults, Desk
from bot.core.policy import Policy
from bot.core.policy.worked import working_spans
from handlers.expectations import afterwards, hours
from handlers.expectations.bullets import listing
from locales import Plain, _, current, listed


def lines(policy: Policy, desk: Desk | None) -> list[str]:
    defaults = desk.defaults if desk else Defaults()
    own = [*_week(policy, desk), *_importance(policy), *_resolved(policy, defaults), *_remote(policy, desk)]
    return listing(_("Our desk's own rules, which the published policy does not state:"), own)


def _week(policy: Policy, desk: Desk | None) -> Iterator[str]:
    """By which week working days are counted, where the policy has them and no week."""
    if policy.calendar or not working_spans(policy):
        return
    if desk and desk.calendar:
        yield _("Working days are counted by this week: {hours}", hours=Plain(hours.hours(desk.calendar)))
    else:
        yield _("Which days are working days is not stated, so no day is named for them.")


def _importance(policy: Policy) -> Iterator[str]:
    if named := [priority.title.in_(current()) for priority in policy.priorities if priority.ours]:
        yield _(
            "The names of the levels of importance, which only order our work: {levels}", levels=listed(named)
        )


def _remote(policy: Policy, desk: Desk | None) -> Iterator[str]:
    """The tools of remote sessions that only the desk names."""
    tools = [tool for tool in (desk.remote.tools if desk else ()) if tool not in policy.remote.tools]
    if tools:
        yield _("We may invite you to a remote session, with: {tools}", tools=listed(tools))


def _resolved(policy: Policy, defaults: Defaults) -> Iterator[str]:
    if policy.resolved.reopen_within is None:
        yield afterwards.reopening(defaults.reopen_within)
    if policy.resolved.close_after is None:
        after = defaults.close_after
        yield afterwards.lapsing(after) if after else _("A solved request does not close by itself.")
    if policy.survey is None and defaults.survey:
        yield _("When it is solved, we ask you to rate our help. You need not.")
