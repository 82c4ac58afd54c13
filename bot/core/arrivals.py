"""Which of an agent's words did not arrive, or did not go out: read from a ticket's facts."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Fact

TELLING = frozenset({kinds.REPLIED, kinds.DELIVERED, kinds.UNDELIVERED, kinds.SENT_AGAIN, kinds.TAKEN_BACK})


def undelivered(facts: Sequence[Fact]) -> list[UUID]:
    """Words that did not reach the customer, and were not sent again nor taken back since; in order."""
    return [words_id for words_id, fact in _last(facts).items() if _is_lost(fact)]


def ever_undelivered(facts: Sequence[Fact]) -> set[UUID]:
    """Words that did not reach the customer once, whatever became of them."""
    return {UUID(fact.data["words"]) for fact in facts if fact.kind == kinds.UNDELIVERED}


def taken_back(facts: Sequence[Fact]) -> list[UUID]:
    """Words that were not sent, and stayed on the desk since; in order."""
    return [words_id for words_id, fact in _last(facts).items() if _stayed(fact)]


def _last(facts: Sequence[Fact]) -> dict[UUID, Fact]:
    return {UUID(fact.data["words"]): fact for fact in facts if fact.kind in TELLING}


def _stayed(fact: Fact) -> bool:
    return fact.kind == kinds.TAKEN_BACK and not fact.data.get("again")


def _is_lost(fact: Fact) -> bool:
    """Also where only the sending `again` was taken back."""
    return fact.kind == kinds.UNDELIVERED or bool(fact.data.get("again"))
