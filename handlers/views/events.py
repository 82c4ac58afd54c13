"""What happened to a ticket, in a few words for each kind of fact, and what it was about."""

from collections.abc import Callable, Iterator, Sequence

from bot.core import facts as kinds
from bot.core.policy import Policy
from bot.core.shown import Line, Mention
from bot.core.ticket import Fact
from handlers import asked, lines
from handlers.clock import deadlines
from locales import _, current, pgettext

LABELS: dict[str, Callable[[], str]] = {
    kinds.FILED: lambda: pgettext("event", "request filed"),
    kinds.CONSENTED: lambda: pgettext("event", "consent given"),
    kinds.CLAIMED: lambda: pgettext("event", "claimed"),
    kinds.RELEASED: lambda: pgettext("event", "returned to the queue"),
    kinds.ASSIGNED: lambda: pgettext("event", "assigned"),
    kinds.TAKEN_OVER: lambda: pgettext("event", "taken over"),
    kinds.TRANSFERRED: lambda: pgettext("event", "transferred"),
    kinds.NOTED: lambda: pgettext("event", "note"),
    kinds.CUSTOMER_WROTE: lambda: pgettext("event", "message"),
    kinds.CUSTOMER_EDITED: lambda: pgettext("event", "message changed"),
    kinds.REPLIED: lambda: pgettext("event", "reply"),
    kinds.ASKED: lambda: pgettext("event", "question to the customer"),
    kinds.TAKEN_BACK: lambda: pgettext("event", "taken back before it was sent"),
    kinds.EDITED: lambda: pgettext("event", "words to the customer changed"),
    kinds.WITHDRAWN: lambda: pgettext("event", "words to the customer withdrawn"),
    kinds.DETACHED: lambda: pgettext("event", "file to the customer withdrawn"),
    kinds.SENT_AGAIN: lambda: pgettext("event", "sent again"),
    kinds.DELIVERED: lambda: pgettext("event", "delivered"),
    kinds.UNDELIVERED: lambda: pgettext("event", "not delivered"),
    kinds.INVITED: lambda: pgettext("event", "invitation to a remote session"),
    kinds.ENGAGED: lambda: pgettext("event", "somebody from outside engaged"),
    kinds.SHARING_ASKED: lambda: pgettext("event", "consent to share asked for"),
    kinds.SHARING_REFUSED: lambda: pgettext("event", "consent to share refused"),
    kinds.PRIORITISED: lambda: pgettext("event", "priority set"),
    kinds.CLASSIFIED: lambda: pgettext("event", "complexity set"),
    kinds.EXTENDED: lambda: pgettext("event", "later time announced"),
    kinds.HELD: lambda: pgettext("event", "put on hold"),
    kinds.RESUMED: lambda: pgettext("event", "resumed"),
    kinds.SNOOZED: lambda: pgettext("event", "snoozed"),
    kinds.WOKEN: lambda: pgettext("event", "back among what waits"),
    kinds.RESOLVED: lambda: pgettext("event", "resolved"),
    kinds.DECLINED: lambda: pgettext("event", "declined"),
    kinds.SOLVED: lambda: pgettext("event", "confirmed as solved"),
    kinds.LAPSED: lambda: pgettext("event", "closed without a word"),
    kinds.ENDED: lambda: pgettext("event", "ended unanswered"),
    kinds.CANCELLED: lambda: pgettext("event", "cancelled"),
    kinds.MERGED: lambda: pgettext("event", "merged into another ticket"),
    kinds.ABSORBED: lambda: pgettext("event", "another ticket merged into it"),
    kinds.LINKED: lambda: pgettext("event", "linked to another ticket"),
    kinds.UNLINKED: lambda: pgettext("event", "link removed"),
    kinds.TIED: lambda: pgettext("event", "tied to an incident"),
    kinds.UNTIED: lambda: pgettext("event", "no longer tied to the incident"),
    kinds.RENAMED: lambda: pgettext("event", "incident renamed"),
    kinds.INFORMED: lambda: pgettext("event", "told about the incident"),
    kinds.REDACTED: lambda: pgettext("event", "words redacted"),
    kinds.STOPPED: lambda: pgettext("event", "stopped"),
    kinds.REOPENED: lambda: pgettext("event", "opened again"),
    kinds.UNDONE: lambda: pgettext("event", "put back as it was"),
    kinds.RATED: lambda: pgettext("event", "rating"),
    kinds.COMMENTED: lambda: pgettext("event", "comment on the rating"),
    kinds.MET: lambda: pgettext("event", "met"),
    kinds.BREACHED: lambda: pgettext("event", "missed"),
    kinds.REMINDED: lambda: pgettext("event", "reminder"),
    kinds.ESCALATED: lambda: pgettext("event", "escalated"),
    kinds.OFFERED: lambda: pgettext("event", "ending offered"),
    kinds.TOLD: lambda: pgettext("event", "customer told"),
    kinds.SKIPPED: lambda: pgettext("event", "passed over for a later one"),
    kinds.ESCALATED_BY_CUSTOMER: lambda: pgettext("event", "escalated by the customer"),
    kinds.RECALCULATED: lambda: pgettext("event", "due moment counted again"),
}


def label(fact: Fact) -> str:
    """What happened; a later version's facts are told as something else that did."""
    if fact.kind == kinds.BREACHED and not fact.data.get("promised", True):
        return pgettext("event", "assumed time over, not promised")
    if "crossed" in fact.data:
        return pgettext("event", "message from before the question")
    if fact.kind == kinds.CUSTOMER_WROTE and fact.data.get("edited"):
        return pgettext("event", "change taken as a new message")
    known = LABELS.get(fact.kind)
    return known() if known else pgettext("event", "something else")


def about(fact: Fact, policies: Sequence[Policy]) -> Iterator[Line]:
    """What it was about: from what to what, whom, which promise.

    `policies`: the ticket's own, then the running one, by which it is rated.
    """
    data, policy = fact.data, policies[0]
    if fact.kind in (kinds.TRANSFERRED, kinds.PRIORITISED, kinds.CLASSIFIED):
        before, now = (_title(fact.kind, str(data.get(key) or ""), policy) for key in ("before", "now"))
        yield lines.text(f"{before} → {now}" if before else now)
    if agent := data.get("to") if fact.kind == kinds.ASSIGNED else None:
        yield (Mention(user=str(agent)),)
    if data.get("target") in deadlines.NAMES:
        yield lines.text(deadlines.name(data["target"]))
    if level := policy.level(str(data.get("level") or "")):
        yield lines.text(level.title.in_(current()))
    if fact.kind == kinds.RATED:
        yield lines.text(asked.answered(str(data["question"]), int(data["value"]), policies))


def _title(kind: str, key: str, policy: Policy) -> str:
    known = {
        kinds.TRANSFERRED: policy.queue,
        kinds.PRIORITISED: policy.priority,
        kinds.CLASSIFIED: policy.complexity,
    }[kind](key)
    return known.title.in_(current()) if known else key


def who(fact: Fact) -> Line:
    """The customer, the desk itself, or an agent by name."""
    if fact.by.startswith("agent:"):
        return (Mention(user=fact.by.removeprefix("agent:")),)
    return lines.text(_("Customer") if fact.by == "customer" else _("Desk"))
