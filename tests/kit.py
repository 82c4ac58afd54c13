"""The World of the stories: people, the local platforms, the whole desk, and the clock in our hand."""

import base64
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import app, premises, settings
from bot.channels import Pace
from bot.channels.slack import Limits, Slack
from bot.checkpoints import Checkpoint, nowhere
from bot.core.text import ascii_digits
from bot.machine import App
from bot.playground.slack import Agent, LocalSlack
from bot.playground.slack.seen import Message as Seen
from bot.playground.telegram import LocalTelegram, Person
from bot.policies import shipped
from bot.tuning import Paces, Tuning
from tests import filed

AT_ONCE = Paces(
    telegram_account=Pace("", every=0.0),
    telegram_chat=Pace("", every=0.0),
    slack=Limits(post=(0.0, 1), update=(0.0, 1), publish=(0.0, 1), history=0.0, workspace=(0.0, 1)),
)
"""Stories are not slowed down by good manners."""

TUNING = Tuning(AT_ONCE, tick=0)
"""And time passes when a story says so."""

KEYS = "k1:" + base64.b64encode(b"operator's key of all the tests!").decode()
TROUBLE = "الموقع لا يعمل منذ الصباح ولا أستطيع الدخول"
REFERENCE = re.compile(r"(\d{4})\u2060?-\u2060?(\d{4})")

SUPPORT, BILLING, DEPARTMENT, SUPERVISION = "C0SUPPORT", "C0BILLING", "C0DEPARTM", "C0SUPERVI"
CONTACT_CENTRE = "C0CONTACT"
CHANNELS = {
    "support": SUPPORT,
    "billing": BILLING,
    "department": DEPARTMENT,
    "supervision": SUPERVISION,
    "contact-centre": CONTACT_CENTRE,
}

LEVELS = {
    "manager": 'users = ["U0MANAGER"]',
    "department-supervisor": 'users = ["U0SUPERVIS"]',
    "department-manager": 'users = ["U0MANAGER"]',
    "senior-management": 'users = ["U0SENIOR"]\ngroups = ["S0SENIORS"]',
    "executive-team": 'users = ["U0EXECUT"]',
}
"""Who is above the queues, by the levels of the shipped policies."""

WEEK = """
[calendar]
timezone = "Asia/Riyadh"
[calendar.week]
sun = [["09:00", "17:00"]]
mon = [["09:00", "17:00"]]
tue = [["09:00", "17:00"]]
wed = [["09:00", "17:00"]]
thu = [["09:00", "17:00"]]
"""
"""The desk file's week, for a policy that has none; without holidays."""


@dataclass
class Clock:
    """Desk time: it runs as the machine's does, and goes on when a story says so."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def goes(self, **span: float) -> None:
        self.ahead += timedelta(**span)

    def becomes(self, at: datetime) -> None:
        self.ahead = at - datetime.now(UTC)


@dataclass(repr=False)  # asyncio would write it all out each time that it takes the signals for a task
class World:
    app: App
    telegram: LocalTelegram
    slack: LocalSlack
    clock: Clock

    def customer(self, language: str = "ar", name: str = "", phone: str = "+966500000001") -> Person:
        return self.telegram.person(name=name, language=language, phone=phone)

    async def agent(
        self, user: str = "U0AGENT", name: str = "agent", *, joins: tuple[str, ...] = (SUPPORT,)
    ) -> Agent:
        """An agent who has been in these channels for long, and whom the desk knows as a member."""
        agent = self.slack.agent(user, name, channels=joins)
        slack = self.app.channels["slack"]
        assert isinstance(slack, Slack)
        for channel in joins:
            await premises.look_into(self.app, slack, channel, self.slack.bot_user)
        return agent

    async def files(self, person: Person, text: str = TROUBLE) -> str:
        """The reference of a ticket that this person has filed under the general policy, and knows of."""
        reference = await filed.file(self, person, text)
        await person.sees(reference)
        return reference

    async def files_in_talk(self, person: Person, text: str = TROUBLE) -> str:
        """The same by the shortest way through the conversation.

        Someone in a hurry, who knows the questions: nothing is waited for but the receipt.
        """
        for answer in ("/new", "technical", "website", text, "normal", "skip", "send"):
            await person.says(answer)
        receipt = await person.sees(lambda message: bool(REFERENCE.search(ascii_digits(message.text))))
        return reference_in(receipt.text)

    async def tells(self, person: Person, *messages: str) -> None:
        """Say one thing after the other, each when the answer to the one before has come."""
        for message in messages:
            await person.says(message)
            await self.settles()

    async def presses_key(self, person: Person, key: str) -> None:
        """Press the button whose data ends with this key, whatever its title in the person's language."""
        await person.presses(data_of(person, key))
        await self.settles()

    async def card(self, reference: str, channel: str = SUPPORT) -> Seen:
        """The ticket's card, as it looks when everything has been delivered."""
        await self.settles()
        return next(m for m in self.slack.messages(channel) if m.text.startswith(reference))

    async def thread(self, reference: str, channel: str = SUPPORT) -> str:
        """Everything that stands in the ticket's thread."""
        return "\n".join(reply.text for reply in (await self.card(reference, channel)).thread)

    async def ticks(self) -> None:
        """What is due at this moment is done, and all that follows from it."""
        await self.app.tick()
        await self.settles()

    async def passes(self, **span: float) -> None:
        """Desk time goes on, from one due moment to the next, as it does for a desk that never sleeps."""
        until = self.clock() + timedelta(**span)
        await self.ticks()
        while (due_at := await self.app.next_due()) and due_at <= until:
            self.clock.becomes(due_at)
            await self.ticks()
        self.clock.becomes(max(until, self.clock()))
        await self.ticks()

    async def settles(self) -> None:
        """Everything that was said has been heard, handled, delivered and answered."""
        await self.telegram.until(lambda: not self.telegram.pending)
        await self.slack.idle()
        await self.app.drain()


