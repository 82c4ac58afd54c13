"""What agents can do to a ticket: one line for each verb, in the order in which the card shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.core.situation import Situation
from bot.core.ticket import Status, Verb

Who = Literal["member", "free", "claimer"]
"""Who may: any member of the queue; whoever holds it, else any member while nobody does; only who holds it.

Supervisors may whatever these may, and so may those whom the ticket was escalated to.
"""

Place = Literal["button", "menu", "incident", "dialog"]
"""On the card, in its menu, under the list of the incident that it is tied to, or only in a dialog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A verb of the desk. `moves` must be a move of the ticket as it is, `when` must hold beside it."""

    verb: str
    who: Who
    moves: Verb | None = None
    when: Callable[[Situation], object] = lambda _situation: True
    place: Place = "menu"

    def possible(self, situation: Situation) -> bool:
        moved = self.moves is None or situation.ticket.allows(self.moves)
        return moved and bool(self.when(situation))


def _claimed(situation: Situation) -> object:
    return situation.ticket.unresolved and situation.ticket.claimer


DEEDS = (
    Deed(
        verb="claim",
        who="member",
        moves=Verb.CLAIM,
        when=lambda it: not it.ticket.claimer,
        place="button",
    ),
    Deed(verb="reply", who="claimer", when=_claimed, place="button"),
    Deed(verb="ask", who="claimer", moves=Verb.ASK, when=_claimed, place="button"),
    Deed(verb="resume", who="free", moves=Verb.RESUME, place="button"),
    Deed(
        verb="end",
        who="claimer",
        moves=Verb.END,
        when=lambda it: _claimed(it) and it.may_end,
        place="button",
    ),
    Deed(verb="resolve", who="claimer", moves=Verb.RESOLVE, when=_claimed, place="button"),
    Deed(
        verb="reopen",
        who="member",
        moves=Verb.REOPEN,
        when=lambda it: it.reopens_until is None or it.at < it.reopens_until,
        place="button",
    ),
    Deed(verb="note", who="member", place="button"),
    Deed(verb="priority", who="member", moves=Verb.TRIAGE, when=lambda it: it.policy.priorities),
    Deed(verb="complexity", who="member", moves=Verb.TRIAGE, when=lambda it: it.policy.complexities),
    Deed(
        verb="extend",
        who="claimer",
        moves=Verb.EXTEND,
        when=lambda it: _claimed(it) and it.extendable,
    ),
    Deed(verb="hold", who="free", moves=Verb.HOLD),
    Deed(verb="snooze", who="free", when=lambda it: it.ticket.unresolved and not it.ticket.snoozed),
    Deed(verb="wake", who="free", when=lambda it: it.ticket.snoozed),
    Deed(verb="assign", who="free", moves=Verb.ASSIGN),
    Deed(verb="invite", who="claimer", when=lambda it: _claimed(it) and it.tools),
    Deed(verb="engage", who="claimer", when=lambda it: _claimed(it) and it.policy.sharing),
    Deed(verb="take_over", who="member", moves=Verb.CLAIM, when=_claimed),
    Deed(verb="transfer", who="free", moves=Verb.TRANSFER, when=lambda it: it.queues),
    Deed(verb="link", who="member"),
    Deed(verb="incident", who="member", when=lambda it: it.incident or it.ticket.status != Status.CLOSED),
    Deed(verb="tell_all", who="member", when=lambda it: it.incident, place="incident"),
    Deed(verb="resolve_all", who="member", when=lambda it: it.incident, place="incident"),
    Deed(verb="tie", who="member", when=lambda it: it.incident, place="incident"),
    Deed(verb="rename", who="member", when=lambda it: it.incident, place="incident"),
    Deed(verb="untie", who="member", when=lambda it: it.incident, place="incident"),
    Deed(verb="merge", who="free", moves=Verb.MERGE),
    Deed(verb="escalate", who="free", moves=Verb.ESCALATE, when=lambda it: it.steps_by_hand),
    Deed(verb="release", who="free", moves=Verb.RELEASE, when=_claimed),
    Deed(verb="decline", who="claimer", moves=Verb.DECLINE, when=_claimed),
    Deed(verb="stop", who="free", moves=Verb.STOP),
    Deed(verb="redact", who="claimer"),
    Deed(verb="redact_now", who="claimer", place="dialog"),
    Deed(verb="why", who="member", when=lambda it: it.clocks),
)


def offered(situation: Situation) -> tuple[Deed, ...]:
    """What can be done to the ticket now, in the order of the card."""
    return tuple(deed for deed in DEEDS if deed.possible(situation))


def deed(situation: Situation, verb: str) -> Deed | None:
    """A verb, if it can be done to the ticket now."""
    return next((one for one in offered(situation) if one.verb == verb), None)
