"""What came of a request decides how it is spoken of: solved, declined, cancelled, or stopped."""

from bot.core import reference
from bot.core.ticket import CANCELLED, DECLINED, Ticket
from locales import _

UNSOLVED = frozenset({DECLINED, CANCELLED})
"""What ended a request though its problem may well be as it was."""


def whether_still(ticket: Ticket) -> str:
    """The question at words on a request that is over."""
    shown = reference.unbroken(ticket.reference)
    if ticket.outcome in UNSOLVED:
        return _("Shall we open your request {reference} again?", reference=shown)
    return _("Is the problem of your request {reference} still there?", reference=shown)


def added(ticket: Ticket) -> str:
    """That words were added to a request that is resolved."""
    shown = reference.unbroken(ticket.reference)
    if ticket.outcome == DECLINED:
        return _("Added to your request {reference}, which we could not solve.", reference=shown)
    return _("Added to your request {reference}, which was resolved.", reference=shown)


def rest(ticket: Ticket) -> str:
    """For somebody who lets it be."""
    if ticket.outcome in UNSOLVED:
        return _("Thank you. If you need anything else, tell us here.")
    return _("Glad to hear it. If the problem comes back, tell us here.")


# What the thread is told


def agreed(ticket: Ticket) -> str:
    if ticket.outcome == DECLINED:
        return _("The customer agrees that it is closed.")
    return _("The customer says that it is solved.")


def reopened(outcome: str) -> str:
    if outcome == DECLINED:
        return _("The customer does not agree. The ticket is open again.")
    if outcome == CANCELLED:
        return _("The customer needs it after all. The ticket is open again.")
    return _("The customer says that it is not solved. The ticket is open again.")
