"""A ticket, its statuses, and the one table of moves between them."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.core.heard import Value


class Status(StrEnum):
    NEW = "new"
    OPEN = "open"
    PENDING = "pending"  # waiting for the customer
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Verb(StrEnum):
    """What can be done to a ticket, whether it changes its status or only needs it."""

    CLAIM = "claim"
    ASSIGN = "assign"
    RELEASE = "release"
    TRANSFER = "transfer"  # to another queue
    TRIAGE = "triage"  # its priority or its complexity
    EXTEND = "extend"  # a later moment is announced
    ESCALATE = "escalate"
    ASK = "ask"
    UNASK = "unask"  # the question has reached nobody
    WRITE = "write"  # the customer's own words
    CROSS = "cross"  # such as a question crossed on its way
    END = "end"  # unanswered
    UNEND = "unend"  # before the customer was told
    HOLD = "hold"
    RESUME = "resume"
    RESOLVE = "resolve"
    DECLINE = "decline"
    CANCEL = "cancel"
    MERGE = "merge"
    STOP = "stop"
    SOLVE = "solve"  # the customer says that it is solved
    LAPSE = "lapse"  # resolved, and silent until the window was over
    REOPEN = "reopen"


SOLVED, DECLINED, UNANSWERED, CANCELLED, STOPPED, MERGED = (
    "solved",
    "declined",
    "unanswered",
    "cancelled",
    "stopped",
    "merged",
)
"""What came of a ticket: its outcome, while it is resolved or closed. What is merged stays closed."""

UNRESOLVED = (Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD)

KEEPING = (Verb.RELEASE, Verb.TRANSFER, Verb.TRIAGE, Verb.EXTEND, Verb.ESCALATE)
"""What leaves an unresolved ticket in its status."""


STILL = (Verb.TRIAGE, Verb.EXTEND, Verb.ESCALATE, Verb.UNASK)
"""What leaves a ticket snoozed; after everything else somebody looks at it."""


def _moves(verb: Verb, to: Status, *sources: Status) -> dict[tuple[Status, Verb], Status]:
    return {(source, verb): to for source in sources}


MOVES: dict[tuple[Status, Verb], Status] = {
    **_moves(Verb.CLAIM, Status.OPEN, Status.NEW),
    **_moves(Verb.ASSIGN, Status.OPEN, Status.NEW),
    **{(status, verb): status for verb in (Verb.CLAIM, Verb.ASSIGN) for status in UNRESOLVED[1:]},
    **{(status, verb): status for verb in KEEPING for status in UNRESOLVED},
    **_moves(Verb.ASK, Status.PENDING, Status.OPEN, Status.PENDING),
    **_moves(Verb.UNASK, Status.OPEN, Status.PENDING),
    **{(status, Verb.WRITE): status for status in (Status.NEW, Status.OPEN, Status.RESOLVED)},
    **_moves(Verb.WRITE, Status.OPEN, Status.PENDING, Status.ON_HOLD),
    **{(status, Verb.CROSS): status for status in (Status.PENDING, Status.RESOLVED)},
    **_moves(Verb.END, Status.CLOSED, Status.PENDING),
    **_moves(Verb.UNEND, Status.PENDING, Status.CLOSED),
    **_moves(Verb.HOLD, Status.ON_HOLD, Status.NEW, Status.OPEN, Status.PENDING),
    **_moves(Verb.RESUME, Status.OPEN, Status.ON_HOLD),
    **_moves(Verb.RESOLVE, Status.RESOLVED, *UNRESOLVED),
    **_moves(Verb.DECLINE, Status.RESOLVED, *UNRESOLVED),
    **_moves(Verb.CANCEL, Status.CLOSED, *UNRESOLVED),
    **_moves(Verb.MERGE, Status.CLOSED, *UNRESOLVED),
    **_moves(Verb.STOP, Status.CLOSED, *UNRESOLVED),
    **_moves(Verb.SOLVE, Status.CLOSED, Status.RESOLVED),
    **_moves(Verb.LAPSE, Status.CLOSED, Status.RESOLVED),
    **_moves(Verb.REOPEN, Status.OPEN, Status.RESOLVED, Status.CLOSED),
}
"""Every move that there is. What is not here cannot happen."""


class NotAllowedError(Exception):
    """This cannot be done to the ticket as it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A ticket as it is now. Spans and windows are the policy's; moments are aware."""

    id: UUID
    reference: str
    customer_id: UUID
    address_id: UUID
    policy_hash: str
    queue: str
    category: str
    language: str
    opened_at: datetime
    touched_at: datetime
    version: int = 0
    status: Status = Status.NEW
    outcome: str = ""
    priority: str = ""
    claimer: str = ""
    claimed_at: datetime | None = None
    cycle: int = 0
    score: int | None = None
    snoozed: bool = False
    follows: UUID | None = None
    title: str = ""
    form: dict[str, str] = field(default_factory=dict)
    resolved_at: datetime | None = None
    solution_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def unresolved(self) -> bool:
        return self.status in UNRESOLVED

    def allows(self, verb: Verb) -> bool:
        if verb is Verb.REOPEN and self.outcome == MERGED:
            return False
        return (self.status, verb) in MOVES

    def is_solved_as(self, cycle: int) -> bool:
        """Whether the resolution of this time still holds: it was neither opened again nor resolved anew."""
        return self.resolved_at is not None and cycle == self.cycle

    def reopens(self, at: datetime, window: timedelta | None) -> bool:
        """Whether it can still be reopened: counted from the solution, or from its customer's words since.

        What was closed without a solution counts from its closing.
        """
        until = self.reopens_until(window)
        return self.allows(Verb.REOPEN) and (until is None or at < until)

    def reopens_until(self, window: timedelta | None) -> datetime | None:
        """When the window is over in which it can be reopened; None where it has none, or has not begun."""
        since = self.solution_at or self.resolved_at or self.closed_at
        return since + window if since and window else None


