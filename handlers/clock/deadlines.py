"""What is due to a ticket and when, as agents read it: each of them sees the moments in their own zone."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.core.policy.targets import What
from bot.core.shown import Line, Moment
from bot.core.situation import Situation
from bot.core.sla import Clock
from handlers import lines
from handlers.lines import OTHER, SLOT
from handlers.unit import Unit
from locales import _, format_moment

NAMES: dict[What, Callable[[], str]] = {
    "first_response": lambda: _("First response"),
    "next_response": lambda: _("Next response"),
    "resolution": lambda: _("Resolution"),
}


def name(what: What) -> str:
    return NAMES[what]()


def shown(unit: Unit, situation: Situation) -> Iterator[tuple[str, Line]]:
    """The last clock of each kind, by its name: those that can still be met, and those that were not."""
    for clock in situation.latest:
        if not clock.over or clock.breached:
            yield name(clock.what), line(unit, clock)


def line(unit: Unit, clock: Clock) -> Line:
    """How a clock stands: when it is due, or since when it stands or is overdue."""
    if clock.due_at is None:
        return _standing(unit, clock)
    at = moment(unit, clock.due_at)
    if clock.breached and not clock.unpromised:
        return _late(unit, clock, at)
    if clock.assumed:
        return lines.around(_("{moment} (assumed: no working week is known)", moment=SLOT), at)
    if clock.course.extension:
        return _announced(unit, clock, at)
    return unpromised(unit, clock, clock.due_at) if clock.provisional else (at,)


def _announced(unit: Unit, clock: Clock, at: Moment) -> Line:
    """What was announced, and the due moment beside it where that has moved since."""
    announced = clock.course.extension
    if announced is None or announced.until == clock.due_at:
        return lines.around(_("{moment} (as announced to the customer)", moment=SLOT), at)
    said = _("{moment} (announced to the customer: {announced})", moment=SLOT, announced=OTHER)
    return lines.around(said, at, moment(unit, announced.until))


def unpromised(unit: Unit, clock: Clock, at: datetime) -> Line:
    """A moment of the desk's own; what was announced after it had passed is all that the customer knows."""
    if clock.breached and clock.informs:
        known = moment(unit, clock.informs)
        return lines.around(_("{moment} (as announced to the customer)", moment=SLOT), known)
    said = _("{moment} (not promised until the complexity is set)", moment=SLOT)
    return lines.around(said, moment(unit, at), strong=clock.breached)


def _standing(unit: Unit, clock: Clock) -> Line:
    since = moment(unit, clock.paused_at or clock.activated_at)
    left = clock_face(clock.left or timedelta())
    return lines.around(_("stands since {moment}, {left} left", moment=SLOT, left=left), since)


def _late(unit: Unit, clock: Clock, due: Moment) -> Line:
    """A breach is never erased, and nothing that is still to come is called overdue."""
    if not clock.over and not clock.overdue:
        return lines.around(_("was late; now due {moment}", moment=SLOT), due, strong=True)
    missed = moment(unit, clock.late_since) if clock.late_since else due
    if clock.over:
        return lines.around(_("late; it was due {moment}", moment=SLOT), missed, strong=True)
    return _overdue(unit, clock, missed)


def _overdue(unit: Unit, clock: Clock, missed: Moment) -> Line:
    """Beside it stands what was announced too late to hold: it informs (CAP-8)."""
    if clock.informs is None:
        return lines.around(_("overdue since {moment}", moment=SLOT), missed, strong=True)
    said = _("overdue since {moment}; announced for {announced}", moment=SLOT, announced=OTHER)
    return lines.around(said, missed, moment(unit, clock.informs), strong=True)


def moment(unit: Unit, at: datetime) -> Moment:
    return Moment(at=at, fallback=format_moment(at, unit.office.hours.zone, near=unit.now))


def clock_face(length: timedelta) -> str:
    """A length to the second, the same in all languages: 26:03:00."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
