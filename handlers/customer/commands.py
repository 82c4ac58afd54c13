"""What conversations decide: each is carried out by one function, wherever it was decided."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.core.flow import Go, Place, Trail
from bot.core.told import NOTHING, Told
from handlers.form import Intake


@dataclass(frozen=True, slots=True)
class ShowMenu:
    """`said` stands above it."""

    said: str = ""


@dataclass(frozen=True, slots=True)
class Greet:
    """Somebody says hello, or wishes peace."""

    peace: bool = False


@dataclass(frozen=True, slots=True)
class StartFiling:
    """File a ticket; `told` was said before, and is not asked for again. It continues `follows`.

    A `draft` is gone on with: by the question that was `asked` last, which has `trail` as its way back.
    """

    told: Told = NOTHING
    follows: UUID | None = None
    draft: Intake | None = None
    asked: Go | None = None
    trail: Trail = ()


@dataclass(frozen=True, slots=True)
class FileTicket:
    """Send it."""

    draft: Intake


@dataclass(frozen=True, slots=True)
class Decline:
    """Not agree to what a request needs: nothing is filed, and what was said is kept."""

    draft: Intake


@dataclass(frozen=True, slots=True)
class ResumeFiling:
    """Go on with the half-finished request, keeping what has been said meanwhile."""

    told: Told = NOTHING


@dataclass(frozen=True, slots=True)
class ThenRemind:
    """Carry out `what`, and offer the half-finished request again if nothing is asked then."""

    what: object


@dataclass(frozen=True, slots=True)
class DropFiling:
    """Throw the half-finished request away; `begin` is the one to begin instead."""

    begin: StartFiling | None = None


@dataclass(frozen=True, slots=True)
class AskReference:
    pass


@dataclass(frozen=True, slots=True)
class ListTickets:
    """`page` counts from 0. `only` are the references of those that are asked for, else it is all of them."""

    page: int = 0
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskLanguage:
    pass


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """`told` waits for its ticket meanwhile; `before` was being asked, and is asked again."""

    language: str
    told: Told = NOTHING
    before: Place | None = None


@dataclass(frozen=True, slots=True)
class ShowHelp:
    pass


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A slash command that there is not."""


@dataclass(frozen=True, slots=True)
class ShowPolicy:
    """What may be expected here."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Leave whatever is going on."""


@dataclass(frozen=True, slots=True)
class ShowTicket:
    """`reference` is digits, and may be anything that the person typed."""

    reference: str


@dataclass(frozen=True, slots=True)
class Escalate:
    """Turn to somebody above, over the ticket of a `reference` as typed, or over whichever is late."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """Free words, which belong to a ticket that is still to be found."""

    told: Told


@dataclass(frozen=True, slots=True)
class AddWords:
    """Words for a ticket of the person's own, said just now or at `said_at`."""

    ticket: UUID
    told: Told
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """Carry out `what`, and then ask again what was asked `before`, unless something else is asked now."""

    before: Place
    what: object


@dataclass(frozen=True, slots=True)
class GoBack:
    """Ask again what was asked `before`, or let it hear what was `told` since."""

    before: Place
    told: Told = NOTHING


@dataclass(frozen=True, slots=True)
class AskCancelling:
    """Whether a request is really no longer needed: that of a `reference`, else whichever it is."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class CancelTicket:
    """The customer no longer needs it; `told` came with this."""

    ticket: UUID
    told: Told = NOTHING


@dataclass(frozen=True, slots=True)
class Solve:
    """The customer says that it is solved; `told` came with this."""

    ticket: UUID
    told: Told = NOTHING


@dataclass(frozen=True, slots=True)
class AskRating:
    """The customer wants to say how it went."""

    ticket: UUID


@dataclass(frozen=True, slots=True)
class Reopen:
    """The customer says that it is not solved, in these words if there are any.

    `said_at` is when they said what they were asked about then, and what this is the answer to.
    """

    ticket: UUID
    told: Told = NOTHING
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetRest:
    """The customer has nothing to say to a resolved ticket; `told` came with this."""

    ticket: UUID
    told: Told = NOTHING


@dataclass(frozen=True, slots=True)
class Thank:
    """They thank where they are asked whether a problem is still there; it was written of at `said_at`."""

    ticket: UUID
    told: Told = NOTHING
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """One answer of a survey; None when it was skipped. `told` came with it, `comment` is about our help."""

    ticket: UUID
    cycle: int
    question: str
    value: int | None
    commented: bool = False
    told: Told = NOTHING
    comment: Told = NOTHING


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about our help, empty when they were skipped. `question` is the one they were said beside."""

    ticket: UUID
    cycle: int
    told: Told
    question: str = ""


@dataclass(frozen=True, slots=True)
class AskMeaning:
    """Words in place of a score: perhaps a comment, perhaps the problem again."""

    comment: Comment
