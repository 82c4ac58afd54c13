"""A ticket that is only a row: for tests of what the store does with it."""

from datetime import UTC, datetime
from uuid import UUID

from bot.core.policy import Policy
from bot.core.ticket import Fact, Ticket
from bot.policies import shipped
from storage import Tx, people, policies, tickets

GENERAL = shipped("general")
FILED_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def a_ticket(tx: Tx, number: int = 1, policy: Policy = GENERAL) -> UUID:
    """The `number`th ticket, of a customer of its own."""
    address = people.meet(tx, "telegram", "bot", f"chat {number}", "", "en", FILED_AT)
    filed = Ticket(
        id=tx.new_id(),
        reference=f"{number:08}",
        customer_id=address.customer_id,
        address_id=address.id,
        policy_hash=policies.keep(tx, policy, FILED_AT),
        queue="support",
        category="technical",
        language="en",
        opened_at=FILED_AT,
        touched_at=FILED_AT,
    )
    tickets.add(tx, filed, Fact(kind="filed", at=FILED_AT, by="customer"))
    return filed.id
