"""Where the threads of tickets are, and were: for tickets that are brought from one channel to another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)

from bot.core.heard import Thread
from bot.core.ticket import Status
from storage import Tx
from storage.dialects import is_exactly
from storage.outbox import ToThread, lane_of
from storage.prepared import Prepared
from storage.schema import carried, deliveries, outbox, threads, tickets, words

LIVE = tickets.c.status != literal_column(f"'{Status.CLOSED}'")  # as the index of live tickets has it
UNDRAWN = text("threads.undrawn")  # as its index has it
CHANNEL = func.coalesce(threads.c.channel, "")  # not by its index: that has all tickets that ever were there
TELLING = ("words", "moved", "retold")  # purposes of posts that tell words as they are
TELLING_CHANGES = ("news", "edited", "offer")  # purposes of posts that may tell what became of earlier words
LAST_LEFT = (
    select(threads.c.channel, threads.c.ts)
    .where(
        threads.c.ticket_id == bindparam("of_ticket"),
        threads.c.left_at.is_not(None),
        threads.c.current.is_(False),
    )
    .order_by(threads.c.left_at.desc())
    .limit(1)
)
LEFT_LAST = Prepared(LAST_LEFT)
LEFT_BEHIND = threads.alias("left_behind")
PLACED = Prepared(
    select(
        threads.c.channel,
        threads.c.ts,
        exists()
        .where(LEFT_BEHIND.c.ticket_id == threads.c.ticket_id, LEFT_BEHIND.c.current.is_(False))
        .label("moved"),
    ).where(threads.c.ticket_id == bindparam("of_ticket"), threads.c.current)
)
BEHIND = Prepared(
    select(threads.c.channel, threads.c.ts)
    .where(threads.c.ticket_id == bindparam("of_ticket"), threads.c.current.is_(False))
    .order_by(threads.c.id)
)
KNOWN = Prepared(
    select(threads.c.id).where(
        threads.c.channel == bindparam("of_channel"), threads.c.ts == bindparam("of_ts")
    )
)


@dataclass(frozen=True, slots=True)
class Left:
    """A thread that a ticket had, and when it was brought elsewhere."""

    thread: Thread
    at: datetime | None


class Placed(NamedTuple):
    """Where a ticket is; `moved`: it had another thread before."""

    thread: Thread
    moved: bool


@dataclass(frozen=True, slots=True)
class Live:
    """A thread of a ticket that is not closed; `current` where the ticket is now."""

    ticket: UUID
    thread: Thread
    current: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What an agent wrote in a thread of a ticket, by Slack's name for it."""

    ticket: UUID
    channel: str
    ts: str
    user: str


def live(tx: Tx) -> list[Live]:
    """The threads of all tickets that are not closed, channel by channel, the oldest first."""
    found = (
        select(threads)
        .join(tickets, threads.c.ticket_id == tickets.c.id)
        .where(LIVE)
        .order_by(threads.c.channel, threads.c.ts)
    )
    rows = tx.connection.execute(found)
    return [Live(row.ticket_id, Thread(channel=row.channel, ts=row.ts), row.current) for row in rows]


def said_since(tx: Tx, since: datetime) -> list[Said]:
    """What agents wrote since a moment in the threads of tickets that are not closed."""
    found = (
        select(words.c.ticket_id, words.c.origin, words.c.author)
        .join(tickets, words.c.ticket_id == tickets.c.id)
        .where(LIVE, words.c.at >= since, words.c.author.startswith("agent:"), words.c.origin != "")
    )
    rows = tx.connection.execute(found)
    told = ((row.ticket_id, *row.origin.partition(":")[::2], row.author) for row in rows)
    return [Said(ticket, channel, ts, author.removeprefix("agent:")) for ticket, channel, ts, author in told]


def leave(tx: Tx, ticket_id: UUID, at: datetime) -> None:
    """The ticket is brought elsewhere, and may come back: then it hears what was written since."""
    here = (threads.c.ticket_id == ticket_id, threads.c.current)
    tx.connection.execute(update(threads).where(*here).values(current=False, left_at=at))


