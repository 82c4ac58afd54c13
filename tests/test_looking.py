"""Homes are drawn in one order by every unit, so that no two of them wait for each other in a ring."""

from dataclasses import replace

from sqlalchemy import select

from bot.core import facts as kinds
from bot.core.desk import Desk
from bot.core.ticket import Fact
from handlers.clock import clockwork
from handlers.unit import Office, Unit
from storage import Keyring, Store, Tx, homes, tickets
from storage.schema import outbox
from tests.kit import desk_file
from tests.ticket_rows import FILED_AT, GENERAL, a_ticket

OFFICE = Office(GENERAL, Desk.load(desk_file("general"), "desk.toml"))


def claimed_by(tx: Tx, users: list[str]) -> list[str]:
    """A ticket in the hands of each, in this order; tells in which order their Homes are promised."""
    for number, user in enumerate(users):
        homes.look(tx, user, FILED_AT)
        claimed = replace(tickets.read(tx, a_ticket(tx, number)), claimer=user)
        tickets.save(tx, claimed, Fact(kind=kinds.CLAIMED, at=FILED_AT, by=f"agent:{user}"))
    clockwork.wind(Unit(tx, OFFICE, FILED_AT, FILED_AT))
    drawn = select(outbox.c.shows).where(outbox.c.purpose == "home").order_by(outbox.c.seq)
    return list(tx.connection.execute(drawn).scalars())


async def test_the_order_of_tickets_does_not_matter(sqlite_url: str, keyring: Keyring) -> None:
    store = await Store.open(sqlite_url, keyring)
    try:
        drawn = await store.do(lambda tx: claimed_by(tx, ["U0ZED", "U0AGENT", "U0MID"]))
    finally:
        await store.close()

    assert drawn == ["home:U0AGENT", "home:U0MID", "home:U0ZED"]
