"""What is done now and then, whoever speaks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.channels import Channel
from bot.channels.slack import RefusedError, Slack
from bot.core.desk import Desk
from handlers.unit import Office
from handlers.views import catching_up as views
from storage import Store, inbox, outbox, people, search

log = structlog.get_logger()

BATCH = 5000
"""Rows forgotten in one transaction, so that nobody waits long for it."""

KEYS_KEPT = timedelta(days=14)
"""How long the key of something heard is kept, so that a late repetition is known as one."""


async def reconcile_members(store: Store, desk: Desk, channels: Mapping[str, Channel]) -> None:
    """Who may act is who is in the channels, but us: joins and leaves that were missed are made up for."""
    slack = channels.get("slack")
    if not isinstance(slack, Slack):
        return
    us = ""
    for place, ask in (
        *((channel, slack.members) for channel in sorted(desk.channels())),
        *((group, slack.group_members) for group in sorted(desk.groups())),
    ):
        try:
            us = us or (await slack.identity()).user
            users = set(await ask(place)) - {us}
        except RefusedError as refused:
            log.warning("members.unknown", place=place, why=str(refused))
            continue
        await store.do(partial(people.reconcile, channel=place, users=users))


async def prune(store: Store, now: datetime) -> None:
    """Forget the keys of what was heard and handled long ago, and what was settled then."""
    for prune in (inbox.prune, outbox.prune):
        while await store.do(partial(prune, before=now - KEYS_KEPT, limit=BATCH)) == BATCH:
            continue


async def catch_up(store: Store, office: Office, now: datetime) -> None:
    """After an upgrade: what older versions kept is indexed for the search, until all is."""
    while not await store.read(search.complete):
        await store.do(partial(views.catch_up, office=office, now=now))
