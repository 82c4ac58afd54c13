"""The clocks of a ticket: what is due when, met or breached, by its facts, its policy and a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import count
from typing import Self

from bot.core import facts as kinds
from bot.core.calendar import Calendar
from bot.core.course import Course, run
from bot.core.ledger import Answer, Extension, Ledger, moment
from bot.core.policy.targets import Promises, Target, Triage, What
from bot.core.spells import Spell
from bot.core.ticket import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One target of a ticket at one moment. All moments are UTC but those that facts brought along.

    `cycle` numbers the clocks of one kind: a next response has one for each time the customer waits, from 0.
    `due_at` is None while the clock stands (`paused_at` says since when, `left` what remains of it).
    `stopped_at`: the ticket was finished without it. `waiting`: words that may still meet it are on their
    way. `assumed`: no week is known, so the moment is a guess that is never breached. `provisional`: it runs
    by the complexity that the desk assumes, so the customer was not promised it yet. `breached`: it was late
    once, and stays so; `overdue`: it still runs, and is late by the due moment of now too. `missed_at`: the
    due moment of the breach that is on record; for what is promised, of a breach of a promise. `noted`: a
    fact says that it was met. `void`: by the triage of now it is not promised, but it was, and late; so it
    stays as it was then.
    """

    target: Target
    triage: Triage
    cycle: int
    course: Course
    due_at: datetime | None
    fulfilled_at: datetime | None = None
    stopped_at: datetime | None = None
    paused_at: datetime | None = None
    left: timedelta | None = None
    waiting: bool = False
    assumed: bool = False
    provisional: bool = False
    breached: bool = False
    overdue: bool = False
    missed_at: datetime | None = None
    noted: bool = False
    void: bool = False

    @property
    def what(self) -> What:
        return self.target.what

    @property
    def activated_at(self) -> datetime:
        return self.course.activated_at

    @property
    def running(self) -> bool:
        """Whether time can still do something to it."""
        return self.due_at is not None and not self.over

    @property
    def over(self) -> bool:
        """Whether it was met, or its ticket finished without it."""
        return self.fulfilled_at is not None or self.stopped_at is not None

    @property
    def recorded(self) -> bool:
        """Whether a fact says that it was breached."""
        return self.missed_at is not None

    @property
    def late_since(self) -> datetime | None:
        """The due moment that was missed, of a clock that is breached."""
        return self.missed_at or self.due_at

    @property
    def informs(self) -> datetime | None:
        """A new moment that was announced too late to hold, so that it takes no breach back (CAP-8)."""
        announced = self.course.announced
        return announced.until if announced and announced != self.course.extension else None

    @property
    def unpromised(self) -> bool:
        """Whether nobody but the desk goes by it, so that it is never called late (CAP-7)."""
        return self.provisional and self.course.extension is None

    @property
    def unrecorded(self) -> bool:
        """Whether it is breached and no fact says so yet."""
        return self.breached and not self.recorded


Keys = tuple[tuple[str, tuple[str, ...]], ...]
"""For whom a target is, which no two of one kind have in common."""


@dataclass(frozen=True, slots=True)
class _Run:
    """What started a clock, and what met it, by places in the ledger."""

    what: What
    cycle: int
    seq: int
    activated_at: datetime
    met_at: datetime | None = None
    met_seq: int | None = None


def clocks(
    ledger: Ledger,
    promises: Promises,
    calendar: Calendar | None,
    as_of: datetime,
    *,
    zone: tzinfo = UTC,
    filed_as: Triage | None = None,
) -> tuple[Clock, ...]:
    """All clocks that the ticket has or had, judged `as_of` a moment; none for what is not promised.

    `calendar` is the policy's, else the desk's, else None; then `zone` is the desk's. `filed_as` is what the
    fact of the filing does not tell: give the ticket's own values for tickets from before facts told them.
    """
    judge = _Judge(ledger, promises, calendar, zone, filed_as or Triage(), as_of)
    promised = {target.what for target in promises.targets}
    begun = (one for one in _runs(ledger) if one.what in promised)
    return tuple(clock for one in begun if (clock := judge.clock(one))) if promised else ()


