"""The dialogs of the desk, and what each is made of."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from bot.core import reference
from bot.core.enclosures import LARGEST, LARGEST_IN_DIALOG, MEBIBYTE, MOST_IN_DIALOG
from bot.core.shown import Dialog, Input, Line
from handlers import lines
from handlers.agent import meanwhile
from handlers.agent.act import Act
from handlers.agent.meanwhile import Heed
from locales import _, pgettext

Values = dict[str, str]

TEXT = "text_"
"""Begins the key of words in one language, whose code follows."""

SEND, SAVE = "send", "save"


@dataclass(frozen=True, slots=True)
class Form:
    """One dialog: what it `asks`, and what it `does` with the answer.

    Where there is nothing to ask, `asks` has told the agent why.

    It depends on what `upon` tells of the ticket: when that is not the same any more as when it was opened,
    somebody else was quicker, and nothing is done. What it `heeds` of the customer's doings meanwhile is told
    first; sent once more, it is done. The tickets that it does something to beside the act's own are named by
    `others`, so that all are held before anything is done to one. With `needs_words` an empty text is sent
    back, unless `files_will_do` and there are some.
    """

    asks: Callable[[Act], Dialog | None]
    does: Callable[[Act, Values], None]
    upon: Callable[[Act], str] = lambda _act: ""
    heeds: tuple[Heed, ...] = ()
    others: Callable[[Act, Values], Collection[UUID]] = lambda _act, _values: ()
    needs_words: bool = False
    files_will_do: bool = False


def memo(act: Act, upon: str = "") -> str:
    """What comes back with a dialog: its ticket, as it is now, and what else it is opened `upon`."""
    return f"{act.ticket.id}/{meanwhile.now(act)}/{upon}"


def hands(act: Act) -> str:
    """In whose hands the ticket is, and where it stands: what words to its customer depend on.

    It counts how often it was resolved: reopened since, it stands where it stood, and is another matter.
    """
    return f"{act.ticket.claimer} {act.ticket.status} {act.ticket.cycle}"


def dialog(
    act: Act, key: str, title: str, *asked: Input, told: tuple[Line, ...] = (), ends: str = SAVE
) -> Dialog:
    """A dialog about the act's ticket, in the agent's language."""
    about = lines.text(_("Ticket {reference}", reference=reference.show(act.ticket.reference)))
    return Dialog(
        key=key,
        title=title,
        submit=pgettext("button", "Send") if ends == SEND else pgettext("button", "Save"),
        cancel=pgettext("button", "Cancel"),
        lines=(about, *told),
        inputs=asked,
    )


def words(label: str, hint: str = "", *, optional: bool = False, key: str = "text") -> Input:
    """A field for what the agent writes."""
    return Input(key=key, label=label, hint=hint, multiline=True, optional=optional)


def files() -> Input:
    """A field for files that go to the customer."""
    hint = _(
        "Up to {most} files of {small} MB at most. Larger ones, up to {large} MB: post them in the thread.",
        most=MOST_IN_DIALOG,
        small=LARGEST_IN_DIALOG // MEBIBYTE,
        large=LARGEST // MEBIBYTE,
    )
    return Input(key="files", label=_("Files for the customer"), hint=hint, asks="files", optional=True)
