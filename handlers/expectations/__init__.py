"""What a customer may expect, as a person would write it: by the policy, and apart from it by the desk's own.

Everything is in the language of the moment.
"""

from collections.abc import Iterable

from bot.core.desk import Desk
from bot.core.policy import Policy
from handlers.expectations import afterwards, hours, lateness, own, people, terms, times
from locales import _, current

__all__ = ["of_the_desk", "of_the_policy"]


def of_the_policy(policy: Policy) -> str:
    """What the organisation states, and nothing else."""
    organisation = policy.organisation.in_(current())
    return _blocks(
        [_("What you can expect from {organisation}", organisation=organisation)],
        hours.lines(policy.calendar),
        times.lines(policy),
        times.importance(policy),
        people.lines(policy),
        lateness.lines(policy),
        afterwards.lines(policy),
        *terms.blocks(policy),
    )


def of_the_desk(policy: Policy, desk: Desk | None) -> str:
    """What the organisation does not state and this desk does all the same; without a desk file, any desk."""
    return _blocks(own.lines(policy, desk))


def _blocks(*blocks: Iterable[str]) -> str:
    """Blocks of lines with a blank line between; what has no line is left out."""
    return "\n\n".join(filter(None, ("\n".join(block) for block in blocks)))
