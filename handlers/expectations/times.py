"""What is promised about time, in words: for whom, within what, and for what there is no promise."""

from collections.abc import Iterator, Sequence

from bot.core.policy import Category, Choice, Complexity, Policy, Priority
from bot.core.policy.targets import Target, What
from handlers import lengths
from handlers.expectations.bullets import bullet, definition, listing, pair
from locales import Plain, _, current, listed

KINDS: tuple[What, ...] = ("first_response", "next_response", "resolution")


def lines(policy: Policy) -> list[str]:
    """All promises of time; that there is none is said too."""
    if not policy.targets:
        return [_("No time is promised for a reply or for a solution.")]
    return [line for what in KINDS for line in _of_kind(policy, what)] + list(_how_it_counts(policy))


def importance(policy: Policy) -> list[str]:
    """What the levels of importance mean, where the organisation says so, and who chooses."""
    stated = [priority for priority in policy.priorities if priority.definition and not priority.ours]
    if not stated:
        return []
    defined = [
        definition(priority.title.in_(current()), priority.definition.in_(current()))
        for priority in stated
        if priority.definition
    ]
    chosen = _("You say how serious it is. We look at it and may change that.")
    by_customer = [chosen] if policy.priority_chosen_by == "customer" else []
    return [*listing(_("How serious it is:"), defined), *by_customer]


def _of_kind(policy: Policy, what: What) -> Iterator[str]:
    targets = [target for target in policy.targets if target.what == what]
    if not targets:
        return
    name = _name(what)
    if len(targets) == 1 and not targets[0].specific[0]:
        yield pair(name, _within(targets[0]))
        return
    of_categories = {target.category for target in targets}
    yield _("{what}:", what=name)
    for target in targets:
        yield bullet(pair(_for_whom(policy, target, category=len(of_categories) > 1), _within(target)))
    if none := _without(policy, targets):
        yield bullet(_("No time is promised for: {kinds}", kinds=listed(none)))


def _name(what: What) -> str:
    return {
        "first_response": _("First reply"),
        "next_response": _("Each further reply"),
        "resolution": _("Solution"),
    }[what]


def _within(target: Target) -> str:
    """With what it depends on, in the source's words."""
    if target.condition is None:
        return _length(target)
    # Translators: {time} is "within 8 hours", {condition} is "by the priority of the problems".
    return _("{time}, {condition}", time=Plain(_length(target)), condition=target.condition.in_(current()))


def _length(target: Target) -> str:
    if target.expected_from:
        span = lengths.between(target.expected_from, target.within)
        return _("expected {span} after your request", span=span)
    return lengths.within(target.within)


def _for_whom(policy: Policy, target: Target, *, category: bool) -> str:
    """What a target is for; without `category` that part is the same for all, and told otherwise."""
    named = [
        title
        for dimension, keys in target.keys
        if keys and (category or dimension != "category")
        for title in _titles(policy, dimension, keys)
    ]
    return listed(named) if named else _("All requests")


def _titles(policy: Policy, dimension: str, keys: Sequence[str]) -> list[str]:
    asked = policy.field(policy.client_field)
    offered: dict[str, Sequence[Choice | Category | Priority | Complexity]] = {
        "client": asked.options if asked else (),
        "category": policy.categories,
        "priority": policy.priorities,
        "complexity": policy.complexities,
    }
    return [one.title.in_(current()) for one in offered[dimension] if one.key in keys]


def _without(policy: Policy, targets: Sequence[Target]) -> list[str]:
    """The kinds and the levels of importance for which no target of these is."""
    categories = {key for target in targets for key in target.category or [c.key for c in policy.categories]}
    priorities = {key for target in targets for key in target.priority or [p.key for p in policy.priorities]}
    return [
        one.title.in_(current())
        for offered, served in ((policy.categories, categories), (policy.priorities, priorities))
        for one in offered
        if one.key not in served
    ]


def _how_it_counts(policy: Policy) -> Iterator[str]:
    if any(target.complexity for target in policy.targets):
        yield _("Which of these your request is, we say when we have looked at it.")
    kinds = {target.within.kind for target in policy.targets}
    if "plain" in kinds:
        yield _("Hours are counted day and night.")
    if policy.calendar and kinds - {"plain"}:
        yield _("Working hours and working days are counted while we are open.")
