"""What an agent does at the desk."""

from typing import Annotated, Any, Literal

from pydantic import Field

from bot.core.heard import Value
from bot.playground.page.uploads import File, Uploads
from bot.playground.slack import Agent, Answered, LocalSlack, Message, Shown

Done = Answered | None


def find(agent: Agent, slack: LocalSlack, channel: str, ts: str) -> Message:
    """A message that the agent sees, private ones too. Raises LookupError."""
    for whisper in agent.whispers:
        if whisper.ts == ts:
            return whisper
    return slack.message(channel, ts)


class Writes(Value):
    """Writes into a channel, or (with `thread`) under one of its messages; with `files` of the visitor."""

    do: Literal["writes"]
    channel: str
    text: str = ""
    thread: str = ""
    files: tuple[str, ...] = ()

    async def by(self, agent: Agent, slack: LocalSlack, uploads: Uploads) -> Done:
        where = slack.message(self.channel, self.thread) if self.thread else self.channel
        if not (self.text or self.files):
            raise LookupError("there is nothing to send")
        await agent.writes(where, self.text, files=[_put(agent, uploads[one]) for one in self.files])
        return None


def _put(agent: Agent, file: File) -> dict[str, Any]:
    return agent.uploads(file.name, file.content, file.type)


Surface = Literal["message", "home", "dialog"]
"""Where something is pressed or chosen: a message, the app's Home tab, the open dialog."""


def on(agent: Agent, slack: LocalSlack, surface: Surface, channel: str, ts: str) -> Shown:
    """What is pressed. Raises LookupError."""
    shown = {"home": agent.home, "dialog": agent.dialog}
    if surface == "message":
        return find(agent, slack, channel, ts)
    if found := shown[surface]:
        return found
    raise LookupError(f"there is no {surface} open")


class Edits(Value):
    """Changes an own message."""

    do: Literal["edits"]
    channel: str
    ts: str
    text: str = Field(min_length=1)

    async def by(self, agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        await agent.edits(slack.message(self.channel, self.ts), self.text)
        return None


class Deletes(Value):
    """Deletes an own message; or, as an administrator, one of the app's."""

    do: Literal["deletes"]
    channel: str
    ts: str

    async def by(self, agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        message = slack.message(self.channel, self.ts)
        if message.author != agent.id and not message.raw.get("bot_id"):
            raise LookupError("only its author deletes a message, or an administrator one of the app's")
        await agent.deletes(message)
        return None


class Clicks(Value):
    """Presses a button."""

    do: Literal["clicks"]
    action: str
    surface: Surface = "message"
    channel: str = ""
    ts: str = ""

    async def by(self, agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        return await agent.clicks(self.action, on(agent, slack, self.surface, self.channel, self.ts))


class Chooses(Value):
    """Chooses from a menu."""

    do: Literal["chooses"]
    action: str
    option: str
    surface: Surface = "message"
    channel: str = ""
    ts: str = ""

    async def by(self, agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        shown = on(agent, slack, self.surface, self.channel, self.ts)
        return await agent.chooses(self.action, self.option, shown)


class Uses(Value):
    """Uses one of the app's shortcuts, on a message or anywhere."""

    do: Literal["uses"]
    callback: str
    channel: str = ""
    ts: str = ""

    async def by(self, agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        message = find(agent, slack, self.channel, self.ts) if self.ts else None
        return await agent.uses(self.callback, message)


class OpensHome(Value):
    """Looks at the app's Home tab."""

    do: Literal["opens_home"]

    async def by(self, agent: Agent, _slack: LocalSlack, _uploads: Uploads) -> Done:
        await agent.opens_home()
        return None


class Gives(Value):
    """Gives a slash command in a channel."""

    do: Literal["gives"]
    command: str = Field(pattern=r"^/\S+$")
    text: str = ""
    channel: str

    async def by(self, agent: Agent, _slack: LocalSlack, _uploads: Uploads) -> Done:
        return await agent.gives(self.command, self.text, channel=self.channel)


class Submits(Value):
    """Sends the open dialog, with what was entered by field key, and the files that were uploaded for it."""

    do: Literal["submits"]
    values: dict[str, str]
    files: dict[str, tuple[str, ...]] = {}

    async def by(self, agent: Agent, _slack: LocalSlack, uploads: Uploads) -> Done:
        files = {
            key: ",".join(_put(agent, uploads[one])["id"] for one in chosen)
            for key, chosen in self.files.items()
        }
        return await agent.submits(self.values | files)


class Picks(Value):
    """Chooses in a field of the open dialog, beside what else was entered by field key."""

    do: Literal["picks"]
    field: str
    option: str
    values: dict[str, str] = {}

    async def by(self, agent: Agent, _slack: LocalSlack, _uploads: Uploads) -> Done:
        return await agent.picks(self.field, self.option, self.values)


class Dismisses(Value):
    """Closes the open dialog."""

    do: Literal["dismisses"]

    async def by(self, agent: Agent, _slack: LocalSlack, _uploads: Uploads) -> Done:
        await agent.dismisses()
        return None


class Moves(Value):
    """Joins a channel, or leaves it."""

    do: Literal["joins", "leaves"]
    channel: str

    async def by(self, agent: Agent, _slack: LocalSlack, _uploads: Uploads) -> Done:
        await (agent.joins(self.channel) if self.do == "joins" else agent.leaves(self.channel))
        return None


class Arranges(Value):
    """Does to a channel what an administrator can do."""

    do: Literal["archives", "unarchives", "publishes", "hides", "removes_bot", "invites_bot", "removes"]
    channel: str

    async def by(self, _agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        match self.do:
            case "publishes" | "hides":
                slack.publish(self.channel, public=self.do == "publishes")
            case "removes_bot":
                slack.remove_bot(self.channel)
            case "invites_bot":
                slack.invite_bot(self.channel)
            case "removes":
                slack.remove_channel(self.channel)
            case _:
                slack.archive(self.channel, archived=self.do == "archives")
        return None


class Renames(Value):
    """Gives a channel another name."""

    do: Literal["renames"]
    channel: str
    name: str = Field(pattern=r"^[^\s#]{1,80}$")

    async def by(self, _agent: Agent, slack: LocalSlack, _uploads: Uploads) -> Done:
        slack.rename(self.channel, self.name)
        return None


DeskAct = Annotated[
    Writes
    | Edits
    | Deletes
    | Clicks
    | Chooses
    | Uses
    | Gives
    | OpensHome
    | Submits
    | Picks
    | Dismisses
    | Moves
    | Arranges
    | Renames,
    Field(discriminator="do"),
]
