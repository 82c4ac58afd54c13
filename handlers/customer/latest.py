"""What an agent said to the person last: who types something after it most likely means that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core.phrases import is_question
from bot.core.silences import questions
from bot.core.ticket import Status, Ticket
from handlers.customer import along, conversation
from handlers.customer.talk import Talk
from handlers.delivered import ANSWERS
from storage import deliveries, places, tickets
from storage.deliveries import Arrival

MOST = 8
"""Tickets that are looked at: those that are under way come first."""

RECENT = 16
"""How many of the last messages are looked through for one that still stands there."""

BROWSING = ("menu", "mine", "progress", "lookup", "language")
"""Conversations in which nothing is being written."""

YIELDING = (*BROWSING, "survey", "aftercare", "cancelling", "escalation")
"""Those that nobody has in mind any more when an agent says something after their question."""

WRITING = ("intake", "resume", "whose", "meaning", "numbered")
"""Those that hold what the person is writing, or has written."""

GONE = frozenset({kinds.WITHDRAWN, kinds.REDACTED})


@dataclass(frozen=True, slots=True)
class Heard:
    """An agent's words that arrived at `at` and still stand there; `asks` while they wait for an answer."""

    ticket: Ticket
    words: UUID
    asks: bool
    at: datetime


def heard(talk: Talk) -> Heard | None:
    """Of all tickets of the person that are not closed."""
    return _heard(talk, _live(talk))


def heard_on(talk: Talk, ticket: Ticket) -> Heard | None:
    """Of this one alone."""
    return _heard(talk, [ticket])


def _heard(talk: Talk, live: Sequence[Ticket], after: UUID | None = None) -> Heard | None:
    """Of these tickets, and only what came `after` another message of the chat."""
    known = {ticket.id: ticket for ticket in live}
    for arrival in deliveries.arrivals(talk.unit.tx, known.keys(), ANSWERS, RECENT, after) if known else ():
        if (standing := _standing(talk, known[arrival.ticket_id], arrival)) is not None:
            return standing
    return None


def _live(talk: Talk) -> list[Ticket]:
    return tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST)


def _standing(talk: Talk, ticket: Ticket, arrival: Arrival) -> Heard | None:
    """None for words that were taken out of the chat again, or came after what is said now."""
    arrived, history = None, tickets.history(talk.unit.tx, ticket.id)
    for fact in history:
        if fact.data.get("words") != str(arrival.words_id):
            continue
        if fact.kind in GONE:
            return None
        arrived = fact if fact.kind == kinds.DELIVERED else arrived
    if arrived is None or talk.spoke_before(datetime.fromisoformat(arrived.data["accepted_at"])):
        return None
    waiting = questions(history) if ticket.status is Status.PENDING else ()
    asks = str(arrival.words_id) in {asked.data["words"] for asked in waiting}
    return Heard(ticket, arrival.words_id, asks, arrived.at)


def heard_since(talk: Talk) -> Heard | None:
    """The same, if it stands below whatever the desk itself asked or showed last."""
    standing, live = places.standing(talk.unit.tx, talk.address), _live(talk)
    if not live:
        return None
    if standing.place is None or not standing.place.row:
        last = _heard(talk, live)
        return last if last and (standing.updated_at is None or standing.updated_at < last.at) else None
    asked = deliveries.arrival(talk.unit.tx, UUID(standing.place.row))
    return _heard(talk, live, asked) if asked else None


def overtakes(talk: Talk) -> bool:
    """Whether an agent spoke after the open question, which gives way to that."""
    here = conversation.opened(talk)
    yields = here is not None and here.flow.name in YIELDING and not along.waits(here)
    return yields and heard_since(talk) is not None


def interrupts(talk: Talk) -> Heard | None:
    """What an agent said after the open question about something that is being written."""
    here = conversation.opened(talk)
    holds = here is not None and (here.flow.name in WRITING or along.waits(here))
    return heard_since(talk) if holds else None


def asks(talk: Talk) -> bool:
    """Whether an agent waits for an answer, and that came last: then all words may be that answer."""
    last = heard_since(talk) if _is_at(talk, YIELDING) else None
    return last is not None and last.asks


def is_greeted(talk: Talk, text: str) -> bool:
    """Whether a greeting is for an agent: one who spoke last, or whoever is called ("hello?") to the work."""
    last = heard_since(talk) if _is_at(talk, YIELDING) else None
    if last is not None and last.ticket.unresolved:
        return True
    calls = is_question(text) and _is_at(talk, BROWSING)
    return calls and any(ticket.unresolved for ticket in _live(talk))


def _is_at(talk: Talk, flows: Collection[str]) -> bool:
    """Whether one of these conversations is open, or none at all."""
    here = conversation.opened(talk)
    return here is None or here.flow.name in flows
