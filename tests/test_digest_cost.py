"""A morning digest costs what it names, however much is overdue."""

from datetime import UTC, datetime, timedelta
from functools import partial

from bot.core.desk import Desk
from bot.core.mornings import Morning
from bot.policies import shipped
from handlers.clock import clockwork, digest, ticking
from handlers.unit import Office, Unit
from storage import Keyring, Store, Tx
from tests.kit import desk_file
from tests.ticket_rows import FILED_AT, a_ticket

POLICY = shipped("osool")
OFFICE = Office(POLICY, Desk.load(desk_file("osool"), "desk.toml"))
LATER = datetime(2026, 11, 4, 9, tzinfo=UTC)


def becomes_overdue(tx: Tx, number: int) -> None:
    """A ticket whose 48 hours have passed, on record and in the lists."""
    ticket_id = a_ticket(tx, number, POLICY)
    clockwork.wind(Unit(tx, OFFICE, FILED_AT, FILED_AT))
    assert ticking.tick(tx, OFFICE, ticket_id, LATER)


def statements_of_a_digest(tx: Tx, day: int) -> int:
    """How much a morning asks of the database."""
    asked: list[str] = []
    at = LATER + timedelta(days=day)
    driver = tx.connection.connection.driver_connection
    assert driver
    driver.set_trace_callback(asked.append)
    digest.tell(tx, OFFICE, "support", Morning(at.date(), at, at + timedelta(hours=8), LATER), at)
    driver.set_trace_callback(None)
    return len(asked)


async def test_more_that_is_overdue_costs_the_digest_no_more(sqlite_url: str, keyring: Keyring) -> None:
    store = await Store.open(sqlite_url, keyring)
    costs: list[int] = []
    for day, numbers in enumerate((range(12), range(12, 36))):
        for number in numbers:
            await store.do(partial(becomes_overdue, number=number))
        costs.append(await store.do(partial(statements_of_a_digest, day=day)))
    await store.close()

    assert costs[0] == costs[1] > 10
