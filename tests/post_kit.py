"""What the tests of inbox and outbox are made with: things heard, a clock to move, a channel that obeys."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta

from starlette.routing import Route

from bot.channels import Ears, Outcome, Pace, Parcel, Retry, Sent
from bot.core.heard import Attachment, Incoming, Said, Sender
from bot.core.now import Now
from bot.core.shown import Card, Post
from bot.core.words import Say
from storage import Tx
from storage.leases import Addressed, Promised, Result
from storage.outbox import ToAgent, ToChannel, ToCustomer, ToLeftCard, ToThread

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Clock:
    """A machine's clock that moves when it is told to."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def goes(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def said(number: int, *, lane: str = "anna", text: str = "", key: str = "") -> Incoming:
    """The `number`th message of somebody's chat."""
    return Incoming(
        channel="telegram",
        account="desk",
        key=key or f"{lane}/{number}",
        lane=lane,
        order=number,
        at=START,
        sender=Sender(chat=lane),
        what=Said(message=str(number), text=text or f"{lane} {number}"),
    )


def text_of(incoming: Incoming) -> str:
    assert isinstance(incoming.what, Said)
    return incoming.what.text


async def eventually(ready: Callable[[], object], within: float = 5.0) -> None:
    """Wait until `ready()` is true."""
    async with asyncio.timeout(within):
        while not ready():  # noqa: ASYNC110 - it waits for what is seen from outside
            await asyncio.sleep(0.005)


class FakeChannel:
    """Sends nothing: it notes what it was given, and answers what it was told to."""

    name = "telegram"
    account = "desk"

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.given: list[Parcel] = []
        self.sent: list[Parcel] = []
        self.answers: dict[str, list[Outcome]] = {}
        self.limits: list[Pace] = []
        self.knows = False
        self.asked: list[Parcel] = []
        self.gate: asyncio.Event | None = None

    def routes(self) -> Sequence[Route]:
        return ()

    async def open(self, ears: Ears) -> None:
        raise NotImplementedError

    async def stop_listening(self) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.given.append(parcel)
        if self.gate:
            await self.gate.wait()
        answers = self.answers.get(parcel.chat, [])
        outcome = answers.pop(0) if answers else Sent((f"m{len(self.given)}",), self.clock())
        if isinstance(outcome, Sent) or (isinstance(outcome, Retry) and outcome.unsure):
            self.sent.append(parcel)
        return outcome

    async def found(self, parcel: Parcel) -> Sent | None:
        self.asked.append(parcel)
        before = [sent for sent in self.sent if sent.key == parcel.key]
        return Sent(("found",), self.clock()) if self.knows and before else None

    def fetch(self, attachment: Attachment) -> AsyncIterator[bytes]:
        raise NotImplementedError

    async def now(self, now: Now) -> None:
        raise NotImplementedError

    async def answered(self) -> bool:
        return False

    def paces(self, parcel: Parcel) -> Sequence[Pace]:
        return [*(pace for pace in self.limits if pace.scope != "chat"), *self._of_chat(parcel)]

    def _of_chat(self, parcel: Parcel) -> Sequence[Pace]:
        return [
            Pace(f"chat:{parcel.chat}", pace.every, pace.burst)
            for pace in self.limits
            if pace.scope == "chat"
        ]

    def texts(self) -> list[str]:
        """What arrived, in order."""
        return [words(parcel) for parcel in self.sent]


def words(parcel: Parcel) -> str:
    match parcel.what:
        case Say(text=text):
            return text
        case Post(summary=text) | Card(summary=text):
            return text
        case _:
            return "home"


class FakeDesk:
    """Addresses each row by its target; cards show `state`."""

    def __init__(self) -> None:
        self.state = "new"
        self.ended: list[tuple[str, Result]] = []
        self.unwanted: set[str] = set()
        self.draws = 0

    def address(self, _tx: Tx, row: Promised) -> Addressed | None:
        if row.lane in self.unwanted:
            return None
        if row.kind == "show":
            self.draws += 1
            return Addressed(chat=_chat(row), what=Card(summary=self.state, title=""))
        assert row.what
        return Addressed(chat=_chat(row), what=row.what)

    def settled(self, _tx: Tx, row: Promised, result: Result, _chat: str) -> None:
        self.ended.append((row.purpose, result))


def _chat(row: Promised) -> str:
    match row.target:
        case ToCustomer(address=address):
            return str(address)
        case ToThread(ticket=ticket):
            return str(ticket)
        case ToAgent(user=user):
            return user
        case ToChannel(channel=channel) | ToLeftCard(channel=channel):
            return channel
        case _elsewhere:
            raise ValueError(row.target.kind)
