"""Words in a ticket's thread: whose go to the customer, and whose stay on the desk."""

import re
from uuid import UUID

from bot.core.heard import PostDeleted, Posted, PostEdited
from bot.core.shown import Button, Line
from bot.core.text import clean, visible
from bot.core.ticket import MERGED, Ticket
from handlers import amending, behind, lines, post, states, unsent
from handlers import files as filed
from handlers.agent import answers, detaching, mentioning, retold, sending
from handlers.agent.act import Act
from handlers.unit import DESK, Unit
from locales import _, pgettext
from storage import files, held, words
from storage.words import Words

SEND_NOTE = "send_note"

NOTE_MARK = re.compile(r"((?:[\s>“«~*_`•◦▪–—-]|\d{1,9}[.)]\s)*)[;؛；]{2}\s*")
"""In the letters of any keyboard. Marks of direction, and the form of a quote or a list, do not hide it."""


def posted(act: Act, what: Posted) -> None:
    """Fix what a message is, once: a reply if its author held the ticket when it was written and does now."""
    text, origin = clean(what.text), _origin(what)
    if words.find_origin(act.unit.tx, act.ticket, origin):
        return
    with act.speaking():
        if _is_left(act):
            _keep_behind(act, text, origin, what.files)
        elif is_note(text) or _by_dialog_only(act):
            _keep(act, text, origin, what.files)
        elif why := _obstacle(act):
            _keep_and_tell(act, text, origin, why, what.files)
        elif text or what.files:
            answers.reply(act, text, origin, what.files)
        if what.mentions:
            _call(act, what)


def _call(act: Act, what: Posted) -> None:
    """Whom a note names hears of it."""
    kept = words.find_origin(act.unit.tx, act.ticket, _origin(what))
    if kept and kept.kind == "note" and act.may_act:
        mentioning.tell(act, what.mentions, kept.text, kept.id)


def is_note(text: str) -> bool:
    return NOTE_MARK.match(visible(text)) is not None


def unmarked(text: str) -> str:
    """The words of a note without the mark that made them one."""
    found = NOTE_MARK.match(visible(text))
    return (found[1] + found.string[found.end() :]).lstrip() if found else text


def _by_dialog_only(act: Act) -> bool:
    return act.unit.office.desk.defaults.relay == "dialog"


def _is_left(act: Act) -> bool:
    """Whether this thread is left: its words would go out unseen by those who work on the ticket now."""
    return act.thread is not None and behind.has_left(act.unit, act.ticket, act.thread)


def _keep_behind(act: Act, text: str, origin: str, files: answers.Files) -> None:
    if _keep(act, text, origin, files):
        why = _("This was kept as a note: the ticket goes on elsewhere now.")
        act.whisper(lines.text(why), *_shown(text, files), behind.where(act.unit, act.ticket))


def _obstacle(act: Act) -> str:
    """Why these words do not go to the customer, or nothing."""
    ticket = act.ticket
    if not act.may_act:
        return _("This was kept as a note: only members of the queue's channel write to its customers.")
    if not ticket.unresolved:
        return _why_over(ticket)
    if not ticket.claimer:
        return _("This was kept as a note: nobody has claimed the ticket. Claim it to write to the customer.")
    if not act.holds_ticket:
        return _("This was kept as a note: somebody else is working on the ticket.")
    if ticket.claimed_at and act.unit.at < ticket.claimed_at:
        return _("This was kept as a note: it was written before you claimed the ticket.")
    return ""


def _why_over(ticket: Ticket) -> str:
    if ticket.outcome == MERGED:
        return _("This was kept as a note: the ticket was merged into another one.")
    return _("This was kept as a note: the ticket is resolved. Open it again to write to the customer.")


def _keep(act: Act, text: str, origin: str, files: answers.Files = ()) -> UUID | None:
    """A note; a message without words and files is none."""
    return answers.keep_note(act, unmarked(text), origin, files) if unmarked(text) or files else None


def _keep_and_tell(act: Act, text: str, origin: str, why: str, files: answers.Files = ()) -> None:
    if kept := _keep(act, text, origin, files):
        act.whisper(lines.text(why), *_shown(text, files), buttons=_ways_out(act, kept))


