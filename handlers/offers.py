"""What did not reach a customer, and the posts that offer to send it again, drawn from how it stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.core import arrivals, reference
from bot.core import facts as kinds
from bot.core.shown import Button, Line, Mention, Post
from bot.core.ticket import MERGED, Fact, Status, Ticket
from handlers import files as filed
from handlers import lines, moving, post, states, thread, writable
from handlers.lines import SLOT
from handlers.ties import joined
from handlers.unit import Unit
from handlers.unsent import OF_SEVERAL
from locales import _, pgettext
from storage import files, posted, tickets, words
from storage.leases import Addressed, NotYetError
from storage.outbox import ToOffer
from storage.words import Words

SEND_AGAIN = "send_again"
"""The verb of the button that sends words again which did not arrive."""

ENDINGS = frozenset({"solution", "declined"})
"""Kinds of words that tell the customer that the work is done."""

ANSWERS = ENDINGS | {"reply", "question", OF_SEVERAL}
"""Kinds of words that are sent again as they are. What holds a moment or a link of its own is made anew."""


def undelivered(unit: Unit, ticket: Ticket) -> list[Words]:
    """An agent's answers that the customer never got, and that nobody has taken back or overtaken."""
    happened = tickets.history(unit.tx, ticket.id)
    failed = arrivals.undelivered(happened)
    kept = (one for one in _found(unit, ticket, failed) if one.kind in ANSWERS and not one.redacted)
    return [one for one in kept if _holds(unit, ticket, one, happened)]


def _holds(unit: Unit, ticket: Ticket, kept: Words, happened: Sequence[Fact]) -> bool:
    """Whether there is something to send: an ending only while the ticket stands as it says."""
    if kept.kind not in ENDINGS:
        return bool(kept.text or filed.of_words(unit.tx, ticket, kept.id))
    ended = [fact.data["words"] for fact in happened if fact.kind in kinds.RESOLVING]
    return ticket.status is Status.RESOLVED and ended[-1:] == [str(kept.id)]


def _found(unit: Unit, ticket: Ticket, ids: list[UUID]) -> Iterator[Words]:
    found = (words.find_if_any(unit.tx, ticket, words_id) for words_id in ids)
    return (kept for kept in found if kept)


def missed(unit: Unit, ticket: Ticket) -> list[tuple[Ticket, Words]]:
    """What did not arrive of a ticket and of those merged into it, and whose it is beside it."""
    whole = (*moving.merged_into(unit, ticket), ticket)
    found = {_message(kept): (each, kept) for each in whole for kept in undelivered(unit, each)}
    return list(found.values())


def _message(kept: Words) -> tuple[str, datetime] | UUID:
    """What tells messages apart: news is one, however many tickets it is kept with."""
    return (kept.author, kept.at) if kept.kind == OF_SEVERAL else kept.id


def make(unit: Unit, ticket: Ticket, each: Ticket, kept: Words) -> Post:
    """Offer in this ticket's thread what is kept with it, or with one that was merged into it."""
    drawn = _drawn(unit, ticket, each, kept)
    post.to_thread(unit, ticket, drawn, posted.OFFER, carries=(kept.id,))
    return drawn


def as_it_is_now(unit: Unit, target: ToOffer) -> Addressed | None:
    """The post and what it shall say; None where it cannot be drawn. Raises NotYetError before it stands."""
    spot, ticket = posted.spot(unit.tx, target.row), tickets.read(unit.tx, target.ticket)
    if spot is None and posted.is_waiting(unit.tx, target.row):
        raise NotYetError(f"the offer {target.row} is on its way")
    channel = _channel(unit, ticket, spot.chat) if spot else ""
    if spot is None or not channel:
        return None
    for each in moving.whole_of(unit, joined.stays(unit.tx, ticket)):
        kept = words.find_if_any(unit.tx, each, target.words)
        if kept and not kept.redacted:
            return Addressed(channel, _drawn(unit, ticket, each, kept), replaces=spot.message)
    return None


def _channel(unit: Unit, ticket: Ticket, chat: bytes) -> str:
    """Where that is, if the ticket has been there and it can be written to."""
    known = (one for one in tickets.channels_of(unit.tx, ticket.id) if writable.can_be_used(unit.tx, one))
    return next((one for one in known if unit.tx.hash(unit.office.desk_channel, one) == chat), "")


def _drawn(unit: Unit, ticket: Ticket, each: Ticket, kept: Words) -> Post:
    """With the button for as long as there is something to send, else with what became of it."""
    waits, elsewhere = kept.id in {one.id for one in undelivered(unit, each)}, ticket.outcome == MERGED
    with thread.speaking(unit, ticket):
        told = _heading(kept)
        title = pgettext("button", "Send again")
        became = () if waits else (_became(unit, each, kept),)
        if waits and elsewhere:
            became = (lines.text(goes_on(unit, ticket)),)
        quoted = (lines.text(told, strong=True), *_quoted(unit, each, kept), *became)
    send = Button(verb=SEND_AGAIN, title=title, value=f"{ticket.id}/{kept.id}")
    return Post(summary=told, lines=quoted, buttons=(send,) if waits and not elsewhere else ())


def goes_on(unit: Unit, ticket: Ticket) -> str:
    """What is said in the thread of a ticket that was merged."""
    return _(
        "The ticket was merged into {reference}. What did not reach the customer is sent again from there.",
        reference=reference.show(joined.stays(unit.tx, ticket).reference),
    )


def _heading(kept: Words) -> str:
    """What it is that they do not know; a solution may have no words of its own."""
    if kept.kind in ENDINGS:
        return _("The customer has not learned yet how this ended.")
    return _("This did not reach the customer:")


def _quoted(unit: Unit, ticket: Ticket, kept: Words) -> Iterator[Line]:
    """What would be sent: the words, where there are some, and their files by name."""
    if kept.text:
        yield lines.quote(kept.text, kept.id)
    going = {file.id for file in filed.of_words(unit.tx, ticket, kept.id)}
    for file in files.of_words(unit.tx, ticket.id, kept.id):
        if file.id in going:
            yield lines.quote(states.kind_of_file(file.about), kept.id)


def _became(unit: Unit, ticket: Ticket, kept: Words) -> Line:
    about = [
        fact
        for fact in tickets.history(unit.tx, ticket.id)
        if fact.kind in arrivals.TELLING and fact.data["words"] == str(kept.id)
    ]
    again = [fact.by for fact in about if fact.kind == kinds.SENT_AGAIN]
    if again and about[-1].kind in (kinds.SENT_AGAIN, kinds.DELIVERED):
        agent = Mention(user=again[-1].removeprefix("agent:"))
        return lines.around(_sent(there=about[-1].kind == kinds.DELIVERED), agent)
    return lines.text(_("This is not sent any more."))


def _sent(*, there: bool) -> str:
    if there:
        return _("Sent again by {agent}.", agent=SLOT)
    return _("Being sent again by {agent}.", agent=SLOT)
