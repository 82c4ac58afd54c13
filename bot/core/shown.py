"""What is shown to agents: posts, cards, dialogs, and private words; a channel draws them its own way."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from bot.core.heard import Attachment, Thread, Value

# The parts of a line. Only `Mention` can ping; people's words are always `Quote`, which nothing can format.


class Text(Value):
    """Our own words."""

    kind: Literal["text"] = "text"
    text: str
    strong: bool = False


class Quote(Value):
    """A person's words, exactly as written: never markup, never a mention, never a link preview.

    `of` is the id under which they are kept, so that they can be taken away again.
    """

    kind: Literal["quote"] = "quote"
    text: str
    of: UUID | None = None


class Mention(Value):
    """An agent (`user`) or a group of agents (`group`), who will be notified."""

    kind: Literal["mention"] = "mention"
    user: str = ""
    group: str = ""


class Room(Value):
    """A channel of the desk, which those who may can follow."""

    kind: Literal["room"] = "room"
    channel: str


class Moment(Value):
    """A moment, which each agent sees in their own time zone; `fallback` where that cannot be."""

    kind: Literal["moment"] = "moment"
    at: datetime
    fallback: str


class Way(Value):
    """The way to a message on the desk, for those who see its channel; `text` is what they press."""

    kind: Literal["way"] = "way"
    thread: Thread
    text: str


Part = Annotated[Text | Quote | Mention | Room | Moment | Way, Field(discriminator="kind")]
Line = tuple[Part, ...]


class Button(Value):
    """A verb that is allowed now. `value` comes back with the press; `confirm` asks first."""

    verb: str
    title: str
    value: str = ""
    style: Literal["", "primary", "danger"] = ""
    confirm: str = ""


Section = tuple[Line, tuple[Button, ...]]


class Menu(Value):
    """Further verbs behind one element; choosing one is like pressing its button."""

    title: str
    entries: tuple[Button, ...]


class Post(Value):
    """A message to agents, line by line. `summary` is the notification: it holds no customer's words.

    In a thread it is seen in the channel too if it is `broadcast`.
    """

    summary: str
    lines: tuple[Line, ...]
    buttons: tuple[Button, ...] = ()
    files: tuple[Attachment, ...] = ()
    broadcast: bool = False


class Card(Value):
    """A ticket as agents see it in their channel; `fields` are pairs of label and value."""

    summary: str
    title: str
    lines: tuple[Line, ...] = ()
    fields: tuple[tuple[str, Line], ...] = ()
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    footer: str = ""


class Spot(Value):
    """One message that a platform took: where it is, and its id there. `theirs`: we did not send it.

    A `bare` one is a file that has no words with it.
    """

    chat: str
    message: str
    theirs: bool = False
    bare: bool = False


class Removal(Value):
    """What was shown of some words is taken away; `spots` are known when it is sent.

    What can no longer be deleted is changed to `instead`. With `theirs` the person's own message goes too,
    where the platform lets us.
    """

    words: UUID
    instead: str = ""
    theirs: bool = False
    spots: tuple[Spot, ...] = ()


class Pick(Value):
    """One possible value of a field."""

    key: str
    title: str


class Input(Value):
    """A question in a dialog: one of `picks`, else what it `asks`.

    What comes back is the words, the key of a pick, a moment in seconds since 1970, or the id of a user.
    A pick that `redraws` is heard at once. In a dialog that is drawn again, a field keeps what was entered,
    but for one whose `drawing` is another: that shows its `value`.
    """

    key: str
    label: str
    asks: Literal["words", "moment", "agent", "files"] = "words"
    hint: str = ""
    value: str = ""
    picks: tuple[Pick, ...] = ()
    multiline: bool = False
    optional: bool = False
    redraws: bool = False
    drawing: str = ""
    max_length: int = 3000


class Dialog(Value):
    """A form in a window of its own. `memo` comes back with what was entered.

    Without `submit` there is nothing to send; then it has no inputs. `sections` stand below, each a line with
    the buttons under it.
    """

    key: str
    title: str
    submit: str = ""
    cancel: str
    lines: tuple[Line, ...] = ()
    inputs: tuple[Input, ...] = ()
    sections: tuple[Section, ...] = ()
    memo: str = ""


class Home(Value):
    """What an agent sees in the app's own tab."""

    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
