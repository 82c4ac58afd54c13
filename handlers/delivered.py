"""The outbox asks where a row goes and what it shows, and tells what became of it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.core import arrivals
from bot.core import facts as kinds
from bot.core.enclosures import Bundle
from bot.core.heard import Thread
from bot.core.outcome import DAMAGED, Closed, Failed, Sent
from bot.core.shown import Post, Removal
from bot.core.silences import asks
from bot.core.ticket import Status, Ticket, Verb, move, wait_for_word
from bot.core.words import Say
from handlers import (
    amending,
    behind,
    cards,
    channels,
    files,
    homes,
    moving,
    offers,
    post,
    reaching,
    thread,
    writable,
)
from handlers.clock import above, clockwork
from handlers.lines import SLOT
from handlers.ties import joined, removing
from handlers.unit import Office, Unit
from handlers.views import home
from locales import _
from storage import Tx, outbox, people, posted, redaction, threads, tickets, words
from storage.leases import Addressed, NotYetError, Promised, Result
from storage.outbox import ToAgent, ToChannel, ToCustomer, ToLeftCard, ToOffer, ToSent, ToThread
from storage.redaction import REMOVAL

ANSWERS = ("reply", "ask", "solution", "extension", "hold", "ended", "invitation", "consent", "incident")
"""Rows that carry an agent's words, so that the desk must know what became of them."""


def address(tx: Tx, office: Office, row: Promised, now: datetime) -> Addressed | None:
    """Resolve a row's target; None when nobody wants it any more. Raises NotYetError."""
    if isinstance(row.what, Removal):
        return removing.addressed(tx, office, row, row.what)
    return _where(tx, office, row, now)


def _where(tx: Tx, office: Office, row: Promised, now: datetime) -> Addressed | None:
    match row.target:
        case ToCustomer(address=address_id):
            what, there = row.what, people.address(tx, address_id)
            if isinstance(what, Say):
                what = files.ready(tx, _as_spoken_now(tx, there, what), row)
            return Addressed(there.chat, what) if what else None
        case ToSent() | ToOffer() as target:
            return _as_it_is_now(tx, office, target, now)
        case ToThread(ticket=ticket_id) if row.kind == "show":
            return _card(tx, office, ticket_id, now)
        case ToThread(ticket=ticket_id):
            return _in_thread(tx, ticket_id, row)
        case ToChannel() | ToAgent():
            return _among_agents(tx, office, row, row.target, now)
        case ToLeftCard() as left:
            return _left_card(tx, office, left, now)


def _as_it_is_now(tx: Tx, office: Office, target: ToSent | ToOffer, now: datetime) -> Addressed | None:
    if isinstance(target, ToSent):
        return amending.as_it_is_now(tx, target)
    return offers.as_it_is_now(Unit(tx, office, now, now), target)


def _as_spoken_now(tx: Tx, there: people.Address, say: Say) -> Say:
    """In the language of the moment, where it was not clear which that would be."""
    return say.in_(people.customer(tx, there.customer_id).language) if say.otherwise else say


def _among_agents(
    tx: Tx, office: Office, row: Promised, target: ToChannel | ToAgent, now: datetime
) -> Addressed | None:
    if isinstance(target, ToAgent) and row.kind == "show":
        drawn = home.draw(Unit(tx, office, now, now), people.known_agent(tx, target.user))
        return Addressed(target.user, drawn)
    what = files.handed(tx, row.what) if isinstance(row.what, Bundle) else row.what
    if not what:
        return None
    if isinstance(target, ToAgent):
        return Addressed(target.user, what)
    queue = office.desk.queues.get(target.queue)
    return Addressed(writable.open_one(tx, office, queue.channel if queue else target.channel), what)


def _card(tx: Tx, office: Office, ticket_id: UUID, now: datetime) -> Addressed:
    ticket = tickets.read(tx, ticket_id)
    drawn = cards.draw(Unit(tx, office, now, now), ticket)
    placed = tickets.thread(tx, ticket_id)
    if placed:
        writable.require(tx, placed.channel)
        return Addressed(placed.channel, drawn, replaces=placed.ts)
    channel = writable.open_one(tx, office, office.queue(ticket.queue).channel)
    before = threads.left_last(tx, ticket_id)
    if before and before.channel == channel:  # it was to go elsewhere, and can stay
        return Addressed(channel, drawn, replaces=before.ts)
    return Addressed(channel, drawn)


