"""A tick among other processes, which make things due while it is at work."""

from datetime import timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from bot.core.desk import Desk
from bot.ticks import Tick
from handlers.clock import clockwork
from handlers.unit import Office, Unit
from storage import Keyring, Store, Tx, dues
from storage.dues import Due
from storage.engines import Unit as Work
from tests.kit import desk_file
from tests.ticket_rows import FILED_AT, GENERAL, a_ticket

T = TypeVar("T")

AT = FILED_AT + timedelta(minutes=1)
DUE = Due("first_response", 1, "made by another", "breach", FILED_AT)


class Shared(Store):
    """Whenever a unit of this process is done, another one makes the ticket due again, so many `times`."""

    ticket: UUID
    times = 0

    async def do(self, unit: Work[T]) -> T:
        done = await super().do(unit)
        if self.times:
            self.times -= 1
            await super().do(partial(dues.plan, ticket_id=self.ticket, planned=[DUE]))
        return done


@pytest.mark.parametrize(("times", "put_off"), [(3, False), (1000, True)])
async def test_what_is_made_due_again_meanwhile_is_done_in_the_same_pass_but_not_for_ever(
    database_url: str, keyring: Keyring, times: int, put_off: bool
) -> None:
    office = Office(GENERAL, Desk.load(desk_file("general"), "desk.toml"))
    store = await Shared.open(database_url, keyring)

    def files(tx: Tx) -> UUID:
        ticket_id = a_ticket(tx)
        clockwork.wind(Unit(tx, office, FILED_AT, FILED_AT))
        dues.plan(tx, ticket_id, [DUE])
        return ticket_id

    try:
        store.ticket = await store.do(files)
        store.times = times
        with capture_logs() as logs:
            await Tick(store, office, AT, AT).run()
        due = await store.read(partial(dues.of_ticket, ticket_id=store.ticket))
        assert (DUE in due) is put_off
        assert ["tick.put_off" in log["event"] for log in logs] == [True] * put_off
    finally:
        await store.close()
