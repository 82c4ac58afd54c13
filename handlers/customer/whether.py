"""Words on a request that is over: is its problem still there, and what is wrong?"""

from datetime import datetime
from uuid import UUID

from bot.core import reference
from bot.core.flow import Done, Draft, Go, Place, Turn
from bot.core.thanks import says_it_works
from bot.core.ticket import Status, Ticket
from bot.core.words import Choose
from handlers.customer import buttons, conversation, keeping, outcomes
from handlers.customer.commands import AddWords, LetRest, Reopen, Thank, ThenRemind
from handlers.customer.talk import Talk
from handlers.ties import joined
from locales import _
from storage import tickets
from storage.deliveries import About


class Still(Draft):
    """`cycle` is of the ending that is asked about; none where the ticket is open again already."""

    ticket: UUID
    said_at: datetime | None = None
    cycle: int | None = None

    @property
    def about(self) -> UUID | None:
        return self.ticket


def ticket_of(talk: Talk, draft: Still) -> Ticket:
    return tickets.read(talk.unit.tx, draft.ticket)


def _has_gone_on(talk: Talk, draft: Still) -> bool:
    ticket = ticket_of(talk, draft)
    return draft.cycle is not None and (ticket.unresolved or ticket.cycle != draft.cycle)


STILL = "aftercare.still"
"""What the question whether a problem is still there is remembered for."""


def _purpose(_talk: Talk, place: Place) -> str:
    return STILL if place.step == still.name else ""


def _recall(talk: Talk, about: About) -> tuple[Go, Still] | None:
    """The same of whichever ticket goes on, while it is over: what they say of the problem holds for now."""
    asked_of = tickets.read(talk.unit.tx, about.ticket_id) if about.ticket_id else None
    ticket = joined.stays(talk.unit.tx, asked_of) if asked_of else None
    if ticket is None or ticket.unresolved or ticket.customer_id != talk.customer.id:
        return None
    return Go(still.name), Still(ticket=ticket.id, said_at=about.at, cycle=ticket.cycle)


aftercare = conversation.flow(
    "aftercare",
    Still,
    ticket_of,
    over=_has_gone_on,
    quotable=conversation.Quotable(_purpose, _recall),
)


@aftercare.step
def still(draft: Still, ticket: Ticket) -> Turn:
    """Thanks are no answer, whatever they are for."""
    answer = yield Choose(outcomes.whether_still(ticket), (buttons.yes(), buttons.no()), free=True)
    if answer.key == "yes":
        return Done(Reopen(draft.ticket, said_at=draft.said_at))
    if answer.key == "no":
        return Done(ThenRemind(LetRest(draft.ticket)))
    if says_it_works(answer.told.text) and not answer.told.files:
        return Done(ThenRemind(LetRest(draft.ticket, answer.told)))
    if keeping.only_thanks(answer.told):
        return Done(Thank(draft.ticket, answer.told, draft.said_at))
    return Done(ThenRemind(AddWords(draft.ticket, answer.told)))


@aftercare.step
def wrong(draft: Still, ticket: Ticket) -> Turn:
    shown = reference.unbroken(ticket.reference)
    asked = _("Your request {reference} is open again. Tell us here what is still wrong.", reference=shown)
    answer = yield Choose(asked, (), free=True)
    if buttons.says_again(answer.text) and not answer.told.files:
        return wrong
    return Done(ThenRemind(AddWords(draft.ticket, answer.told)))


@conversation.does(Thank)
def welcome(talk: Talk, command: Thank) -> None:
    """Courtesy is kept where it can be, and what was asked is asked still."""
    ticket = tickets.lock(talk.unit.tx, command.ticket)
    if ticket.status is Status.RESOLVED:
        ticket = keeping.add(talk, ticket, command.told)
    else:
        keeping.put_beside(talk, ticket, command.told.only_files())
    ask_whether_still(talk, ticket, _("You are welcome."), command.said_at)


def ask_whether_still(talk: Talk, ticket: Ticket, preface: str, said_at: datetime | None = None) -> None:
    draft = Still(ticket=ticket.id, said_at=said_at or talk.unit.at, cycle=ticket.cycle)
    conversation.start(talk, still, draft, of=aftercare, preface=preface)