def _left_card(tx: Tx, office: Office, left: ToLeftCard, now: datetime) -> Addressed | None:
    place = Thread(channel=left.channel, ts=left.ts)
    if tickets.thread(tx, left.ticket) == place:
        return None  # the ticket has come back
    if not writable.can_be_used(tx, left.channel):
        threads.keep_undrawn(tx, left.ticket, place)
        return None
    unit = Unit(tx, office, now, now)
    drawn = behind.left_card(unit, tickets.read(tx, left.ticket), place)
    return Addressed(left.channel, drawn, replaces=left.ts)


def _in_thread(tx: Tx, ticket_id: UUID, row: Promised) -> Addressed | None:
    placed = threads.placed(tx, ticket_id)
    if placed is None:
        raise NotYetError(f"ticket {ticket_id} has no thread")
    place = placed.thread
    writable.require(tx, place.channel)
    if placed.moved and _is_told_again(tx, ticket_id, place, row):
        return None
    what = files.still_there(tx, row.what, row.id) if isinstance(row.what, Bundle) else row.what
    return Addressed(place.channel, what, thread=place.ts) if what else None


def _is_told_again(tx: Tx, ticket_id: UUID, place: Thread, row: Promised) -> bool:
    """Words that were to be told when the ticket moved are told where it came, with all that was said.

    So is what was said so far, by what was promised after it; what was before, it may take the place of.
    """
    so_far = row.purpose == moving.RETOLD
    if not so_far and (row.purpose != "words" or row.words_id is None):
        return False
    return threads.is_told_again(tx, ticket_id, place, row.channel, row.id, later=so_far)


def settled(tx: Tx, office: Office, row: Promised, result: Result, chat: str, now: datetime) -> None:
    """What follows from a delivery to `chat`: facts, the ticket's thread, and a word when it failed."""
    unit = Unit(tx, office, now, now)
    if row.purpose == REMOVAL and isinstance(row.what, Removal):
        removing.settled(unit, row, result)
        clockwork.wind(unit)
        return
    match row.target, result:
        case ToCustomer() as target, _result:
            _customer_settled(unit, row, target, result)
        case ToSent() as target, _result:
            amending.settled(unit, target, result, chat)
        case ToThread(ticket=ticket_id), Sent() if row.kind == "show":
            if tickets.thread(tx, ticket_id) is None:
                homes.card_shown(unit, ticket_id, Thread(channel=chat, ts=result.ids[0]))
        case ToThread() | ToChannel(), Closed():
            _place_closed(unit, row, result, chat)
        case ToLeftCard() as left, Closed(why=why) if why != channels.CARD_GONE:
            threads.keep_undrawn(tx, left.ticket, Thread(channel=left.channel, ts=left.ts))
            channels.refused(unit, chat, why, row.id)
        case ToThread(ticket=ticket_id), Failed(why=why) if isinstance(row.what, Bundle):
            files.not_posted(unit, tickets.read(tx, ticket_id), row.what, why)
    clockwork.wind(unit)


def _place_closed(unit: Unit, row: Promised, result: Closed, chat: str) -> None:
    """A card, a thread or a channel is gone: what was to be said there is said where the ticket goes on."""
    card_gone = result.why == channels.CARD_GONE
    if not card_gone:
        channels.refused(unit, chat, result.why, row.id)
    if isinstance(row.target, ToThread):
        ticket = tickets.lock(unit.tx, row.target.ticket)
        placed = tickets.thread(unit.tx, ticket.id)
        if card_gone and placed and placed.channel == chat:
            thread.begin_again(unit, ticket)
        else:
            if card_gone and placed is None:
                threads.give_up(unit.tx, ticket.id, chat)
            homes.bring_one(unit, ticket, row.id)
            post.show_card(unit, ticket)
    if isinstance(row.what, Post | Bundle) and (card_gone or not _has_gone_on(unit, row, chat)):
        _say_again(unit, row, row.what)


def _has_gone_on(unit: Unit, row: Promised, chat: str) -> bool:
    """Whether this was for a ticket that was brought there, and it was brought on: that is told anew."""
    told_anew = row.purpose in (moving.BROUGHT, moving.RETOLD, posted.OFFER)
    if not told_anew or not isinstance(row.target, ToThread):
        return False
    placed = tickets.thread(unit.tx, row.target.ticket)
    return placed is None or placed.channel != chat


