"""A ticket at a moment, with all that decides what can be done to it then."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from uuid import UUID

from bot.core import facts as kinds
from bot.core import ties
from bot.core.calendar import Calendar
from bot.core.ledger import Ledger
from bot.core.policy import Policy
from bot.core.policy.targets import Step, Triage
from bot.core.silences import open_question
from bot.core.sla import Clock
from bot.core.ticket import Ticket


@dataclass(frozen=True, kw_only=True)
class Situation:
    """`policy` is the one that the ticket was filed under; `queues` are those that it could go to.

    `tools` are those by which the customer can be invited to a remote session. Once it is resolved or closed
    it can be reopened until `reopens_until`.
    """

    ticket: Ticket
    policy: Policy
    ledger: Ledger
    clocks: tuple[Clock, ...]
    queues: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    calendar: Calendar | None = None
    zone: tzinfo = UTC
    reopens_until: datetime | None = None
    at: datetime

    @cached_property
    def triage(self) -> Triage:
        return self.ledger.triage(Triage(category=self.ticket.category, priority=self.ticket.priority))

    @cached_property
    def latest(self) -> tuple[Clock, ...]:
        """The last clock of each kind."""
        return tuple({clock.what: clock for clock in self.clocks}.values())

    @cached_property
    def extendable(self) -> tuple[Clock, ...]:
        """The clocks for which a later moment may be announced: what is not met, overdue or not (CAP-8)."""
        rule = self.policy.extending
        if rule is None or not self.ticket.unresolved:
            return ()
        allowed = (clock for clock in self.latest if not rule.targets or clock.what in rule.targets)
        return tuple(clock for clock in allowed if not clock.over and not clock.void)

    @cached_property
    def ends_from(self) -> datetime | None:
        """Since when an agent may end the ticket because its question stayed unanswered (EDC-10).

        None where nothing waits, or where the moment could only be assumed.
        """
        rule, question = self.policy.unanswered, open_question(self.ledger)
        if rule is None or question is None or rule.within.assumed(self.calendar):
            return None
        return rule.within.due(question.since, self.calendar, self.zone)

    @property
    def may_end(self) -> bool:
        return self.ends_from is not None and self.ends_from <= self.at

    @cached_property
    def steps_by_hand(self) -> tuple[Step, ...]:
        """The steps of the ladders that only the desk takes, and has not taken (CMP-3)."""
        taken = set(self.levels)
        steps = (
            step for ladder in self.policy.ladders for step in self.policy.steps(ladder.what, self.triage)
        )
        return tuple(step for step in steps if step.by_hand and step.level not in taken)

    @cached_property
    def incident(self) -> UUID | None:
        """The incident that it is tied to."""
        return ties.incident(self.ledger.facts)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels that it was escalated to, in order."""
        escalated = (fact for fact in self.ledger.facts if fact.kind == kinds.ESCALATED)
        return tuple(dict.fromkeys(str(fact.data["level"]) for fact in escalated))

    @property
    def provisional_priority(self) -> bool:
        """Whether the priority is still the customer's own word: an agent confirms it (CMP-2)."""
        chosen = self.policy.priority_chosen_by == "customer" and self.ticket.priority
        return bool(chosen) and not self.happened(kinds.PRIORITISED)

    def happened(self, kind: str) -> int:
        """How often something happened to it."""
        return sum(fact.kind == kind for fact in self.ledger.facts)
