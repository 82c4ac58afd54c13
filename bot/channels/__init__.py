"""The port: what every channel can do for the desk, and how the outcome of a delivery is told."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from starlette.routing import Route

from bot.core.enclosures import Bundle, Enclosure
from bot.core.heard import Attachment, Incoming
from bot.core.now import Now
from bot.core.outcome import Closed, Failed, Outcome, Retry, Sent
from bot.core.shown import Card, Home, Post, Removal
from bot.core.words import Amend, Say

__all__ = [
    "Channel",
    "Closed",
    "Ears",
    "Failed",
    "NotNowError",
    "Outcome",
    "Pace",
    "Parcel",
    "Read",
    "Retry",
    "Sent",
    "UnfetchableError",
    "no_bytes",
    "no_memo",
]

Read = Callable[[UUID], AsyncIterator[bytes]]
"""Gives the bytes of one of our files, piece by piece."""

Jot = Callable[[str], Awaitable[None]]


async def no_bytes(_file: UUID) -> AsyncIterator[bytes]:
    """Where there are no files."""
    return
    yield b""  # never: it makes this a generator


async def no_memo(_memo: str) -> None:
    """Where nothing is kept between attempts."""


class UnfetchableError(Exception):
    """A file will never come: `why` is a slug, `gone` or `too_large` or another word for it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotNowError(Exception):
    """A file cannot be fetched now; perhaps after so many seconds."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery. `key` is the outbox row's id and stays the same over all attempts.

    `chat` is a customer's chat, a Slack channel, or a Slack user (a direct message, or their Home).
    `replaces` is the external id of the message that this one takes the place of: a card that is drawn again.
    `amends` are those of the parts of a customer's message that is to be changed, in order.
    `made` is when it was promised, by the machine's clock: before that it cannot have been sent.
    `read` gives the bytes of the files in it. What a channel wants to know at the next attempt it may `jot`
    down, which is kept before it goes on; `memo` is what it kept last.
    """

    key: str
    chat: str
    what: Say | Post | Card | Home | Bundle | Removal | Amend
    thread: str = ""
    replaces: str = ""
    amends: tuple[str, ...] = ()
    made: datetime | None = None
    read: Read = no_bytes
    memo: str = ""
    jot: Jot = no_memo

    @property
    def files(self) -> tuple[Enclosure, ...]:
        return self.what.files if isinstance(self.what, Say | Bundle) else ()


@dataclass(frozen=True, slots=True)
class Pace:
    """At most one parcel each `every` seconds in `scope`, after a burst of `burst`."""

    scope: str
    every: float
    burst: int = 1


class Ears(Protocol):
    """Where a channel brings what it heard."""

    async def hear(self, batch: Sequence[Incoming]) -> None:
        """Store and commit the batch, each natural key once. Only then may the platform be told yes."""

    async def hear_now(self, incoming: Incoming, within: float = 2.0) -> tuple[Now, ...] | None:
        """Store it, work its lane up to it, and return its immediate answers; None if that takes longer."""


class Channel(Protocol):
    """One wire: it speaks for one account on one platform."""

    name: str
    account: str

    def routes(self) -> Sequence[Route]:
        """The webhook paths that this channel serves, if any."""

    async def open(self, ears: Ears) -> None:
        """Start to listen. Never waits for a platform that cannot be reached."""

    async def stop_listening(self) -> None:
        """Hear nothing more; what is said meanwhile the platform keeps. Deliveries go on."""

    async def close(self) -> None:
        """Stop to listen, if that is not done yet, and let go of every connection."""

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one parcel. Never raises for what a platform or a network can do."""

    async def found(self, parcel: Parcel) -> Sent | Retry | None:
        """After an attempt without an answer: was it sent? None: no, or the platform can never tell.

        Retry: the platform cannot be asked just now, so that nobody may send it again yet.
        """

    def fetch(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """The bytes of a file that somebody sent, piece by piece.

        Raises UnfetchableError, NotNowError, and whatever a network can do.
        """

    async def now(self, now: Now) -> None:
        """Give an immediate answer, once; a refusal is logged and forgotten."""

    async def answered(self) -> bool:
        """Return when no immediate answer that the channel gives by itself is under way; tells of any."""

    def paces(self, parcel: Parcel) -> Sequence[Pace]:
        """The platform's limits that this parcel falls under."""