def _shown(text: str, files: answers.Files) -> tuple[Line, ...]:
    """What was kept, for its author."""
    said = [lines.quote(text)] if text else []
    return (*said, *(lines.quote(states.kind_of_file(file)) for file in files))


def _ways_out(act: Act, kept: UUID) -> tuple[Button, ...]:
    """What the author can do to have the note sent after all."""
    if not act.may_act or not act.ticket.unresolved:
        return ()
    ticket = str(act.ticket.id)
    claim = Button(verb="claim", title=pgettext("button", "Claim"), value=ticket)
    send = Button(verb=SEND_NOTE, title=pgettext("button", "Send to customer"), value=f"{ticket}/{kept}")
    return (send,) if act.ticket.claimer else (claim, send)


def send_note(act: Act, words_id: UUID | None) -> None:
    """The private button under a note: its author sends it to the customer after all, once."""
    kept = words.find_if_any(act.unit.tx, act.ticket, words_id) if words_id else None
    with act.speaking():
        if not act.may_act:
            act.refuse_stranger()
        elif kept is None or kept.author != act.by or kept.kind != "note" or kept.redacted:
            act.refuse(_("This note can no longer be sent."))
        elif act.ticket.outcome == MERGED:
            act.refuse(_("The ticket was merged into another one."))
        elif not act.ticket.unresolved:
            act.refuse(_("The ticket is resolved. Open it again to write to the customer."))
        elif not act.ticket.claimer:
            act.refuse(_("Nobody has claimed the ticket. Claim it to write to the customer."))
        else:
            answers.send_note(act, kept)
            if not sending.waits_until(act.unit):
                act.refuse(_("Sent to the customer."))


def edited(act: Act, what: PostEdited) -> None:
    """An edit never changes what a message is; what still waits changes with it, if its author may."""
    kept, after = words.find_origin(act.unit.tx, act.ticket, _origin(what)), clean(what.text)
    if kept and what.gone and not kept.redacted:
        with act.speaking():
            if not detaching.take_off(act, kept, what.gone, after):
                _take_back(act, kept, kept.text)
    if _says_nothing(act, kept, what, after):
        return
    if kept and (kept.redacted or kept.kind == words.GONE or _is_as_it_was(kept, what, after)):
        return
    with act.speaking():
        if kept is None:
            _edited_unheard(act, after, _origin(what))
        elif kept.kind == "note":
            _edited_note(act, kept, after)
        elif is_note(after):
            _take_back(act, kept, unmarked(after))
        elif act.writes_on and answers.change_unsent(act, kept, after):
            retold.changed(act, kept, after)
            act.refuse(answers.changed(doubted=answers.in_doubt(act.unit, kept.id)))
        else:
            _edited_too_late(act, kept, after)


def _is_as_it_was(kept: Words, what: PostEdited, after: str) -> bool:
    """Whether the words stay. A note is kept without its mark: it was edited if it reads like that now."""
    return after == kept.text and (kept.kind != "note" or bool(what.gone))


def _says_nothing(act: Act, kept: Words | None, what: PostEdited, after: str) -> bool:
    """Whether neither words nor a file are left of the message."""
    if after or kept is None:
        return not after
    there = files.of_words(act.unit.tx, act.ticket.id, kept.id)
    return all(file.about.file_id in what.gone for file in there)


def _edited_note(act: Act, kept: Words, after: str) -> None:
    """Whoever takes the mark off a note may believe it sent: it reads like an answer in the thread now."""
    words.change(act.unit.tx, act.ticket, kept.id, unmarked(after))
    retold.changed(act, kept, unmarked(after))
    if is_note(after) or _by_dialog_only(act):
        return
    stays = _("This stays a note, which the customer does not get: no edit sends it.")
    if _is_left(act):
        act.whisper(lines.text(stays), behind.where(act.unit, act.ticket))
    elif why := _unsendable(act, kept):
        act.whisper(lines.text(stays), lines.text(why))
    else:
        act.whisper(lines.text(stays), *_shown(after, ()), buttons=_ways_out(act, kept.id))


def _unsendable(act: Act, kept: Words) -> str:
    """Why the author of a note is handed no button to send it, or nothing."""
    if not act.may_act:
        return _("Only members of this queue's channel can act on its tickets.")
    if act.ticket.outcome == MERGED:
        return _("The ticket was merged into another one.")
    if not act.ticket.unresolved:
        return _("The ticket is resolved. Open it again to write to the customer.")
    if amending.reached(act.unit, act.ticket, kept.id):
        return _("To send it, write it anew.")
    return ""