def unheard_since(tx: Tx, ticket_id: UUID, channel: str, refused: UUID | None = None) -> datetime | None:
    """When the first words were written of which the ticket's thread was to be told, and has not been.

    What became of earlier words is of the time when it was to be told. `refused` is a row that waits no
    longer; what is being sent just now may be refused, too.
    """
    in_lane = (outbox.c.channel == channel, outbox.c.lane == lane_of(ToThread(ticket=ticket_id)))
    when = case((outbox.c.purpose.in_(TELLING_CHANGES), outbox.c.created_at), else_=words.c.at)
    told = (
        select(func.min(when))
        .select_from(carried)
        .join(words, carried.c.words_id == words.c.id)
        .join(outbox, outbox.c.id == carried.c.outbox_id)
        .where(*in_lane)
    )
    rows = [told.where(is_exactly(outbox.c.state, "pending"))]
    if refused:
        rows.append(told.where(outbox.c.id == refused))
    return min(filter(None, (tx.connection.execute(row).scalar() for row in rows)), default=None)


def told_of_again(tx: Tx, ticket_id: UUID, since: datetime) -> set[UUID]:
    """Words of which its thread was told since then what has become of them."""
    told = (
        select(carried.c.words_id)
        .join(words, carried.c.words_id == words.c.id)
        .join(outbox, outbox.c.id == carried.c.outbox_id)
        .where(
            words.c.ticket_id == ticket_id,
            outbox.c.purpose.in_(TELLING_CHANGES),
            outbox.c.created_at >= since,
        )
    )
    return set(tx.connection.execute(told).scalars())


def was_told(tx: Tx, ticket_id: UUID, place: Thread | None, channel: str, words_id: UUID) -> bool:
    """Whether a post in the ticket's thread, which is at `place`, has told of these words, or is to."""
    telling = select(carried.c.outbox_id).where(carried.c.words_id == words_id)
    waits = _waits(ticket_id, channel).where(outbox.c.id.in_(telling))
    is_to_be = tx.connection.execute(waits.limit(1)).first() is not None
    if is_to_be or place is None:
        return is_to_be
    stands = _stands(tx, ticket_id, place, channel).where(deliveries.c.outbox_id.in_(telling))
    return tx.connection.execute(stands.limit(1)).first() is not None


def is_told_again(
    tx: Tx, ticket_id: UUID, place: Thread, channel: str, row: UUID, *, later: bool = False
) -> bool:
    """Whether other posts in the thread at `place` tell, or are to tell, all words that this row carries.

    `later`: only those count that were promised after it; ids sort by when they were made.
    """
    own = set(tx.connection.execute(select(carried.c.words_id).where(carried.c.outbox_id == row)).scalars())
    told = select(carried.c.words_id).where(
        carried.c.words_id.in_(own),
        carried.c.outbox_id > row if later else carried.c.outbox_id != row,
        or_(
            carried.c.outbox_id.in_(_waits(ticket_id, channel).where(outbox.c.purpose.in_(TELLING))),
            carried.c.outbox_id.in_(
                _stands(tx, ticket_id, place, channel).where(deliveries.c.purpose.in_(TELLING))
            ),
        ),
    )
    return bool(own) and own <= set(tx.connection.execute(told).scalars())


def _waits(ticket_id: UUID, channel: str) -> Select[Any]:
    """The rows that are still to be said in a ticket's thread."""
    return select(outbox.c.id).where(
        is_exactly(outbox.c.state, "pending"),
        outbox.c.channel == channel,
        outbox.c.lane == lane_of(ToThread(ticket=ticket_id)),
    )


def _stands(tx: Tx, ticket_id: UUID, place: Thread, channel: str) -> Select[Any]:
    """The rows of the posts about a ticket that stand in its thread, which is later than its card."""
    return select(deliveries.c.outbox_id).where(
        deliveries.c.ticket_id == ticket_id,
        deliveries.c.chat == tx.hash(channel, place.channel),
        deliveries.c.external_id > place.ts,
    )


