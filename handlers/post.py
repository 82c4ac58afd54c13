"""Promises to speak: every message that a unit owes somebody goes into the outbox with its change."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from bot.core.enclosures import Bundle, Enclosure
from bot.core.now import Whisper
from bot.core.shown import Post, Text
from bot.core.ticket import Ticket
from bot.core.words import Option, Say, Wording
from handlers.unit import Unit
from locales import use
from storage import joining, outbox, people, policies, posted, ranks
from storage.people import Address

PRESSING = frozenset({"reminder", "escalation"})
"""What the desk is told because something is late goes first, of whatever ticket."""

LONGEST = 30
"""Lines of a post that takes others along."""


def to_customer(
    unit: Unit,
    address: Address,
    say: Say,
    purpose: str,
    *,
    ticket: Ticket | None = None,
    words_id: UUID | None = None,
    not_before: datetime | None = None,
) -> UUID:
    """Words for a customer. `purpose` is what they are: `question`, `receipt`, `reply`, `solution`, ..."""
    return outbox.say(
        unit.tx,
        outbox.ToCustomer(address=address.id),
        say,
        channel=address.channel,
        purpose=purpose,
        ticket_id=ticket.id if ticket else None,
        words_id=words_id,
        cycle=ticket.cycle if ticket else 0,
        owner=address.customer_id,
        at=unit.at,
        not_before=not_before,
    )


def to_ticket_customer(
    unit: Unit,
    ticket: Ticket,
    say: Say,
    purpose: str,
    *,
    words_id: UUID | None = None,
    not_before: datetime | None = None,
    copies: Collection[UUID] = (),
) -> UUID:
    """Words for the customer of a ticket, where they filed it; `copies` are of their other tickets."""
    address = people.address(unit.tx, ticket.address_id)
    row = to_customer(unit, address, say, purpose, ticket=ticket, words_id=words_id, not_before=not_before)
    outbox.carry(unit.tx, row, say, copies)
    return row


def worded(
    unit: Unit,
    ticket: Ticket,
    text: Callable[[], str],
    options: Callable[[], tuple[Option, ...]] = tuple,
    files: tuple[Enclosure, ...] = (),
) -> Say:
    """What the customer of a ticket will read: in their language, or the one that they choose until then."""
    spoken = people.customer(unit.tx, ticket.customer_id).language
    others = tuple(one for one in unit.office.policy.languages if one != spoken)
    first, *otherwise = (_in_language(one, text, options) for one in (spoken, *others))
    return Say(text=first.text, options=first.options, files=files, otherwise=tuple(otherwise))


def _in_language(
    language: str, text: Callable[[], str], options: Callable[[], tuple[Option, ...]]
) -> Wording:
    with use(language):
        return Wording(language=language, text=text(), options=options())


@contextmanager
def speaking_to_customer(unit: Unit, ticket: Ticket) -> Iterator[None]:
    """Speak the language of the ticket's customer."""
    with use(people.customer(unit.tx, ticket.customer_id).language):
        yield


def to_thread(
    unit: Unit,
    ticket: Ticket,
    post: Post | Bundle,
    purpose: str,
    words_id: UUID | None = None,
    carries: Collection[UUID] = (),
    *,
    not_before: datetime | None = None,
) -> UUID:
    """A post in the thread of a ticket, wherever its thread is when the post is sent.

    It `carries` these words beside those whose ids its quotes tell.
    """
    target = outbox.ToThread(ticket=ticket.id)
    return _to_desk(unit, target, post, purpose, ticket, words_id, carries, not_before)


def joined(unit: Unit, ticket: Ticket, post: Post, purpose: str, carries: Collection[UUID]) -> bool:
    """Say it in the post that waits last for the ticket's thread, if that is for the same `purpose`."""
    return joining.join(
        unit.tx,
        outbox.ToThread(ticket=ticket.id),
        lambda waiting: _together(waiting, post),
        channel=unit.office.desk_channel,
        purpose=purpose,
        carries=carries,
    )


def _together(waiting: Post, post: Post) -> Post | None:
    """Both posts in one, under one heading if it is the same; None if that would be too long to read."""
    headings = [line for line in waiting.lines if isinstance(line[0], Text) and line[0].strong]
    more = post.lines[1:] if headings[-1:] == [post.lines[0]] else post.lines
    whole = (*waiting.lines, *more)
    return waiting.model_copy(update={"lines": whole}) if len(whole) <= LONGEST else None


