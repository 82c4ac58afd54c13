"""What was said, and what a ticket is known by, in one short line."""

from collections.abc import Iterator

from bot.core.ticket import Ticket
from locales import _
from storage import Tx, policies, words
from storage.words import Words

MOST = 60


def shown(said: Words) -> str:
    """Words in short, or that they are no more."""
    if said.redacted:
        return _("(removed)")
    return snippet(said.text) or _("(a file without words)")


def snippet(said: str, most: int = MOST) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= most else f"{flat[:most].rstrip()}…"


def known_by(tx: Tx, ticket: Ticket, language: str) -> Iterator[str]:
    """Its title; where the policy asks for none, what it is about and how it begins."""
    if ticket.title:
        yield ticket.title
        return
    if category := policies.find(tx, ticket.policy_hash).category(ticket.category):
        yield category.title.in_(language)
    if first := words.first_of_customer(tx, ticket):
        yield shown(first)
