"""How a due moment comes about: from the span that is promised, over standstills, to what was announced."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.core.calendar import Calendar
from bot.core.ledger import Extension
from bot.core.policy.targets import Target
from bot.core.spans import Axis
from bot.core.spells import Spell


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that was taken out of a clock, and who caused it. `length` is on the axis of the target's span."""

    since: datetime
    until: datetime
    status: str
    by: str
    length: timedelta


@dataclass(frozen=True, slots=True)
class Course:
    """The way from `activated_at` to `due_at`.

    `base_due_at` is where the span ends by itself, `unextended_at` with the `pauses` made up for.
    `extension` is the announced moment that holds instead, if it was told in time; `announced` is the last
    that was told at all.
    """

    activated_at: datetime
    base_due_at: datetime
    unextended_at: datetime
    due_at: datetime
    expected_at: datetime | None
    pauses: tuple[Pause, ...]
    extension: Extension | None
    announced: Extension | None


def run(
    target: Target,
    activated_at: datetime,
    standstills: Iterable[Spell],
    told: Sequence[Extension],
    held: Extension | None,
    calendar: Calendar | None,
    zone: tzinfo,
) -> Course:
    """The course of a clock. `standstills` are what is taken out of it: those that are over.

    `told` are the announced moments that the customer knows, in order; `held` is the last told in time.
    """
    axis = target.within.axis(calendar)
    pauses = tuple(_pauses(standstills, activated_at, axis))
    base = target.within.due(activated_at, calendar, zone)
    due = _due(base, pauses, held, axis)
    expected = target.expected_from.due(activated_at, calendar, zone) if target.expected_from else None
    return Course(
        activated_at=activated_at,
        base_due_at=base,
        unextended_at=_moved(base, pauses, axis),
        due_at=due,
        expected_at=_moved(expected, pauses, axis) if expected else None,
        pauses=tuple(pause for pause in pauses if pause.since < due),
        extension=held,
        announced=told[-1] if told else None,
    )


def _pauses(standstills: Iterable[Spell], activated_at: datetime, axis: Axis) -> Iterator[Pause]:
    """Each standstill with what it takes out; where two overlap, the time counts once."""
    covered = activated_at
    for spell in sorted(standstills, key=lambda spell: spell.since):
        since, until = max(spell.since, covered), spell.until
        if until and since < until:
            yield Pause(since, until, spell.status, spell.by, axis.between(since, until))
            covered = until


def _moved(moment: datetime, pauses: Iterable[Pause], axis: Axis) -> datetime:
    """A moment moved by all pauses that began before it had come. What came after it changes nothing."""
    for pause in pauses:
        if pause.since < moment:
            moment = axis.after(moment, pause.length)
    return moment


def _due(base: datetime, pauses: Iterable[Pause], held: Extension | None, axis: Axis) -> datetime:
    """An announced moment is moved only by pauses from after it was told, and never shortens the span."""
    unextended = _moved(base, pauses, axis)
    if held is None:
        return unextended
    since_told = [pause for pause in pauses if pause.since >= held.told_at]
    return max(unextended, _moved(held.until, since_told, axis))
