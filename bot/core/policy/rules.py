"""What a policy rules about the course of a ticket: silence, new moments, escalation, and who is above."""

from enum import StrEnum
from typing import Literal

from bot.core.heard import Value
from bot.core.policy.targets import Reminder, What
from bot.core.policy.words import Clauses, Key, LevelKey, Line, PlainWords, QueueKey
from bot.core.spans import PlainSpan, Span


class Complexity(Value):
    """How much work it is, as an agent judges it. `definition` is absent where the source gives none."""

    key: Key
    title: PlainWords
    definition: PlainWords | None = None
    clause: Clauses = ()


class Level(Value):
    """Somebody above the queue, whom a step of a ladder names; the desk file says who that is in Slack."""

    key: Key
    title: PlainWords
    does: PlainWords | None = None
    clause: Clauses = ()


class Unanswered(Value):
    """How long the desk waits for an answer to its question, and what follows.

    `offer`: an agent may end the ticket then, never time itself. `close`: it ends by itself.
    """

    within: Span
    then: Literal["offer", "close"]
    remind: tuple[Reminder, ...] = ()
    clause: Clauses = ()


class Resolved(Value):
    """What happens after a solution. What is not stated is None, and the desk's own default decides.

    `reopen_within` and `close_after` count from the moment when the solution was delivered, and anew from
    words of the customer's since that are more than thanks: those are not silent.
    """

    reopen_within: PlainSpan | None = None
    close_after: PlainSpan | None = None
    clause: Clauses = ()


class Extending(Value):
    """That a new moment may be announced, for what reason, and of which `targets`: without any, of all."""

    reason: PlainWords
    targets: tuple[What, ...] = ()
    clause: Clauses = ()


class Escalating(Value):
    """The customer's right to turn to somebody above, when a promise is overdue and only then."""

    queue: QueueKey
    title: PlainWords
    clause: Clauses = ()


class Outcome(StrEnum):
    """How work on a ticket can end by an agent's word."""

    RESOLVED = "resolved"
    DECLINED = "declined"


class Reason(Value):
    """Why it ended so, from a list that the policy has; agents choose one, and only they read it."""

    key: Key
    title: PlainWords
    of: Outcome = Outcome.RESOLVED
    clause: Clauses = ()


class Remote(Value):
    """The tools by which customers are invited to a remote session, as the source names them."""

    tools: tuple[Line, ...] = ()
    clause: Clauses = ()


class Sharing(Value):
    """That third parties may be engaged: with `consent` only after the customer agrees."""

    consent: bool = False
    clause: Clauses = ()


class Stopping(Value):
    """That a conversation may be stopped at once, for insults say, and which `level` hears of it."""

    level: LevelKey
    clause: Clauses = ()


class Consent(Value):
    """What somebody agrees to before a ticket is filed; who did, and when, stays on record."""

    text: PlainWords
    clause: Clauses = ()
