"""A Telegram of one's own: the platform for a demo or a test, in this process."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from bot.playground.telegram import groups
from bot.playground.telegram.chats import Chats
from bot.playground.telegram.faults import Faults
from bot.playground.telegram.groups import Group
from bot.playground.telegram.messages import Json
from bot.playground.telegram.methods import Methods
from bot.playground.telegram.people import Person
from bot.playground.telegram.pusher import Hook, Pusher
from bot.playground.telegram.rates import Rates
from bot.playground.telegram.server import Server

TOKEN = "7000000001:local-telegram-token"  # noqa: S105 - opens nothing but this playground


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LocalTelegram:
    """One bot account and the people who talk to it. `async with` starts and stops it.

    `clock` dates messages; `press_lifetime` is how many seconds a press can be answered.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "sanad_local_bot",
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], datetime] = _utc_now,
        press_lifetime: float = 150.0,
    ) -> None:
        self.token = token
        bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Sanad",
            "username": username,
        }
        self.faults = Faults()
        self._chats = Chats(bot, clock, press_lifetime)
        self._pusher = Pusher(self._chats.updates, self.faults)
        self._methods = Methods(self._chats, self._pusher)
        self._server = Server(token, self._chats, self._methods, self.faults)
        self._address = host, port

    async def start(self) -> None:
        await self._server.start(*self._address)

    async def stop(self) -> None:
        await self._pusher.stop()
        await self._server.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """What `TELEGRAM_API_URL` has to be."""
        return f"http://{self._address[0]}:{self._server.port}"

    def person(
        self,
        id: int | None = None,  # noqa: A002 - their word
        name: str = "",
        language: str = "",
        phone: str = "",
    ) -> Person:
        """The person of that id, who is made when there is none; without an id always a new one."""
        return self._chats.person(id, name, language, phone)

    @property
    def people(self) -> dict[int, Person]:
        return self._chats.people

    @property
    def calls(self) -> Counter[str]:
        """How often each method was called, refused calls included."""
        return self._server.calls

    def lose(self, file_id: str) -> None:
        """From now on Telegram cannot give out this file any more."""
        self._chats.files.lose(file_id)

    @property
    def rates(self) -> Rates:
        return self._chats.rates

    @property
    def webhook(self) -> Hook | None:
        """The webhook, while one is set; its `statuses` are the answers so far."""
        return self._pusher.hook

    @property
    def commands(self) -> dict[tuple[str, str], list[Json]]:
        """Registered commands by scope type and language."""
        return self._methods.commands

    def group(self, title: str) -> Group:
        """A new group chat, which the bot is not in yet."""
        return groups.make(self._chats, title)

    def file(self, file_id: str) -> bytes | None:
        """What somebody sent, by its file id."""
        return self._chats.files.kept(file_id)

    @property
    def allowed_updates(self) -> set[str] | None:
        """The kinds of updates that the bot asked for; None for Telegram's own default."""
        return self._chats.updates.allowed

    @property
    def pending(self) -> int:
        """How many updates wait for the bot's confirmation."""
        return len(self._chats.updates.waiting())

    async def inject(self, update: Json) -> int:
        """Bring an update of any kind and shape, whether the bot asked for it or not; returns its number."""
        return self._chats.updates.inject(dict(update))

    async def resend(self, update_id: int) -> None:
        """Bring an update once more, with the same number."""
        self._chats.updates.resend(update_id)

    def hold(self) -> None:
        """Keep updates back until `release`, which can bring them out of order."""
        self._chats.updates.hold()

    def release(self, *, backwards: bool = False) -> None:
        self._chats.updates.release(backwards=backwards)

    def expire_presses(self) -> None:
        """Make every press so far too old to be answered."""
        self._chats.expire_presses()

    @property
    def revision(self) -> int:
        return self._chats.changes.revision

    async def changed(self, since: int, timeout: float | None = None) -> int:  # noqa: ASYNC109 - part of its API
        """Wait until something visible has changed after revision `since`; returns the revision."""
        return await self._chats.changes.changed(since, timeout)

    async def until(self, holds: Callable[[], object], timeout: float = 5.0) -> bool:  # noqa: ASYNC109 - the same
        """Wait until `holds()`, looking again after every visible change; False when the time is over."""
        return await self._chats.changes.until(holds, timeout)

    def snapshot(self) -> Json:
        """Everything that can be seen, as JSON values.

        A message with a file has it as `file` (id, name, type, size); `file(id)` gives its bytes.
        """
        return {
            "revision": self.revision,
            "bot": self._chats.bot,
            "down": not self.faults.is_up.is_set(),
            "webhook": self.webhook.url if self.webhook else "",
            "pending": self.pending,
            "calls": dict(self.calls),
            "commands": [
                {"scope": scope, "language": language, "commands": listed}
                for (scope, language), listed in self.commands.items()
            ],
            "people": [person.as_json() for person in self.people.values()],
        }
