"""What an agent said to the person last: who types something after it most likely means that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core import facts as kinds
from bot.core.ticket import Status, Ticket
from handlers.customer import conversation
from handlers.customer.talk import Talk
from storage import places, tickets

MOST = 8
"""Tickets that are looked at: those that are under way come first."""

BROWSING = ("menu", "mine", "progress", "lookup", "language")
"""Conversations in which nothing is being written."""

YIELDING = (*BROWSING, "survey", "aftercare")
"""Those that nobody has in mind any more when an agent says something after their question."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An agent's words that have arrived: `words` is their id; `asks` while they wait for an answer."""

    ticket: Ticket
    words: str
    asks: bool
    at: datetime


def heard(talk: Talk) -> Heard | None:
    """Of all tickets of the person that are not closed."""
    live = tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST)
    arrived = (heard for ticket in live for heard in _arrived(talk, ticket))
    return max(arrived, key=lambda heard: heard.at, default=None)


def _arrived(talk: Talk, ticket: Ticket) -> Iterator[Heard]:
    for fact in tickets.history(talk.unit.tx, ticket.id):
        if fact.kind == kinds.DELIVERED:
            asks = fact.data["purpose"] == "ask" and ticket.status is Status.PENDING
            yield Heard(ticket, fact.data["words"], asks, fact.at)


def heard_since(talk: Talk) -> Heard | None:
    """The same, if it came after whatever the desk itself asked or showed last."""
    asked_at = places.standing(talk.unit.tx, talk.address).updated_at
    last = heard(talk)
    return last if last and (asked_at is None or asked_at < last.at) else None


def overtakes(talk: Talk) -> bool:
    """Whether an agent spoke after the open question, which gives way to that."""
    here = conversation.opened(talk)
    return here is not None and here.flow.name in YIELDING and heard_since(talk) is not None


def asks(talk: Talk) -> bool:
    """Whether an agent waits for an answer, and that came last: then all words may be that answer."""
    here = conversation.opened(talk)
    if here is not None and here.flow.name not in YIELDING:
        return False
    last = heard_since(talk)
    return last is not None and last.asks