def data_of(person: Person, key: str) -> str:
    for message in reversed(person.chat):
        for row in message.buttons:
            for button in row:
                if button.data.partition(":")[2] == key or button.data.partition(":")[2].startswith(
                    f"{key}."
                ):
                    return button.data
    raise AssertionError(f"no button {key!r} before {person.id}: {[m.text for m in person.chat]}")


def reference_in(text: str) -> str:
    found = REFERENCE.search(ascii_digits(text))
    assert found, f"no reference in {text!r}"
    return "-".join(found.groups())


def desk_file(policy: str, extra: str = "") -> str:
    """A desk file with a channel for each queue of a shipped policy, and somebody on each of its levels."""
    levels = "\n".join(f"[levels.{level.key}]\n{LEVELS[level.key]}\n" for level in shipped(policy).levels)
    queues = "\n".join(
        f'[queues.{queue.key}]\nchannel = "{CHANNELS[queue.key]}"\nlanguage = "en"\n'
        for queue in shipped(policy).queues
    )
    return f'{queues}\n{levels}\n[roles]\nsupervisors = ["U0SUPER"]\n{extra}'


@dataclass(frozen=True, slots=True)
class Street:
    """The local platforms, and the settings of a desk that stands between them; bots come and go."""

    telegram: LocalTelegram
    slack: LocalSlack
    clock: Clock
    settings: dict[str, str]

    @property
    def public(self) -> bool:
        """Whether the platforms call the desk; else the desk asks Telegram, and dials Slack."""
        return "SANAD_PUBLIC_URL" in self.settings

    async def listens(self) -> None:
        """The bot hears both platforms."""
        if self.public:
            assert await self.telegram.until(lambda: self.telegram.webhook)
        else:
            await self.slack.until(lambda: self.slack.connections or None)


@asynccontextmanager
async def street(
    database_url: str,
    folder: Path,
    *,
    policy: str = "general",
    extra: str = "",
    clock: Clock | None = None,
    public: bool = False,
) -> AsyncIterator[Street]:
    """The local platforms; with `public` they reach the desk by webhook and signed HTTP events."""
    clock = clock or Clock()
    desk = folder / "desk.toml"
    desk.write_text(desk_file(policy, extra), encoding="utf-8")
    async with LocalTelegram(clock=clock) as telegram, LocalSlack(clock=_seconds(clock)) as slack:
        for queue in shipped(policy).queues:
            slack.channel(CHANNELS[queue.key], name=queue.key)
        given = {
            "DATABASE_URL": database_url,
            "SANAD_KEYS": KEYS,
            "SANAD_FILES": str(folder / "files"),
            "SANAD_POLICY": policy,
            "SANAD_DESK": str(desk),
            "SANAD_PORT": "0",
            "SANAD_ADMIN_PORT": "0",
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.url,
        }
        yield Street(telegram, slack, clock, _in_public(given, slack) if public else given)


def _in_public(given: dict[str, str], slack: LocalSlack) -> dict[str, str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    slack.events_url = f"{address}/slack/events"
    hidden = {name: value for name, value in given.items() if name != "SLACK_APP_TOKEN"}
    return hidden | {
        "SANAD_PORT": str(port),
        "SANAD_PUBLIC_URL": address,
        "TELEGRAM_WEBHOOK_SECRET": "a-webhook-secret_of-the-tests",
        "SLACK_SIGNING_SECRET": slack.signing_secret,
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


@asynccontextmanager
async def living_in(
    place: Street, *, checkpoint: Checkpoint = nowhere, tuning: Tuning = TUNING
) -> AsyncIterator[World]:
    """The desk, as `sanad run` builds it, on platforms that may have seen others before."""
    given = settings.Settings.model_validate(place.settings)
    async with app.running(given, clock=place.clock, checkpoint=checkpoint, tuning=tuning) as running:
        yield World(running, place.telegram, place.slack, place.clock)


@asynccontextmanager
async def world(
    database_url: str,
    folder: Path,
    *,
    policy: str = "general",
    extra: str = "",
    checkpoint: Checkpoint = nowhere,
    clock: Clock | None = None,
    public: bool = False,
    tuning: Tuning = TUNING,
) -> AsyncIterator[World]:
    """The whole desk on the local platforms, as `sanad run` builds it, with desk time in our hand."""
    async with (
        street(database_url, folder, policy=policy, extra=extra, clock=clock, public=public) as place,
        living_in(place, checkpoint=checkpoint, tuning=tuning) as here,
    ):
        await place.listens()
        yield here


def _seconds(clock: Clock) -> Callable[[], float]:
    return lambda: clock().timestamp()
