"""The desk file says otherwise what time does by the desk's own rules: whom it concerns is planned anew."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from bot.core.desk import Defaults
from bot.core.ticket import UNRESOLVED, Status
from handlers.clock import clockwork
from handlers.unit import Office, Unit
from storage import Tx, replans, tickets
from storage.replans import Setting

BATCH = 25


def replan(tx: Tx, office: Office, now: datetime) -> bool:
    """Plan some tickets by the desk file as it is; False when all are."""
    unit = Unit(tx, office, now, now)
    behind = (replans.behind(tx, setting, BATCH) for setting in _settings(office.desk.defaults))
    found = next(filter(None, behind), [])
    for ticket_id in found:
        tickets.lock(tx, ticket_id)
        tx.touch(ticket_id)
    clockwork.wind(unit)
    return bool(found)


def _settings(defaults: Defaults) -> Iterator[Setting]:
    """What the plans are made by, and for which tickets."""
    reminders = ", ".join(str(reminder.said()) for reminder in defaults.remind)
    yield Setting("close_after", str(defaults.close_after or ""), (Status.RESOLVED,))
    yield Setting("remind", reminders and sha256(reminders.encode()).hexdigest(), UNRESOLVED)
