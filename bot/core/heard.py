"""What a channel heard: one value for each thing that somebody did.

A channel turns its wire format into these values and nothing else; they are stored as JSON before the
platform is told that they arrived, so every part is a plain, immutable value.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.core.standing import Standing


class Value(BaseModel):
    """An immutable value that survives a trip through JSON."""

    # A validation error must not show what people wrote: it may reach a log.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Attachment(Value):
    """A file as the platform names it; the bytes are fetched later."""

    kind: str  # photo, document, voice, video, video_note, animation, sticker, audio, location, other
    file_id: str = ""
    name: str = ""
    mime: str = ""
    size: int = 0
    most: int = 0  # how many bytes the channel can bring; 0: any number
    unique: str = ""  # names the content, where the platform's `file_id` may change while that stays

    @property
    def too_large(self) -> bool:
        """Whether the channel cannot bring it at all."""
        return 0 < self.most < self.size

    def is_other(self, known: "Attachment") -> bool:
        """Whether its content is another; where one of them does not say what it is, nothing says that."""
        named = (self.unique, known.unique) if self.unique and known.unique else (self.file_id, known.file_id)
        return all(named) and named[0] != named[1]


class Sender(Value):
    """Who did it, as the platform tells: `chat` is where an answer goes."""

    chat: str
    name: str = ""
    language: str = ""  # the platform's hint, an IETF tag, or nothing


# What customers do


class Said(Value):
    """Words, a command, or files with or without words."""

    kind: Literal["said"] = "said"
    message: str  # the platform's id of the message
    text: str = ""
    files: tuple[Attachment, ...] = ()
    reply_to: str = ""  # the message that this one answers
    group: str = ""  # parts of one album share it


class Edited(Value):
    """Words said earlier, changed now."""

    kind: Literal["edited"] = "edited"
    message: str
    text: str = ""
    files: tuple[Attachment, ...] = ()


class Pressed(Value):
    """A button under one of our messages: `data` is what the button carried."""

    kind: Literal["pressed"] = "pressed"
    press: str  # to answer the tap with
    message: str = ""
    data: str = ""


class Shared(Value):
    """A contact card. `own` when it is the sender's, by the platform's word."""

    kind: Literal["shared"] = "shared"
    message: str
    phone: str
    name: str = ""
    own: bool = False


class Reach(Value):
    """The person blocked us (`open` false) or let us in again."""

    kind: Literal["reach"] = "reach"
    open: bool


class Called(Value):
    """Somebody called us among others, in a group. Nothing of what was said there is kept."""

    kind: Literal["called"] = "called"


class Unknown(Value):
    """Something that this version does not know; `name` is the platform's word for it."""

    kind: Literal["unknown"] = "unknown"
    name: str
    message: str = ""


# What agents do


class Thread(Value):
    """A thread on the desk: the card's channel and its timestamp."""

    channel: str
    ts: str


class Posted(Value):
    """Words of an agent in a thread (`thread`), or outside any (None)."""

    kind: Literal["posted"] = "posted"
    user: str
    channel: str
    ts: str
    thread: Thread | None = None
    text: str = ""  # plain, as a customer may read it: entities, mentions, links and emoji are resolved
    files: tuple[Attachment, ...] = ()
    mentions: tuple[str, ...] = ()  # whom the words name, by user id


class PostEdited(Value):
    """An agent changed the words of a post, or took files off it (`gone`, by the platform's ids)."""

    kind: Literal["post_edited"] = "post_edited"
    user: str
    channel: str
    ts: str
    thread: Thread | None = None
    text: str = ""
    gone: tuple[str, ...] = ()


class PostDeleted(Value):
    """A post is gone: an agent's, or one of our own (a card, say)."""

    kind: Literal["post_deleted"] = "post_deleted"
    channel: str
    ts: str
    thread: Thread | None = None


class Acted(Value):
    """A button on something that we showed, with the `value` that it carried.

    One that was `chosen` is from a menu, which goes on to show the choice until it is drawn again.
    """

    kind: Literal["acted"] = "acted"
    user: str
    verb: str
    value: str = ""
    thread: Thread | None = None
    trigger: str = ""  # opens a dialog, for about 3 seconds
    reply_url: str = ""  # takes a private answer
    chosen: bool = False
    view: str = ""  # the window that the button stood in, and what its `memo` was
    memo: str = ""


class Submitted(Value):
    """A dialog was sent: `values` by field key; `memo` and `thread` are what it was opened with.

    `files` are those that were put into it.
    """

    kind: Literal["submitted"] = "submitted"
    user: str
    dialog: str
    memo: str = ""
    values: dict[str, str] = {}
    files: tuple[Attachment, ...] = ()
    thread: Thread | None = None
    trigger: str = ""


class Chosen(Value):
    """A pick in a dialog that is still open (`view`, as it is in this `state`): `values` stand in it.

    `drawing` is another each time.
    """

    kind: Literal["chosen"] = "chosen"
    user: str
    dialog: str
    view: str
    state: str
    drawing: str
    memo: str = ""
    values: dict[str, str] = {}
    thread: Thread | None = None


class Commanded(Value):
    """A slash command, or a message shortcut of the same name: then `thread` is where it was used."""

    kind: Literal["commanded"] = "commanded"
    user: str
    command: str  # with its slash
    text: str = ""
    channel: str = ""
    thread: Thread | None = None
    trigger: str = ""
    reply_url: str = ""


class Membership(Value):
    """Somebody joined (`joined`) or left a channel; `public` is None where the platform did not say."""

    kind: Literal["membership"] = "membership"
    user: str
    channel: str
    joined: bool
    public: bool | None = None


class RoomChanged(Value):
    """Something happened to a channel itself: how it stands now, by the platform's word."""

    kind: Literal["room_changed"] = "room_changed"
    channel: str
    stands: Standing


class HomeOpened(Value):
    """An agent looks at the app's Home tab."""

    kind: Literal["home_opened"] = "home_opened"
    user: str


What = Annotated[
    Said
    | Edited
    | Pressed
    | Shared
    | Reach
    | Called
    | Unknown
    | Posted
    | PostEdited
    | PostDeleted
    | Acted
    | Submitted
    | Chosen
    | Commanded
    | Membership
    | RoomChanged
    | HomeOpened,
    Field(discriminator="kind"),
]


class Incoming(Value):
    """One thing heard, with all that is needed to hear it once and in order.

    `key` is the platform's natural key, unique within channel and account. `lane` names what must be handled
    in order (a chat, a thread) and `order` is the platform's own order in it. `at` is when the platform says
    it happened.
    """

    channel: str
    account: str
    key: str
    lane: str
    order: int
    at: datetime
    sender: Sender
    what: What
