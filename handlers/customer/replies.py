"""A customer's words on a ticket of their own: kept, shown to the agents, and acknowledged."""

from collections.abc import Collection, Sequence
from uuid import UUID

from bot.core import reference
from bot.core.heard import Said
from bot.core.thanks import is_thanks
from bot.core.ticket import Status, Ticket
from bot.core.told import Told
from handlers import albums, thread
from handlers.clock import above
from handlers.customer import (
    absence,
    aftercare,
    conversation,
    escalation,
    keeping,
    outcomes,
    promises,
    retelling,
    sharing,
    whether,
    whose,
)
from handlers.customer.commands import AddWords, Reopen, StartFiling
from handlers.customer.talk import Talk
from handlers.customer.untold import is_older
from handlers.ties import joined
from handlers.unit import Unit
from locales import _
from storage import files, held, outbox, words

STANDSTILLS = frozenset({Status.PENDING, Status.ON_HOLD})
"""What a customer's words end; a clock may have stood meanwhile."""


@conversation.does(AddWords)
def add_words(talk: Talk, command: AddWords) -> None:
    """Words for a ticket; what happens to them depends on how the ticket stands."""
    ticket = joined.locked(talk.unit.tx, command.ticket)
    if command.said_at and sharing.answered_on(talk, ticket, command.told, command.said_at):
        return
    if ticket.unresolved:
        before = retelling.known(talk.unit, ticket) if ticket.status in STANDSTILLS else None
        kept = keeping.add(talk, ticket, command.told, command.said_at)
        later = retelling.later(talk.unit, kept, before) if before else []
        _acknowledge(talk, kept, command.told, later)
        sharing.ask_plainly(talk, kept, command.told, command.said_at)
    elif ticket.status is Status.RESOLVED and is_older(talk, ticket, command.said_at):
        _acknowledge(talk, keeping.add(talk, ticket, command.told), command.told, [])
    elif is_thanks(command.told.text):
        _thanked(talk, ticket, command.told)
    elif aftercare.answered(talk, ticket, command.told, command.said_at):
        return
    elif not keeping.can_reopen(talk, ticket):
        _begin_anew(talk, ticket, command.told)
    elif ticket.status is Status.RESOLVED:
        kept = keeping.add(talk, ticket, command.told)
        whether.ask_whether_still(talk, kept, outcomes.added(kept))
    else:
        whose.ask_whether_about(talk, ticket, command.told)


def _thanked(talk: Talk, ticket: Ticket, told: Told) -> None:
    """Courtesy is kept where it can be, and never reopens."""
    if ticket.status is Status.RESOLVED:
        ticket = keeping.add(talk, ticket, told)
    else:
        keeping.put_beside(talk, ticket, told.only_files())
    aftercare.thanked(talk, ticket)


def _acknowledge(talk: Talk, ticket: Ticket, told: Told, later: Sequence[str]) -> None:
    shown = reference.unbroken(ticket.reference)
    added = _("Added to your request {reference}.", reference=shown) if told.arrives else ""
    closed = "" if keeping.only_thanks(told) else absence.told_once(talk.unit, ticket)
    late = bool(escalation.ripe(talk.unit, ticket))
    said = "\n\n".join(filter(None, (added, promises.late() if late else "", "\n".join(later), closed)))
    if not said:
        return
    options = (escalation.button(ticket),) if late else ()
    first = keeping.about(talk, told.parts[0].message)
    talk.say(
        said,
        "receipt",
        options=options,
        ticket=ticket,
        quotes=told.parts[-1].message,
        words_id=first.words_id if first else None,
        not_before=keeping.rest_of_album(talk),
    )


def _begin_anew(talk: Talk, ticket: Ticket, told: Told) -> None:
    """A ticket that can no longer be opened takes no words: they begin a new one, linked to it."""
    talk.say(aftercare.closed_for_good(ticket))
    conversation.carry_out(talk, StartFiling(told, follows=ticket.id))


# A platform reply to a message about a ticket


def replied(talk: Talk, said: Said) -> bool:
    """A reply to a message about a ticket, ours or the person's own, goes to that ticket."""
    about = keeping.about(talk, said.reply_to) if said.reply_to else None
    if about is None or about.ticket_id is None:
        return False
    ticket = joined.locked(talk.unit.tx, about.ticket_id)
    if ticket.customer_id != talk.customer.id:
        return False
    told = Told.by(said)
    if sharing.replied(talk, ticket, told, about):
        return True
    of_now = (about.ticket_id, about.cycle) == (ticket.id, ticket.cycle)
    to_solution = about.purpose == "solution" and of_now and not ticket.unresolved
    if not to_solution or is_thanks(told.text):
        conversation.carry_out(talk, AddWords(ticket.id, told))
    elif not aftercare.answered(talk, ticket, told, replies=True):
        conversation.carry_out(talk, Reopen(ticket.id, told))
    return True


# The rest of an album


def joins_album(talk: Talk, said: Said) -> bool:
    """The rest of an album goes to the ticket that has its first part, without a second receipt.

    Where nothing of it could be taken so far, there was none.
    """
    about = keeping.about(talk, keeping.album(said.group))
    if about is None or about.ticket_id is None:
        return False
    ticket, told = joined.locked(talk.unit.tx, about.ticket_id), Told.by(said)
    unit, nothing_came = talk.unit, _nothing_came(talk.unit, ticket, about.words_id)
    kept = keeping.note_down(talk, ticket, told, batch=about.words_id)
    if nothing_came and told.arrives:
        _acknowledge(talk, ticket, told, [])
    if about.words_id is not None and _joins_post(talk, ticket, about.words_id, told, kept):
        wrote = thread.wrote(unit, ticket, told.text, told.files)
    else:
        wrote = thread.customer_wrote(unit, ticket, told.text, told.files, kept)
    above.pass_on(unit, ticket, wrote, kept, after=about.words_id)
    return True


def _nothing_came(unit: Unit, ticket: Ticket, first: UUID | None) -> bool:
    """Whether an album that began with these words has brought nothing but files that are too large."""
    said = words.find_if_any(unit.tx, ticket, first) if first else None
    if said is None or said.text:
        return False
    return all(file.about.too_large for file in files.of_batch(unit.tx, ticket.id, said.id))


def _joins_post(talk: Talk, ticket: Ticket, first: UUID, told: Told, kept: Collection[UUID]) -> bool:
    """The post, the upload and the receipt of the album wait for this part too, if they have not gone yet."""
    unit, waiting = talk.unit, held.waiting(talk.unit.tx, first, "words")
    if waiting is None or waiting.content.post is None:
        return False
    shown = waiting.content.post
    more = tuple(thread.sent(unit, ticket, told.text, told.files))
    until = albums.waits(unit.now, waiting.created_at)
    for purpose in ("receipt", "files"):
        held.put_off(unit.tx, first, purpose, until)
    longer = shown.model_copy(update={"lines": (*shown.lines, *more)})
    if not outbox.change(unit.tx, waiting.id, longer, not_before=until):
        return False
    outbox.carry(unit.tx, waiting.id, longer, kept)
    return True
