"""What is typed under a solution says of it: that it is solved, that it is not, or neither."""

from datetime import datetime

from bot.core import assent, phrases, text
from bot.core.answering import names
from bot.core.thanks import is_thanks
from bot.core.ticket import DECLINED, Status, Ticket
from bot.core.told import Told
from handlers.customer import buttons
from handlers.customer.commands import Reopen, Solve
from handlers.customer.talk import Talk
from handlers.customer.untold import is_older, is_solution
from storage import words


def typed(
    talk: Talk, ticket: Ticket, told: Told, said_at: datetime | None = None, *, replies: bool = False
) -> Solve | Reopen | None:
    """The answer to a solution that these words are: by title, by number, or in other words for it.

    A bare yes or no is one only where it comes right after the solution, or is a reply to it.
    """
    if ticket.unresolved or phrases.is_question(told.text) or is_older(talk, ticket, said_at):
        return None
    number, (agree, again) = None if told.files else text.number(told.text), buttons.solved(ticket)
    for place, option, answer in ((1, agree, Solve), (2, again, Reopen)):
        if number == place or names(told.text, option):
            return answer(ticket.id, told.only_files())
    return _bare(ticket, told) if replies or _comes_last(talk, ticket) else None


def _comes_last(talk: Talk, ticket: Ticket) -> bool:
    """Whether nobody has said anything about it since the solution, but for thanks."""
    last = words.last_public(talk.unit.tx, ticket) if ticket.status is Status.RESOLVED else None
    return last is not None and (is_solution(talk.unit.tx, ticket, last.id) or is_thanks(last.text))


def _bare(ticket: Ticket, told: Told) -> Solve | Reopen | None:
    said, files = told.text, told.only_files()
    closes = assent.readily("yes", "")(said) if ticket.outcome == DECLINED else assent.is_solved(said)
    if closes:
        return Solve(ticket.id, files)
    return Reopen(ticket.id, files) if assent.is_unsolved(said) else None
