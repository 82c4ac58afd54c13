"""Which of an agent's words did not arrive: read from a ticket's facts."""

from collections.abc import Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Fact

TELLING = frozenset({kinds.DELIVERED, kinds.UNDELIVERED, kinds.SENT_AGAIN, kinds.TAKEN_BACK})


def undelivered(facts: Sequence[Fact]) -> list[UUID]:
    """Words that did not reach the customer, and were not sent again nor taken back since; in order."""
    last = {UUID(fact.data["words"]): fact for fact in facts if fact.kind in TELLING}
    return [words_id for words_id, fact in last.items() if _is_lost(fact)]


def _is_lost(fact: Fact) -> bool:
    """Also where only the sending `again` was taken back."""
    return fact.kind == kinds.UNDELIVERED or bool(fact.data.get("again"))
