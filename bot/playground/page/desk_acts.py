"""What an agent does at the desk."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.heard import Value
from bot.playground.slack import Agent, Answered, LocalSlack, Message

Done = Answered | None


def find(agent: Agent, slack: LocalSlack, channel: str, ts: str) -> Message:
    """A message that the agent sees, private ones too. Raises LookupError."""
    for whisper in agent.whispers:
        if whisper.ts == ts:
            return whisper
    return slack.message(channel, ts)


class Writes(Value):
    """Writes into a channel, or (with `thread`) under one of its messages."""

    do: Literal["writes"]
    channel: str
    text: str = Field(min_length=1)
    thread: str = ""

    async def by(self, agent: Agent, slack: LocalSlack) -> Done:
        where = slack.message(self.channel, self.thread) if self.thread else self.channel
        await agent.writes(where, self.text)
        return None


class Edits(Value):
    """Changes an own message."""

    do: Literal["edits"]
    channel: str
    ts: str
    text: str = Field(min_length=1)

    async def by(self, agent: Agent, slack: LocalSlack) -> Done:
        await agent.edits(slack.message(self.channel, self.ts), self.text)
        return None


class Deletes(Value):
    """Deletes an own message."""

    do: Literal["deletes"]
    channel: str
    ts: str

    async def by(self, agent: Agent, slack: LocalSlack) -> Done:
        message = slack.message(self.channel, self.ts)
        if message.author != agent.id:
            raise LookupError("only its author deletes a message")
        await agent.deletes(message)
        return None


class Clicks(Value):
    """Presses a button of a message."""

    do: Literal["clicks"]
    action: str
    channel: str
    ts: str

    async def by(self, agent: Agent, slack: LocalSlack) -> Done:
        return await agent.clicks(self.action, find(agent, slack, self.channel, self.ts))


class Chooses(Value):
    """Chooses from a menu of a message."""

    do: Literal["chooses"]
    action: str
    option: str
    channel: str
    ts: str

    async def by(self, agent: Agent, slack: LocalSlack) -> Done:
        return await agent.chooses(self.action, self.option, find(agent, slack, self.channel, self.ts))


class Gives(Value):
    """Gives a slash command in a channel."""

    do: Literal["gives"]
    command: str = Field(pattern=r"^/\S+$")
    text: str = ""
    channel: str

    async def by(self, agent: Agent, _slack: LocalSlack) -> Done:
        return await agent.gives(self.command, self.text, channel=self.channel)


class Submits(Value):
    """Sends the open dialog, with what was entered by field key."""

    do: Literal["submits"]
    values: dict[str, str]

    async def by(self, agent: Agent, _slack: LocalSlack) -> Done:
        return await agent.submits(self.values)


class Dismisses(Value):
    """Closes the open dialog."""

    do: Literal["dismisses"]

    async def by(self, agent: Agent, _slack: LocalSlack) -> Done:
        await agent.dismisses()
        return None


class Moves(Value):
    """Joins a channel, or leaves it."""

    do: Literal["joins", "leaves"]
    channel: str

    async def by(self, agent: Agent, _slack: LocalSlack) -> Done:
        await (agent.joins(self.channel) if self.do == "joins" else agent.leaves(self.channel))
        return None


DeskAct = Annotated[
    Writes | Edits | Deletes | Clicks | Chooses | Gives | Submits | Dismisses | Moves,
    Field(discriminator="do"),
]
