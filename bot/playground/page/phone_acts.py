"""What a customer does with a phone."""

from secrets import token_hex
from typing import Annotated, Literal

from pydantic import Field

from bot.core.heard import Value
from bot.playground.telegram import Person

PARTS_OF_AN_ALBUM = 3


class Says(Value):
    """Writes, or answers one of the messages."""

    do: Literal["says"]
    text: str = Field(min_length=1)
    reply_to: int | None = None

    async def by(self, person: Person) -> None:
        await person.says(self.text, self.reply_to)


class Edits(Value):
    """Changes an own message."""

    do: Literal["edits"]
    message: int
    text: str = Field(min_length=1)

    async def by(self, person: Person) -> None:
        await person.edits(self.message, self.text)


class Presses(Value):
    """Presses a button under a message."""

    do: Literal["presses"]
    message: int
    data: str

    async def by(self, person: Person) -> None:
        await person.presses_data(self.message, self.data)


class Taps(Value):
    """Uses a button in the place of the keyboard."""

    do: Literal["taps"]
    title: str

    async def by(self, person: Person) -> None:
        await person.taps(self.title)


class Sends(Value):
    """Sends a file or a place, with a caption perhaps; an album has three parts."""

    do: Literal["sends"]
    kind: Literal["photo", "album", "voice", "video", "document", "sticker", "location"]
    caption: str = ""
    reply_to: int | None = None

    async def by(self, person: Person) -> None:
        if self.kind != "album":
            await person.sends(self.kind, caption=self.caption, reply_to=self.reply_to)
            return
        group = token_hex(8)
        for part in range(PARTS_OF_AN_ALBUM):
            await person.sends("photo", caption="" if part else self.caption, group=group)


class SharesContact(Value):
    """Shares the own contact card without being asked."""

    do: Literal["shares_contact"]

    async def by(self, person: Person) -> None:
        await person.shares_contact()


class Blocks(Value):
    """Blocks the bot, or lets it write again."""

    do: Literal["blocks", "unblocks"]

    async def by(self, person: Person) -> None:
        await (person.blocks() if self.do == "blocks" else person.unblocks())


PhoneAct = Annotated[
    Says | Edits | Presses | Taps | Sends | SharesContact | Blocks, Field(discriminator="do")
]
