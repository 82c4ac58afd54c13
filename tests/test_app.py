"""What the composition root refuses to start with."""

from pathlib import Path

import pytest

from bot.settings import SettingsError
from tests.kit import BILLING, world


async def test_a_queue_cannot_vanish_while_tickets_wait_in_it(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path) as here:
        customer = here.customer("en")
        await here.tells(customer, "/new", "billing", "skip", "I was charged twice for the same month", "low")
        await here.tells(customer, "skip", "send")
        assert here.slack.messages(BILLING)

    with pytest.raises(SettingsError, match=r"queues\.billing: is missing, and tickets wait in it"):
        async with world(sqlite_url, tmp_path, policy="captain-mama"):
            pytest.fail("it started, and nobody would have seen the ticket again")
