"""What will happen to tickets: rows that are found by their moment, and put off when they fail."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from bot.core.ticket import Fact, Ticket
from bot.policies import shipped
from storage import Store, Tx, dues, people, policies, tickets
from storage.dues import Due

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def in_(**span: float) -> datetime:
    return NOW + timedelta(**span)


def due(step: str, at: datetime) -> Due:
    return Due("first_response", 0, step, "reminder", at)


def ticket(tx: Tx, number: int) -> UUID:
    """A ticket of somebody's."""
    address = people.meet(tx, "telegram", "bot", f"chat {number}", "", "en", NOW)
    filed = Ticket(
        id=tx.new_id(),
        reference=f"{number:08}",
        customer_id=address.customer_id,
        address_id=address.id,
        policy_hash=policies.keep(tx, shipped("general"), NOW),
        queue="support",
        category="technical",
        language="en",
        opened_at=NOW,
        touched_at=NOW,
    )
    tickets.add(tx, filed, Fact(kind="filed", at=NOW, by="customer"))
    return filed.id


@pytest.fixture
async def two(store: Store) -> tuple[UUID, UUID]:
    return await store.do(lambda tx: (ticket(tx, 1), ticket(tx, 2)))


async def test_what_is_due_is_found_the_longest_overdue_first(store: Store, two: tuple[UUID, UUID]) -> None:
    one, other = two

    def happens(tx: Tx) -> None:
        dues.plan(tx, one, [due("50%", in_(hours=2)), due("overdue", in_(hours=4))])
        dues.plan(tx, other, [due("50%", in_(hours=1))])

    await store.do(happens)

    assert await store.read(lambda tx: dues.ripe(tx, in_(minutes=59), NOW, 10)) == []
    assert await store.read(lambda tx: dues.ripe(tx, in_(hours=2), NOW, 10)) == [other, one]
    assert await store.read(lambda tx: dues.ripe(tx, in_(hours=9), NOW, 10)) == [other, one]
    assert await store.read(lambda tx: dues.coming(tx, in_(hours=2))) == due("overdue", in_(hours=4))


async def test_what_failed_waits_longer_each_time_and_keeps_nobody_else_waiting(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    for each in two:
        await store.do(partial(dues.plan, ticket_id=each, planned=[due("50%", in_(hours=1))]))
    now, ripe = NOW, partial(dues.ripe, at=in_(hours=2), limit=10)
    for pause in (10, 60, 600, 3600, 3600):
        await store.do(partial(dues.put_off, ticket_id=two[0], at=in_(hours=2), now=now))
        just_before, then = (now + timedelta(seconds=seconds) for seconds in (pause - 1, pause))
        assert await store.read(partial(ripe, now=just_before)) == [two[1]]
        assert two[0] in await store.read(partial(ripe, now=then))
        now = then


async def test_a_plan_that_stays_the_same_keeps_what_was_put_off(
    store: Store, two: tuple[UUID, UUID]
) -> None:
    def happens(tx: Tx) -> list[UUID]:
        dues.plan(tx, two[0], [due("50%", in_(hours=1)), due("75%", in_(hours=3))])
        dues.put_off(tx, two[0], in_(hours=2), NOW)
        dues.plan(tx, two[0], [due("50%", in_(hours=1)), due("75%", in_(hours=4))])
        return dues.ripe(tx, in_(hours=2), NOW, 10)

    assert await store.do(happens) == []
    assert await store.read(lambda tx: dues.of_ticket(tx, two[0])) == [
        due("50%", in_(hours=1)),
        due("75%", in_(hours=4)),
    ]
