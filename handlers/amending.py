"""A message that a customer has follows the words that it brought: changed with them, or taken away.

What happened stays on record: words that were withdrawn had been an answer while they stood there.
"""

from functools import partial
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.enclosures import enclose
from bot.core.outcome import FILE_STAYS, Closed, Failed, Sent
from bot.core.shown import Removal, Spot
from bot.core.ticket import Ticket
from bot.core.words import Amend, Say, first_file
from handlers import files, post, reaching, thread
from handlers.lines import SLOT
from handlers.ties import joined
from handlers.unit import Unit
from locales import _, use
from storage import Tx, deliveries, held, outbox, people, tickets, words
from storage.binding import bind
from storage.files import CUSTOMER, LEAVING, NOBODY
from storage.leases import Addressed, NotYetError, Result
from storage.outbox import ToSent
from storage.words import Words


def reached(unit: Unit, ticket: Ticket, words_id: UUID) -> bool:
    """Whether the customer has these words, or will have them any moment."""
    address = people.address(unit.tx, ticket.address_id)
    return bool(deliveries.of_words(unit.tx, address.channel, words_id)) or held.under_way(unit.tx, words_id)


def change(unit: Unit, ticket: Ticket, kept: Words, text: str, by: str) -> None:
    """Their message will hold other words."""
    before = words.revise(unit.tx, ticket, kept, text)
    fact = unit.fact(kinds.EDITED, by, words=str(kept.id), before=str(before))
    tickets.record(unit.tx, ticket.id, fact)
    _follow(unit, ticket, kept.id)


def withdraw(unit: Unit, ticket: Ticket, kept: Words, by: str, before: UUID | None = None) -> None:
    """Their message will be gone; here the words stay, as a note. `before`: what stood there."""
    words.set_kind(unit.tx, kept.id, "note")
    stood = {"before": str(before)} if before else {}
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.WITHDRAWN, by, words=str(kept.id), **stood))
    _follow(unit, ticket, kept.id)


def detach(unit: Unit, ticket: Ticket, kept: Words, by: str) -> None:
    """Their message will be without the files that are leaving it."""
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.DETACHED, by, words=str(kept.id)))
    _follow(unit, ticket, kept.id)


def said_later() -> str:
    """For the author: whether a chat can follow is known only when it has been tried."""
    return _("Should that not be possible, the ticket's thread will say so.")


def _follow(unit: Unit, ticket: Ticket, words_id: UUID) -> None:
    address = people.address(unit.tx, ticket.address_id)
    outbox.show(
        unit.tx,
        f"words:{words_id}",
        ToSent(address=address.id, ticket=ticket.id, words=words_id),
        channel=address.channel,
        ticket_id=ticket.id,
        at=unit.at,
    )


def as_it_is_now(tx: Tx, target: ToSent) -> Addressed | None:
    """What the message shall be; None where there is none. Raises NotYetError while it is on its way."""
    address, ticket = people.address(tx, target.address), tickets.read(tx, target.ticket)
    parts = deliveries.of_words(tx, address.channel, target.words)
    if held.under_way(tx, target.words):
        raise NotYetError(f"words {target.words} are on their way")
    kept = words.find(tx, ticket, target.words)
    if not parts or kept.redacted:
        return None
    sent = files.sent_with(tx, ticket, kept.id)
    with use(people.customer(tx, ticket.customer_id).language):
        enclosed = tuple(enclose(file.id, file.about) for file in sent)
        say = Say(text=reply_text(ticket, kept.text), files=enclosed)
        instead = _("This message was withdrawn.")
    if kept.kind != "note":
        leaving = tuple(file.id for file in sent if file.bound == LEAVING)
        return Addressed(address.chat, Amend(say=say, leaving=leaving), amends=parts)
    words_end = first_file(say, len(parts)) or len(parts)
    spots = tuple(
        Spot(chat=address.chat, message=part, bare=place >= words_end) for place, part in enumerate(parts)
    )
    return Addressed(address.chat, Removal(words=kept.id, instead=instead, spots=spots))


def reply_text(ticket: Ticket, text: str) -> str:
    """A reply as the customer reads it, in the language of the moment."""
    heading = _("About your request {reference}:", reference=reference.unbroken(ticket.reference))
    return f"{heading}\n\n{text}" if text else heading


def settled(unit: Unit, target: ToSent, result: Result, chat: str) -> None:
    """The message has other parts now; or it is as it was, and its author hears of that."""
    if isinstance(result, Sent):
        address = people.address(unit.tx, target.address)
        _files_left(unit, target, deliveries.of_words(unit.tx, address.channel, target.words), result)
        deliveries.become(unit.tx, address.channel, chat, target.words, result.ids)
    else:
        _refused(unit, target, result)


def _files_left(unit: Unit, target: ToSent, before: tuple[str, ...], result: Sent) -> None:
    """Those that were to leave are gone, or stay for good, and then their sender hears of that."""
    ticket = tickets.read(unit.tx, target.ticket)
    sent = files.sent_with(unit.tx, ticket, target.words)
    if not before or not any(file.bound == LEAVING for file in sent):
        return
    say = Say(text="", files=tuple(enclose(file.id, file.about) for file in sent))
    parts = zip(sent, before[first_file(say, len(before)) :], strict=False)
    leaving = [(file, part) for file, part in parts if file.bound == LEAVING]
    gone = [file.id for file, part in leaving if part not in result.ids]
    stayed = [file for file, part in leaving if part in result.stayed]
    bind(unit.tx, gone, NOBODY)
    bind(unit.tx, [file.id for file in stayed], CUSTOMER)
    for file in stayed:
        files.tell_author(unit, ticket, target.words, _file_stays, file.about)


def _file_stays() -> tuple[str, ...]:
    return (_("{agent}, this file can no longer be taken back: the customer still has it.", agent=SLOT),)


def _refused(unit: Unit, target: ToSent, result: Failed | Closed) -> None:
    ticket = tickets.lock(unit.tx, target.ticket)
    kept = words.find(unit.tx, ticket, target.words)
    author = kept.author.removeprefix("agent:")
    if isinstance(result, Closed):
        reaching.lost(unit, people.address(unit.tx, target.address), result.why)
    why = _words_gone if result.why == FILE_STAYS else partial(_not_changed, kept)
    goes_on = joined.stays(unit.tx, ticket)
    for told in (ticket, goes_on) if goes_on.id != ticket.id else (ticket,):
        what = files.named(unit, told, ticket, kept)
        thread.announce(unit, told, author, lambda: (why(),), what, said=kept.id)
    post.show_card(unit, ticket)


def _words_gone() -> str:
    return _(
        "{agent}, a file that came with this can no longer be taken back: the customer still has it.",
        agent=SLOT,
    )


def _not_changed(kept: Words) -> str:
    if kept.kind == "note":
        return _("{agent}, this could not be withdrawn: the customer still sees it.", agent=SLOT)
    return _("{agent}, this change did not reach the customer: they see the earlier words.", agent=SLOT)
