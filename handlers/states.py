"""How a ticket stands, in words: for customers and for agents."""

from bot.core.enclosures import file_name
from bot.core.heard import Attachment
from bot.core.ticket import CANCELLED, DECLINED, MERGED, STOPPED, Status, Ticket
from locales import _, pgettext


def for_customer(ticket: Ticket) -> str:
    """What the state means for the person who waits."""
    ended = {
        (Status.RESOLVED, DECLINED): _("could not be solved, waiting for your word"),
        (Status.CLOSED, CANCELLED): _("cancelled"),
        (Status.CLOSED, MERGED): _("goes on as another request"),
    }
    if told := ended.get((ticket.status, ticket.outcome)):
        return told
    return {
        Status.NEW: _("received, waiting for a member of the team"),
        Status.OPEN: _("being worked on"),
        Status.PENDING: _("waiting for your answer"),
        Status.ON_HOLD: _("on hold"),
        Status.RESOLVED: _("resolved, waiting for your word"),
        Status.CLOSED: _("closed"),
    }[ticket.status]


def for_agent(ticket: Ticket) -> str:
    ended = {
        (Status.RESOLVED, DECLINED): pgettext("state", "Declined"),
        (Status.CLOSED, CANCELLED): pgettext("state", "Cancelled"),
        (Status.CLOSED, STOPPED): pgettext("state", "Stopped"),
        (Status.CLOSED, MERGED): pgettext("state", "Merged"),
    }
    if told := ended.get((ticket.status, ticket.outcome)):
        return told
    return {
        Status.NEW: pgettext("state", "New"),
        Status.OPEN: pgettext("state", "Open"),
        Status.PENDING: pgettext("state", "Waiting for the customer"),
        Status.ON_HOLD: pgettext("state", "On hold"),
        Status.RESOLVED: pgettext("state", "Resolved"),
        Status.CLOSED: pgettext("state", "Closed"),
    }[ticket.status]


def redacted() -> str:
    """What stands where words were taken away, for agents."""
    return _("[redacted]")


def kind_of_file(attachment: Attachment) -> str:
    """A file in a word or two, its name beside it where it has one, and whether it is too large."""
    named = named_file(attachment)
    return _("{file} (too large to be received)", file=named) if attachment.too_large else named


def named_file(attachment: Attachment) -> str:
    """A file in a word or two, beside it the name under which it arrives, where it has one."""
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
        "other": _("Something that cannot be shown here"),
    }
    kind = names.get(attachment.kind) or _("File")
    return _("{kind}: {name}", kind=kind, name=file_name(attachment)) if attachment.name else kind
