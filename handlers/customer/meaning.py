"""Words in place of a score: the same problem, a new request, or only a comment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.core import reference
from bot.core import survey as scales
from bot.core.flow import Done, Draft, Turn
from bot.core.policy import Question
from bot.core.ticket import Ticket
from bot.core.told import Told
from bot.core.words import Choose, Option
from handlers import states
from handlers.customer import conversation, hearing, survey, whose
from handlers.customer.commands import AskMeaning, Comment, Rate, Reopen, StartFiling, Write
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known
from locales import _, pgettext
from storage import tickets, words


class Said(Draft):
    """`told` waits to be understood; `question` of the survey is the one that it was said beside."""

    ticket: UUID
    cycle: int
    question: str
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class View:
    """`others`: the words may as well be about another ticket. `asked` may still be answered by its score."""

    ticket: Ticket
    others: bool
    asked: Question | None


def look(talk: Talk, draft: Said) -> View:
    """The ticket that was to be rated, and what else the words may be about."""
    ticket = tickets.read(talk.unit.tx, draft.ticket)
    known = as_known(talk.unit.tx, ticket)
    return View(known, bool(whose.live(talk, whose.Pending())), _still_asked(talk, ticket, draft))


def _still_asked(talk: Talk, ticket: Ticket, draft: Said) -> Question | None:
    given = words.ratings(talk.unit.tx, ticket, draft.cycle) if ticket.is_solved_as(draft.cycle) else None
    if given is None or draft.question in given:
        return None
    return next((one for one in survey.questions(talk) if one.key == draft.question), None)


meaning = conversation.flow("meaning", Said, look)


@meaning.step
def which(draft: Said, view: View) -> Turn:
    """A score that is none of the numbers of these answers is the score after all, the words its comment."""
    kept = f"{hearing.kept_beside()}\n\n" if _said_more(draft) else ""
    readings = tuple(_readings(view))
    answer = yield Choose(f"{kept}{_wording(view.ticket)}", readings, free=True)
    if not answer.key and view.asked and (rated := _rated(draft, view.asked, answer.told, len(readings))):
        return Done(rated)
    draft.told += answer.told
    match answer.key:
        case "unsolved":
            return Done(Reopen(draft.ticket, draft.told, draft.said_at))
        case "other":
            return Done(Write(draft.told))
        case "new":
            return Done(StartFiling(draft.told))
        case "comment":
            return Done(Comment(draft.ticket, draft.cycle, draft.told, draft.question))
        case _more:
            return which


def _rated(draft: Said, asked: Question, told: Told, listed: int) -> Rate | None:
    """Words beside it are one more comment."""
    alone, beside = scales.typed(asked, told.text), scales.beside(asked, told.text)
    value = beside if alone is None else alone
    if value is None or value <= listed:
        return None
    comment = draft.told + (told if alone is None else told.only_files())
    return Rate(draft.ticket, draft.cycle, asked.key, value, comment=comment)


def _said_more(draft: Said) -> bool:
    """Whether something came after what was asked about first; an album is one thing."""
    return len({part.group or part.message for part in draft.told.parts}) > 1


def _wording(ticket: Ticket) -> str:
    stands = _(
        "Request {reference}: {state}.",
        reference=reference.unbroken(ticket.reference),
        state=states.for_customer(ticket),
    )
    asked = _(
        "Is what you wrote about the same problem, about something new, or only a comment for the team?"
    )
    return f"{stands} {asked}"


def _readings(view: View) -> list[Option]:
    same = Option(key="unsolved", title=pgettext("button", "The same problem"))
    other = Option(key="other", title=pgettext("button", "Another request"))
    new = Option(key="new", title=pgettext("button", "New request"))
    comment = Option(key="comment", title=pgettext("button", "Only a comment"))
    return [same, *([other] if view.others else []), new, comment]


@conversation.does(AskMeaning)
def ask(talk: Talk, command: AskMeaning) -> None:
    said = command.comment
    draft = Said(
        ticket=said.ticket, cycle=said.cycle, question=said.question, told=said.told, said_at=talk.unit.at
    )
    conversation.start(talk, which, draft, of=meaning)
