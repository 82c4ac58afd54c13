"""Answers that are worth nothing late: sent once, after the commit, outside the outbox."""

from typing import Annotated, Literal

from pydantic import Field

from bot.core.heard import Thread, Value
from bot.core.shown import Dialog, Post


class Toast(Value):
    """A short word over the chat for whoever pressed a button; an empty one only ends the waiting sign."""

    kind: Literal["toast"] = "toast"
    press: str
    text: str = ""


class Settled(Value):
    """A question was answered by its button: take the buttons off and leave what was chosen."""

    kind: Literal["settled"] = "settled"
    chat: str
    message: str
    chosen: str = ""


class Typing(Value):
    """A sign that an answer is being prepared."""

    kind: Literal["typing"] = "typing"
    chat: str


class Aside(Value):
    """A sentence in a group, and a button that leads out of it into a private chat with us."""

    kind: Literal["aside"] = "aside"
    chat: str
    text: str
    button: str


class OpenDialog(Value):
    """Open a form for the agent whose press made `trigger`; what they send joins the lane of `thread`.

    It takes the place of the window `view`, where the press was in one.
    """

    kind: Literal["open_dialog"] = "open_dialog"
    trigger: str
    dialog: Dialog
    thread: Thread | None = None
    view: str = ""


class Redraw(Value):
    """Draw an open form anew, in its own window (`view`), unless that has changed since this `state`."""

    kind: Literal["redraw"] = "redraw"
    view: str
    state: str
    dialog: Dialog
    thread: Thread | None = None


class DialogErrors(Value):
    """Keep a sent form open, with a sentence beside each field that will not do (by input key)."""

    kind: Literal["dialog_errors"] = "dialog_errors"
    errors: dict[str, str]


class DialogAnswer(Value):
    """Replace a sent form by a last word, for example why nothing was done."""

    kind: Literal["dialog_answer"] = "dialog_answer"
    title: str
    close: str
    post: Post


class NextDialog(Value):
    """Go on in the same window with another form, which asks what depends on the one that was sent."""

    kind: Literal["next_dialog"] = "next_dialog"
    dialog: Dialog
    thread: Thread | None = None


class Whisper(Value):
    """A word that only one agent sees: by the press's own `reply_url`, else as a direct message to `user`."""

    kind: Literal["whisper"] = "whisper"
    user: str
    post: Post
    reply_url: str = ""


Now = Annotated[
    Toast
    | Settled
    | Typing
    | Aside
    | OpenDialog
    | Redraw
    | DialogErrors
    | DialogAnswer
    | NextDialog
    | Whisper,
    Field(discriminator="kind"),
]
