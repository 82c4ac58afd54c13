"""What a ticket's card tells agents of other tickets: their references, and how they stand."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.core import reference, ties
from bot.core.shown import Line, Quote
from bot.core.situation import Situation
from bot.core.ticket import Fact
from handlers import lines, post, states
from handlers.unit import Unit
from locales import _, isolated, listed
from storage import incidents, tickets


def shown(unit: Unit, situation: Situation) -> Iterator[tuple[str, Line]]:
    """Labels and values for the card. Nothing here ever reaches a customer."""
    facts = situation.ledger.facts
    if situation.incident:
        title = incidents.read(unit.tx, situation.incident).title
        yield _("Incident"), (Quote(text=isolated(title)),)
    if links := ties.links(facts):
        yield _("Linked with"), _all(_standing(unit, one) for one in links)
    if into := ties.merged_into(facts):
        yield _("Merged into"), lines.text(_named(unit, into))
    if duplicates := ties.duplicates(facts):
        yield _("Merged with this"), _all(_named(unit, one) for one in duplicates)


def show_links(unit: Unit, facts: Sequence[Fact]) -> None:
    """The cards of linked tickets tell how this one stands: when something happens to it, they change."""
    for other in ties.links(facts):
        post.show_card(unit, tickets.read(unit.tx, other))


def _all(told: Iterator[str]) -> Line:
    return lines.text(listed(tuple(told)))


def _named(unit: Unit, ticket: UUID) -> str:
    return reference.show(tickets.read(unit.tx, ticket).reference)


def _standing(unit: Unit, ticket: UUID) -> str:
    other = tickets.read(unit.tx, ticket)
    named = isolated(reference.show(other.reference))
    return f"{named} ({states.for_agent(other)})"
