"""Tickets, the facts that happened to them, and their threads on the desk."""

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, insert, literal_column, or_, select, update

from bot.core import facts as kinds
from bot.core.heard import Thread
from bot.core.ledger import Ledger
from bot.core.ticket import UNRESOLVED, Fact, Status, Ticket
from storage import Tx, incidents, people, search
from storage.dialects import is_exactly
from storage.errors import DamagedError, ErasedError
from storage.prepared import Prepared
from storage.schema import facts, threads, tickets

SEALED = ("title", "form")
TICKET = tuple(field.name for field in fields(Ticket))
NEVER_CHANGES = ("id", "reference", "customer_id", "opened_at")


BY_ID = select(tickets).where(tickets.c.id == bindparam("of_ticket"))
READ = Prepared(BY_ID)
EXISTS = Prepared(select(tickets.c.id).where(tickets.c.id == bindparam("of_ticket")))
LOCK = Prepared(BY_ID.with_for_update())
LOCK_IF_FREE = Prepared(BY_ID.with_for_update(skip_locked=True))
HISTORY = Prepared(
    select(facts.c.kind, facts.c.at, facts.c.by, facts.c.data)
    .where(facts.c.ticket_id == bindparam("of_ticket"))
    .order_by(facts.c.seq)
)
NEXT_SEQ = select(func.coalesce(func.max(facts.c.seq), 0) + 1).where(
    facts.c.ticket_id == bindparam("of_ticket")
)
RECORD = Prepared(
    insert(facts).values(
        ticket_id=bindparam("ticket_id"),
        seq=NEXT_SEQ.scalar_subquery(),
        kind=bindparam("kind"),
        at=bindparam("at"),
        by=bindparam("by"),
        data=bindparam("data"),
    )
)
OF_CUSTOMER = (
    select(tickets)
    .where(tickets.c.customer_id == bindparam("of_customer"))
    .order_by(tickets.c.touched_at.desc(), tickets.c.id.desc())
    .limit(bindparam("most"))
)
LATEST = Prepared(OF_CUSTOMER.offset(bindparam("skipped")))
OVER = case((or_(*(is_exactly(tickets.c.status, status) for status in UNRESOLVED)), 0), else_=1)
IS_LIVE = tickets.c.status != literal_column(f"'{Status.CLOSED}'")  # as the index of live tickets has it
LIVE = Prepared(
    select(tickets)
    .where(tickets.c.customer_id == bindparam("of_customer"), IS_LIVE)
    .order_by(OVER, tickets.c.touched_at.desc(), tickets.c.id.desc())
    .limit(bindparam("most"))
)
LIVE_AT = Prepared(
    select(tickets)
    .where(
        tickets.c.customer_id == bindparam("of_customer"),
        tickets.c.address_id == bindparam("of_address"),
        IS_LIVE,
    )
    .order_by(tickets.c.id)
)
LIVE_QUEUES = Prepared(select(tickets.c.queue).where(IS_LIVE).distinct())
LIVE_POLICIES = Prepared(select(tickets.c.policy_hash).where(IS_LIVE).distinct())
BY_REFERENCE = Prepared(select(tickets).where(tickets.c.reference == bindparam("of_reference")))
THREAD = Prepared(
    select(threads.c.channel, threads.c.ts).where(
        threads.c.ticket_id == bindparam("of_ticket"), threads.c.current
    )
)
BY_THREAD = Prepared(
    select(tickets)
    .join(threads, threads.c.ticket_id == tickets.c.id)
    .where(threads.c.channel == bindparam("of_channel"), threads.c.ts == bindparam("of_ts"))
)
CHANNELS = Prepared(select(threads.c.channel).where(threads.c.ticket_id == bindparam("of_ticket")).distinct())
LOSE_THREAD = Prepared(update(threads).where(threads.c.ticket_id == bindparam("of_ticket")), ("current",))
PUT_THREAD = Prepared(insert(threads), ("id", "ticket_id", "channel", "ts", "current", "created_at"))
CLAIM = Prepared(
    update(tickets).where(tickets.c.id == bindparam("of_ticket"), tickets.c.claimer == ""), ("claimer",)
)
ADD = Prepared(insert(tickets), [column.name for column in tickets.columns])
SAVE = Prepared(
    update(tickets).where(tickets.c.id == bindparam("of_ticket"), tickets.c.version == bindparam("seen")),
    [column.name for column in tickets.columns if column.name not in NEVER_CHANGES],
)