def to_queue(
    unit: Unit,
    queue: str,
    post: Post | Bundle,
    purpose: str,
    *,
    ticket: Ticket | None = None,
    carries: Collection[UUID] = (),
) -> UUID:
    """A post for everybody in a queue's channel; of one `ticket` if it holds its customer's words."""
    return _to_desk(unit, at_queue(unit, queue), post, purpose, ticket, carries=carries)


def at_queue(unit: Unit, queue: str) -> outbox.ToChannel:
    """The channel that a queue has now."""
    return outbox.ToChannel(channel=unit.office.queue(queue).channel, queue=queue)


def to_channel(unit: Unit, channel: str, post: Post, purpose: str) -> UUID:
    """A post in one of the desk's channels."""
    return _to_desk(unit, outbox.ToChannel(channel=channel), post, purpose, None)


def to_person(
    unit: Unit,
    user: str,
    post: Post | Bundle,
    purpose: str,
    *,
    ticket: Ticket | None = None,
    carries: Collection[UUID] = (),
    not_before: datetime | None = None,
) -> UUID:
    """A private word to somebody on the desk that must arrive, however late; like `to_queue`."""
    target = outbox.ToAgent(user=user)
    return _to_desk(unit, target, post, purpose, ticket, carries=carries, not_before=not_before)


def _to_desk(
    unit: Unit,
    target: outbox.Target,
    post: Post | Bundle,
    purpose: str,
    ticket: Ticket | None,
    words_id: UUID | None = None,
    carries: Collection[UUID] = (),
    not_before: datetime | None = None,
) -> UUID:
    return outbox.say(
        unit.tx,
        target,
        post,
        channel=unit.office.desk_channel,
        purpose=purpose,
        ticket_id=ticket.id if ticket else None,
        words_id=words_id,
        cycle=ticket.cycle if ticket else 0,
        owner=ticket.customer_id if ticket else None,
        at=unit.at,
        not_before=not_before,
        carries=carries,
        rank=ranks.PRESSING if purpose in PRESSING else _rank(unit, ticket),
    )


def _rank(unit: Unit, ticket: Ticket | None) -> int:
    """Between the tickets: one of the most serious priority goes first while there is something to do."""
    if ticket is None or not ticket.unresolved:
        return ranks.ORDINARY
    most_serious = policies.find(unit.tx, ticket.policy_hash).priorities[:1]
    return ranks.PRESSING if ticket.priority in {one.key for one in most_serious} else ranks.ORDINARY


def to_agent(unit: Unit, user: str, post: Post, reply_url: str = "") -> None:
    """A private word, at once or never."""
    unit.nows.append(Whisper(user=user, post=post, reply_url=reply_url))


def show_home(unit: Unit, user: str, not_before: datetime | None = None) -> None:
    """Draw an agent's Home again."""
    outbox.show(
        unit.tx,
        f"home:{user}",
        outbox.ToAgent(user=user),
        channel=unit.office.desk_channel,
        at=unit.at,
        not_before=not_before,
    )


def show_card(unit: Unit, ticket: Ticket) -> None:
    """Draw the ticket's card again, once, however often it is asked for before it is sent."""
    outbox.show(
        unit.tx,
        f"card:{ticket.id}",
        outbox.ToThread(ticket=ticket.id),
        channel=unit.office.desk_channel,
        ticket_id=ticket.id,
        at=unit.at,
        rank=_rank(unit, ticket),
    )


def show_offers(unit: Unit, *words_ids: UUID) -> None:
    """Draw again the posts that offered to send these words again."""
    for offer in posted.offers(unit.tx, words_ids) if words_ids else ():
        outbox.show(
            unit.tx,
            f"offered:{offer.row}",
            outbox.ToOffer(ticket=offer.ticket, words=offer.words, row=offer.row),
            channel=unit.office.desk_channel,
            ticket_id=offer.ticket,
            at=unit.at,
        )


def hasten(unit: Unit, ticket: Ticket) -> None:
    """Whatever its card and its thread wait to show goes before what other tickets have to tell."""
    desk = unit.office.desk_channel
    ranks.hasten(unit.tx, desk, outbox.lane_of(outbox.ToThread(ticket=ticket.id)))
    unit.tx.ring(outbox.bell(desk))
