"""The channel itself: one bot account, its intake and its deliveries."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from starlette.routing import Route
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, WebhookInfo

from bot.channels import Ears, Outcome, Pace, Parcel, Sent
from bot.channels.telegram.fetching import fetch
from bot.channels.telegram.immediate import answer
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.patience import Patience, until_done
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.post import Post
from bot.channels.telegram.scopes import ACCOUNT_PACE, CHAT_PACE, Scopes
from bot.channels.telegram.updates import ALLOWED
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.wire import Wire
from bot.core.heard import Attachment
from bot.core.now import Now

log = structlog.get_logger()

Commands = Mapping[str, Sequence[tuple[str, str]]]
"""By two-letter language (an empty one is for everybody else): commands without slash, and what they do."""

_REAL = "https://api.telegram.org"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PATIENCE = Patience()
_POLL_SECONDS = 30


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Telegram:
    """A `bot.channels.Channel` for one Telegram bot.

    `api_url` is where the Bot API answers; empty is Telegram's own. With `webhook_url`, the public address of
    our `/telegram`, updates come by webhook and `webhook_secret` proves who brings them; without, by polling.
    A pace of None lifts that limit.
    """

    name = "telegram"

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "",
        webhook_url: str = "",
        webhook_secret: str = "",
        commands: Commands | None = None,
        clock: Callable[[], datetime] = _utc_now,
        account_pace: Pace | None = ACCOUNT_PACE,
        chat_pace: Pace | None = CHAT_PACE,
        patience: Patience = _PATIENCE,
        poll_seconds: int = _POLL_SECONDS,
    ) -> None:
        _check(token, webhook_url, webhook_secret)
        self.account = token.partition(":")[0]
        self._webhook_url = webhook_url
        self._secret = webhook_secret
        self._commands = commands
        self._patience = patience
        self._wire = Wire()
        self._bot = _bot(token, api_url, self._wire)
        self._scopes = Scopes(token, self.account, account_pace, chat_pace)
        self._intake = Intake(self.account, clock)
        self._post = Post(self._bot, self._wire, self._scopes, clock)
        self._polling = Polling(self._bot, self._wire, self._intake, patience, poll_seconds)
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> Sequence[Route]:
        if not self._webhook_url:
            return ()
        return (Webhook(self._secret, self._intake.take).route(),)

    async def open(self, ears: Ears) -> None:
        """Start to listen; what Telegram has to be told is told in the background, as often as it takes."""
        self._intake.ears = ears
        self._start(self._set_webhook() if self._webhook_url else self._polling.run())
        if self._commands:
            self.register_commands(self._commands)

    async def stop_listening(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._intake.ears = None

    async def close(self) -> None:
        await self.stop_listening()
        await self._wire.shutdown()

    async def deliver(self, parcel: Parcel) -> Outcome:
        return await self._post.send(parcel)

    async def found(self, parcel: Parcel) -> Sent | None:  # noqa: ARG002 - the port's signature
        """Telegram has neither an idempotency key nor a way to look a sent message up."""
        return None

    def fetch(self, attachment: Attachment) -> AsyncIterator[bytes]:
        return fetch(self._bot, self._wire, attachment.file_id)

    async def now(self, now: Now) -> None:
        await answer(self._bot, now)

    async def answered(self) -> bool:
        """All its immediate answers are given by whoever handles what was heard."""
        return False

    def paces(self, parcel: Parcel) -> Sequence[Pace]:
        return self._scopes.paces(parcel.chat)

    async def identity(self) -> str:
        """The bot's user name. Raises `telegram.error.TelegramError`, such as `InvalidToken`."""
        return (await self._bot.get_me()).username or ""

    async def webhook_info(self) -> WebhookInfo:
        """How Telegram reaches us, by its own word. Raises `telegram.error.TelegramError`."""
        return await self._bot.get_webhook_info()

    def register_commands(self, commands: Commands) -> None:
        """Show these in the menu of private chats; tried in the background until Telegram has taken them."""
        for language, listed in commands.items():
            self._start(self._register(language, listed))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("telegram.task_failed", error=type(error).__name__)

    async def _register(self, language: str, listed: Sequence[tuple[str, str]]) -> None:
        menu = [BotCommand(command.removeprefix("/"), description) for command, description in listed]
        scope = BotCommandScopeAllPrivateChats()
        call = partial(self._bot.set_my_commands, menu, scope=scope, language_code=language or None)
        await until_done("setMyCommands", call, self._patience)

    async def _set_webhook(self) -> None:
        async def call() -> None:
            await self._bot.set_webhook(
                self._webhook_url,
                allowed_updates=ALLOWED,
                drop_pending_updates=False,
                secret_token=self._secret,
            )

        await until_done("setWebhook", call, self._patience)


def _check(token: str, webhook_url: str, webhook_secret: str) -> None:
    if not _TOKEN.fullmatch(token):
        raise ValueError("a Telegram bot token looks like 123456:ABC-DEF")
    if webhook_url and not _SECRET.fullmatch(webhook_secret):
        raise ValueError("a webhook needs a secret of 1 to 256 of A-Z, a-z, 0-9, _ and -")


def _bot(token: str, api_url: str, wire: Wire) -> Bot:
    root = api_url.rstrip("/") or _REAL
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=wire,
        get_updates_request=wire,
    )
