"""What should have happened to a ticket, reckoned from its facts and from the policy as it is written.

It shares nothing with the product's own arithmetic: it reads the policy's TOML as text and numbers, looks at
the ledger as it was after each fact, and asks what time should have done until the next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.fortnight import ledgers
from tests.fortnight.ledgers import DIMENSIONS, Raw, Rest
from tests.fortnight.minutes import Minutes, gaps

Name = tuple[str, int]
Happening = tuple[str, str, int, str, datetime]
"""What kind of fact, about which target, cycle and step, and when."""

BY_TIME = {"met", "breached", "reminded", "escalated", "skipped", "recalculated", "offered", "told"}
IN_MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}
LAST_CALL = timedelta(minutes=30)


@dataclass(frozen=True)
class Length:
    amount: int
    business: bool
    days: bool

    @classmethod
    def read(cls, written: str) -> "Length":
        """As the policy has it: "4 hours", "8 business hours", "2 business days"."""
        count, *business, unit = written.split()
        days = bool(business) and unit.startswith("day")
        return cls(int(count) * (1 if days else IN_MINUTES[unit.rstrip("s")]), bool(business), days)


@dataclass(frozen=True)
class Running:
    """A clock as it stood after some fact."""

    name: Name
    target: Raw
    since: datetime
    due: datetime
    met: datetime | None
    stopped: bool
    waiting: bool
    assumed: bool
    lateness: str
    """A "breach" of a promise, or "own": what the desk alone goes by till the complexity is set (CAP-7)."""


@dataclass
class Reckoner:
    policy: Raw
    remind: Sequence[str]
    open: Minutes
    every: Minutes
    has_week: bool

    def happenings(self, facts: Sequence[Raw], end: datetime) -> list[Happening]:
        """What time should have done to the ticket until `end`, in order."""
        told: list[Happening] = []
        people = [fact for fact in facts if not _by_time(fact)]
        for number, (since, until) in enumerate(gaps([fact["at"] for fact in people], end)):
            ledger = people[: number + 1]
            over = {happening[1:4] for happening in told}
            told += [one for clock in self.clocks(ledger) for one in self._until(clock, since, until, over)]
            told += self._silences(ledger, since, until, over)
        return [(kind, what, cycle, step.partition("@")[0], at) for kind, what, cycle, step, at in told]

    def clocks(self, ledger: Sequence[Raw]) -> Iterator[Running]:
        """All clocks, by the ledger as it is."""
        opened = ledger[0]["at"]
        answer = ledgers.first_answer(ledger, 0)
        yield from self._clock(ledger, ("first_response", 0), opened, 0, answer)
        cycle = 0
        while answer and (call := ledgers.first_call(ledger, answer[0])):
            answer = ledgers.first_answer(ledger, call[0])
            yield from self._clock(ledger, ("next_response", cycle), call[1], call[0], answer)
            cycle += 1
        place = ledgers.ended(ledger)
        solved = place is not None and ledger[place]["kind"] in ledgers.RESOLVING
        met = (place, ledger[place]["at"], place) if place is not None and solved else None
        yield from self._clock(ledger, ("resolution", 0), opened, 0, met)

    def _clock(
        self,
        ledger: Sequence[Raw],
        name: Name,
        since: datetime,
        place: int,
        met: tuple[int, datetime, int] | None,
    ) -> Iterator[Running]:
        target = self._target(name[0], ledger[: met[2]] if met else ledger)
        if target is None:
            return
        length = Length.read(target["within"])
        due = self._due(ledger, name, length, since, met[1] if met else None)
        yield Running(
            name,
            target,
            since,
            due,
            met=max(met[1], since) if met else None,
            stopped=ledgers.ended(ledger) is not None,
            waiting=name[0] != "resolution" and not met and ledgers.under_way(ledger, place, due),
            assumed=length.business and not self.has_week,
            lateness=self._lateness(ledger, name, target, since, met),
        )

    def _lateness(
        self,
        ledger: Sequence[Raw],
        name: Name,
        target: Raw,
        since: datetime,
        met: tuple[int, datetime, int] | None,
    ) -> str:
        judged = ledgers.triage(ledger[: met[2]] if met else ledger)["complexity"]
        announced = ledgers.extensions(ledger, name[0])
        length = Length.read(target["within"])
        promised = any(self._not_late_yet(before, name, since, told, length) for told, _, before in announced)
        return "own" if target.get("complexity") and not judged and not promised else "breach"

    def _target(self, what: str, ledger: Sequence[Raw]) -> Raw | None:
        """The target that names the most of what the ticket is, if any is for it."""
        known = ledgers.triage(ledger)
        known["complexity"] = known["complexity"] or self.policy.get("assumed_complexity", "")
        fitting = []
        for target in self.policy.get("targets", ()):
            named = [name for name in DIMENSIONS if target.get(name)]
            if target["what"] == what and all(known[name] in _listed(target[name]) for name in named):
                fitting.append((len(named), [name in named for name in DIMENSIONS], target))
        return max(fitting, key=lambda fit: fit[:2])[2] if fitting else None

    # Moments

    def _due(
        self, ledger: Sequence[Raw], name: Name, length: Length, since: datetime, met: datetime | None
    ) -> datetime:
        rests = [rest for rest in ledgers.rests(ledger) if since < rest[1] <= (met or rest[1])]
        due = unextended = self._moved(self._ends(since, length), rests, since, length)
        for told, until, before in ledgers.extensions(ledger, name[0]):
            if self._not_late_yet(before, name, since, told, length):
                later = [rest for rest in rests if rest[0] >= told]
                due = max(unextended, self._moved(until, later, since, length))
        return due

    def _not_late_yet(
        self, ledger: Sequence[Raw], name: Name, since: datetime, at: datetime, promised: Length
    ) -> bool:
        """Whether what was promised had not passed, as the ledger was then; else what is `promised` now."""
        target = self._target(name[0], ledger)
        if target and self._lateness(ledger, name, target, since, None) == "breach":
            promised = Length.read(target["within"])
        return target is None or at <= self._due(ledger, name, promised, since, None)

    def _ends(self, start: datetime, length: Length) -> datetime:
        if not length.days:
            return self._axis(length).after(start, length.amount)
        if self.has_week:
            return self.open.after_days(start, length.amount)
        return start + length.amount * timedelta(days=1)

    def _moved(self, at: datetime, rests: Sequence[Rest], since: datetime, length: Length) -> datetime:
        axis = self._axis(length)
        for begun, over in rests:
            if begun < at:
                at = axis.after(at, axis.between(max(begun, since), over))
        return at

    def _axis(self, length: Length) -> Minutes:
        return self.open if length.business and self.has_week else self.every

    # What time does

    def _until(
        self, clock: Running, since: datetime, until: datetime, over: set[tuple[str, int, str]]
    ) -> Iterator[Happening]:
        """What happens to a clock from a fact to the one after it, which comes first at its own moment."""
        late = clock.met and clock.met > clock.due and not clock.assumed
        if late and (*clock.name, clock.lateness) not in over:  # words under way turned out to be late
            yield "breached", *clock.name, clock.lateness, since
        if not clock.met and not clock.stopped:
            yield from _fired(clock.name, list(self._coming(clock)), since, until, over)

    def _coming(self, clock: Running) -> Iterator[tuple[str, str, datetime]]:
        """Kind, step and moment of everything that time will do to the clock if nobody does anything."""
        for step, at in sorted(self._reminders(clock), key=lambda pair: pair[1]):
            yield "reminded", step, self._early(clock, at)
        if clock.waiting:
            return
        if not clock.assumed:
            yield "breached", clock.lateness, clock.due
        over = "assumed" if clock.lateness == "own" else "overdue"
        yield "reminded", f"{over}@{clock.due.timestamp()}", self._told(clock, clock.due)
        for rung in () if clock.assumed else self._ladder(clock):
            after = Length.read(rung.get("after", "0 minutes"))
            if self.has_week or not after.business:
                yield "escalated", f"step {rung['level']}", self._told(clock, self._ends(clock.due, after))

    def _ladder(self, clock: Running) -> Iterator[Raw]:
        for ladder in self.policy.get("ladders", ()):
            if ladder["what"] == clock.name[0]:
                yield from (step for step in ladder["steps"] if not step.get("by_hand"))

    def _reminders(self, clock: Running) -> Iterator[tuple[str, datetime]]:
        if expected := clock.target.get("expected_from"):
            yield "expected", self._ends(clock.since, Length.read(expected))
        by_itself = clock.target.get("remind") or ([] if expected else self.remind)
        for written in by_itself:
            at = self._reminder(written, clock)
            if clock.since < at < clock.due:
                yield written, at

    def _reminder(self, written: str, clock: Running) -> datetime:
        if written.startswith("after "):
            return self._ends(clock.since, Length.read(written.removeprefix("after ")))
        length = Length.read(clock.target["within"])
        if written.endswith(" before"):
            length = Length.read(written.removesuffix(" before"))
        axis = self._axis(length)
        whole = axis.between(clock.since, clock.due)
        if written.endswith(" before"):
            return axis.after(clock.since, max(whole - length.amount, 0))
        return axis.after(clock.since, whole * Fraction(int(written.rstrip("%")), 100))

    def _told(self, clock: Running, at: datetime) -> datetime:
        always = clock.target.get("reminders_in") == "always" or not self.has_week
        return at if always else self.open.next_open(at)

    def _early(self, clock: Running, at: datetime) -> datetime:
        """In open hours; before they end, if the next ones begin when it is due already."""
        told = self._told(clock, at)
        if told == at or told < clock.due:
            return told
        begun, closed = self.open.last_opening(at)
        return max(begun, clock.since, closed - LAST_CALL) if closed > clock.since else told

    # Silences

    def _silences(
        self, ledger: Sequence[Raw], since: datetime, until: datetime, over: set[tuple[str, int, str]]
    ) -> Iterator[Happening]:
        """The offer to end what nobody answers (EDC-10), and the closing of what was solved (CMP-5)."""
        rule, window = self.policy.get("unanswered"), self.policy.get("resolved", {}).get("close_after")
        if rule and (question := ledgers.open_question(ledger)):
            seen = self.open.next_open(self._ends(question[1], Length.read(rule["within"])))
            if seen < until and ("pending", question[0], "offer") not in over:
                yield "offered", "pending", question[0], "offer", max(seen, since)
        if window and (solution := ledgers.open_solution(ledger)):
            closes = self._ends(solution[1], Length.read(window))
            if closes < until and ("resolved", solution[0], "lapse") not in over:
                yield "lapsed", "resolved", solution[0], "lapse", max(closes, since)


def _fired(
    name: Name,
    coming: Sequence[tuple[str, str, datetime]],
    since: datetime,
    until: datetime,
    over: set[tuple[str, int, str]],
) -> Iterator[Happening]:
    """What fires when, each once; of reminders and of steps only the last that has come, a breach always.

    That something is overdue is told once of each due moment, which stands behind the step.
    """
    all_of_it = [(kind, step, max(at, since)) for kind, step, at in coming]
    left = [one for one in all_of_it if (*name, one[1]) not in over]
    for at in sorted({at for _, _, at in left if at < until}):
        now = [(kind, step) for kind, step, fires in left if fires == at]
        last = {kind: step for kind, step, fires in all_of_it if fires <= at}
        for kind, step in now:
            yield (kind if kind == "breached" or last[kind] == step else "skipped"), *name, step, at


def _by_time(fact: Raw) -> bool:
    """Whether time did it: a ladder may have given the ticket to somebody, and a silence have closed it."""
    return fact["kind"] in BY_TIME or (
        fact["kind"] in {"assigned", "released", "lapsed"} and fact["by"] == "desk"
    )


def _listed(written: Any) -> Sequence[str]:
    return [written] if isinstance(written, str) else list(written)
