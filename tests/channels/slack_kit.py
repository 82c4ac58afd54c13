"""What the Slack tests share: ears that remember and answer, and a desk with the real adapter on it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.channels import Parcel
from bot.channels.slack import Slack
from bot.core.heard import Incoming, What
from bot.core.now import Now, OpenDialog
from bot.core.shown import Button, Card, Dialog, Input, Line, Post, Quote, Text
from bot.playground.slack import Agent, LocalSlack, Message

Answer = Callable[[Incoming], tuple[Now, ...] | None]

LATER = datetime(2031, 5, 4, 3, 2, 1, 7, tzinfo=UTC)
"""When it is for a desk that was moved on by years: Slack's own time, and the machine's, is another."""

BUSY = "This is still being worked on."


def silent(_incoming: Incoming) -> tuple[Now, ...]:
    return ()


class Ears:
    """Keep what they hear as JSON, as the inbox does; fail the first `failures` times."""

    def __init__(self) -> None:
        self.heard: dict[str, Incoming] = {}
        self.attempts, self.failures = 0, 0
        self.answer: Answer = silent

    async def hear(self, batch: Sequence[Incoming]) -> None:
        self.attempts += 1
        if self.attempts <= self.failures:
            raise OSError("the disk is full")
        for one in batch:
            self.heard.setdefault(one.key, Incoming.model_validate_json(one.model_dump_json()))

    async def hear_now(self, incoming: Incoming, within: float = 2.0) -> tuple[Now, ...] | None:
        assert within <= 2.0
        await self.hear([incoming])
        return self.answer(incoming)

    @property
    def whats(self) -> list[What]:
        return [one.what for one in self.heard.values()]

    @property
    def last(self) -> Incoming:
        return list(self.heard.values())[-1]


@dataclass
class Office:
    """A queue's channel with an agent in it, and the adapter under test."""

    local: LocalSlack
    slack: Slack
    ears: Ears
    agent: Agent

    async def card(self, card: Card | None = None, key: str = "card-1") -> Message:
        """A card in the channel, delivered by the adapter; forgets that it was heard of."""
        await self.slack.deliver(Parcel(key=key, chat="C1", what=card or a_card()))
        await self.local.idle()
        return self.local.messages("C1")[-1]


@asynccontextmanager
async def office(*, local: LocalSlack | None = None, **settings: Any) -> AsyncIterator[Office]:
    """By Socket Mode, connected; with `http=True` by HTTP events."""
    http = settings.pop("http", False)
    async with local or LocalSlack(again_after=(0.02, 0.02, 0.02)) as here:
        here.channel("C1", name="support")
        agent = here.agent("U1", "Agent One", channels=["C1"])
        tokens = {"signing_secret": here.signing_secret} if http else {"app_token": here.app_token}
        slack = Slack(
            here.bot_token, api_url=here.url, busy_text=lambda _user: BUSY, **{**tokens, **settings}
        )
        ears = Ears()
        async with _open(slack, ears), _served(slack, here) if http else _connected(here):
            yield Office(here, slack, ears, agent)


@asynccontextmanager
async def _open(slack: Slack, ears: Ears) -> AsyncIterator[None]:
    await slack.open(ears)
    try:
        yield
    finally:
        await slack.close()


@asynccontextmanager
async def _connected(local: LocalSlack) -> AsyncIterator[None]:
    async with asyncio.timeout(5):
        await local.connected()
    yield


@asynccontextmanager
async def _served(slack: Slack, local: LocalSlack) -> AsyncIterator[None]:
    """Serve the adapter's routes as the program does."""
    app = Starlette(routes=list(slack.routes()))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off", ws="none"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.001)
    port = server.servers[0].sockets[0].getsockname()[1]
    local.events_url = f"http://127.0.0.1:{port}/slack/events"
    try:
        yield
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await task


def a_card(**parts: Any) -> Card:
    buttons = (Button(verb="claim", title="Claim", value="t1"),)
    return Card(**{"summary": "New ticket 4829-1372", "title": "4829-1372", "buttons": buttons, **parts})


def a_post(*lines: Line, **parts: Any) -> Post:
    return Post(summary="A message", lines=lines or ((Text(text="Hello"),),), **parts)


def quoting(words: str) -> Post:
    return a_post((Quote(text=words),))


def a_dialog(**parts: Any) -> Dialog:
    inputs = (Input(key="words", label="Your reply", multiline=True),)
    asked = {"key": "reply", "title": "Reply", "submit": "Send", "cancel": "Back", "inputs": inputs}
    return Dialog(**{**asked, "memo": "ticket-1", **parts})


def opening(dialog: Dialog) -> Answer:
    """Ears that open a dialog for each press."""
    return lambda incoming: (OpenDialog(trigger=getattr(incoming.what, "trigger", ""), dialog=dialog),)


def answering(*nows: Now) -> Answer:
    return lambda _incoming: nows
