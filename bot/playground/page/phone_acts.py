"""What a customer does with a phone."""

from secrets import token_hex
from typing import Annotated, Literal

from pydantic import Field

from bot.core.heard import Value
from bot.playground.furniture import Language
from bot.playground.page.uploads import File, Uploads, album, sample
from bot.playground.telegram import Person

Kind = Literal[
    "photo", "album", "voice", "audio", "video", "video_note", "animation", "document", "sticker", "location"
]


class Says(Value):
    """Writes, or answers one of the messages."""

    do: Literal["says"]
    text: str = Field(min_length=1)
    reply_to: int | None = None

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await person.says(self.text, self.reply_to)


class Edits(Value):
    """Changes an own message."""

    do: Literal["edits"]
    message: int
    text: str = Field(min_length=1)

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await person.edits(self.message, self.text)


class Presses(Value):
    """Presses a button under a message."""

    do: Literal["presses"]
    message: int
    data: str

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await person.presses_data(self.message, self.data)


class Taps(Value):
    """Uses a button in the place of the keyboard."""

    do: Literal["taps"]
    title: str

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await person.taps(self.title)


class Sends(Value):
    """Sends `files` that were uploaded, else samples, or a place; with a caption perhaps."""

    do: Literal["sends"]
    kind: Kind
    files: tuple[str, ...] = ()
    caption: str = ""
    reply_to: int | None = None

    async def by(self, person: Person, uploads: Uploads) -> None:
        group = token_hex(8) if self.kind == "album" else ""
        kind = "photo" if group else self.kind
        for place, file in enumerate(self._chosen(person.language, uploads)):
            caption = "" if place else self.caption
            await person.sends(
                kind,
                caption=caption,
                reply_to=self.reply_to,
                group=group,
                name=file.name,
                content=file.content,
            )

    def _chosen(self, language: str, uploads: Uploads) -> list[File]:
        if self.files:
            return [uploads[number] for number in self.files]
        return album() if self.kind == "album" else [sample(self.kind, language)]


class SharesContact(Value):
    """Shares the own contact card without being asked."""

    do: Literal["shares_contact"]

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await person.shares_contact()


class Speaks(Value):
    """Sets the phone to another language."""

    do: Literal["speaks"]
    language: Language

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await person.speaks(self.language)


class Blocks(Value):
    """Blocks the bot, or lets it write again."""

    do: Literal["blocks", "unblocks"]

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await (person.blocks() if self.do == "blocks" else person.unblocks())


class Leaves(Value):
    """Telegram deactivates the account, or gives it back."""

    do: Literal["loses_account", "regains_account"]

    async def by(self, person: Person, _uploads: Uploads) -> None:
        await (person.loses_account() if self.do == "loses_account" else person.regains_account())


PhoneAct = Annotated[
    Says | Edits | Presses | Taps | Sends | SharesContact | Speaks | Blocks | Leaves,
    Field(discriminator="do"),
]
