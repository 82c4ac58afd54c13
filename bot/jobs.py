"""What is done now and then, whoever speaks."""

from datetime import datetime, timedelta
from functools import partial

from handlers.unit import Office
from handlers.views import catching_up as views
from storage import Store, inbox, outbox, search

BATCH = 5000
"""Rows forgotten in one transaction, so that nobody waits long for it."""

KEYS_KEPT = timedelta(days=14)
"""How long the key of something heard is kept, so that a late repetition is known as one."""


async def prune(store: Store, now: datetime) -> None:
    """Forget the keys of what was heard and handled long ago, and what was settled then."""
    for prune in (inbox.prune, outbox.prune):
        while await store.do(partial(prune, before=now - KEYS_KEPT, limit=BATCH)) == BATCH:
            continue


async def catch_up(store: Store, office: Office, now: datetime) -> None:
    """After an upgrade: what older versions kept is indexed for the search, until all is."""
    while not await store.read(search.complete):
        await store.do(partial(views.catch_up, office=office, now=now))
