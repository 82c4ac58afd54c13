"""The composition root: the only file that knows everybody, puts them together, and starts and stops them."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog

from bot import calendars, checkpoints, jobs, policies, premises, web
from bot.channels import Channel
from bot.channels.slack import Slack
from bot.channels.telegram import Telegram
from bot.checkpoints import Checkpoint
from bot.clocks import Clock, utc_now
from bot.core.desk import unserved, unstaffed
from bot.core.heard import Incoming
from bot.core.mistakes import Mistake
from bot.core.now import Now
from bot.delivery import DeliveryWorker
from bot.files import FileWorker
from bot.inbox import InboxWorker
from bot.machine import App
from bot.metrics import Metrics
from bot.readback import Readback
from bot.reading import Reader
from bot.room import Doorkeeper, Room, folders
from bot.scheduler import Job, Scheduler
from bot.settings import Settings, SettingsError, load_desk
from bot.tuning import Tuning
from bot.vanished import vanished
from handlers import delivered, reception
from handlers import files as filed
from handlers.agent.act import busy
from handlers.customer.menu import command_menu
from handlers.unit import Office
from locales import LANGUAGES
from storage import Keyring, Store, Tx, doubtful
from storage.files import Kept
from storage.leases import Addressed, Promised, Result
from storage.vault import Vault

log = structlog.get_logger()

MOMENT, MINUTE, HOUR = 5.0, 60.0, 3600.0


@dataclass(frozen=True, slots=True)
class OfficePost:
    """What the delivery worker asks the office about its post."""

    office: Office
    clock: Clock

    def address(self, tx: Tx, row: Promised) -> Addressed | None:
        return delivered.address(tx, self.office, row, self.clock())

    def settled(self, tx: Tx, row: Promised, result: Result, chat: str) -> None:
        delivered.settled(tx, self.office, row, result, chat, self.clock())


@dataclass(frozen=True, slots=True)
class OfficeFiles:
    """What follows at the office from a file that was fetched, or that never will be."""

    office: Office
    clock: Clock

    def arrived(self, tx: Tx, file: Kept) -> None:
        filed.arrived(tx, self.office, file, self.clock())

    def lost(self, tx: Tx, file: Kept) -> None:
        filed.lost(tx, self.office, file, self.clock())

    def late(self, tx: Tx, file: Kept) -> None:
        filed.late(tx, self.office, file, self.clock())


async def run(settings: Settings) -> None:
    """Run until cancelled."""
    async with running(settings):
        log.info("app.started")
        await asyncio.Event().wait()


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    checkpoint: Checkpoint = checkpoints.nowhere,
    tuning: Tuning | None = None,
) -> AsyncIterator[App]:
    """The whole desk, started in the order in which its parts need each other, and stopped in reverse.

    `clock` tells desk time; only tests and the playground pass one, or a `checkpoint`, or another `tuning`.
    """
    tuning = tuning or Tuning()
    office = furnish(settings)
    channels = connect(settings, office, clock, tuning)
    async with AsyncExitStack() as stack:
        store = await Store.open(
            settings.database_url.get_secret_value(), Keyring.parse(settings.keys.get_secret_value())
        )
        stack.push_async_callback(store.close)
        await see_that_nothing_vanished(store, office)
        await calendars.open_by(store, office, clock())
        await tell_what_is_held_back(store)
        for channel in channels.values():  # last of all but the store: until then answers are under way
            stack.push_async_callback(channel.close)
        room = Room(folders(settings), tuning.free)
        app = assemble(office, store, Vault(settings.files), channels, room, clock, checkpoint, tuning)
        await stack.enter_async_context(_working(app, tuning))
        await stack.enter_async_context(_serving(settings, app))
        await stack.enter_async_context(_listening(app))
        yield app


def furnish(settings: Settings) -> Office:
    """The policy and the desk file, which must fit each other. Raises FileError with all that does not."""
    policy, desk = policies.load(settings.policy), load_desk(settings.desk)
    queues = f"is missing; the policy {policy.name} sends tickets there"
    levels = f"is missing; the policy {policy.name} escalates to it"
    mistakes = [
        *(Mistake(f"queues.{queue}", queues) for queue in unserved(policy.queue_keys, desk)),
        *(Mistake(f"levels.{level}", levels) for level in unstaffed(policy.reached, desk)),
    ]
    if mistakes:
        raise SettingsError(str(settings.desk), mistakes)
    return Office(policy, desk)


async def see_that_nothing_vanished(store: Store, office: Office) -> None:
    """No queue may vanish while tickets wait in it, or may be escalated to it. Raises SettingsError."""
    if mistakes := await store.read(partial(vanished, desk=office.desk)):
        raise SettingsError("desk file", mistakes)


async def tell_what_is_held_back(store: Store) -> None:
    """Nothing else reminds an operator of what waits for them since a backup was put back."""
    if many := await store.read(doubtful.count):
        log.warning("outbox.held", many=many, since="a backup was put back", see="sanad outbox list")


def connect(settings: Settings, office: Office, clock: Clock, tuning: Tuning) -> dict[str, Channel]:
    """The channels that have a token."""
    public = settings.public_url
    telegram = Telegram(
        settings.telegram_bot_token.get_secret_value(),
        api_url=settings.telegram_api_url,
        webhook_url=f"{public.rstrip('/')}/telegram" if public else "",
        webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
        commands={language: command_menu(language, office.policy) for language in LANGUAGES}
        | {"": command_menu(office.policy.languages[0], office.policy)},
        clock=clock,
        account_pace=tuning.paces.telegram_account,
        chat_pace=tuning.paces.telegram_chat,
        patience=tuning.telegram,
    )
    slack = Slack(
        settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
        busy_text=lambda user: busy(office, user),
        clock=clock,
        limits=tuning.paces.slack,
    )
    return {telegram.name: telegram, slack.name: slack}


def assemble(
    office: Office,
    store: Store,
    vault: Vault,
    channels: Mapping[str, Channel],
    room: Room,
    clock: Clock,
    checkpoint: Checkpoint,
    tuning: Tuning,
) -> App:
    """The workers over the store and the channels."""
    metrics = Metrics()

    hearing = _hearing(office, store, channels, clock, checkpoint, tuning, metrics)
    delivery = DeliveryWorker(
        store,
        channels,
        OfficePost(office, clock),
        clock=tuning.machine,
        desk_clock=clock,
        checkpoint=checkpoint,
        terms=tuning.delivery,
        observe=metrics.attempted,
        read=Reader(store, vault).read,
    )
    fetching = FileWorker(
        store,
        vault,
        channels,
        OfficeFiles(office, clock),
        room,
        clock=tuning.machine,
        checkpoint=checkpoint,
        terms=tuning.files,
    )
    ears = Doorkeeper(hearing, room, metrics.heard)
    readback = Readback(
        store, channels.get("slack"), ears, room, clock, tuning.machine, hearing.drain, tuning.absence
    )
    return App(office, store, hearing, fetching, delivery, channels, room, metrics, readback, clock)


def _hearing(
    office: Office,
    store: Store,
    channels: Mapping[str, Channel],
    clock: Clock,
    checkpoint: Checkpoint,
    tuning: Tuning,
    metrics: Metrics,
) -> InboxWorker:
    def handle(tx: Tx, incoming: Incoming) -> Sequence[Now]:
        with metrics.handling(incoming.channel):
            return reception.handle(tx, office, incoming, clock())

    async def send_now(incoming: Incoming, nows: Sequence[Now]) -> None:
        for now in nows:
            await channels[incoming.channel].now(now)

    return InboxWorker(
        store,
        handle,
        lambda tx, incoming: reception.give_up(tx, office, incoming, clock()),
        send_now,
        clock=tuning.machine,
        checkpoint=checkpoint,
        patience=tuning.handling,
    )


@asynccontextmanager
async def _working(app: App, tuning: Tuning) -> AsyncIterator[None]:
    """The workers, and the few jobs that wake now and then."""
    scheduler = Scheduler(_jobs(app, tuning))
    await app.inbox.start()
    await app.files.start()
    await app.delivery.start()
    scheduler.start()
    try:
        yield
    finally:
        scheduler.stop()
        await asyncio.gather(app.inbox.stop(), app.files.stop(), app.delivery.stop())


def _jobs(app: App, tuning: Tuning) -> dict[str, tuple[Job, float]]:
    """What the scheduler wakes for, and every how many seconds."""
    found: dict[str, tuple[Job, float]] = {
        "premises": (lambda: premises.look(app), MINUTE),
        "room": (app.look_around, MOMENT),
        "readback": (app.readback.keep_up, MOMENT),
        "search": (lambda: jobs.catch_up(app.store, app.office, app.clock()), MINUTE),
        "prune": (lambda: jobs.prune(app.store, utc_now()), HOUR),
        "sweep": (app.files.sweep, HOUR),
    }
    return {**found, "tick": (app.tick, tuning.tick)} if tuning.tick else found


@asynccontextmanager
async def _serving(settings: Settings, app: App) -> AsyncIterator[None]:
    routes = [route for channel in app.channels.values() for route in channel.routes()]
    public = (web.public(routes, app.metrics.answered), settings.host, settings.port)
    admin = (web.admin(app.checks(), app.numbers), "127.0.0.1", settings.admin_port)
    async with web.serve_all(public, admin):
        yield


@asynccontextmanager
async def _listening(app: App) -> AsyncIterator[None]:
    """Hear last and stop hearing first, so that nothing comes in that nobody works on."""
    try:
        for channel in app.channels.values():
            await channel.open(app.readback.ears)
        yield
    finally:
        await asyncio.gather(*(channel.stop_listening() for channel in app.channels.values()))
