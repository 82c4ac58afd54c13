"""The outbox: what is promised in the same transaction as the change it speaks of.

Two kinds of row. *Say* is rendered once and ordered in its lane. *Show* is drawn from the state when it is
sent; one that waits stands for all that changes until then.

Order within a lane is the order of `seq`, which the database hands out when a row is written. A unit that
saw what another did (it locks first, then reads, then writes) writes after that one's commit, so its numbers
are higher: on SQLite, where units follow each other, and on PostgreSQL, where a sequence gives out numbers
before the commit but never goes back. Units that did not see each other have no order to keep.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter
from sqlalchemy import ColumnElement, bindparam, case, delete, insert, or_, select, text, update

from bot.core.enclosures import Bundle
from bot.core.heard import Value
from bot.core.shown import Post, Quote, Removal
from bot.core.words import Say
from storage import ranks
from storage.dialects import ignoring_duplicates, is_exactly, upsert
from storage.payload import pack
from storage.prepared import Prepared
from storage.schema import carried, outbox
from storage.tx import Tx

BOTH = "id kind lane channel target purpose ticket_id rank state created_at not_before".split()  # noqa: SIM905 - short
INSERT = Prepared(outbox.insert().inline(), (*BOTH, "payload", "owner", "words_id", "cycle", "expires_at"))
OLD = select(outbox.c.id).where(outbox.c.settled_at < bindparam("before"), outbox.c.state != "pending")
PRUNE = Prepared(delete(outbox).where(outbox.c.id.in_(OLD.limit(bindparam("most")))))
CARRY = Prepared(ignoring_duplicates(insert(carried)), ("words_id", "outbox_id"))

_SHOWING = upsert(outbox)
AT_ONCE = or_(outbox.c.not_before.is_(None), _SHOWING.excluded.not_before.is_(None))
SHOW = Prepared(
    _SHOWING.on_conflict_do_update(
        index_elements=["shows"],
        index_where=text("state = 'pending' and shows is not null and lease is null"),
        set_={
            "channel": _SHOWING.excluded.channel,
            "target": _SHOWING.excluded.target,
            "not_before": case((AT_ONCE, None), else_=outbox.c.not_before),  # the first to ask says when
        },
    ).inline(),
    (*BOTH, "shows"),
)


def bell(channel: str) -> str:
    """The topic that rings when there is something for a channel: the others need not look."""
    return f"outbox:{channel}"


class ToCustomer(Value):
    """A customer, at one address."""

    kind: Literal["customer"] = "customer"
    address: UUID


class ToSent(Value):
    """The message that brought some words to a customer: it is to be as they are now."""

    kind: Literal["sent"] = "sent"
    address: UUID
    ticket: UUID
    words: UUID


class ToThread(Value):
    """A ticket's thread on the desk, wherever it is when the row is sent."""

    kind: Literal["thread"] = "thread"
    ticket: UUID


class ToAgent(Value):
    """An agent in private: a direct message, or their Home."""

    kind: Literal["agent"] = "agent"
    user: str


class ToChannel(Value):
    """One of the desk's channels; what is for a `queue` goes to its channel of then, if it still has one."""

    kind: Literal["channel"] = "channel"
    channel: str
    queue: str = ""


class ToLeftCard(Value):
    """The card that a ticket left behind when it went on in another channel."""

    kind: Literal["left_card"] = "left_card"
    ticket: UUID
    channel: str
    ts: str


class ToOffer(Value):
    """The post of a ticket's thread that offered to send some words again; `row` promised it."""

    kind: Literal["offer"] = "offer"
    ticket: UUID
    words: UUID
    row: UUID


Places = ToCustomer | ToSent | ToThread | ToAgent | ToChannel | ToLeftCard | ToOffer
Target = Annotated[Places, Field(discriminator="kind")]
TARGET: TypeAdapter[Target] = TypeAdapter(Target)

Matter = Say | Post | Bundle | Removal
"""What a say row holds."""


class Content(Value):
    """The payload of a say row: words for a customer, a post for agents, or files for them."""

    say: Say | None = None
    post: Post | None = None
    bundle: Bundle | None = None
    removal: Removal | None = None


CONTENT: TypeAdapter[Content] = TypeAdapter(Content)


def lane_of(target: Target, shows: str = "") -> str:
    """What must be delivered in order: all that goes to one place."""
    match target:
        case ToCustomer(address=address) | ToSent(address=address):
            return f"to:{address}"
        case ToThread(ticket=ticket) | ToLeftCard(ticket=ticket) | ToOffer(ticket=ticket):
            return f"ticket:{ticket}"
        case ToAgent(user=user):
            return f"home:{user}" if shows.startswith("home:") else f"agent:{user}"
        case ToChannel(channel=channel):
            return f"channel:{channel}"


