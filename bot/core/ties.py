"""What ties a ticket to others: read from its facts, which are on record on every ticket that they tie."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Fact


def merged_into(facts: Sequence[Fact]) -> UUID | None:
    """The ticket that this one was merged into, if it was."""
    return next((UUID(fact.data["into"]) for fact in reversed(facts) if fact.kind == kinds.MERGED), None)


def duplicates(facts: Sequence[Fact]) -> tuple[UUID, ...]:
    """The tickets that were merged into this one, in order."""
    return tuple(_tickets(facts, kinds.ABSORBED))


def links(facts: Sequence[Fact]) -> tuple[UUID, ...]:
    """The tickets that this one is linked to now, in the order of linking."""
    linked: dict[UUID, None] = {}
    for fact in facts:
        if fact.kind == kinds.LINKED:
            linked[UUID(fact.data["ticket"])] = None
        elif fact.kind == kinds.UNLINKED:
            linked.pop(UUID(fact.data["ticket"]), None)
    return tuple(linked)


def incident(facts: Sequence[Fact]) -> UUID | None:
    """The incident that this ticket is tied to now, if it is."""
    last = next((fact for fact in reversed(facts) if fact.kind in {kinds.TIED, kinds.UNTIED}), None)
    return UUID(last.data["incident"]) if last and last.kind == kinds.TIED else None


def _tickets(facts: Sequence[Fact], kind: str) -> Iterator[UUID]:
    return (UUID(fact.data["ticket"]) for fact in facts if fact.kind == kind)