def _runs(ledger: Ledger) -> Iterator[_Run]:
    if (opened_at := ledger.opened_at) is None:
        return
    first = ledger.first_accepted(0)
    yield _answered(_Run("first_response", 0, 0, opened_at), first)
    yield from _next_responses(ledger, first)
    resolution, done = _Run("resolution", 0, 0, opened_at), ledger.finished
    resolved = done is not None and done.resolved
    yield replace(resolution, met_at=done.since, met_seq=done.seq) if done and resolved else resolution


def _next_responses(ledger: Ledger, answer: Answer | None) -> Iterator[_Run]:
    """One for each time that the customer waits, from the first words that no answer has followed."""
    for cycle in count():
        call = ledger.first_call(answer.seq) if answer else None
        if call is None:
            return
        answer = ledger.first_accepted(call.seq)
        yield _answered(_Run("next_response", cycle, call.seq, call.at), answer)


def _answered(begun: _Run, answer: Answer | None) -> _Run:
    if answer is None or answer.accepted_at is None:
        return begun
    return replace(begun, met_at=max(answer.accepted_at, begun.activated_at), met_seq=answer.accepted_seq)


@dataclass(frozen=True, slots=True)
class _Judge:
    ledger: Ledger
    promises: Promises
    calendar: Calendar | None
    zone: tzinfo
    filed_as: Triage
    as_of: datetime
    in_time: dict[tuple[What, int, int, Keys], bool] = field(default_factory=dict)
    """Which announced moments were told in time for a target, as far as it was asked."""

    def clock(self, begun: _Run) -> Clock | None:
        """A clock that was met goes by the triage of then: what comes later does not judge it again."""
        triage = self.ledger.triage(self.filed_as, begun.met_seq)
        target = self.promises.target(begun.what, self.promises.assumed(triage))
        return self._by(begun, triage, target) if target else self._void(begun)

    def _void(self, begun: _Run) -> Clock | None:
        """What was late before a triage that promises nothing: a breach is never laundered.

        One of the desk's own reading goes: it was promised to nobody.
        """
        if (breach := self._breach(begun)) is None:
            return None
        triage = self._before(breach).ledger.triage(self.filed_as)
        target = self.promises.target(begun.what, self.promises.assumed(triage))
        clock = self._by(begun, triage, target) if target else None
        return replace(clock, void=True) if clock and not clock.unpromised else None

    def _by(self, begun: _Run, triage: Triage, target: Target) -> Clock:
        course, provisional = self.course(begun, target), bool(target.complexity and not triage.complexity)
        breach = self._breach(begun, unpromised=provisional and course.extension is None)
        course = self._as_it_was_missed(begun, course, breach) if breach else course
        clock = Clock(
            target=target,
            triage=triage,
            cycle=begun.cycle,
            course=course,
            due_at=course.due_at,
            fulfilled_at=begun.met_at,
            waiting=self._waiting(begun, course),
            assumed=target.within.assumed(self.calendar) and course.extension is None,
            provisional=provisional,
            missed_at=moment(breach.data["due_at"]) if breach else None,
        )
        return self._judged(self._at_rest(clock), begun)

    def _breach(self, begun: _Run, *, unpromised: bool = False) -> Fact | None:
        return self.ledger.breach(begun.what, begun.cycle, unpromised=unpromised)

    def _before(self, fact: Fact) -> Self:
        return replace(self, ledger=Ledger(self.ledger.facts[: self.ledger.facts.index(fact)]))

    def _as_it_was_missed(self, begun: _Run, course: Course, breach: Fact) -> Course:
        """A breach stays where it was: a calendar that changed since moves only what is still to come."""
        if (missed_at := moment(breach.data["due_at"])) == course.due_at:
            return course
        then = self._before(breach)
        target = self.promises.target(begun.what, self.promises.assumed(then.ledger.triage(self.filed_as)))
        if target and then.course(replace(begun, met_at=None), target).due_at == course.due_at:
            return replace(course, due_at=missed_at)
        return course

    def course(self, begun: _Run, target: Target) -> Course:
        taken_out = [spell for spell in self.ledger.spells if self._stands(begun.what, spell)]
        if begun.met_at:  # what it was met in is not taken out of it
            taken_out = [spell for spell in taken_out if spell.until and spell.until <= begun.met_at]
        told = [extension for extension in self.ledger.extensions if extension.what == begun.what]
        held = next((one for one in reversed(told) if self._in_time(begun, one, target)), None)
        return run(target, begun.activated_at, taken_out, told, held, self.calendar, self.zone)

    def _in_time(self, begun: _Run, extension: Extension, target: Target) -> bool:
        """Whether it was told before the clock was late, by what was on record then: it holds for good."""
        if (key := (begun.what, begun.cycle, extension.told_seq, target.keys)) not in self.in_time:
            then = replace(self, ledger=Ledger(self.ledger.facts[: extension.told_seq]))
            if begun.met_seq and begun.met_seq >= extension.told_seq:
                begun = replace(begun, met_at=None, met_seq=None)
            due_at = then.due_by(begun, target)
            self.in_time[key] = due_at is None or extension.told_at <= due_at
        return self.in_time[key]

    def due_by(self, begun: _Run, target: Target) -> datetime | None:
        """When it was due; of what nobody was promised, when the promise of now was (CAP-7)."""
        clock = self.clock(begun)
        if clock is None or clock.due_at is None:
            return None
        own = clock.unpromised and clock.target != target
        return self.course(begun, target).due_at if own else clock.course.due_at

    def _stands(self, what: What, spell: Spell) -> bool:
        """Whether a clock stands in such a time: every clock while the ticket is finished."""
        return spell.status == "finished" or (what == "resolution" and spell.status in self.promises.pauses)

    def _waiting(self, begun: _Run, course: Course) -> bool:
        """Whether words written in time are in the outbox's hands: judgement waits for them to settle."""
        return (
            begun.what != "resolution"
            and begun.met_at is None
            and any(
                not answer.settled and answer.seq > begun.seq and answer.at <= course.due_at
                for answer in self.ledger.answers
            )
        )

    def _at_rest(self, clock: Clock) -> Clock:
        """The clock as it stands now, if it stands."""
        last = self.ledger.spells[-1] if self.ledger.spells else None
        if last is None or last.until or clock.fulfilled_at or not self._stands(clock.what, last):
            return clock
        if last.status == "finished":
            return replace(clock, stopped_at=last.since)
        if last.since >= clock.course.due_at:
            return clock
        left = clock.target.within.axis(self.calendar).between(last.since, clock.course.due_at)
        return replace(clock, due_at=None, paused_at=last.since, left=left)

    def _judged(self, clock: Clock, begun: _Run) -> Clock:
        """What was met is on record with the moment of then; a reopening makes it run again."""
        met = (
            self.ledger.recorded(kinds.MET, clock.what, clock.cycle, begun.met_seq) if begun.met_seq else None
        )
        if met:
            return replace(clock, due_at=moment(met.data["due_at"]), noted=True, breached=clock.recorded)
        if not clock.recorded and not self._late(clock):
            return clock
        return replace(clock, breached=True, overdue=self._passed(clock))

    def _passed(self, clock: Clock) -> bool:
        return clock.running and clock.due_at is not None and clock.due_at <= self.as_of

    def _late(self, clock: Clock) -> bool:
        """What was met exactly at its due moment is in time; what still runs then is late.

        Time looks at the due moment itself, and each breach is on record with it. Words that were written by
        then are waited for. So both can be true of one clock only where words were written and accepted in
        that very second, after time had looked: then the breach stays on record.
        """
        if clock.due_at is None or clock.assumed:
            return False
        if end := clock.fulfilled_at or clock.stopped_at:
            return end > clock.due_at and not clock.waiting
        return self.as_of >= clock.due_at and not clock.waiting