class ChangedMeanwhileError(Exception):
    """Somebody else changed the ticket since it was read."""


def add(tx: Tx, ticket: Ticket, fact: Fact) -> None:
    """File a new ticket."""
    ADD.run(tx, **_values(tx, ticket))
    _held(tx, ticket)
    search.of_ticket(tx, ticket, people.customer(tx, ticket.customer_id).name)
    record(tx, ticket.id, fact)


def save(tx: Tx, ticket: Ticket, *happened: Fact) -> Ticket:
    """Store the ticket as it is after what happened to it. Raises ChangedMeanwhileError, changing nothing."""
    saved = replace(ticket, version=ticket.version + 1)
    values = {name: value for name, value in _values(tx, saved).items() if name not in NEVER_CHANGES}
    if SAVE.run(tx, of_ticket=ticket.id, seen=ticket.version, **values) != 1:
        raise ChangedMeanwhileError(str(ticket.id))
    for fact in happened:
        record(tx, ticket.id, fact)
    return _held(tx, saved)


def claim(tx: Tx, ticket_id: UUID, agent: str) -> bool:
    """Take an unclaimed ticket. One conditional statement: of many who try at once, one is told yes."""
    tx.seen.pop((tickets, ticket_id), None)
    return CLAIM.run(tx, of_ticket=ticket_id, claimer=agent) == 1


def record(tx: Tx, ticket_id: UUID, fact: Fact) -> None:
    """Append a fact. The caller holds the ticket's lock, so that the numbers have no gap and no rival."""
    told = {"kind": fact.kind, "at": fact.at, "by": fact.by, "data": fact.data}
    RECORD.run(tx, of_ticket=ticket_id, ticket_id=ticket_id, **told)
    tx.touch(ticket_id, fact.kind)
    tx.seen.pop((facts, ticket_id), None)
    if fact.kind in {kinds.REOPENED, kinds.UNDONE}:
        incidents.go_on(tx, ticket_id)


def history(tx: Tx, ticket_id: UUID) -> tuple[Fact, ...]:
    return ledger(tx, ticket_id).as_recorded


def ledger(tx: Tx, ticket_id: UUID) -> Ledger:
    """All that is on record of a ticket: of one that is held it is read once, until something is added."""
    if isinstance(known := tx.seen.get((facts, ticket_id)), Ledger):
        return known
    rows = HISTORY.all(tx, of_ticket=ticket_id)
    found = Ledger(Fact(kind=row.kind, at=row.at, by=row.by, data=row.data) for row in rows)
    if _known(tx, ticket_id):
        tx.seen[facts, ticket_id] = found
    return found


# Looking up


def lock(tx: Tx, ticket_id: UUID) -> Ticket:
    """The ticket, held until the unit ends: whoever else wants to change it waits."""
    return _known(tx, ticket_id) or _held(tx, _ticket(tx, LOCK.one(tx, of_ticket=ticket_id)))


def _held(tx: Tx, ticket: Ticket) -> Ticket:
    """Nobody but this unit changes it any more until the unit ends, so it need not be read again."""
    tx.seen[tickets, ticket.id] = ticket
    return ticket


def _known(tx: Tx, ticket_id: UUID) -> Ticket | None:
    known = tx.seen.get((tickets, ticket_id))
    return known if isinstance(known, Ticket) else None


def hold(tx: Tx, ticket_ids: Collection[UUID]) -> None:
    """Hold several until the unit ends: in one order for everybody, so that no two wait for each other."""
    rows = select(tickets.c.id).where(tickets.c.id.in_(ticket_ids)).order_by(tickets.c.id)
    tx.connection.execute(rows.with_for_update())


def lock_if_free(tx: Tx, ticket_id: UUID) -> Ticket | None:
    """The ticket, locked until the unit ends; None while another unit holds it."""
    row = LOCK_IF_FREE.one_or_none(tx, of_ticket=ticket_id)
    return _held(tx, _ticket(tx, row)) if row else None


def exists(tx: Tx, ticket_id: UUID) -> bool:
    return EXISTS.one_or_none(tx, of_ticket=ticket_id) is not None


def read(tx: Tx, ticket_id: UUID) -> Ticket:
    return _known(tx, ticket_id) or _ticket(tx, READ.one(tx, of_ticket=ticket_id))


def readable(tx: Tx, ticket_ids: Iterable[UUID]) -> Iterator[Ticket]:
    """Those of the tickets whose words can still be read, one after the other."""
    for ticket_id in ticket_ids:
        with suppress(DamagedError, ErasedError):
            yield read(tx, ticket_id)


