"""Customers and their addresses; agents and who is a member of which channel."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from storage import Tx
from storage.dialects import ignoring_duplicates
from storage.prepared import Prepared
from storage.schema import addresses, agents, customers, members

ADDRESS_BY_CHAT = Prepared(
    select(addresses).where(
        addresses.c.channel == bindparam("channel"),
        addresses.c.account == bindparam("account"),
        addresses.c.hash == bindparam("hash"),
    )
)
ADDRESS = Prepared(select(addresses).where(addresses.c.id == bindparam("of_address")))
NEW_CUSTOMER = Prepared(insert(customers), ("id", "name", "language", "created_at"))
NEW_ADDRESS = Prepared(
    insert(addresses), ("id", "channel", "account", "hash", "customer_id", "chat", "created_at")
)
NEW_AGENT = Prepared(ignoring_duplicates(insert(agents)), ("user", "language", "hints", "seen_at"))
AGENT = Prepared(select(agents).where(agents.c.user == bindparam("of_user")))
SET_OPEN = Prepared(
    update(addresses).where(addresses.c.id == bindparam("of_address"), addresses.c.open != bindparam("news")),
    ("open",),
)
MEMBERS = Prepared(
    select(members.c.user).where(members.c.channel == bindparam("of_channel")).order_by(members.c.user)
)
JOIN = Prepared(ignoring_duplicates(insert(members)), ("channel", "user"))
LEAVE = Prepared(
    delete(members).where(
        members.c.channel == bindparam("of_channel"), members.c.user == bindparam("of_user")
    )
)
MEMBER = Prepared(
    select(members.c.user).where(
        members.c.channel == bindparam("of_channel"), members.c.user == bindparam("of_user")
    )
)
CUSTOMER = Prepared(select(customers).where(customers.c.id == bindparam("of_customer")))


@dataclass(frozen=True, slots=True)
class Customer:
    id: UUID
    name: str
    language: str
    language_chosen: bool


@dataclass(frozen=True, slots=True)
class Address:
    """Where a customer is on one channel; `open` is false while they block us."""

    id: UUID
    channel: str
    account: str
    chat: str
    customer_id: UUID
    open: bool


@dataclass(frozen=True, slots=True)
class Agent:
    user: str
    language: str
    language_chosen: bool
    hints: tuple[str, ...]


def find_address(tx: Tx, channel: str, account: str, chat: str) -> Address | None:
    hashed = tx.hash(channel, account, chat)
    row = ADDRESS_BY_CHAT.one_or_none(tx, channel=channel, account=account, hash=hashed)
    return _address(tx, row) if row else None


def address(tx: Tx, address_id: UUID) -> Address:
    return _address(tx, ADDRESS.one(tx, of_address=address_id))


def meet(tx: Tx, channel: str, account: str, chat: str, name: str, language: str, at: datetime) -> Address:
    """A customer's first contact: the person, their key, and the address."""
    customer_id, address_id = tx.new_id(), tx.new_id()
    tx.new_owner(customer_id)
    NEW_CUSTOMER.run(
        tx,
        id=customer_id,
        name=tx.seal(customer_id, customers.c.name, customer_id, name),
        language=language,
        created_at=at,
    )
    NEW_ADDRESS.run(
        tx,
        id=address_id,
        channel=channel,
        account=account,
        hash=tx.hash(channel, account, chat),
        customer_id=customer_id,
        chat=tx.seal(customer_id, addresses.c.chat, address_id, chat),
        created_at=at,
    )
    return Address(address_id, channel, account, chat, customer_id, open=True)


def set_open(tx: Tx, address_id: UUID, *, is_open: bool) -> bool:
    """Whether the way to them is open; tells whether that is news."""
    return SET_OPEN.run(tx, of_address=address_id, open=is_open, news=is_open) == 1


def customer(tx: Tx, customer_id: UUID) -> Customer:
    row = CUSTOMER.one(tx, of_customer=customer_id)
    name = tx.unseal(customer_id, customers.c.name, customer_id, row.name)
    return Customer(customer_id, name, row.language, row.language_chosen)


def choose_language(tx: Tx, customer_id: UUID, language: str, *, chosen: bool = True) -> None:
    tx.connection.execute(
        update(customers)
        .where(customers.c.id == customer_id)
        .values(language=language, language_chosen=chosen)
    )


def agent(tx: Tx, user: str, language: str, at: datetime) -> Agent:
    """The agent, made known at first sight with `language` as the first guess."""
    row = AGENT.one_or_none(tx, of_user=user)
    if row:
        return Agent(row.user, row.language, row.language_chosen, tuple(row.hints))
    NEW_AGENT.run(tx, user=user, language=language, hints=[], seen_at=at)
    return Agent(user, language, language_chosen=False, hints=())


def known_agent(tx: Tx, user: str) -> Agent:
    """An agent who was seen before."""
    row = AGENT.one(tx, of_user=user)
    return Agent(row.user, row.language, row.language_chosen, tuple(row.hints))


def choose_agent_language(tx: Tx, user: str, language: str, *, chosen: bool = True) -> None:
    tx.connection.execute(
        update(agents).where(agents.c.user == user).values(language=language, language_chosen=chosen)
    )


def is_member(tx: Tx, channel: str, user: str) -> bool:
    return MEMBER.one_or_none(tx, of_channel=channel, of_user=user) is not None


def members_of(tx: Tx, channel: str) -> tuple[str, ...]:
    """Who is in a channel or a group, sorted."""
    return tuple(row.user for row in MEMBERS.all(tx, of_channel=channel))


def known_among(tx: Tx, users: Collection[str]) -> frozenset[str]:
    """Those who have done something on the desk before."""
    found = select(agents.c.user).where(agents.c.user.in_(users))
    return frozenset(tx.connection.execute(found).scalars())


def join(tx: Tx, channel: str, user: str) -> None:
    JOIN.run(tx, channel=channel, user=user)


def leave(tx: Tx, channel: str, user: str) -> None:
    LEAVE.run(tx, of_channel=channel, of_user=user)


def reconcile(tx: Tx, channel: str, users: Iterable[str]) -> None:
    """Make the members of a channel exactly `users`, as the platform tells them; others may do so too."""
    known, there = set(members_of(tx, channel)), set(users)
    LEAVE.run_for_each(tx, [{"of_channel": channel, "of_user": user} for user in sorted(known - there)])
    JOIN.run_for_each(tx, [{"channel": channel, "user": user} for user in sorted(there - known)])


def _address(tx: Tx, row: Any) -> Address:
    chat = tx.unseal(row.customer_id, addresses.c.chat, row.id, row.chat)
    return Address(row.id, row.channel, row.account, chat, row.customer_id, row.open)
