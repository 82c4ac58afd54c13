"""The desk file says otherwise when resolved tickets close: those that go by it are planned anew."""

from datetime import datetime

from handlers.clock import clockwork
from handlers.unit import Office, Unit
from storage import Tx, replans, tickets

BATCH = 25


def replan(tx: Tx, office: Office, now: datetime) -> bool:
    """Plan some tickets by the desk file as it is; False when all are."""
    unit, closes = Unit(tx, office, now, now), str(office.desk.defaults.close_after or "")
    found = replans.behind(tx, "close_after", closes, BATCH)
    for ticket_id in found:
        tickets.lock(tx, ticket_id)
        tx.happened_to[ticket_id] = None
    clockwork.wind(unit)
    return bool(found)
