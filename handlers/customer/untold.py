"""Until the words of a question or a solution have come, its customer knows the ticket as it was before."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core.silences import questions, without_solution
from bot.core.ticket import Fact, Status, Ticket
from handlers.customer.talk import Talk
from storage import held, tickets
from storage.tx import Tx


def is_untold(tx: Tx, ticket: Ticket) -> bool:
    """Whether the words that it is resolved still wait to be sent: its customer knows of no solution yet."""
    told = _told(tx, ticket)
    return told is not None and _waits(tx, told)


def is_older(talk: Talk, ticket: Ticket, said_at: datetime | None = None) -> bool:
    """Whether what they typed, just now or at `said_at`, is older than the solution, so no answer to it.

    Also where the ticket has been closed since.
    """
    told = _resolution(talk.unit.tx, ticket)
    return told is not None and precedes(talk, ticket, told, said_at)


def is_solution(tx: Tx, ticket: Ticket, words: UUID) -> bool:
    """Whether these are the words in which its customer was told that it is resolved."""
    told = _told(tx, ticket)
    return told is not None and told.data["words"] == str(words)


def crossed(talk: Talk, ticket: Ticket, said_at: datetime | None = None) -> str:
    """The words of the first question that was on its way to them when they typed this; empty if none was."""
    on_its_way = (
        str(asked.data["words"])
        for asked in _asked(talk.unit.tx, _unsolved(talk.unit.tx, ticket))
        if precedes(talk, ticket, asked, said_at)
    )
    return next(on_its_way, "")


def _told(tx: Tx, ticket: Ticket) -> Fact | None:
    """The resolution of a ticket that waits for its customer's word, if it was put in words."""
    return _resolution(tx, ticket) if ticket.status is Status.RESOLVED else None


def _resolution(tx: Tx, ticket: Ticket) -> Fact | None:
    if ticket.resolved_at is None:
        return None
    last = [fact for fact in tickets.history(tx, ticket.id) if fact.kind in kinds.RESOLVING][-1:]
    return last[0] if last and last[0].data.get("words") else None


def _asked(tx: Tx, ticket: Ticket) -> tuple[Fact, ...]:
    """The questions that a ticket waits for the answers to."""
    return questions(tickets.history(tx, ticket.id)) if ticket.status is Status.PENDING else ()


def _waits(tx: Tx, told: Fact) -> bool:
    """Whether its words still wait to be sent."""
    return held.untold(tx, UUID(told.data["words"]))


def precedes(talk: Talk, ticket: Ticket, told: Fact, said_at: datetime | None) -> bool:
    """Whether what they typed is older than these words' coming."""
    tx = talk.unit.tx
    return _waits(tx, told) or talk.spoke_before(_there_since(tx, ticket, told), said_at)


def _there_since(tx: Tx, ticket: Ticket, told: Fact) -> datetime:
    """When the channel took these words; while that is not known, when they were written."""
    for fact in tickets.history(tx, ticket.id):
        if fact.kind == kinds.DELIVERED and fact.data["words"] == told.data["words"]:
            return datetime.fromisoformat(fact.data["accepted_at"])
    return told.at


def as_known(tx: Tx, ticket: Ticket) -> Ticket:
    """The ticket as far as its customer knows: as before, until a question or a solution has gone out."""
    known = _unsolved(tx, ticket)
    asked = _asked(tx, known)
    return replace(known, status=Status.OPEN) if asked and all(_waits(tx, fact) for fact in asked) else known


def _unsolved(tx: Tx, ticket: Ticket) -> Ticket:
    """As it would be without a solution that still waits to be sent."""
    told = _told(tx, ticket)
    if told is None or not _waits(tx, told):
        return ticket
    return replace(
        ticket, status=without_solution(tickets.history(tx, ticket.id), told.data["words"]), outcome=""
    )
