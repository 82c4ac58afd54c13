"""That nobody works now, and until when: said once for each ticket and absence, not after every message."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import facts as kinds
from bot.core.ticket import Fact, Ticket
from handlers.customer.moments import Moments
from handlers.customer.promises import Promise, promised
from handlers.unit import Unit
from locales import _
from storage import tickets

ANSWERED = frozenset({kinds.FILED, kinds.CUSTOMER_WROTE})
"""What the customer does that we answer with a receipt."""


def opening(unit: Unit) -> datetime | None:
    """When somebody works again; None while somebody does, or where no week is known."""
    calendar = unit.office.hours.calendar
    return calendar.next_open(unit.now) if calendar and unit.office.hours.closed(unit.now) else None


def told(unit: Unit, promises: Sequence[Promise], moments: Moments) -> str:
    """Until when it is closed; nothing where a moment is promised before that is over."""
    opens_at = opening(unit)
    if opens_at is None or any(promise.at and promise.at <= opens_at for promise in promises):
        return ""
    return _("We are closed now and open again {when}.", when=moments.at(opens_at))


def told_once(unit: Unit, ticket: Ticket) -> str:
    """The same beside the first words in this absence, which are on record already; else nothing."""
    opens_at = opening(unit)
    if opens_at is None or len(_written_since_it_closed(unit, ticket, opens_at)) > 1:
        return ""
    return told(unit, promised(unit, ticket), Moments(unit))


def _written_since_it_closed(unit: Unit, ticket: Ticket, opens_at: datetime) -> list[Fact]:
    """What was written in the absence that ends at a moment: what has the same next opening."""
    calendar = unit.office.hours.calendar
    return [
        fact
        for fact in tickets.history(unit.tx, ticket.id)
        if _wants_receipt(fact)
        and calendar
        and unit.office.hours.closed(fact.at)
        and calendar.next_open(fact.at) == opens_at
    ]


def _wants_receipt(fact: Fact) -> bool:
    return fact.kind in ANSWERED and not fact.data.get("thanks")
