"""Words in a ticket's thread: whose go to the customer, and whose stay on the desk."""

from uuid import UUID

from bot.core.heard import Posted, PostEdited
from bot.core.shown import Button
from bot.core.text import clean
from bot.core.ticket import Ticket
from handlers import lines
from handlers.agent import answers
from handlers.agent.act import Act
from handlers.unit import Unit
from locales import _, pgettext
from storage import words

NOTE_MARKS = (";;", "؛؛")


def posted(act: Act, what: Posted) -> None:
    """Fix what a message is, once: a reply if its author held the ticket when it was written and does now."""
    text = clean(what.text)
    origin = origin_of(what)
    if words.find_origin(act.unit.tx, act.ticket, origin):
        return
    with act.speaking():
        if text.startswith(NOTE_MARKS) or act.unit.office.desk.defaults.relay == "dialog":
            answers.keep_note(act, unmarked(text), origin)
        elif why := _obstacle(act):
            _keep_as_note(act, text, origin, why)
        else:
            _send(act, text, origin, with_files=bool(what.files))


def _send(act: Act, text: str, origin: str, *, with_files: bool) -> None:
    if text:
        answers.reply(act, text, origin)
    if with_files:
        act.refuse(_("Files are not sent to the customer yet: only words are."))


def _obstacle(act: Act) -> str:
    """Why these words do not go to the customer, or nothing."""
    ticket = act.ticket
    if not act.may_act:
        return _("Only members of this queue's channel can act on its tickets.")
    if not ticket.unresolved:
        return _("This was kept as a note: the ticket is resolved. Open it again to write to the customer.")
    if not ticket.claimer:
        return _("This was kept as a note: nobody has claimed the ticket. Claim it to write to the customer.")
    if not act.holds_ticket:
        return _("This was kept as a note: somebody else is working on the ticket.")
    if ticket.claimed_at and act.unit.at < ticket.claimed_at:
        return _("This was kept as a note: it was written before you claimed the ticket.")
    return ""


def _keep_as_note(act: Act, text: str, origin: str, why: str) -> None:
    if not text:
        return
    kept = answers.keep_note(act, text, origin)
    can_send = act.may_act and act.ticket.unresolved and bool(act.ticket.claimer)
    send = Button(
        verb="send_note", title=pgettext("button", "Send to customer"), value=f"{act.ticket.id}/{kept}"
    )
    act.whisper(lines.text(why), lines.quote(text), buttons=(send,) if can_send else ())


def send_note(act: Act, words_id: UUID) -> None:
    """The private button under a note: its author sends it to the customer after all, once."""
    with act.speaking():
        kept = words.find(act.unit.tx, act.ticket, words_id)
        if kept.author != act.by or kept.kind != "note":
            act.refuse(_("This note can no longer be sent."))
        elif not act.may_act:
            act.refuse_stranger()
        elif not act.ticket.unresolved or not act.ticket.claimer:
            act.refuse(_("This is no longer possible: the ticket has changed meanwhile."))
        else:
            answers.send_note(act, kept)
            act.refuse(_("Sent to the customer."))


def edited(act: Act, what: PostEdited) -> None:
    """An edit never changes what a message is; words that are still waiting to be sent change with it."""
    kept = words.find_origin(act.unit.tx, act.ticket, origin_of(what))
    after = clean(what.text)
    if kept is None or not after or after == kept.text:
        return
    if kept.kind == "note":
        words.change(act.unit.tx, act.ticket, kept.id, unmarked(after))
        return
    with act.speaking():
        if kept.author == act.by and not answers.change_unsent(act, kept, after):
            act.refuse(_("The customer already has the earlier words. Write again to correct them."))


def deleted(unit: Unit, ticket: Ticket, origin: str) -> None:
    """A deleted message that is still waiting to be sent is taken back."""
    kept = words.find_origin(unit.tx, ticket, origin)
    if kept and kept.kind == "reply":
        answers.take_back(unit, kept)


def unmarked(text: str) -> str:
    """The words of a note without the mark that made them one."""
    return text[2:].strip() if text.startswith(NOTE_MARKS) else text


def origin_of(what: Posted | PostEdited) -> str:
    return f"{what.channel}:{what.ts}"
