"""A customer's words on a ticket are kept message by message, so that edits and replies find them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.heard import Attachment, Said
from bot.core.thanks import is_thanks
from bot.core.ticket import STOPPED, Status, Ticket, write
from bot.core.told import Part, Told
from handlers import albums, post, thread, unsent
from handlers import files as filed
from handlers.clock import above
from handlers.customer import untold
from handlers.customer.talk import Talk
from handlers.unit import Unit
from locales import _
from storage import deliveries, files, policies, tickets, words

CUSTOMER = "customer"


def only_thanks(told: Told) -> bool:
    return is_thanks(told.text) and not told.files


def add(talk: Talk, ticket: Ticket, told: Told, said_at: datetime | None = None) -> Ticket:
    """Keep the words, show them in the thread, and let the ticket move as the customer's words move it.

    They may have been said before now, at `said_at`.
    """
    unit = talk.unit
    kept = note_down(talk, ticket, told)
    crossed = untold.crossed(talk, ticket, said_at)
    moved = let_move(talk, ticket, kept[0], thanks=only_thanks(told), crossed=crossed)
    wrote = thread.customer_wrote(
        unit, moved, told.text, told.files, kept, not_before=rest_of_album(talk), crossed=bool(crossed)
    )
    above.pass_on(unit, moved, wrote, kept, not_before=rest_of_album(talk))
    if ticket.status is Status.ON_HOLD:
        unsent.hold_rest_back(unit, moved)
    if ticket.snoozed:
        above.tell_holder(unit, moved, lambda: _("The ticket is no longer snoozed: the customer wrote."))
    if ticket.snoozed or _reads_otherwise(unit, ticket, moved):
        post.show_card(unit, moved)
    return moved


def let_move(
    talk: Talk,
    ticket: Ticket,
    words_id: UUID,
    *,
    thanks: bool = False,
    crossed: str = "",
    edited: bool = False,
) -> Ticket:
    """The ticket moves as their words move it; `edited`: these are no new ones."""
    unit, how = talk.unit, {"thanks": thanks, "crossed": crossed, "edited": edited}
    said = {name: so for name, so in how.items() if so}
    fact = unit.fact(kinds.CUSTOMER_WROTE, CUSTOMER, words=str(words_id), **said)
    woken = [unit.fact(kinds.WOKEN, CUSTOMER)] if ticket.snoozed else []
    written = write(ticket, unit.at, thanks=thanks, crossed=bool(crossed))
    return tickets.save(unit.tx, written, fact, *woken)


def put_beside(talk: Talk, ticket: Ticket, told: Told) -> None:
    """Keep and show what came with an answer, which alone says what happens to the ticket."""
    if not told:
        return
    kept = note_down(talk, ticket, told)
    wrote = thread.customer_wrote(
        talk.unit, ticket, told.text, told.files, kept, not_before=rest_of_album(talk)
    )
    above.pass_on(talk.unit, ticket, wrote, kept, not_before=rest_of_album(talk))
    talk.say(
        _("Added to your request {reference}.", reference=reference.unbroken(ticket.reference)),
        "receipt",
        ticket=ticket,
        quotes=told.parts[-1].message,
    )


def _reads_otherwise(unit: Unit, before: Ticket, after: Ticket) -> bool:
    """Whether the card does: words alone change it only where an answer to each is promised."""
    as_before = replace(after, version=before.version, touched_at=before.touched_at) == before
    return not as_before or policies.find(unit.tx, after.policy_hash).promises("next_response")


def refuse(talk: Talk, brought: Iterable[Attachment]) -> None:
    """What the channel cannot bring is told at once to whoever sent it."""
    for file in brought:
        if file.too_large:
            talk.say(filed.too_large(file))


def can_reopen(talk: Talk, ticket: Ticket, said_at: datetime | None = None) -> bool:
    """Whether its customer may open it again: inside the window, and never what was stopped.

    What they said by then counts, though they were asked what they meant and answer only now.
    """
    window = talk.unit.reopen_within(ticket)
    return ticket.outcome != STOPPED and ticket.reopens(said_at or talk.unit.at, window)


def note_down(talk: Talk, ticket: Ticket, told: Told, batch: UUID | None = None) -> tuple[UUID, ...]:
    """Keep each message with its files; tells the words of each.

    The files of an album are shown together; `batch` names one that has begun before.
    """
    kept: list[UUID] = []
    albums: dict[str, UUID] = {}
    for part in told.parts:
        kept.append(_keep_part(talk, ticket, part, batch or albums.get(part.group)))
        if part.group:
            albums.setdefault(part.group, kept[-1])
    return tuple(kept)


def _keep_part(talk: Talk, ticket: Ticket, part: Part, batch: UUID | None) -> UUID:
    unit = talk.unit
    origin = f"{talk.address.channel}:{part.message}" if part.message else ""
    said = words.add(unit.tx, ticket, author=CUSTOMER, kind="said", text=part.text, at=unit.at, origin=origin)
    files.attach(unit.tx, ticket, said.id, talk.address.channel, part.files, unit.at, batch=batch)
    remember_part(talk, ticket, said.id, part)
    return said.id


def remember_part(talk: Talk, ticket: Ticket, words_id: UUID, part: Part) -> None:
    """Edits of its message, replies to it and the rest of its album find these words."""
    for name in filter(None, (part.message, album(part.group))):
        remember(talk, ticket, words_id, name)


def album(group: str) -> str:
    """The name under which an album is remembered beside its messages."""
    return f"album:{group}" if group else ""


def remember(talk: Talk, ticket: Ticket, words_id: UUID, message: str) -> None:
    """An edit of this message, and a reply to it, find these words."""
    deliveries.remember(
        talk.unit.tx,
        talk.address.channel,
        talk.address.chat,
        message,
        purpose="said",
        ticket_id=ticket.id,
        words_id=words_id,
        at=talk.unit.at,
    )


def rest_of_album(talk: Talk) -> datetime | None:
    """Until when to wait for the other parts of the album that this message is of."""
    what = talk.heard.what
    return talk.unit.now + albums.PAUSE if isinstance(what, Said) and what.group else None


def about(talk: Talk, message: str) -> deliveries.About | None:
    """What a message of this chat is about, ours or the person's own."""
    return deliveries.find(talk.unit.tx, talk.address.channel, talk.address.chat, message)