def _say_again(unit: Unit, row: Promised, what: Post | Bundle) -> None:
    again = outbox.say(
        unit.tx,
        row.target,
        what,
        channel=row.channel,
        purpose=row.purpose,
        ticket_id=row.ticket_id,
        words_id=row.words_id,
        cycle=row.cycle,
        owner=row.owner,
        at=unit.at,
        carries=redaction.carried_by(unit.tx, row.id),
        rank=row.rank,
    )
    if isinstance(what, Bundle):
        posted.hand_on(unit.tx, [file.id for file in what.files], row.id, again)


def _customer_settled(unit: Unit, row: Promised, target: ToCustomer, result: Result) -> None:
    if isinstance(result, Closed):
        reaching.lost(unit, people.address(unit.tx, target.address), result.why)
    if row.ticket_id is None or row.words_id is None or row.purpose not in ANSWERS:
        return
    for ticket_id, words_id in ((row.ticket_id, row.words_id), *_copies(unit.tx, row)):
        ticket = tickets.lock(unit.tx, ticket_id)
        if isinstance(result, Sent):
            _delivered(unit, ticket, row, words_id, result)
        else:
            _undelivered(unit, ticket, row, words_id, result)


def _copies(tx: Tx, row: Promised) -> list[tuple[UUID, UUID]]:
    """What a customer of an incident is told once, and is kept with each of their tickets."""
    return words.places(tx, redaction.carried_by(tx, row.id)) if row.purpose == "incident" else []


def _delivered(unit: Unit, ticket: Ticket, row: Promised, words_id: UUID, sent: Sent) -> None:
    """The channel accepted an agent's words; the window to reopen counts from a solution's acceptance."""
    accepted_at = sent.at.isoformat()
    fact = unit.fact("delivered", words=str(words_id), purpose=row.purpose, accepted_at=accepted_at)
    if row.purpose == "solution" and row.cycle == ticket.cycle and not ticket.unresolved:
        ticket = wait_for_word(ticket, sent.at)
    post.show_card(unit, joined.stays(unit.tx, tickets.save(unit.tx, ticket, fact)))
    if words_id in arrivals.ever_undelivered(tickets.history(unit.tx, ticket.id)):
        post.show_offers(unit, words_id)


def _undelivered(unit: Unit, ticket: Ticket, row: Promised, words_id: UUID, result: Failed | Closed) -> None:
    """Their author is told in the thread, with the words: others may have been said since."""
    fact = unit.fact("undelivered", words=str(words_id), purpose=row.purpose, why=result.why)
    saved = _unasked(unit, tickets.save(unit.tx, ticket, fact))
    kept = words.find(unit.tx, saved, words_id)
    there = joined.stays(unit.tx, saved)
    author, what = kept.author.removeprefix("agent:"), files.named(unit, there, saved, kept)
    told = thread.announce(unit, there, author, _why_not(result), what, said=kept.id)
    above.pass_on(unit, there, told, (kept.id,), "news")
    post.show_offers(unit, kept.id)
    post.show_card(unit, there)


def _unasked(unit: Unit, ticket: Ticket) -> Ticket:
    """A ticket does not wait for the answer to a question that reached nobody."""
    if ticket.status is not Status.PENDING or asks(tickets.history(unit.tx, ticket.id)):
        return ticket
    return tickets.save(unit.tx, move(ticket, Verb.UNASK, unit.at), unit.fact(kinds.RESUMED))


def _damaged() -> tuple[str, ...]:
    return (
        _(
            "{agent}, this did not reach the customer: a file that came with it can no longer be read on our"
            " server. Please send it from here once more.",
            agent=SLOT,
        ),
    )


def _why_not(result: Failed | Closed) -> Callable[[], tuple[str, ...]]:
    if result.why == DAMAGED:
        return _damaged
    if isinstance(result, Failed):
        return lambda: (_("{agent}, this did not reach the customer: it could not be sent.", agent=SLOT),)
    if result.why == "blocked":
        return lambda: (_("{agent}, this did not reach the customer: they have blocked us.", agent=SLOT),)
    return lambda: (_("{agent}, this did not reach the customer: their chat is gone.", agent=SLOT),)
