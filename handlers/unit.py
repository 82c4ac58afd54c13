"""One unit of work: a transaction, the moment it belongs to, and what it answers at once."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from bot.core.desk import Desk, Queue
from bot.core.hours import OpenHours, WorkingDays
from bot.core.now import Now
from bot.core.policy import Policy
from bot.core.ticket import Fact, Ticket
from storage import Tx, policies

DESK = "desk"
"""Who did it, in facts, when nobody did: the desk itself."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the operator set up: the policy in force, the desk file, and the channel that agents work in."""

    policy: Policy
    desk: Desk
    desk_channel: str = "slack"
    hours: OpenHours = field(default_factory=OpenHours)
    spoken: dict[str, str] = field(default_factory=dict)
    """The agents' languages as last seen, for words that cannot wait for the database."""
    pointed: dict[str, datetime] = field(default_factory=dict)
    """The groups that were pointed to the private chat lately, and when: kept nowhere else (CAP-1)."""

    def queue(self, key: str) -> Queue:
        """Where a queue is worked. One that is gone left only closed tickets: the first one hears of them."""
        return self.desk.queues.get(key) or next(iter(self.desk.queues.values()))


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

    def reopen_within(self, ticket: Ticket) -> timedelta:
        """The window for reopening: that of the policy it was filed under, else the desk's own."""
        pinned = policies.find(self.tx, ticket.policy_hash)
        return pinned.resolved.reopen_within or self.office.desk.defaults.reopen_within

    def going_by(self, days: WorkingDays, version: int) -> Self:
        """The same moment, by another version of the calendar."""
        hours = OpenHours()
        hours.become(days, version)
        return replace(self, office=replace(self.office, hours=hours))

    def fact(self, kind: str, by: str = DESK, **data: object) -> Fact:
        return Fact(kind=kind, at=self.at, by=by, data=data)