def placed(tx: Tx, ticket_id: UUID) -> Placed | None:
    """Where the ticket's thread is, and whether it was elsewhere before."""
    row = PLACED.one_or_none(tx, of_ticket=ticket_id)
    return Placed(Thread(channel=row.channel, ts=row.ts), bool(row.moved)) if row else None


def earlier(tx: Tx, ticket_id: UUID, channel: str) -> Left | None:
    """Its last thread in a channel."""
    found = (
        select(threads)
        .where(threads.c.ticket_id == ticket_id, threads.c.channel == channel)
        .order_by(threads.c.created_at.desc(), threads.c.id.desc())
        .limit(1)
    )
    row = tx.connection.execute(found).one_or_none()
    return Left(Thread(channel=row.channel, ts=row.ts), row.left_at) if row else None


def left_last(tx: Tx, ticket_id: UUID) -> Thread | None:
    """The thread out of which the ticket was brought last, and to which it has not come back."""
    row = LEFT_LAST.one_or_none(tx, of_ticket=ticket_id)
    return Thread(channel=row.channel, ts=row.ts) if row else None


def behind_it(tx: Tx, ticket_id: UUID) -> list[Thread]:
    """The threads that it had before."""
    return [Thread(channel=row.channel, ts=row.ts) for row in BEHIND.all(tx, of_ticket=ticket_id)]


def keep_undrawn(tx: Tx, ticket_id: UUID, place: Thread) -> None:
    """The card there is to say that the ticket has left it as soon as it can be drawn again."""
    tx.connection.execute(update(threads).where(*_at(ticket_id, place)).values(undrawn=True))


def take_undrawn(tx: Tx, channel: str, limit: int) -> list[tuple[UUID, Left]]:
    """The next cards in a channel that can be drawn by now, and whose ticket is elsewhere."""
    rows = tx.connection.execute(undrawn(channel).limit(limit)).all()
    drawn = update(threads).where(threads.c.id.in_([row.id for row in rows]))
    tx.connection.execute(drawn.values(undrawn=False))
    return [(row.ticket_id, Left(Thread(channel=channel, ts=row.ts), row.left_at)) for row in rows]


def undrawn(channel: str) -> Select[Any]:
    """As `take_undrawn`."""
    return (
        select(threads.c.id, threads.c.ticket_id, threads.c.ts, threads.c.left_at)
        .where(UNDRAWN, CHANNEL.in_([channel]))
        .order_by(threads.c.ts)
    )


def forget_undrawn(tx: Tx, channels: Collection[str]) -> None:
    """Only in these channels such cards are still to be drawn."""
    elsewhere = update(threads).where(UNDRAWN, CHANNEL.not_in(channels))
    tx.connection.execute(elsewhere.values(undrawn=False))


def undrawn_in(tx: Tx) -> list[str]:
    """The channels that hold such cards."""
    found = select(threads.c.channel).where(UNDRAWN).distinct()
    return sorted(tx.connection.execute(found).scalars())


def is_known(tx: Tx, place: Thread) -> bool:
    """Whether some ticket has, or had, its card there."""
    return KNOWN.one_or_none(tx, of_channel=place.channel, of_ts=place.ts) is not None


def return_to(tx: Tx, ticket_id: UUID, place: Thread) -> None:
    """The ticket goes on in a thread that it had before. The one that it has now was lost already."""
    back = update(threads).where(*_at(ticket_id, place))
    tx.connection.execute(back.values(current=True, left_at=None, undrawn=False))


def _at(ticket_id: UUID, place: Thread) -> tuple[ColumnElement[bool], ...]:
    return (threads.c.ticket_id == ticket_id, threads.c.channel == place.channel, threads.c.ts == place.ts)


def give_up(tx: Tx, ticket_id: UUID, channel: str) -> None:
    """Its card in a channel is gone, or done with: it does not come back to that."""
    here = (threads.c.ticket_id == ticket_id, threads.c.channel == channel)
    tx.connection.execute(update(threads).where(*here).values(left_at=None))
