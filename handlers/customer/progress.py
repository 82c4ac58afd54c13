"""How one ticket of the customer's stands, and what can be said about it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.ticket import SOLVED, STOPPED, Status, Ticket
from bot.core.told import Told
from bot.core.words import Choose, Option
from handlers import inshort, states
from handlers.customer import buttons, conversation, escalation, promises, retelling, survey
from handlers.customer.commands import (
    AddWords,
    AskCancelling,
    AskRating,
    Escalate,
    ListTickets,
    Reopen,
    ShowMenu,
    ShowTicket,
    Solve,
    Write,
)
from handlers.customer.moments import Moments
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known
from handlers.ties import joined
from locales import _, format_ago, pgettext
from storage import tickets, words
from storage.words import Words


class One(Draft):
    """The ticket that is looked at."""

    ticket: UUID

    @property
    def about(self) -> UUID | None:
        return self.ticket


@dataclass(frozen=True, slots=True)
class View:
    """The ticket as its customer knows it, and what they may do about it."""

    ticket: Ticket
    last: Words | None
    age: timedelta
    promised: tuple[str, ...]
    late: bool
    may_cancel: bool
    may_rate: bool


def look(talk: Talk, draft: One) -> View:
    unit, ticket = talk.unit, tickets.read(talk.unit.tx, draft.ticket)
    return View(
        ticket=as_known(unit.tx, ticket),
        last=words.last_public(unit.tx, ticket),
        age=unit.at - ticket.opened_at,
        promised=tuple(_promised(talk, ticket)),
        late=bool(escalation.ripe(unit, ticket)),
        may_cancel=ticket.unresolved,
        may_rate=ticket.status is Status.CLOSED and ticket.outcome == SOLVED and survey.is_open(talk, ticket),
    )


def _promised(talk: Talk, ticket: Ticket) -> list[str]:
    """What may be expected now, and that something has come too late."""
    unit = talk.unit
    moments = Moments(unit)
    late = [promises.late()] if promises.overdue(unit, ticket) else []
    return [
        *late,
        *promises.announced(unit, ticket, moments),
        *promises.sentences(unit, promises.promised(unit, ticket), moments),
    ]


progress = conversation.flow("progress", One, look)


@progress.step
def one(_draft: One, view: View) -> Turn:
    ticket = view.ticket
    answer = yield Choose(_status_text(view), _options(view), free=True)
    commands: dict[str, object] = {
        "": _meant(ticket, answer.told),
        "solved": Solve(ticket.id),
        "unsolved": Reopen(ticket.id),
        "escalate": Escalate(ticket.reference),
        "rate": AskRating(ticket.id),
        "unneeded": AskCancelling(ticket.reference),
        "list": ListTickets(),
    }
    return Done(commands.get(answer.key, ShowMenu()))


def _meant(ticket: Ticket, told: Told) -> object:
    """Words are for the ticket that is looked at, unless they quote the number of another."""
    if _is_number(told) and ticket.status is not Status.PENDING:
        return ShowTicket(told.text)
    others = set(reference.find(told.text)) - {ticket.reference}
    return Write(told) if others else AddWords(ticket.id, told)


def _is_number(told: Told) -> bool:
    """Whether the next one is asked for, by its reference."""
    return not told.files and reference.read(told.text) is not None


def show(talk: Talk, ticket: Ticket) -> None:
    """One that was merged is answered with the one that goes on for it."""
    stays = joined.stays(talk.unit.tx, ticket)
    shown = reference.unbroken(ticket.reference)
    merged = _("Your request {reference} goes on together with this one:", reference=shown)
    preface = merged if stays.id != ticket.id else ""
    conversation.start(talk, one, One(ticket=stays.id), of=progress, about=stays, preface=preface)
    retelling.told(talk.unit, stays, promises.promised(talk.unit, stays))


def _status_text(view: View) -> str:
    ticket = view.ticket
    shown = reference.unbroken(ticket.reference)
    lines = [
        _("Request {reference}: {state}.", reference=shown, state=states.for_customer(ticket)),
        _("Sent {ago}.", ago=format_ago(view.age)),
    ]
    if ticket.title:
        lines.insert(1, ticket.title)
    lines += view.promised
    if view.last and (view.last.text or view.last.author == "customer"):
        lines += ["", last_words(view.last)]
    if ticket.unresolved:
        lines += ["", _("To add something, simply write here.")]
    return "\n".join(lines)


def last_words(last: Words) -> str:
    heading = _("Your last words:") if last.author == "customer" else _("The last words from us:")
    return f"{heading}\n{inshort.shown(last)}"


def _options(view: View) -> tuple[Option, ...]:
    escalate = (Option(key="escalate", title=pgettext("button", "Escalate my request")),) if view.late else ()
    rate = (Option(key="rate", title=pgettext("button", "Rate our help")),) if view.may_rate else ()
    listed = Option(key="list", title=pgettext("button", "My requests"))
    return (*escalate, *_answers(view), *rate, listed, buttons.menu())


def _answers(view: View) -> tuple[Option, ...]:
    """What the customer can say about a ticket as it stands."""
    ticket = view.ticket
    if ticket.unresolved:
        unneeded = Option(key="unneeded", title=pgettext("button", "I no longer need it"))
        return (unneeded,) if view.may_cancel else ()
    again = Option(key="unsolved", title=buttons.again_title(ticket))
    if ticket.status is Status.CLOSED:
        return () if ticket.outcome == STOPPED else (again,)
    return (Option(key="solved", title=buttons.solved(ticket)[0].title), again)
