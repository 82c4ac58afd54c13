"""What a ticket's card tells agents of other tickets: their references, and how they stand."""

from collections.abc import Iterator
from uuid import UUID

from bot.core import reference
from bot.core.shown import Line
from bot.core.situation import Situation
from handlers import lines
from handlers.ties import joined
from handlers.unit import Unit
from locales import _
from storage import tickets


def shown(unit: Unit, situation: Situation) -> Iterator[tuple[str, Line]]:
    """Labels and values for the card. Nothing here ever reaches a customer."""
    facts = situation.ledger.facts
    if into := joined.merged_into(facts):
        yield _("Merged into"), lines.text(_named(unit, into))
    if duplicates := joined.duplicates(facts):
        merged = (_named(unit, one) for one in duplicates)
        yield _("Merged with this"), lines.text(" · ".join(merged))


def _named(unit: Unit, ticket: UUID) -> str:
    return reference.show(tickets.read(unit.tx, ticket).reference)
