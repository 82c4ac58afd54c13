"""How the desk's channels stand and who is in them, as Slack tells it, whatever its events have told."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog

from bot.channels.slack import RefusedError, Slack
from bot.core.standing import Standing
from bot.machine import App
from handlers import channels
from handlers.unit import Unit
from storage import Tx, people, rooms, threads

log = structlog.get_logger()

Told = TypeVar("Told")


async def look(app: App) -> None:
    """Ask about each channel and group of the desk, and go on with the tickets that have to be elsewhere."""
    slack = app.channels.get("slack")
    if not isinstance(slack, Slack):
        return
    await app.gathering.begin(app.store, app.office, app.clock)
    us = await _asked("the app", slack.identity)
    if us is None:
        return
    for channel in sorted(app.office.desk.channels()):
        await look_into(app, slack, channel, us.user)
    for group in sorted(app.office.desk.groups()):
        if (users := await _asked(group, partial(slack.group_members, group))) is not None:
            await app.store.do(partial(people.reconcile, channel=group, users=users))
    await _go_on(app)
    await app.gathering.go_on(app.store, app.office, app.clock)


async def look_into(app: App, slack: Slack, channel: str, us: str) -> None:
    """Ask how a channel stands and who is in it, but for us."""
    before = await app.store.read(partial(people.members_of, channel=channel))
    # In this order: whoever was in it before it was seen to be private did not join a public one.
    users = await _asked(channel, partial(slack.members, channel))
    stands = await slack.standing(channel)
    there = None if users is None else set(users) - {us}
    await app.store.do(partial(_told, app, channel, stands, there, set(before)))


async def _asked(place: str, ask: Callable[[], Awaitable[Told]]) -> Told | None:
    try:
        return await ask()
    except RefusedError as refused:
        log.warning("members.unknown", place=place, why=str(refused))
        return None


def _told(
    app: App, channel: str, stands: Standing | None, there: set[str] | None, before: set[str], tx: Tx
) -> None:
    """Who has come or gone since Slack was asked, by its events, is no news to be undone by its answer."""
    unit = _unit(app, tx)
    if stands:
        channels.stands(unit, channel, stands)
    if there is not None:
        now = set(people.members_of(tx, channel))
        channels.peopled(unit, channel, (there | (now - before)) - (before - now))


async def _go_on(app: App) -> None:
    """Tickets are brought in batches, so that nobody waits long for it."""
    for channel in await app.store.read(_changed):
        while await app.store.do(partial(_settled, app, channel)):
            continue


def _changed(tx: Tx) -> list[str]:
    """The channels that something is to be done about."""
    return sorted({*(room.channel for room in rooms.noted(tx)), *threads.undrawn_in(tx)})


def _settled(app: App, channel: str, tx: Tx) -> bool:
    return channels.settle(_unit(app, tx), channel)


def _unit(app: App, tx: Tx) -> Unit:
    at = app.clock()
    return Unit(tx, app.office, at, at)
