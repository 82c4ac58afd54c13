"""A clock that was met or missed, by the working days of then: no later calendar moves it."""

from pydantic import ValidationError

from bot.core import facts as kinds
from bot.core.hours import OpenHours
from bot.core.situation import Situation
from bot.core.sla import Clock
from bot.core.ticket import Fact
from handlers.clock import clockwork
from handlers.unit import Unit
from storage import calendars


def as_judged(unit: Unit, situation: Situation, clock: Clock) -> tuple[OpenHours, Clock]:
    """The days that a clock was judged by, and the clock by them; one that runs goes by those of now."""
    judged = _judgement(situation, clock)
    version = judged.data.get("calendar") if judged else None
    if version is None or version == unit.office.hours.version:
        return unit.office.hours, clock
    try:
        then = unit.going_by(calendars.days_of(unit.tx, version), version)
    except ValidationError:  # made by a later version of Sanad
        return unit.office.hours, clock
    standing = clockwork.clocks_by(then, situation.ticket, situation.ledger)
    same = (one for one in standing if (one.what, one.cycle) == (clock.what, clock.cycle))
    return then.office.hours, next(same, clock)


def _judgement(situation: Situation, clock: Clock) -> Fact | None:
    """The fact that says how it ended, where it holds the due moment of now."""
    if clock.noted:
        return situation.ledger.recorded(kinds.MET, clock.what, clock.cycle)
    if clock.missed_at and clock.missed_at == clock.due_at:
        return situation.ledger.breach(clock.what, clock.cycle, unpromised=clock.unpromised)
    return None
