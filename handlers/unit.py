"""One unit of work: a transaction, the moment it belongs to, and what it answers at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.desk import Desk
from bot.core.now import Now
from bot.core.policy import Policy
from bot.core.ticket import Fact
from storage import Tx

DESK = "desk"
"""Who did it, in facts, when nobody did: the desk itself."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the operator set up: the policy in force, the desk file, and the channel that agents work in."""

    policy: Policy
    desk: Desk
    desk_channel: str = "slack"
    spoken: dict[str, str] = field(default_factory=dict)
    """The agents' languages as last seen, for words that cannot wait for the database."""
    shut: dict[str, datetime] = field(default_factory=dict)
    """Channels that refused us lately, and until when they are not tried."""

    @property
    def reopen_within(self) -> timedelta:
        """The window for reopening: the policy's, else the desk's own."""
        return self.policy.reopen_within or self.desk.defaults.reopen_within


@dataclass(slots=True)
class Unit:
    """`at` is when it happened, `now` when it is handled, both in desk time.

    `nows` are the answers that are worth nothing late.
    """

    tx: Tx
    office: Office
    at: datetime
    now: datetime
    nows: list[Now] = field(default_factory=list)

    def fact(self, kind: str, by: str = DESK, **data: object) -> Fact:
        return Fact(kind=kind, at=self.at, by=by, data=data)