def say(
    tx: Tx,
    target: Target,
    what: Matter,
    *,
    channel: str,
    purpose: str,
    at: datetime,
    ticket_id: UUID | None = None,
    words_id: UUID | None = None,
    cycle: int = 0,
    owner: UUID | None = None,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    carries: Collection[UUID] = (),
    rank: int = ranks.ORDINARY,
) -> UUID:
    """Promise a message; tells the row's id. `owner` is the customer whose key seals it.

    A post carries the kept words that it quotes, and those that it `carries` beside them.

    `not_before` and `expires_at` are desk time. Until `not_before` the row holds nobody up: it joins its lane
    then, at the place it was written. What is pressing hastens what its lane holds already.
    """
    row = tx.new_id()
    values = {
        "id": row,
        "kind": "say",
        "lane": lane_of(target),
        "channel": channel,
        "target": target.model_dump(mode="json"),
        "payload": sealed(tx, owner, row, what),
        "owner": owner,
        "purpose": purpose,
        "ticket_id": ticket_id,
        "words_id": words_id,
        "cycle": cycle,
        "rank": rank,
        "state": "pending",
        "created_at": at,
        "not_before": not_before,
        "expires_at": expires_at,
    }
    if rank == ranks.PRESSING:
        ranks.hasten(tx, channel, lane_of(target))
    INSERT.run(tx, **values)
    carry(tx, row, what, carries)
    tx.ring(bell(channel))
    return row


def carry(tx: Tx, row: UUID, what: Matter, more: Collection[UUID]) -> None:
    """Remember which kept words a post shows; what is known is not noted twice."""
    lines = what.lines if isinstance(what, Post) else ()
    quoted = {part.of for line in lines for part in line if isinstance(part, Quote) and part.of}
    if ids := sorted(quoted | set(more)):
        noted = [{"words_id": one, "outbox_id": row} for one in ids]
        CARRY.run_for_each(tx, noted)


def sealed(tx: Tx, owner: UUID | None, row: UUID, what: Matter) -> bytes:
    """The payload of a row."""
    return tx.seal(owner, outbox.c.payload, row, pack(_content(what)))


def _content(what: Matter) -> Content:
    match what:
        case Say():
            return Content(say=what)
        case Post():
            return Content(post=what)
        case Bundle():
            return Content(bundle=what)
        case Removal():
            return Content(removal=what)


def show(
    tx: Tx,
    shows: str,
    target: Target,
    *,
    channel: str,
    at: datetime,
    ticket_id: UUID | None = None,
    not_before: datetime | None = None,
    rank: int = ranks.ORDINARY,
) -> None:
    """Promise that `shows` (`card:<ticket id>`, `home:<user>`) will be drawn as it is after this unit.

    What may wait until `not_before` is drawn once for all that changes until then.

    A row that waits already will do, for it is drawn when it is sent. One that is being sent may have been
    drawn before this change, so a new one follows it. The row that waits is written to, if only in form: that
    makes a process that wants to send it wait for this unit's commit, or this unit for that process's lease.
    """
    values = {
        "id": tx.new_id(),
        "kind": "show",
        "lane": lane_of(target, shows),
        "channel": channel,
        "target": target.model_dump(mode="json"),
        "shows": shows,
        "purpose": shows.partition(":")[0],
        "ticket_id": ticket_id,
        "rank": rank,
        "state": "pending",
        "created_at": at,
        "not_before": not_before,
    }
    if rank == ranks.PRESSING:
        ranks.hasten(tx, channel, lane_of(target))
    SHOW.run(tx, **values)
    tx.ring(bell(channel))


def withdraw(tx: Tx, row: UUID, at: datetime) -> bool:
    """Take a promise back; false if it was sent, or may have been."""
    values = {"state": "withdrawn", "payload": None, "settled_at": at}
    return tx.connection.execute(update(outbox).where(*_unsent(row)).values(**values)).rowcount == 1


def change(tx: Tx, row: UUID, what: Matter, *, not_before: datetime | None = None) -> bool:
    """Promise other words in place of these; false if they were sent, or may have been.

    With `not_before` they wait until then.
    """
    found = tx.lock(outbox, *_unsent(row))
    if found is None:
        return False
    payload = sealed(tx, found.owner, row, what)
    later = {"not_before": not_before} if not_before else {}
    tx.connection.execute(update(outbox).where(outbox.c.id == row).values(payload=payload, **later))
    return True


def _unsent(row: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.id == row,
        is_exactly(outbox.c.state, "pending"),
        outbox.c.lease.is_(None),
        outbox.c.unsure.is_(False),
    )


def prune(tx: Tx, before: datetime, limit: int = 5000) -> int:
    """Forget rows that were settled before; tells how many, `limit` at most. Deliveries stay on record."""
    return PRUNE.run(tx, before=before, most=limit)
