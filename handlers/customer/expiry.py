"""What somebody began to write and never sent is forgotten in the end, with a courteous word."""

from datetime import datetime, timedelta
from uuid import UUID

from bot.core.words import Say
from handlers import post
from handlers.unit import Office, Unit
from locales import Plain, _, use
from storage import Tx, people, places

KEPT = timedelta(days=7)
"""How long what is unsent waits, untouched."""


def expire(tx: Tx, office: Office, address_id: UUID, at: datetime) -> None:
    """Forget what is unsent at an address, unless somebody has just come back to it."""
    address = people.address(tx, address_id)
    folds = places.folds(tx, address, answered=True)
    if not places.forget(tx, address_id, at - KEPT):
        return
    unit = Unit(tx, office, at, at)
    if not address.open:
        return
    with use(people.customer(tx, address.customer_id).language):
        said = _(
            "Your unfinished request has been waiting here for a week, so we have removed it."
            " Nothing was sent. {command} begins a new one at any time.",
            command=Plain("/new"),
        )
    post.to_customer(unit, address, Say(text=said, folds=folds), "word")
