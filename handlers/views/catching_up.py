"""Tickets that an older version kept are indexed and listed: in batches, gone on with after a death.

Where only the index is another one, they are not reckoned anew.
"""

from datetime import datetime

from handlers.clock import clockwork
from handlers.unit import Office, Unit
from storage import Tx, files, people, search, tickets, words

BATCH = 25
"""Tickets in one transaction, so that nobody waits long for it."""


def catch_up(tx: Tx, office: Office, now: datetime) -> bool:
    """Index some tickets with all their words, and see which of them are overdue; False when none is left."""
    unit = Unit(tx, office, now, now)
    waiting, listed = search.behind(tx, BATCH), search.is_only_renewed(tx)
    for readable in tickets.readable(tx, waiting):
        ticket = tickets.lock(tx, readable.id)  # whoever works on it meanwhile comes before or after
        search.of_ticket(tx, ticket, people.customer(tx, ticket.customer_id).name)
        for one in words.of_ticket(tx, ticket):
            if not one.redacted:
                search.of_words(tx, ticket.id, one.id, one.text)
        for file in files.of_ticket(tx, ticket.id):
            search.of_file(tx, ticket.id, file.id, file.about.name)
        if not listed:
            tx.touch(ticket.id)
    clockwork.wind(unit)
    if waiting or not search.complete(tx):
        search.reach(tx, waiting[-1] if waiting else None)
    return bool(waiting)