def _edited_too_late(act: Act, kept: Words, after: str) -> None:
    """The customer's chat follows, as long as the author writes on; so does what is on its way to it."""
    reached = amending.reached(act.unit, act.ticket, kept.id)
    if not (reached or act.writes_on):
        act.refuse(_("These words did not reach the customer, and stay as they were: it is not your ticket."))
    elif not reached:
        words.revise(act.unit.tx, act.ticket, kept, after)
        post.show_offers(act.unit, kept.id)
        retold.changed(act, kept, after)
        act.refuse(_("These words did not reach the customer, so nothing was changed there."))
    elif not act.writes_on:
        _refuse_edit(act, waits=held.untold(act.unit.tx, kept.id))
    else:
        amending.change(act.unit, act.ticket, kept, after, act.by)
        retold.changed(act, kept, after)
        _promise(act, _("Your words are being changed in the customer's chat, too."))


def _refuse_edit(act: Act, *, waits: bool) -> None:
    """The words stay as they were. While they wait, their author can take them back from wherever it is."""
    if waits:
        _tell_that_they_wait(act)
    elif act.may_act:
        act.refuse(_("The customer keeps the earlier words: this ticket is not in your hands."))
    else:
        act.refuse(_("The customer keeps the earlier words: you can no longer act on this ticket."))


def _tell_that_they_wait(act: Act) -> None:
    why = _("The earlier words still go to the customer: this ticket is not in your hands.")
    if not act.may_act:
        why = _("The earlier words still go to the customer: you can no longer act on this ticket.")
    act.whisper(lines.text(why), lines.text(_("To take them back, delete the message before they are sent.")))


def _edited_unheard(act: Act, text: str, origin: str) -> None:
    """The edit was heard before the message: what the author sent first must not go out any more."""
    if _is_left(act):
        _keep_behind(act, text, origin, ())
    elif is_note(text) or _by_dialog_only(act):
        _keep(act, text, origin)
    else:
        why = _("This was kept as a note: it was changed before the desk had read it.")
        _keep_and_tell(act, text, origin, why)


def written(unit: Unit, ticket: Ticket, what: PostDeleted) -> Words | None:
    """What was kept of a deleted message. One that is heard later is never sent."""
    kept, origin = words.find_origin(unit.tx, ticket, _origin(what)), _origin(what)
    if kept is None:
        words.add(unit.tx, ticket, author=DESK, kind=words.GONE, text="", at=unit.at, origin=origin)
    return kept


def deleted(act: Act, kept: Words) -> None:
    """Words whose message was deleted, and that are still waiting to be sent, are taken back."""
    with act.speaking():
        if kept.kind == "reply" and not kept.redacted:
            _take_back(act, kept, kept.text)


def _take_back(act: Act, kept: Words, text: str) -> None:
    going = filed.sent_with(act.unit.tx, act.ticket, kept.id)
    doubted = answers.in_doubt(act.unit, kept.id)
    if answers.take_back(act, kept):
        retold.message_gone(act, kept, going, doubted=doubted)
        words.change(act.unit.tx, act.ticket, kept.id, text)
        act.refuse(answers.taken_back(doubted=doubted))
    elif not amending.reached(act.unit, act.ticket, kept.id):
        unsent.stays_here(act.unit, act.ticket, kept, act.by)
        act.refuse(_("These words did not reach the customer, so there is nothing to take back."))
    elif not act.may_act:
        act.refuse(_("The customer keeps these words: you can no longer act on this ticket."))
    else:
        changed = text != kept.text
        before = words.revise(act.unit.tx, act.ticket, kept, text) if changed else None
        retold.message_gone(act, kept, going, withdrawn=True)
        amending.withdraw(act.unit, act.ticket, kept, act.by, before)
        _promise(act, _("Your words are being withdrawn from the customer's chat."))


def _promise(act: Act, sentence: str) -> None:
    act.whisper(lines.text(sentence), lines.text(amending.said_later()))


def _origin(what: Posted | PostEdited | PostDeleted) -> str:
    return f"{what.channel}:{what.ts}"
