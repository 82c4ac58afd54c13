"""Why a moment is due when it is, in words and to the second. Nothing that a customer wrote is in it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from bot.core.course import Pause
from bot.core.hours import OpenHours
from bot.core.ledger import Extension
from bot.core.shown import Line, Mention
from bot.core.situation import Situation
from bot.core.sla import Clock
from bot.core.why import Differing, Why, why
from handlers import daynames, lengths, lines
from handlers.clock.deadlines import clock_face, name
from handlers.clock.judged import as_judged
from handlers.expectations.hours import ranges
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _, format_day, format_exactly


def account(unit: Unit, situation: Situation) -> tuple[Line, ...]:
    """The account of the last clock of each kind, in the language of the moment."""
    zone = lines.text(_("All times are those of {zone}.", zone=str(unit.office.hours.zone)))
    if not situation.latest:
        return (zone, lines.text(_("Nothing is promised for this ticket so far.")))
    judged = (as_judged(unit, situation, clock) for clock in situation.latest)
    told = (line for hours, clock in judged for line in _Teller(hours, situation.at, clock).lines())
    return (zone, *told)


class _Teller:
    """Tells of one clock, in the order in which one would ask."""

    def __init__(self, hours: OpenHours, now: datetime, clock: Clock) -> None:
        self._hours, self._now, self._clock = hours, now, clock
        self._why = why(clock, hours.calendar, hours.zone, daynames.names(hours))

    def lines(self) -> Iterator[Line]:
        yield lines.text(name(self._why.what), strong=True)
        yield from map(lines.text, self._promised())
        yield lines.text(_("Began: {moment}", moment=self._exactly(self._why.activated_at)))
        yield from map(lines.text, self._counted())
        yield from (lines.text(_differing(day)) for day in self._why.differing)
        yield from map(self._pause, self._why.pauses)
        yield from self._announced()
        yield from map(lines.text, self._state())

    def _promised(self) -> Iterator[str]:
        """What is promised; what only the desk goes by is told apart from it from the beginning (CAP-7)."""
        yield _assumption(self._why) if self._clock.provisional else _promise(self._why)
        if self._clock.unpromised:
            yield _("It is not promised until the complexity is set.")

    def _counted(self) -> Iterator[str]:
        yield from (_("Counted: {day}", day=format_day(day)) for day in self._why.days)
        for part in self._why.counted:
            since, until = self._from_to(part.since, part.until)
            length = clock_face(part.length)
            yield _("Counted: {since} to {until}, which is {length}", since=since, until=until, length=length)
        if len(self._why.counted) > 1:
            yield _("Together: {length}", length=clock_face(self._why.total))

    def _pause(self, pause: Pause) -> Line:
        since, until = self._from_to(pause.since, pause.until)
        length = clock_face(pause.length)
        said = _("Paused: {since} to {until}, which is {length}.", since=since, until=until, length=length)
        if not pause.by.startswith("agent:"):
            return lines.text(said)
        agent = Mention(user=pause.by.removeprefix("agent:"))
        return (*lines.text(f"{said} "), *lines.around(CAUSES[pause.status](), agent))

    def _announced(self) -> Iterator[Line]:
        """A later moment that the customer was told: in time it holds, and else it only informs (CAP-8)."""
        told, holds = self._clock.course.announced, self._why.extension
        if told is None:
            return
        agent = Mention(user=told.by.removeprefix("agent:"))
        until, at = self._exactly(told.until), self._exactly(told.told_at)
        said = _(
            "{agent} announced a new time: {until}. The customer knew at: {at}",
            agent=SLOT,
            until=until,
            at=at,
        )
        yield lines.around(said, agent)
        before = self._exactly(self._why.unextended_at)
        if holds:
            yield lines.text(_("Without it, it was due: {moment}", moment=before))
            yield from map(lines.text, self._moved(holds))
        elif not self._clock.unpromised:
            yield lines.text(_("It was overdue by then, so this takes nothing back."))

    def _moved(self, announced: Extension) -> Iterator[str]:
        """What came of an announced moment that is not the due moment."""
        course, axis = self._clock.course, self._why.span.axis(self._hours.calendar)
        if course.due_at == course.unextended_at > announced.until:
            yield _("That is later than announced, so it is due then.")
        elif course.due_at > announced.until:
            length = clock_face(axis.between(announced.until, course.due_at))
            yield _("Paused since it was announced, and made up for: {length}", length=length)

    def _state(self) -> Iterator[str]:
        clock = self._clock
        if clock.assumed:
            yield _("No working week is known, so this moment is only assumed.")
        if clock.due_at is None:
            yield from self._standing()
            return
        yield from self._recorded(clock.due_at)
        yield _("Due: {moment}", moment=self._exactly(clock.due_at))
        if clock.fulfilled_at:
            yield _("Met: {moment}", moment=self._exactly(clock.fulfilled_at))
        elif clock.stopped_at:
            yield _("Stopped, as the ticket was finished: {moment}", moment=self._exactly(clock.stopped_at))
        yield from self._late(clock.due_at)

    def _recorded(self, due_at: datetime) -> Iterator[str]:
        """What stays on record: a breach of an earlier moment, or of a promise that holds no more."""
        if self._clock.missed_at and self._clock.missed_at != due_at:
            yield _("Missed, and on record: {moment}", moment=self._exactly(self._clock.missed_at))
        if self._clock.void:
            yield _("By its triage of now nothing is promised, but the breach stays on record.")

    def _standing(self) -> Iterator[str]:
        since = self._clock.paused_at or self._clock.activated_at
        yield _("Stands since: {moment}", moment=self._exactly(since))
        if self._clock.left is not None:
            yield _("Left: {length}", length=clock_face(self._clock.left))

    def _late(self, due_at: datetime) -> Iterator[str]:
        end = self._clock.fulfilled_at or self._clock.stopped_at or self._now
        if self._clock.unpromised:
            return
        if self._clock.breached and end > due_at:
            yield _("Late by {length}, nights and days off included", length=clock_face(end - due_at))
        elif self._clock.missed_at == due_at:
            yield _("It is on record that it was late.")

    def _from_to(self, since: datetime, until: datetime) -> tuple[str, str]:
        """Both ends; the day is said once."""
        return self._exactly(since), format_exactly(until, self._hours.zone, after=since)

    def _exactly(self, moment: datetime) -> str:
        return format_exactly(moment, self._hours.zone)


def _promise(why: Why) -> str:
    span = lengths.within(why.span)
    if why.clause:
        return _("Promised: {span} ({clauses})", span=span, clauses=", ".join(why.clause))
    return _("Promised: {span}", span=span)


def _assumption(why: Why) -> str:
    span = lengths.within(why.span)
    if why.clause:
        return _("Assumed by the desk: {span} ({clauses})", span=span, clauses=", ".join(why.clause))
    return _("Assumed by the desk: {span}", span=span)


def _differing(day: Differing) -> str:
    if day.hours:
        return _(
            "Other hours: {day} {name}: {hours}",
            day=format_day(day.day),
            name=day.name,
            hours=ranges(day.hours),
        )
    if day.name:
        return _("Skipped: {day}, {name}", day=format_day(day.day), name=day.name)
    return _("Skipped: {day}, closed", day=format_day(day.day))


CAUSES: dict[str, Callable[[], str]] = {
    "pending": lambda: _("{agent} had asked the customer.", agent=SLOT),
    "on_hold": lambda: _("{agent} had put it on hold.", agent=SLOT),
    "finished": lambda: _("{agent} had finished it.", agent=SLOT),
}
"""Who caused a pause."""
