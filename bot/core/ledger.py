"""What the facts of a ticket say about time: who wrote when, what was accepted, when work stood still."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.core import facts as kinds
from bot.core.policy.targets import Triage
from bot.core.spells import Spell, Standstill, spells, standing, status_after, still
from bot.core.ticket import Fact

# What an agent says to the customer. Receipts and other automatic words never count.
_WRITING = frozenset(
    {
        kinds.REPLIED,
        kinds.ASKED,
        kinds.INFORMED,
        kinds.INVITED,
        kinds.SHARING_ASKED,
        kinds.EXTENDED,
        kinds.HELD,
        kinds.RESOLVED,
        kinds.DECLINED,
    }
)
_SETTLING = frozenset({kinds.DELIVERED, kinds.UNDELIVERED, kinds.TAKEN_BACK})

# What a fact says about the triage: all of it, or one thing.
_TRIAGING = {kinds.FILED: "", kinds.PRIORITISED: "priority", kinds.CLASSIFIED: "complexity"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An agent's words to the customer; `seq` is their place in the ledger.

    They are `settled` when nothing more will happen to them: without `accepted_at` they reached nobody.
    """

    seq: int
    at: datetime
    settled: bool
    accepted_at: datetime | None = None
    accepted_seq: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """The customer's words that want an answer."""

    seq: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Extension:
    """A new moment that was announced, and told: at which moment, and by the fact in which place."""

    what: str
    until: datetime
    by: str
    told_at: datetime
    told_seq: int