class Fact(Value):
    """Something that happened to a ticket. It holds no words of anybody's.

    `by` is `customer`, `agent:<user>` or `desk`.
    """

    kind: str
    at: datetime
    by: str
    data: dict[str, Any] = {}


def move(ticket: Ticket, verb: Verb, at: datetime, **changes: Any) -> Ticket:
    """The ticket after `verb`. Raises NotAllowedError where the table has no such move."""
    if not ticket.allows(verb):
        raise NotAllowedError(f"{verb} on a ticket that is {ticket.status}")
    snoozed = ticket.snoozed and verb in STILL
    status = MOVES[ticket.status, verb]
    return replace(ticket, status=status, touched_at=at, snoozed=snoozed, **changes)


def claim(ticket: Ticket, agent: str, at: datetime) -> Ticket:
    return move(ticket, Verb.CLAIM, at, claimer=agent, claimed_at=at)


def release(ticket: Ticket, at: datetime) -> Ticket:
    return move(ticket, Verb.RELEASE, at, claimer="", claimed_at=None)


def assign(ticket: Ticket, agent: str, at: datetime) -> Ticket:
    return move(ticket, Verb.ASSIGN, at, claimer=agent, claimed_at=at)


def transfer(ticket: Ticket, queue: str, at: datetime) -> Ticket:
    """It goes on in another queue, in nobody's hands."""
    return move(ticket, Verb.TRANSFER, at, queue=queue, claimer="", claimed_at=None)


def write(ticket: Ticket, at: datetime, *, thanks: bool, crossed: bool) -> Ticket:
    """Its customer wrote: after a solution they have the whole window anew, unless they only say thanks.

    Words that a question `crossed` are no answer to it, so the ticket waits on.
    """
    written = move(ticket, Verb.CROSS if crossed else Verb.WRITE, at)
    return written if ticket.unresolved or thanks else wait_for_word(written, at)


def wait_for_word(ticket: Ticket, since: datetime) -> Ticket:
    """A solution waits for its customer's word since this moment, unless it is known to since a later one."""
    return replace(ticket, solution_at=max(since, ticket.solution_at or since))


def resolve(ticket: Ticket, at: datetime, outcome: str = SOLVED) -> Ticket:
    return move(
        ticket,
        Verb.RESOLVE,
        at,
        outcome=outcome,
        resolved_at=at,
        solution_at=None,
        cycle=ticket.cycle + 1,
    )


def unresolve(ticket: Ticket, at: datetime, stood: Status) -> Ticket:
    """As if it had not been resolved: without that it would be as it `stood`."""
    opened = replace(reopen(ticket, at), claimed_at=ticket.claimed_at, cycle=ticket.cycle - 1)
    still = {Status.PENDING: Verb.ASK, Status.ON_HOLD: Verb.HOLD}
    return move(opened, still[stood], at) if stood in still else opened


def close(ticket: Ticket, verb: Verb, at: datetime, **changes: Any) -> Ticket:
    return move(ticket, verb, at, closed_at=at, **changes)


def reopen(ticket: Ticket, at: datetime) -> Ticket:
    """Work goes on in the same hands, and anew: words from before the reopening stay on the desk."""
    return move(
        ticket,
        Verb.REOPEN,
        at,
        outcome="",
        claimed_at=at if ticket.claimer else None,
        resolved_at=None,
        solution_at=None,
        closed_at=None,
    )
