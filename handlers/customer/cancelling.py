"""The customer no longer needs it: which request, whether really, and what follows."""

from dataclasses import dataclass
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.flow import Done, Draft, Go, Place, Turn
from bot.core.ticket import CANCELLED, Ticket, Verb, close
from bot.core.words import Choose, Option
from handlers import post, unsent
from handlers.clock import above
from handlers.customer import buttons, conversation, keeping, offering, resume, whose
from handlers.customer.commands import (
    AddWords,
    AskCancelling,
    CancelTicket,
    DropFiling,
    ShowMenu,
    ShowTicket,
    Write,
)
from handlers.customer.keeping import CUSTOMER
from handlers.customer.offering import Offered
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known, is_untold
from locales import _, pgettext
from storage import tickets
from storage.deliveries import About

ASKED = "cancelling"
"""What the question whether a request is really cancelled is remembered for."""

UNSENT = "unsent"
"""The answer that it is the half-finished one."""


class Unneeded(Draft):
    """`digits` is the reference of the ticket that is asked about."""

    digits: str = ""
    ticket: UUID | None = None

    @property
    def about(self) -> UUID | None:
        return self.ticket


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What may be meant: requests that were sent, and how the one begins that is not, if one waits."""

    offered: Offered
    waits: bool
    begun: str


def _of(ticket: Ticket) -> Unneeded:
    return Unneeded(digits=ticket.reference, ticket=ticket.id)


def under_way(talk: Talk, draft: Unneeded) -> tuple[Ticket, ...]:
    """The tickets that can be cancelled; with a reference only that one, if it still can be."""
    tx, customer = talk.unit.tx, talk.customer.id
    if draft.digits:
        own = tickets.find_own(tx, customer, draft.digits)
        found = [own] if own else []
    else:
        found = tickets.live_of_customer(tx, customer, whose.MOST + 1)
    return tuple(ticket for ticket in found if ticket.unresolved)


def _unwanted(talk: Talk, draft: Unneeded) -> Unwanted:
    offered = offering.of(talk, under_way(talk, draft), whose.MOST)
    return Unwanted(offered, resume.waits(talk), resume.begun(talk))


def _purpose(_talk: Talk, place: Place) -> str:
    return ASKED if place.draft.get("ticket") else ""


def _recall(talk: Talk, about: About) -> tuple[Go, Unneeded] | None:
    """Open until the request has ended, and not any more where it was opened again after that."""
    found = tickets.read(talk.unit.tx, about.ticket_id) if about.ticket_id else None
    if found is None or found.customer_id != talk.customer.id or not found.unresolved:
        return None
    since = (fact.kind for fact in tickets.history(talk.unit.tx, found.id) if fact.at > about.at)
    return None if kinds.REOPENED in since else (Go(sure.name), _of(found))


cancelling = conversation.flow(ASKED, Unneeded, _unwanted, quotable=conversation.Quotable(_purpose, _recall))


@cancelling.step
def which(_draft: Unneeded, unwanted: Unwanted) -> Turn:
    offered = unwanted.offered
    keep = Option(key="keep", title=buttons.no().title)
    unsent = Option(key=UNSENT, title=pgettext("button", "The one not sent yet"))
    question = offered.question(_("Which request do you no longer need?"))
    if unwanted.begun:
        not_sent = _("You have a request that is not sent yet:")
        question = f"{question}\n\n{not_sent}\n{unwanted.begun}"
    options = (*((unsent,) if unwanted.waits else ()), *offered.options, keep)
    answer = yield Choose(question, options, called=offered.called, free=True)
    meant = answer.key or offered.called(answer.told.text)
    if meant == UNSENT:
        return Done(DropFiling())
    if meant and not answer.told.files:
        return Done(ShowMenu() if meant == "keep" else AskCancelling(meant))
    return Done(Write(answer.told))


@cancelling.step
def sure(draft: Unneeded, unwanted: Unwanted) -> Turn:
    live = unwanted.offered.known
    question = _(
        "Shall we cancel your request {reference}? Nobody will work on it any more.",
        reference=reference.unbroken(draft.digits),
    )
    answer = yield Choose(question, (buttons.yes(), buttons.no()), free=True)
    if not answer.key:
        return Done(AddWords(live[0].id, answer.told) if live else Write(answer.told))
    if answer.key == "no":
        return Done(ShowTicket(draft.digits))
    return Done(CancelTicket(live[0].id) if live else AskCancelling(draft.digits))


@conversation.does(AskCancelling)
def ask(talk: Talk, command: AskCancelling) -> None:
    """The one that is named, else the only one, else which one; what cannot be cancelled is shown.

    One that was begun and set aside may be meant as well as one that was sent.
    """
    named = offering.whole(talk, command.reference)
    live = under_way(talk, Unneeded(digits=named))
    begun = not command.reference and resume.waits(talk)
    if begun and not live:
        conversation.carry_out(talk, DropFiling())
    elif len(live) == 1 and not begun:
        conversation.start(talk, sure, _of(live[0]), of=cancelling)
    elif live:
        conversation.start(talk, which, Unneeded(), of=cancelling)
    elif known := named or _worked_on(talk):
        _show_instead(talk, known)
    else:
        conversation.carry_out(talk, ShowMenu())


def _worked_on(talk: Talk) -> str:
    """The reference of a ticket that is so for its customer alone: its solution has not gone out yet."""
    tx, customer = talk.unit.tx, talk.customer.id
    found = tickets.live_of_customer(tx, customer, whose.MOST)
    return next((ticket.reference for ticket in found if as_known(tx, ticket).unresolved), "")


def _show_instead(talk: Talk, digits: str) -> None:
    """It cannot be cancelled: how it stands says why, unless its solution is still on its way to them."""
    own = tickets.find_own(talk.unit.tx, talk.customer.id, digits)
    if own and is_untold(talk.unit.tx, own):
        said = _(
            "We are just answering your request {reference}, so it cannot be cancelled at this moment."
            " Please try again a little later.",
            reference=reference.unbroken(own.reference),
        )
        talk.say(said, ticket=own)
    conversation.carry_out(talk, ShowTicket(digits))


@conversation.does(CancelTicket)
def cancel(talk: Talk, command: CancelTicket) -> None:
    unit, ticket = talk.unit, tickets.lock(talk.unit.tx, command.ticket)
    keeping.put_beside(talk, ticket, command.told)
    if not ticket.unresolved:
        _show_instead(talk, ticket.reference)
        return
    closed = close(ticket, Verb.CANCEL, unit.at, outcome=CANCELLED)
    ticket = tickets.save(unit.tx, closed, unit.fact(kinds.CANCELLED, CUSTOMER))
    unsent.hold_back(unit, ticket, unsent.cancelled)
    above.tell_holder(unit, ticket, lambda: _("The customer no longer needs this: the ticket is cancelled."))
    post.show_card(unit, ticket)
    said = _(
        "Your request {reference} is cancelled. If you need it after all, tell us here.",
        reference=reference.unbroken(ticket.reference),
    )
    talk.say(said, options=(buttons.again(ticket),), ticket=ticket)
