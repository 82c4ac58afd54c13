"""What a policy promises about time: targets, when the desk is reminded, and who hears of a breach."""

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_serializer, model_validator

from bot.core.heard import Value
from bot.core.policy.words import (
    Categories,
    Clauses,
    Clients,
    Complexities,
    ComplexityKey,
    LevelKey,
    PlainWords,
    Priorities,
    SomeOf,
)
from bot.core.spans import Span, span

What = Literal["first_response", "next_response", "resolution"]
Standing = Literal["pending", "on_hold"]
DIMENSIONS = ("client", "category", "priority", "complexity")

_PERCENT = re.compile(r"\s*([1-9][0-9]?)\s*%\s*")
_AFTER = re.compile(r"\s*after\s+(.+)")
_BEFORE = re.compile(r"(.+?)\s+before\s*")


class Triage(Value):
    """What decides which targets a ticket has, as far as it is known."""

    client: str = ""
    category: str = ""
    priority: str = ""
    complexity: str = ""

    def changed(self, data: Mapping[str, Any]) -> Self:
        """After a fact that names some of it."""
        told = {name: data[name] for name in DIMENSIONS if data.get(name)}
        return self.model_copy(update=told) if told else self


class Reminder(Value):
    """When the desk is reminded: "50%" of the time, "after 1 business day", "30 business minutes before"."""

    percent: int = 0
    after: Span | None = None
    before: Span | None = None

    @model_validator(mode="before")
    @classmethod
    def _written(cls, raw: Any) -> Any:
        return raw if isinstance(raw, Reminder) else _reminder(raw)

    @model_validator(mode="after")
    def _counts_back_what_can_be(self) -> Self:
        if self.before and self.before.kind == "days":
            raise ValueError(f"expected hours or minutes before, not {self.before}")
        return self

    @model_serializer
    def said(self) -> str:
        if self.after:
            return f"after {self.after}"
        return f"{self.before} before" if self.before else f"{self.percent}%"


def _reminder(written: object) -> dict[str, Any]:
    text = written if isinstance(written, str) else ""
    try:
        if match := _PERCENT.fullmatch(text):
            return {"percent": int(match[1])}
        if match := _AFTER.fullmatch(text):
            return {"after": span(match[1])}
        if match := _BEFORE.fullmatch(text):
            return {"before": span(match[1])}
    except ValueError:
        pass
    raise ValueError(
        'expected a reminder such as "50%", "after 1 business day" or "30 business minutes before", '
        f"not {written!r}"
    )


def _each_once(reminders: tuple[Reminder, ...]) -> tuple[Reminder, ...]:
    said = [reminder.said() for reminder in reminders]
    if len(set(said)) < len(said):
        raise ValueError(f"expected each reminder once, not {', '.join(said)}")
    return reminders


Reminders = Annotated[tuple[Reminder, ...], AfterValidator(_each_once)]


class Target(Value):
    """A span that is promised, and for whom. What it does not name, it is for all of.

    `expected_from` is when it may be expected, `within` when it is overdue. `reminders_in` says when people
    are told: the promise runs on, people do not. `condition` is what the source makes it depend on, in words.
    """

    what: What
    within: Span
    expected_from: Span | None = None
    client: Clients = ()
    category: Categories = ()
    priority: Priorities = ()
    complexity: Complexities = ()
    remind: Reminders = ()
    reminders_in: Literal["open_hours", "always"] = "open_hours"
    condition: PlainWords | None = None
    clause: Clauses = ()

    @model_validator(mode="after")
    def _is_expected_before_it_is_overdue(self) -> Self:
        earlier = self.expected_from
        if earlier and (earlier.kind != self.within.kind or earlier.amount >= self.within.amount):
            raise ValueError(f"expected a span shorter than {self.within} as expected_from, not {earlier}")
        return self

    def fits(self, triage: Triage) -> bool:
        return all(not keys or getattr(triage, name) in keys for name, keys in self.keys)

    @property
    def unreminded(self) -> bool:
        """Whether nobody would hear of it before it is due, so that the desk's own reminders are for it."""
        return not self.remind and self.expected_from is None

    @property
    def keys(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple((name, getattr(self, name)) for name in DIMENSIONS)

    @property
    def specific(self) -> tuple[int, tuple[bool, ...]]:
        """How closely it says whom it is for: by how much it names, then in the order of the dimensions."""
        named = tuple(bool(keys) for _, keys in self.keys)
        return sum(named), named

    def rivals(self, other: "Target") -> bool:
        """Whether some ticket would have both, and nothing says which."""
        shared = zip(self.keys, other.keys, strict=True)
        return (self.what, self.specific) == (other.what, other.specific) and all(
            not mine or set(mine) & set(theirs) for (_, mine), (_, theirs) in shared
        )


class Step(Value):
    """Whom a breach is told to, or the ticket assigned to, and how long `after` the breach.

    One that is `by_hand` is never reached by time: the desk is offered it.
    """

    level: LevelKey
    does: Literal["tell", "assign"] = "tell"
    after: Span = span("0 minutes")
    by_hand: bool = False
    priority: Priorities = ()
    clause: Clauses = ()


class Ladder(Value):
    """The steps that follow when one kind of target is breached, lowest first."""

    what: What
    steps: SomeOf[Step]
    clause: Clauses = ()

    @model_validator(mode="after")
    def _climbs_to_each_level_once(self) -> Self:
        levels = [step.level for step in self.steps]
        if len(set(levels)) < len(levels):
            raise ValueError(f"expected each level once, not {', '.join(levels)}")
        return self


def _without_rivals(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    for (first, one), (second, other) in combinations(enumerate(targets), 2):
        if one.rivals(other):
            raise ValueError(
                f"expected one {one.what} for each, not both {one.within} ([{first}])"
                f" and {other.within} ([{second}])"
            )
    return targets


def _one_of_each(ladders: tuple[Ladder, ...]) -> tuple[Ladder, ...]:
    kinds = [ladder.what for ladder in ladders]
    if len(set(kinds)) < len(kinds):
        raise ValueError(f"expected one ladder for each kind of target, not {', '.join(kinds)}")
    return ladders


class Promises(Value):
    """All that is promised about time. What a source does not promise is not here, and nothing runs for it.

    `pauses` are the statuses in which the clock of the resolution stands: none, unless the source says so.
    `assumed_complexity` is what a ticket counts as on the desk until an agent has looked.
    """

    targets: Annotated[tuple[Target, ...], AfterValidator(_without_rivals)] = ()
    ladders: Annotated[tuple[Ladder, ...], AfterValidator(_one_of_each)] = ()
    pauses: tuple[Standing, ...] = ()
    assumed_complexity: ComplexityKey = ""

    @property
    def reached(self) -> set[str]:
        """The keys of all levels that some ladder climbs to."""
        return {step.level for ladder in self.ladders for step in ladder.steps}

    def target(self, what: What, triage: Triage) -> Target | None:
        """The most specific target that fits, or None where nothing is promised."""
        fitting = (target for target in self.targets if target.what == what and target.fits(triage))
        return max(fitting, key=lambda target: target.specific, default=None)

    def steps(self, what: What, triage: Triage) -> tuple[Step, ...]:
        """The ladder for one kind of target, as far as it concerns such a ticket."""
        steps = (step for ladder in self.ladders if ladder.what == what for step in ladder.steps)
        return tuple(step for step in steps if not step.priority or triage.priority in step.priority)

    def assumed(self, triage: Triage) -> Triage:
        """The triage that the desk works by: a complexity is assumed until an agent has said one."""
        return triage if triage.complexity else triage.changed({"complexity": self.assumed_complexity})
