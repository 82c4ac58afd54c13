"""What a ledger says, read by eye: plain loops over raw facts, once more and in no hurry."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

Raw = Mapping[str, Any]
Rest = tuple[datetime, datetime]

WRITING = {"replied", "asked", "extended", "held", "resolved", "declined"}
RESOLVING = {"resolved", "declined"}
ENDING = RESOLVING | {"ended", "cancelled", "merged", "stopped"}
SETTLING = {"delivered", "undelivered", "taken_back"}
DIMENSIONS = ("client", "category", "priority", "complexity")


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def accepted(ledger: Sequence[Raw], written: Raw) -> tuple[datetime, int] | None:
    """When the channel took some words, and where the ledger says so."""
    for place, fact in enumerate(ledger):
        if fact["kind"] == "delivered" and fact["data"]["words"] == written["data"].get("words"):
            return moment(fact["data"]["accepted_at"]), place
    return None


def settled(ledger: Sequence[Raw], written: Raw) -> bool:
    """Whether nothing more will happen to some words."""
    words = written["data"]["words"]
    return any(fact["kind"] in SETTLING and fact["data"]["words"] == words for fact in ledger)


def first_answer(ledger: Sequence[Raw], after: int) -> tuple[int, datetime, int] | None:
    """Of an agent's words from after a place, those that were taken first: their place, when, and where."""
    taken = []
    for place, fact in enumerate(ledger):
        if place > after and fact["kind"] in WRITING and (when := accepted(ledger, fact)):
            taken.append((when[0], place, when[1]))
    return (min(taken)[1], min(taken)[0], min(taken)[2]) if taken else None


def first_call(ledger: Sequence[Raw], after: int) -> tuple[int, datetime] | None:
    """The first words of the customer's from after a place that want an answer."""
    for place, fact in enumerate(ledger):
        if place <= after or fact["kind"] != "customer_wrote" or fact["data"].get("thanks"):
            continue
        if ended(ledger[:place]) is None:
            return place, fact["at"]
        reopened = [later["at"] for later in ledger[place:] if later["kind"] == "reopened"]
        if reopened:
            return place, reopened[0]
    return None


def under_way(ledger: Sequence[Raw], after: int, due: datetime) -> bool:
    """Whether words that were written in time are still on their way."""
    for place, fact in enumerate(ledger):
        if place > after and fact["kind"] in WRITING and "words" in fact["data"] and fact["at"] <= due:
            taken_back = fact["kind"] in RESOLVING and any(f["kind"] == "reopened" for f in ledger[place:])
            if not settled(ledger, fact) and not taken_back:
                return True
    return False


def ended(ledger: Sequence[Raw]) -> int | None:
    """Where it was finished, if it still is."""
    place: int | None = None
    for number, fact in enumerate(ledger):
        if fact["kind"] in ENDING and place is None:
            place = number
        if fact["kind"] == "reopened":
            place = None
    return place


def rests(ledger: Sequence[Raw]) -> list[Rest]:
    """From each end to its reopening."""
    found, since = [], None
    for fact in ledger:
        if fact["kind"] in ENDING and since is None:
            since = fact["at"]
        if fact["kind"] == "reopened" and since:
            found.append((since, fact["at"]))
            since = None
    return found


def triage(ledger: Sequence[Raw]) -> dict[str, str]:
    known = {name: str(ledger[0]["data"].get(name, "")) for name in DIMENSIONS}
    for fact in ledger:
        if fact["kind"] == "prioritised":
            known["priority"] = fact["data"]["now"]
        if fact["kind"] == "classified":
            known["complexity"] = fact["data"]["now"]
    return known


def extensions(ledger: Sequence[Raw], what: str) -> Iterator[tuple[datetime, datetime, Sequence[Raw]]]:
    """New moments that were announced: since when the customer knows, until when, and all from before."""
    for place, fact in enumerate(ledger):
        if fact["kind"] == "extended" and fact["data"]["target"] == what:
            told = accepted(ledger, fact) if "words" in fact["data"] else (fact["at"], place)
            if told:
                yield told[0], moment(fact["data"]["until"]), ledger[: told[1]]


def open_question(ledger: Sequence[Raw]) -> tuple[int, datetime] | None:
    """How many questions were asked before the one that waits for its answer, and since when it does."""
    asked = [place for place, fact in enumerate(ledger) if fact["kind"] == "asked"]
    if not asked or not settled(ledger, ledger[asked[-1]]):
        return None
    stirring = ENDING | {"customer_wrote", "held", "resumed", "reopened"}
    last_stir = max((place for place, fact in enumerate(ledger) if fact["kind"] in stirring), default=-1)
    waiting = [(number, place) for number, place in enumerate(asked) if place > last_stir]
    reached = [(number, at) for number, place in waiting if (at := accepted(ledger, ledger[place]))]
    return (reached[-1][0], reached[-1][1][0]) if reached else None


def open_solution(ledger: Sequence[Raw]) -> tuple[int, datetime] | None:
    """How often it was finished before the solution that waits for the customer's word, and since when.

    Somebody who writes, and not only thanks, is not silent: they are waited for anew.
    """
    place = ended(ledger)
    if place is None or ledger[place]["kind"] not in RESOLVING:
        return None
    if any(fact["kind"] in {"solved", "lapsed"} for fact in ledger[place:]):
        return None
    solution = ledger[place]
    if "words" in solution["data"] and not settled(ledger, solution):
        return None
    taken = accepted(ledger, solution)
    since = taken[0] if taken else solution["at"]
    for fact in ledger[place:]:
        if fact["kind"] == "customer_wrote" and not fact["data"].get("thanks"):
            since = max(since, fact["at"])
    return len(rests(ledger)), since
