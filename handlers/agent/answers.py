"""What agents say about a ticket: to the customer, or as a note that the customer never sees."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.heard import Attachment
from bot.core.ticket import Ticket, Verb, move
from bot.core.words import Say
from handlers import amending, post, unsent
from handlers import files as filed
from handlers.agent import sending
from handlers.agent.act import Act
from handlers.customer.retelling import Known, later
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _, ngettext
from storage import binding, doubtful, files, held, outbox, tickets, words
from storage.words import Words

Files = Sequence[Attachment]


def touched(ticket: Ticket, at: datetime, **changes: Any) -> Ticket:
    return replace(ticket, touched_at=at, **changes)


def reply(act: Act, text: str, origin: str = "", attached: Files = (), bound: str = files.CUSTOMER) -> Words:
    """Words for the customer."""
    unit = act.unit
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="reply", text=text, at=unit.at, origin=origin)
    attach(act, kept.id, attached, bound)
    _send_reply(act, kept)
    return kept


def send_note(act: Act, kept: Words) -> None:
    """A note goes to the customer after all, and is a reply from now on."""
    words.set_kind(act.unit.tx, kept.id, "reply")
    binding.let_out(act.unit.tx, kept.id, files.CUSTOMER)
    _send_reply(act, kept)


def _send_reply(act: Act, kept: Words) -> None:
    unit = act.unit
    fact = unit.fact("replied", act.by, words=str(kept.id))
    act.ticket = tickets.save(unit.tx, touched(act.ticket, unit.at), fact)
    sending.send(act, kept.id, "reply", lambda: amending.reply_text(act.ticket, kept.text))
    post.show_card(unit, act.ticket)


def is_unsent(unit: Unit, words_id: UUID) -> bool:
    """Whether words to the customer still wait to be sent."""
    return held.unsent(unit.tx, words_id) is not None


def in_doubt(unit: Unit, words_id: UUID) -> bool:
    """Whether the customer may have words that wait: they are held back since a backup was put back."""
    waiting = held.unsent(unit.tx, words_id)
    return waiting is not None and doubtful.holds(unit.tx, waiting)


def change_unsent(act: Act, kept: Words, text: str) -> bool:
    """Replace words that still wait to be sent. False when they are gone already."""
    waiting = held.unsent(act.unit.tx, kept.id)
    enclosed = filed.of_words(act.unit.tx, act.ticket, kept.id)
    reads = partial(amending.reply_text, act.ticket, text)
    say = post.worded(act.unit, act.ticket, reads, files=enclosed)
    if waiting is None or not (
        outbox.change(act.unit.tx, waiting, say) or doubtful.change(act.unit.tx, waiting, say)
    ):
        return False
    words.change(act.unit.tx, act.ticket, kept.id, text)
    return True


def take_back(act: Act, kept: Words) -> bool:
    """Words that still wait to be sent are not sent; a note remains. False when they are gone already."""
    if not withdraw(act.unit, kept.id):
        return False
    unsent.stays_here(act.unit, act.ticket, kept, act.by)
    return True


def kept_as(act: Act, row: UUID) -> Iterator[tuple[Act, Words]]:
    """What a message to the customer is kept as: with each of their tickets that it is about."""
    tx = act.unit.tx
    for ticket_id, words_id in words.places(tx, held.brought_by(tx, row)):
        there = act if ticket_id == act.ticket.id else act.on(tickets.lock(tx, ticket_id))
        yield there, words.find(tx, there.ticket, words_id)


def withdraw(unit: Unit, words_id: UUID) -> bool:
    """Take back words to the customer that still wait to be sent. False when they are gone already."""
    waiting = held.unsent(unit.tx, words_id)
    return waiting is not None and withdraw_row(unit, waiting)


def withdraw_row(unit: Unit, row: UUID) -> bool:
    """As their author wants it: also what is held back, and may have been sent."""
    return outbox.withdraw(unit.tx, row, unit.now) or doubtful.withdraw(unit.tx, row, unit.now)


def taken_back(*, doubted: bool) -> str:
    if doubted:
        return _(
            "Your words were taken back, but the customer may have them already: a backup was put back since."
        )
    return _("Your words were taken back: the customer does not get them.")


def changed(*, doubted: bool) -> str:
    if doubted:
        return _(
            "Your words were changed here, but the customer may have the earlier ones already: "
            "a backup was put back since."
        )
    return _("Your words were changed before they went to the customer.")


def reply_by_dialog(act: Act, text: str) -> None:
    """A reply from the dialog is shown in the thread, where everybody on the desk reads it."""
    kept = reply(act, text, attached=act.files, bound=files.BOTH)
    act.announce(lambda: (_replied(text, len(act.files)),), text, said=kept.id)


def _replied(text: str, files_sent: int) -> str:
    if text:
        return _("{agent} to the customer:", agent=SLOT)
    return ngettext(
        "{agent} sends {n} file to the customer.",
        "{agent} sends {n} files to the customer.",
        files_sent,
        agent=SLOT,
    )


def ask(act: Act, text: str) -> None:
    """A question to the customer: the ticket waits for the answer."""
    unit = act.unit
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="question", text=text, at=unit.at)
    attach(act, kept.id, act.files, files.BOTH)
    act.become(move(act.ticket, Verb.ASK, unit.at), kinds.ASKED, words=str(kept.id))
    act.announce(lambda: (_("{agent} asks the customer:", agent=SLOT),), text, said=kept.id)
    sending.send(act, kept.id, "ask", lambda: question_text(act.ticket, text))


def question_text(ticket: Ticket, text: str) -> str:
    heading = _("A question about your request {reference}:", reference=reference.unbroken(ticket.reference))
    return "\n\n".join([heading, text, _("Please answer here.")])


def attach(act: Act, words_id: UUID, attached: Files, bound: str) -> None:
    """The files that an agent sent with these words."""
    channel = act.unit.office.desk_channel
    files.attach(act.unit.tx, act.ticket, words_id, channel, attached, act.unit.at, bound=bound)


def keep_note(act: Act, text: str, origin: str = "", attached: Files = ()) -> UUID:
    unit = act.unit
    kept = words.add(unit.tx, act.ticket, author=act.by, kind="note", text=text, at=unit.at, origin=origin)
    attach(act, kept.id, attached, files.NOBODY)
    tickets.record(unit.tx, act.ticket.id, unit.fact("noted", act.by, words=str(kept.id)))
    return kept.id


def tell_reopened(act: Act, before: Known) -> None:
    """The customer learns that work goes on, unless they were not told yet that it had ended.

    With it they hear what comes later than they knew `before`.
    """
    unit, ticket, ending = act.unit, act.ticket, kinds.RESOLVING | {kinds.ENDED}
    told = [fact.data.get("words") for fact in tickets.history(unit.tx, ticket.id) if fact.kind in ending]
    last = words.find_if_any(unit.tx, ticket, UUID(told[-1])) if told and told[-1] else None
    if last and unsent.keep_here(unit, ticket, last, unsent.opened_again, act.by):
        return
    heard = last is None or amending.reached(unit, ticket, last.id)
    tell(
        unit,
        ticket,
        lambda: "\n".join([_goes_on(ticket, heard=heard), *later(unit, ticket, before, dated=True)]),
    )


def _goes_on(ticket: Ticket, *, heard: bool) -> str:
    """`heard`: that it had ended has reached them."""
    shown = reference.unbroken(ticket.reference)
    if heard:
        return _("Your request {reference} is open again: we are working on it.", reference=shown)
    return _("Your request {reference} is being worked on.", reference=shown)


def tell(unit: Unit, ticket: Ticket, text: Callable[[], str]) -> None:
    """The desk's own words to the customer, made inside their language."""
    with post.speaking_to_customer(unit, ticket):
        say = Say(text=text())
    post.to_ticket_customer(unit, ticket, say, "word")
