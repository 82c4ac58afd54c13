"""The blind index: which tickets hold which words, by keyed hashes of their stems, and never the words.

It is written in the unit that keeps the words, by the index key, which rotation does not change. Whoever has
the database without the keys learns which tickets share a word, and how often each is used.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, insert, not_, or_, select

from bot.core.text import phone
from bot.core.ticket import Ticket
from storage.dialects import ignoring_duplicates, upsert
from storage.prepared import Prepared
from storage.schema import facts, stems, tickets
from storage.schema import settings as kept
from storage.stems import sought as sought_by
from storage.stems import stems as stems_of
from storage.tx import Tx

SIZE = 16
"""Bytes of a hash that are kept: enough that two stems do not share one."""

TELEPHONE = 8
"""The last digits of a telephone number, by which it is found however its beginning is written."""

PUT = Prepared(ignoring_duplicates(insert(stems)), ("hash", "ticket_id", "source"))

PROGRESS, DONE = "search.2", "done"
"""Whoever changes what is indexed counts on here: then all tickets are indexed once more."""

REACHED = Prepared(select(kept.c.value).where(kept.c.name == PROGRESS))
OF_ALL = Prepared(select(kept.c.value).where(kept.c.name.startswith("search")))
NOW_REACHED = upsert(kept)
REACH = Prepared(
    NOW_REACHED.on_conflict_do_update(index_elements=["name"], set_={"value": NOW_REACHED.excluded.value}),
    ("name", "value"),
)
BEHIND = Prepared(
    select(tickets.c.id)
    .where(tickets.c.id > bindparam("reached"))
    .order_by(tickets.c.id)
    .limit(bindparam("most"))
)
BEFORE_ALL = UUID(int=0)

Ways = tuple[tuple[bytes, ...], ...]
"""The hashes of a word, for each way in which it is written."""


def of_words(tx: Tx, ticket_id: UUID, words_id: UUID, written: str) -> None:
    """Index what was written; what these words were before has to be forgotten first."""
    _put(tx, ticket_id, words_id, _hashes(tx, written))


def of_file(tx: Tx, ticket_id: UUID, file: UUID, name: str) -> None:
    """Index the name of a file: each of its words."""
    _put(tx, ticket_id, file, _hashes(tx, name))


def of_ticket(tx: Tx, ticket: Ticket, name: str) -> None:
    """Index what a ticket says about itself: its title, the answers of its form, and its customer's name.

    What it said before has to be forgotten first.
    """
    answers = ticket.form.values()
    written = "\n".join([ticket.title, name, *answers])
    numbers = (found for answer in answers if (found := phone(answer)))
    _put(tx, ticket.id, ticket.id, [*_hashes(tx, written), *(_telephone(tx, number) for number in numbers)])


def forget(tx: Tx, source: UUID) -> None:
    """What these words held (or what this ticket says about itself) is found no more."""
    tx.connection.execute(delete(stems).where(stems.c.source == source))


def forget_customer(tx: Tx, customer_id: UUID) -> None:
    """Nothing of a customer is found any more."""
    theirs = select(tickets.c.id).where(tickets.c.customer_id == customer_id)
    tx.connection.execute(delete(stems).where(stems.c.ticket_id.in_(theirs)))


def find(
    tx: Tx,
    sought: str,
    limit: int,
    *,
    queues: Sequence[str] | None = None,
    happened: Collection[str] = (),
    before: UUID | None = None,
) -> list[UUID]:
    """Tickets that hold all of the words, or the telephone number; the newest first, from `before` on.

    With `queues` only those that are in one of them; with `happened`, too, only the others, to which
    something of these kinds happened.
    """
    number = phone(sought)
    words = [((_telephone(tx, number),),)] if number else _wanted(tx, sought)
    if not words:
        return []
    found = holding(words)
    if before:
        found = found.where(stems.c.ticket_id < before)
    if queues is not None:
        there = tickets.c.queue.in_(queues)
        wanted = and_(not_(there), _with(happened)) if happened else there
        found = found.join(tickets, tickets.c.id == stems.c.ticket_id).where(wanted)
    return list(tx.connection.execute(found.limit(limit)).scalars())


def _with(happened: Collection[str]) -> ColumnElement[bool]:
    """Tickets to which something of these kinds happened."""
    there = select(facts.c.seq).where(facts.c.ticket_id == stems.c.ticket_id, facts.c.kind.in_(happened))
    return there.exists()


def holding(wanted: Sequence[Ways]) -> Select[Any]:
    """Tickets that hold each of these in one of its ways, the newest first.

    They are looked for by one that has a single way, where there is one.
    """
    first, *others = sorted(wanted, key=len)
    begun = stems.c.hash.in_([way[0] for way in first]) if len(first) > 1 else stems.c.hash == first[0][0]
    rest = [first, *others] if len(first) > 1 or len(first[0]) > 1 else others
    found = select(stems.c.ticket_id).distinct().where(begun)
    for ways in rest:
        found = found.where(or_(*(and_(*map(_held, way)) for way in ways)))
    return found.order_by(stems.c.ticket_id.desc())


def _held(one: bytes) -> ColumnElement[bool]:
    other = stems.alias()
    there = select(other.c.ticket_id).where(other.c.ticket_id == stems.c.ticket_id, other.c.hash == one)
    return there.exists()


def _wanted(tx: Tx, sought: str) -> list[Ways]:
    return [tuple(tuple(_hash(tx, stem) for stem in way) for way in ways) for ways in sought_by(sought)]


def _hashes(tx: Tx, written: str) -> list[bytes]:
    return [_hash(tx, stem) for stem in stems_of(written)]


def _hash(tx: Tx, stem: str) -> bytes:
    return tx.hash("stem", stem)[:SIZE]


def _telephone(tx: Tx, number: str) -> bytes:
    return tx.hash("telephone", number[-TELEPHONE:])[:SIZE]


def _put(tx: Tx, ticket_id: UUID, source: UUID, hashes: Iterable[bytes]) -> None:
    rows = [{"hash": one, "ticket_id": ticket_id, "source": source} for one in dict.fromkeys(hashes)]
    if rows:
        PUT.run_for_each(tx, rows)


# What was written before there was this index


def behind(tx: Tx, limit: int) -> list[UUID]:
    """The next tickets that are still to be indexed; none when all are."""
    reached = _reached(tx)
    if reached == DONE:
        return []
    after = UUID(reached) if reached else BEFORE_ALL
    return [row.id for row in BEHIND.all(tx, reached=after, most=limit)]


def reach(tx: Tx, ticket_id: UUID | None) -> None:
    """All tickets are indexed up to this one; None: all that there are."""
    REACH.run(tx, name=PROGRESS, value=str(ticket_id) if ticket_id else DONE)


def complete(tx: Tx) -> bool:
    return _reached(tx) == DONE


def is_only_renewed(tx: Tx) -> bool:
    """Whether all tickets were in an earlier index: then nothing else of them is behind."""
    return any(row.value == DONE for row in OF_ALL.all(tx))


def _reached(tx: Tx) -> str:
    return str(REACHED.scalar(tx) or "")
