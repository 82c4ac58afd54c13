"""When work on a ticket stands still, as its facts tell: it waits for the customer, rests, or is finished."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.core import facts as kinds
from bot.core.ticket import Fact

# What stops work by words that a customer is told: taken back before that, it never stopped.
_STOPPING = frozenset({kinds.HELD, kinds.ENDED})

Standstill = Literal["pending", "on_hold", "finished"]


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which nobody works on the ticket. `kind` of fact began it; without `until` it lasts."""

    status: Standstill
    seq: int
    since: datetime
    by: str
    kind: str
    until: datetime | None = None
    words: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        return self.kind in kinds.RESOLVING


def spells(facts: Sequence[Fact]) -> Iterator[Spell]:
    """Each standstill, from the fact that began it."""
    spell: Spell | None = None
    for seq, fact in standing(facts):
        status = status_after(fact, spell.status if spell else None)
        if spell and status == spell.status:
            spell = _asked_again(spell, fact)
            continue
        if spell:
            yield replace(spell, until=max(spell.since, fact.at))
        spell = _entered(status, seq, fact)
    if spell:
        yield spell


def still(facts: Sequence[Fact]) -> Standstill | None:
    """The standstill in which these facts leave the ticket."""
    status: Standstill | None = None
    for _seq, fact in standing(facts):
        status = status_after(fact, status)
    return status


def standing(facts: Sequence[Fact]) -> Iterator[tuple[int, Fact]]:
    """What happened, each with its place, but for what was undone before anybody was told.

    Questions that the customer's words crossed on their way are as if asked after these.
    """
    undone = set(_undone(facts))
    for seq, fact in enumerate(facts):
        if seq in undone:
            continue
        yield seq, fact
        if "crossed" in fact.data:
            yield from _asked(facts, seq, since=fact.data["crossed"])


def _undone(facts: Sequence[Fact]) -> Iterator[int]:
    """The places of what never was. Solutions are often sent again, so taken back they are not undone yet."""
    taken_back = _words_of(kinds.TAKEN_BACK, facts)
    never_resolved = _words_of(kinds.UNDONE, facts)
    for seq, fact in enumerate(facts):
        by = taken_back if fact.kind in _STOPPING else never_resolved if fact.kind in kinds.RESOLVING else ()
        if fact.data.get("words") in by:
            yield seq


def _words_of(kind: str, facts: Sequence[Fact]) -> set[str]:
    return {fact.data["words"] for fact in facts if fact.kind == kind}


def _asked(facts: Sequence[Fact], until: int, since: str) -> list[tuple[int, Fact]]:
    """The questions from before a place in the ledger, from that of these words on."""
    asked = [(seq, fact) for seq, fact in enumerate(facts[:until]) if fact.kind == kinds.ASKED]
    first = max((seq for seq, fact in asked if fact.data["words"] == since), default=until)
    return [(seq, fact) for seq, fact in asked if seq >= first]


def _entered(status: Standstill | None, seq: int, fact: Fact) -> Spell | None:
    if status is None:
        return None
    return Spell(status, seq, fact.at, fact.by, fact.kind, words=_words(fact))


def _asked_again(spell: Spell, fact: Fact) -> Spell:
    return replace(spell, words=spell.words + _words(fact)) if fact.kind == kinds.ASKED else spell


def _words(fact: Fact) -> tuple[str, ...]:
    return (fact.data["words"],) if "words" in fact.data else ()


def status_after(fact: Fact, before: Standstill | None) -> Standstill | None:
    if fact.kind in kinds.RESOLVING | kinds.CLOSING:
        return "finished"
    if fact.kind == kinds.REOPENED:
        return None
    if before == "finished":
        return before
    if fact.kind == kinds.ASKED:
        return "pending"
    if fact.kind == kinds.HELD:
        return "on_hold"
    return None if fact.kind in {kinds.CUSTOMER_WROTE, kinds.RESUMED} else before
