"""A store full of tickets: many that wait for nothing soon, and some to which something is due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert

from bot.core.desk import Desk
from bot.core.policy import Policy
from bot.core.ticket import Fact, Ticket
from handlers.clock import clockwork
from handlers.unit import Office, Unit
from storage import Store, Tx, people, policies
from storage.people import Address
from storage.schema import dues, facts, tickets
from storage.tickets import add

AN_HOUR = timedelta(hours=1)
AFTER_ALL = timedelta(days=300)
BATCH = 5000

POLICY = Policy.load(
    """
name = "bench"
organisation = { en = "Bench" }
languages = ["en"]
[[queues]]
key = "support"
title = { en = "Support" }
[[categories]]
key = "any"
queue = "support"
title = { en = "Any" }
[[targets]]
what = "first_response"
within = "1 hour"
reminders_in = "always"
""",
    "bench.toml",
)
DESK = Desk.load('[queues.support]\nchannel = "C0SUPPORT"\nlanguage = "en"\n', "desk.toml")


@dataclass
class Crowd:
    """The tickets of one desk; their references are numbered, and never checked here."""

    store: Store
    office: Office = field(default_factory=lambda: Office(POLICY, DESK))
    filed: int = 0
    _kept: str = ""

    async def waits(self, until: int, at: datetime) -> None:
        """Fill the store to so many open tickets, each with a due moment long after `at`."""
        while self.filed < until:
            await self.store.do(partial(self._fill, many=min(BATCH, until - self.filed), at=at))

    async def files(self, many: int, at: datetime, within: timedelta = timedelta()) -> None:
        """File tickets as the desk does, spread over a time; each is due an hour after its filing."""
        for number in range(many):
            await self.store.do(partial(self._file, at=at + within * number / many))

    def _file(self, tx: Tx, at: datetime) -> None:
        unit = Unit(tx, self.office, at, at)
        ticket = self._ticket(tx, self._customer(tx, at), at)
        filed = unit.fact("filed", "customer", language="en", queue="support", category="any")
        add(tx, ticket, filed)
        clockwork.wind(unit)

    def _fill(self, tx: Tx, many: int, at: datetime) -> None:
        """Rows as `_file` leaves them, many at once; what is sealed is never read, so it is sealed once."""
        address = self._customer(tx, at)
        crowd = [self._ticket(tx, address, at) for _ in range(many)]
        filed = Fact(kind="filed", at=at, by="customer", data={"language": "en", "queue": "support"})
        _insert(tx, tickets, [_row(tx, ticket) for ticket in crowd])
        _insert(tx, facts, [{"ticket_id": one.id, "seq": 1, **filed.model_dump()} for one in crowd])
        _insert(
            tx, dues, [_due(one, at + AFTER_ALL, step) for one in crowd for step in ("breach", "overdue")]
        )

    def _customer(self, tx: Tx, at: datetime) -> Address:
        known = people.find_address(tx, "telegram", "bench", "1")
        return known or people.meet(tx, "telegram", "bench", "1", "", "en", at)

    def _policy(self, tx: Tx, at: datetime) -> str:
        self._kept = self._kept or policies.keep(tx, self.office.policy, at)
        return self._kept

    def _ticket(self, tx: Tx, address: Address, at: datetime) -> Ticket:
        self.filed += 1
        return Ticket(
            id=tx.new_id(),
            reference=f"{self.filed:08d}",
            customer_id=address.customer_id,
            address_id=address.id,
            policy_hash=self._policy(tx, at),
            queue="support",
            category="any",
            language="en",
            opened_at=at,
            touched_at=at,
        )


def _insert(tx: Tx, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    tx.connection.execute(insert(table), list(rows))


def _row(tx: Tx, ticket: Ticket) -> dict[str, Any]:
    sealed = tx.seal(ticket.customer_id, tickets.c.title, ticket.id, "")
    names = [column.name for column in tickets.columns if column.name not in {"title", "form"}]
    return {name: getattr(ticket, name) for name in names} | {"title": sealed, "form": sealed}


def _due(ticket: Ticket, at: datetime, step: str) -> dict[str, Any]:
    about = {"target": "first_response", "cycle": 0, "step": step, "kind": "breach"}
    return {"ticket_id": ticket.id, "due_at": at, **about}
