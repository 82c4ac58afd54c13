"""How a ticket stands, in words: for customers and for agents."""

from bot.core.heard import Attachment
from bot.core.ticket import CANCELLED, DECLINED, STOPPED, Status, Ticket
from locales import _, pgettext


def for_customer(ticket: Ticket) -> str:
    """What the state means for the person who waits."""
    if ticket.status is Status.RESOLVED and ticket.outcome == DECLINED:
        return _("could not be solved, waiting for your word")
    if ticket.status is Status.CLOSED and ticket.outcome == CANCELLED:
        return _("cancelled")
    return {
        Status.NEW: _("received, waiting for a member of the team"),
        Status.OPEN: _("being worked on"),
        Status.PENDING: _("waiting for your answer"),
        Status.ON_HOLD: _("on hold"),
        Status.RESOLVED: _("resolved, waiting for your word"),
        Status.CLOSED: _("closed"),
    }[ticket.status]


def for_agent(ticket: Ticket) -> str:
    if ticket.status is Status.RESOLVED and ticket.outcome == DECLINED:
        return pgettext("state", "Declined")
    if ticket.status is Status.CLOSED and ticket.outcome == CANCELLED:
        return pgettext("state", "Cancelled")
    if ticket.status is Status.CLOSED and ticket.outcome == STOPPED:
        return pgettext("state", "Stopped")
    return {
        Status.NEW: pgettext("state", "New"),
        Status.OPEN: pgettext("state", "Open"),
        Status.PENDING: pgettext("state", "Waiting for the customer"),
        Status.ON_HOLD: pgettext("state", "On hold"),
        Status.RESOLVED: pgettext("state", "Resolved"),
        Status.CLOSED: pgettext("state", "Closed"),
    }[ticket.status]


def kind_of_file(attachment: Attachment) -> str:
    """A file in a word or two, its name beside it where it has one."""
    names = {
        "photo": _("Photo"),
        "document": _("Document"),
        "voice": _("Voice message"),
        "audio": _("Audio"),
        "video": _("Video"),
        "video_note": _("Video message"),
        "animation": _("Animation"),
        "sticker": _("Sticker"),
        "location": _("Location"),
    }
    kind = names.get(attachment.kind) or _("File")
    return _("{kind}: {name}", kind=kind, name=attachment.name) if attachment.name else kind
