"""Who works on a request and who is above them, in words."""

from bot.core.policy import Level, Policy, Queue
from handlers.expectations.bullets import definition, listing
from locales import _, current


def lines(policy: Policy) -> list[str]:
    """Those of whom the policy says what they do."""
    everybody: tuple[Queue | Level, ...] = (*policy.queues, *policy.levels)
    known = [definition(one.title.in_(current()), one.does.in_(current())) for one in everybody if one.does]
    return listing(_("Who works on your request:"), known)
