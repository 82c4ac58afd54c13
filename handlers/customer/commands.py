"""What conversations decide: each is carried out by one function, wherever it was decided."""

from dataclasses import dataclass
from uuid import UUID

from bot.core.heard import Attachment
from handlers.form import Intake


@dataclass(frozen=True, slots=True)
class ShowMenu:
    pass


@dataclass(frozen=True, slots=True)
class StartFiling:
    """File a ticket; `text` and `files` were said before and are not asked for again."""

    text: str = ""
    files: tuple[Attachment, ...] = ()
    follows: UUID | None = None
    draft: Intake | None = None


@dataclass(frozen=True, slots=True)
class FileTicket:
    """Send it."""

    draft: Intake


@dataclass(frozen=True, slots=True)
class AskReference:
    pass


@dataclass(frozen=True, slots=True)
class ListTickets:
    pass


@dataclass(frozen=True, slots=True)
class AskLanguage:
    pass


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class ShowHelp:
    pass


@dataclass(frozen=True, slots=True)
class Cancel:
    """Leave whatever is going on."""


@dataclass(frozen=True, slots=True)
class ShowTicket:
    """`reference` is digits, and may be anything that the person typed."""

    reference: str


@dataclass(frozen=True, slots=True)
class Write:
    """Free words, which belong to a ticket that is still to be found."""

    text: str
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class AddWords:
    """Words for a ticket of the person's own."""

    ticket: UUID
    text: str
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Solve:
    """The customer says that it is solved."""

    ticket: UUID


@dataclass(frozen=True, slots=True)
class Reopen:
    """The customer says that it is not solved."""

    ticket: UUID


@dataclass(frozen=True, slots=True)
class LetRest:
    """The customer has nothing to add to a resolved ticket."""

    ticket: UUID


@dataclass(frozen=True, slots=True)
class Rate:
    """One answer of a survey."""

    ticket: UUID
    cycle: int
    question: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Comment:
    """The last word of a survey; empty when it was skipped."""

    ticket: UUID
    cycle: int
    text: str


@dataclass(frozen=True, slots=True)
class ResumeFiling:
    """Go on with the half-finished request, keeping what has been said meanwhile."""

    text: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class DropFiling:
    """Throw the half-finished request away; with `begin`, or with words said meanwhile, begin a new one."""

    text: str = ""
    files: tuple[Attachment, ...] = ()
    begin: bool = False
