"""What time does to a clock: reminders, the breach, the steps of its ladder, and when to wake for them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Literal, get_args

from bot.core.calendar import Calendar
from bot.core.policy.targets import Reminder, Step
from bot.core.sla import Clock
from bot.core.spans import Span

LAST_CALL = timedelta(minutes=30)
"""How long before closing the desk hears of what will be due while it is closed."""

EXPECTED, BREACH, OVERDUE, DUE_ANEW = "expected", "breach", "overdue", "due anew"

ASSUMED = "assumed"
"""In the place of overdue: it takes longer than the desk assumes, which nobody was promised (CAP-7)."""

REDRAW = "redraw"
"""What only changes how the card reads: nothing is done, so no fact says that it was."""

_LOOK_BACK = timedelta(days=14)

Key = tuple[str, int, str, datetime | None]
Kind = Literal["breach", "step", "reminder", "wake", "word", "offer", "end", "lapse", "told", "survey"]
"""The first three are of clocks, `wake` is of a snooze, the rest of silences (`bot.core.silences`).

They stand in the order of doing.
"""

ORDER: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Wake:
    """Something that becomes due at `at`, once: (`what`, `cycle`, `step`) is unique in a ticket.

    What is said of a due moment has it as `due_at`, and is said once of each: a moment that came in the place
    of another passes no less.
    `what` is a clock's target, or a silence. `by_clock` is when the clock says so; people are told at `at`,
    which may lie in their hours instead. A `breach` is for the record, at the very moment; a `step` tells or
    assigns as its `rung` says.
    """

    what: str
    cycle: int
    step: str
    kind: Kind
    by_clock: datetime
    at: datetime
    rung: Step | None = None
    due_at: datetime | None = None

    @property
    def key(self) -> Key:
        return self.what, self.cycle, self.step, self.due_at

    @property
    def about(self) -> dict[str, Any]:
        """What the data of a fact says that it is about."""
        moment = {"due_at": self.due_at.isoformat()} if self.due_at else {}
        return {"target": self.what, "cycle": self.cycle, "step": self.step, **moment}


@dataclass(frozen=True, slots=True)
class Ripe:
    """What is due now: to do, and to record as passed over for something later."""

    fire: tuple[Wake, ...]
    skipped: tuple[Wake, ...]


def wakes(
    clock: Clock,
    ladder: Sequence[Step],
    calendar: Calendar | None,
    zone: tzinfo = UTC,
    usual: Sequence[Reminder] = (),
) -> tuple[Wake, ...]:
    """All that time does to a clock, or has done, in the order in which it goes; nothing to one that rests.

    `ladder` are the steps for it (`Promises.steps`), `usual` the desk's own reminders, for a target that has
    none. An assumed moment is reminded of, and no more. While words that may still meet it are on their way,
    its end is not judged. Of what is promised no more only the breach stays.
    """
    if clock.due_at is None or not clock.running or clock.void:
        return ()
    hours = _Hours(clock, clock.due_at, calendar)
    named = usual if clock.target.unreminded else clock.target.remind
    reminders = _reminders(clock, clock.due_at, named, calendar, zone)
    planned = sorted(reminders, key=lambda pair: pair[1])
    told = tuple(hours.wake(step, "reminder", at, early=True) for step, at in planned)
    if clock.waiting:
        return told
    over = ASSUMED if clock.unpromised else OVERDUE
    overdue = replace(hours.wake(over, "reminder", clock.due_at), due_at=clock.due_at)
    if clock.assumed:
        return (*told, overdue)
    breach = Wake(clock.what, clock.cycle, BREACH, "breach", clock.due_at, clock.due_at)
    recorded_once = () if clock.recorded else (breach,)
    climbed = (
        hours.wake(f"step {step.level}", "step", at, rung=step) for step, at in _climb(hours, ladder, zone)
    )
    return (*told, *recorded_once, overdue, *climbed)


def ripe(planned: Iterable[Wake], as_of: datetime, done: Collection[Key]) -> Ripe:
    """What is due of one clock and not done: of reminders and of steps only the last, a breach always.

    Where the last was done, nothing before it is done any more: the desk file may have named it since.
    """
    passed = [wake for wake in planned if wake.at <= as_of]
    last = {_track(wake): wake for wake in passed}
    due = [wake for wake in passed if wake.key not in done]
    return Ripe(
        fire=tuple(wake for wake in due if wake is last[_track(wake)]),
        skipped=tuple(wake for wake in due if wake is not last[_track(wake)]),
    )


def _track(wake: Wake) -> str:
    """What comes one after the other, so that the last makes the earlier pointless."""
    return "word" if wake.kind in {"offer", "end"} else wake.kind


def ripe_of_all(groups: Iterable[Iterable[Wake]], as_of: datetime, done: Collection[Key]) -> Ripe:
    """What is due of several clocks: what is for the record first, then people above, then reminders."""
    found = [ripe(group, as_of, done) for group in groups]
    return Ripe(
        fire=tuple(
            sorted((wake for one in found for wake in one.fire), key=lambda wake: ORDER.index(wake.kind))
        ),
        skipped=tuple(wake for one in found for wake in one.skipped),
    )


def next_wake(planned: Iterable[Wake], done: Collection[Key]) -> Wake | None:
    """The earliest that is not done, of one clock or of many; it may be due already."""
    return min((wake for wake in planned if wake.key not in done), key=lambda wake: wake.at, default=None)


def _reminders(
    clock: Clock,
    due_at: datetime,
    reminders: Iterable[Reminder],
    calendar: Calendar | None,
    zone: tzinfo,
) -> Iterator[tuple[str, datetime]]:
    """When the clock says that somebody should be reminded: after it began, and before it ends."""
    if clock.course.expected_at:
        yield EXPECTED, clock.course.expected_at
    for reminder in reminders:
        at = reminder_at(reminder, clock.target.within, clock.activated_at, due_at, calendar, zone)
        if clock.activated_at < at < due_at:
            yield str(reminder.said()), at


def reminder_at(
    reminder: Reminder,
    within: Span,
    since: datetime,
    due_at: datetime,
    calendar: Calendar | None,
    zone: tzinfo,
) -> datetime:
    """When to remind of a span `within` that began at `since` and is over at `due_at`."""
    if reminder.after:
        return reminder.after.due(since, calendar, zone)
    axis = (reminder.before or within).axis(calendar)
    whole = axis.between(since, due_at)
    part = whole - reminder.before.time if reminder.before else whole * reminder.percent / 100
    return axis.after(since, max(part, timedelta()))


def _climb(hours: "_Hours", ladder: Iterable[Step], zone: tzinfo) -> Iterator[tuple[Step, datetime]]:
    """The steps that time reaches, each with its moment; none for which a week would have to be assumed."""
    for step in ladder:
        if not step.by_hand and not step.after.assumed(hours.calendar):
            yield step, step.after.due(hours.due_at, hours.calendar, zone)


@dataclass(frozen=True, slots=True)
class _Hours:
    """When people are told of a clock: at once, or in their open hours."""

    clock: Clock
    due_at: datetime
    calendar: Calendar | None

    def wake(
        self, step: str, kind: Kind, by_clock: datetime, *, early: bool = False, rung: Step | None = None
    ) -> Wake:
        at = self._told_early(by_clock) if early else None
        return Wake(
            self.clock.what, self.clock.cycle, step, kind, by_clock, at or self._opening(by_clock), rung
        )

    def _opening(self, by_clock: datetime) -> datetime:
        if self.calendar is None or self.clock.target.reminders_in == "always":
            return by_clock
        return self.calendar.next_open(by_clock)

    def _told_early(self, by_clock: datetime) -> datetime | None:
        """Before it closes, if nobody would hear of it before it is due; None where that is not so."""
        opening = self._opening(by_clock)
        if self.calendar is None or opening == by_clock or opening < self.due_at:
            return None
        earlier = self.calendar.segments(max(self.clock.activated_at, by_clock - _LOOK_BACK), by_clock)
        return max(earlier[-1].opens, earlier[-1].closes - LAST_CALL) if earlier else None