def readable_among(tx: Tx, ticket_ids: Collection[UUID]) -> dict[UUID, Ticket]:
    """The same by their ids, read at once: for what is only told."""
    found: dict[UUID, Ticket] = {}
    rows = tx.connection.execute(select(tickets).where(tickets.c.id.in_(ticket_ids))) if ticket_ids else ()
    for row in rows:
        with suppress(DamagedError, ErasedError):
            found[row.id] = _ticket(tx, row)
    return found


def find(tx: Tx, reference: str) -> Ticket | None:
    row = BY_REFERENCE.one_or_none(tx, of_reference=reference)
    return _ticket(tx, row) if row else None


def find_own(tx: Tx, customer_id: UUID, reference: str) -> Ticket | None:
    """The customer's own ticket; somebody else's is not found, as if it did not exist."""
    ticket = find(tx, reference)
    return ticket if ticket and ticket.customer_id == customer_id else None


def find_by_thread(tx: Tx, thread: Thread) -> Ticket | None:
    row = BY_THREAD.one_or_none(tx, of_channel=thread.channel, of_ts=thread.ts)
    return _ticket(tx, row) if row else None


def of_customer(tx: Tx, customer_id: UUID, limit: int, offset: int = 0) -> list[Ticket]:
    """A customer's tickets, the one that was touched last first."""
    rows = LATEST.all(tx, of_customer=customer_id, most=limit, skipped=offset)
    return [_ticket(tx, row) for row in rows]


def live_of_customer(tx: Tx, customer_id: UUID, limit: int = 10) -> list[Ticket]:
    """A customer's tickets that are not closed: first those under way, then the one that was touched last."""
    rows = LIVE.all(tx, of_customer=customer_id, most=limit)
    return [_ticket(tx, row) for row in rows]


def live_at(tx: Tx, customer_id: UUID, address_id: UUID) -> list[Ticket]:
    """All tickets that a customer filed in one chat and that are not closed, the oldest first."""
    rows = LIVE_AT.all(tx, of_customer=customer_id, of_address=address_id)
    return [_ticket(tx, row) for row in rows]


def live_queues(tx: Tx) -> set[str]:
    """The queues that tickets wait in; a policy or a desk file must not drop them."""
    return {row.queue for row in LIVE_QUEUES.all(tx)}


def live_policies(tx: Tx) -> set[str]:
    """The hashes of the policies that tickets which are not closed were filed under."""
    return {row.policy_hash for row in LIVE_POLICIES.all(tx)}


# Threads


def thread(tx: Tx, ticket_id: UUID) -> Thread | None:
    row = THREAD.one_or_none(tx, of_ticket=ticket_id)
    return Thread(channel=row.channel, ts=row.ts) if row else None


def channels_of(tx: Tx, ticket_id: UUID) -> list[str]:
    """Every channel that it has had a thread in."""
    return [row.channel for row in CHANNELS.all(tx, of_ticket=ticket_id)]


def put_thread(tx: Tx, ticket_id: UUID, place: Thread, at: datetime) -> None:
    """The ticket's card is here now; an earlier thread stays known, so that words in it find the ticket."""
    lose_thread(tx, ticket_id)
    here = {"channel": place.channel, "ts": place.ts, "current": True, "created_at": at}
    PUT_THREAD.run(tx, id=tx.new_id(), ticket_id=ticket_id, **here)


def lose_thread(tx: Tx, ticket_id: UUID) -> None:
    LOSE_THREAD.run(tx, of_ticket=ticket_id, current=False)


# Rows and values


def _values(tx: Tx, ticket: Ticket) -> dict[str, Any]:
    values = {field: getattr(ticket, field) for field in TICKET if field not in SEALED}
    values["title"] = _seal(tx, ticket, "title", ticket.title)
    values["form"] = _seal(tx, ticket, "form", json.dumps(ticket.form, ensure_ascii=False))
    return values


def _seal(tx: Tx, ticket: Ticket, column: str, value: str) -> bytes:
    return tx.seal(ticket.customer_id, tickets.c[column], ticket.id, value)


def _ticket(tx: Tx, row: Any) -> Ticket:
    values = row._asdict()
    opened = {name: tx.unseal(row.customer_id, tickets.c[name], row.id, values[name]) for name in SEALED}
    values |= {"status": Status(row.status), "title": opened["title"], "form": json.loads(opened["form"])}
    return Ticket(**values)