class Ledger:
    """The facts of one ticket, in the order in which they were recorded, and what they come to.

    Here moments become whole seconds, so that all that is counted from them adds up as it is shown.
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.as_recorded = tuple(facts)
        self.judged: dict[object, Any] = {}
        """What was worked out from it, by what it was asked."""

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(map(_to_the_second, self.as_recorded))

    @cached_property
    def opened_at(self) -> datetime | None:
        return next((fact.at for fact in self.facts if fact.kind == kinds.FILED), None)

    def triage(self, filed_as: Triage, until: int | None = None) -> Triage:
        """How it was triaged before the fact in place `until`, or in the end, if it was `filed_as` that."""
        known: dict[str, Any] = {}
        for fact in self.facts[:until]:
            if fact.kind in _TRIAGING:
                known |= {name: said for name, said in _triaged(fact).items() if said}
        return filed_as.changed(known)

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """The agents' words, each with what became of it."""
        return tuple(self._answers())

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The customer's words, but for thanks. Those from while it was finished count from its reopening."""
        return tuple(self._calls())

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        """The times in which it was pending, on hold or finished, in order; only the last may last still.

        It is pending from the moment when the channel accepted the question.
        """
        begun = ((spell, self._begun(spell)) for spell in spells(self.facts))
        return tuple(replace(spell, since=since) for spell, since in begun if since)

    @property
    def standstill(self) -> Standstill | None:
        """Why nobody works on it now, if nobody does; a question counts from when it was asked."""
        return still(self.facts)

    @property
    def finished(self) -> Spell | None:
        """The resolution or closing that holds now."""
        last = self.spells[-1] if self.spells else None
        return last if last and last.status == "finished" and last.until is None else None

    def first_accepted(self, seq: int) -> Answer | None:
        """Of the agents' words from after a place in the ledger, those that the channel accepted first."""
        accepted = [answer for answer in self.answers if answer.seq > seq and answer.accepted_at]
        return min(accepted, key=lambda answer: answer.accepted_at or answer.at, default=None)

    def first_call(self, seq: int) -> Call | None:
        """The first words of the customer's that want an answer, from after a place in the ledger."""
        return next((call for call in self.calls if call.seq > seq), None)

    @cached_property
    def extensions(self) -> tuple[Extension, ...]:
        """The announced moments that the customer knows, in the order in which they were told."""
        announced = ((seq, fact) for seq, fact in enumerate(self.facts) if fact.kind == kinds.EXTENDED)
        told = (extension for seq, fact in announced if (extension := self._told(seq, fact)))
        return tuple(sorted(told, key=lambda extension: extension.told_at))

    def recorded(self, kind: str, what: str, cycle: int, seq: int = 0) -> Fact | None:
        """The first fact of a kind about one clock, from after a place in the ledger."""
        return next(self._about(kind, what, cycle, seq), None)

    def breach(self, what: str, cycle: int, *, unpromised: bool) -> Fact | None:
        """The first breach of one clock; of a moment of the desk's own only while it is `unpromised`."""
        found = self._about(kinds.BREACHED, what, cycle)
        return next((fact for fact in found if unpromised or fact.data.get("promised", True)), None)

    def _about(self, kind: str, what: str, cycle: int, seq: int = 0) -> Iterator[Fact]:
        about = {"target": what, "cycle": cycle}
        return (fact for fact in self.facts[seq:] if fact.kind == kind and about.items() <= fact.data.items())

    def _told(self, seq: int, extended: Fact) -> Extension | None:
        about, told_at = extended.data, extended.at
        if "words" in about:
            if about["words"] not in self._accepted:
                return None
            seq, told_at = self._accepted[about["words"]]
        return Extension(str(about["target"]), moment(about["until"]), extended.by, told_at, seq)

    @cached_property
    def _accepted(self) -> dict[str, tuple[int, datetime]]:
        """When the channel first accepted some words, and the place of the fact that says so."""
        accepted: dict[str, tuple[int, datetime]] = {}
        for seq, fact in enumerate(self.facts):
            if fact.kind == kinds.DELIVERED:
                accepted.setdefault(fact.data["words"], (seq, moment(fact.data["accepted_at"])))
        return accepted

    def _answers(self) -> Iterator[Answer]:
        settled = {fact.data["words"] for fact in self.facts if fact.kind in _SETTLING}
        for seq, fact in enumerate(self.facts):
            if fact.kind not in _WRITING or "words" not in fact.data or fact.data.get("notice"):
                continue
            words = fact.data["words"]
            # A reopening takes back the solution that was not sent yet.
            done = words in settled or (fact.kind in kinds.RESOLVING and self._reopened_at(seq) is not None)
            accepted_seq, accepted_at = self._accepted.get(words, (0, None))
            yield Answer(seq, fact.at, done, accepted_at, accepted_seq)

    def _reopened_at(self, seq: int) -> datetime | None:
        """When it was first reopened after a place in the ledger."""
        return next((fact.at for fact in self.facts[seq:] if fact.kind == kinds.REOPENED), None)

    def _calls(self) -> Iterator[Call]:
        status: Standstill | None = None
        for seq, fact in standing(self.facts):
            if wants_answer(fact):
                since = fact.at if status != "finished" else self._reopened_at(seq)
                yield from (Call(seq, since),) if since else ()
            status = status_after(fact, status)

    def _begun(self, spell: Spell) -> datetime | None:
        if spell.status != "pending":
            return spell.since
        accepted = (self._accepted[words][1] for words in spell.words if words in self._accepted)
        begun = max(first, spell.since) if (first := min(accepted, default=None)) else None
        # Words that are sent again, or overtaken by the customer's, arrive when the waiting is over already.
        return None if begun and spell.until and begun > spell.until else begun


def wants_answer(fact: Fact) -> bool:
    """Whether the customer wrote, and more than thanks."""
    return fact.kind == kinds.CUSTOMER_WROTE and not fact.data.get("thanks")


def _triaged(fact: Fact) -> Mapping[str, Any]:
    named = _TRIAGING[fact.kind]
    return {named: fact.data["now"]} if named else fact.data


def moment(written: str | datetime) -> datetime:
    """A moment in the data of a fact, to the second."""
    return whole(written if isinstance(written, datetime) else datetime.fromisoformat(written))


def whole(at: datetime) -> datetime:
    """The second in which something was."""
    return at.replace(microsecond=0)


def _to_the_second(fact: Fact) -> Fact:
    return fact.model_copy(update={"at": whole(fact.at)}) if fact.at.microsecond else fact
