"""A customer's own tickets: one by its reference, or all of them, page by page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.reference import Mistyped
from bot.core.ticket import Status, Ticket
from bot.core.words import Answer, Choose, Option
from bot.core.words import Write as Ask
from handlers import states
from handlers.customer import buttons, conversation
from handlers.customer.commands import (
    AddWords,
    AskReference,
    ListTickets,
    Reopen,
    ShowMenu,
    ShowTicket,
    Solve,
    StartFiling,
    Write,
)
from handlers.customer.talk import Talk
from locales import _, format_ago, pgettext
from storage import tickets, words
from storage.words import Words

PAGE = 5
SNIPPET = 60


# By reference


def nothing(_talk: Talk, _draft: Draft) -> None:
    """These steps look at nothing."""


status = conversation.flow("status", Draft, nothing)


@status.step
def by_reference(_draft: Draft, _view: None) -> Turn:
    mine = Option(key="mine", title=pgettext("button", "My requests"))
    answer = yield Ask(
        _("What is the number of the request? It looks like {example}.", example=reference.show("48291372")),
        check=_reference_check,
        options=(mine, buttons.cancel()),
    )
    if answer.key:
        return Done(ListTickets())
    asked = reference.read(answer.text)
    return Done(ShowTicket(asked) if isinstance(asked, str) else Write(answer.text, answer.files))


def _reference_check(answer: Answer) -> str | None:
    """Only the shape is judged here; whose it is, nobody is told. Words are no number, and are not lost."""
    if isinstance(reference.read(answer.text), Mistyped):
        return mistyped()
    is_number = bool(answer.text) and not any(letter.isalpha() for letter in answer.text)
    return _("A request number has eight digits.") if is_number and not answer.files else None


def mistyped() -> str:
    return _("There seems to be a typing mistake in this number. Please check its digits.")


@conversation.does(AskReference)
def ask_reference(talk: Talk, _command: AskReference) -> None:
    conversation.start(talk, by_reference, Draft(), of=status)


@conversation.does(ShowTicket)
def show(talk: Talk, command: ShowTicket) -> None:
    """One ticket. Somebody else's is answered exactly as one that does not exist."""
    read = reference.read(command.reference)
    ticket = tickets.find_own(talk.unit.tx, talk.customer.id, read) if isinstance(read, str) else None
    if ticket is None:
        talk.say(_("We have no request of yours with this number."))
        conversation.carry_out(talk, ShowMenu())
        return
    conversation.start(talk, one, One(ticket=ticket.id), of=tickets_flow)


# One ticket, and the list


class One(Draft):
    """The ticket that is looked at, or none while the list is."""

    ticket: UUID | None = None


@dataclass(frozen=True, slots=True)
class View:
    page: tuple[Ticket, ...]
    more: bool
    number: int
    ticket: Ticket | None
    last: Words | None
    age: timedelta


def look(talk: Talk, draft: One) -> View:
    number = int(draft.at) if draft.at.isdecimal() else 0
    tx = talk.unit.tx
    found = tickets.of_customer(tx, talk.customer.id, PAGE + 1, number * PAGE)
    ticket = tickets.read(tx, draft.ticket) if draft.ticket else None
    last = words.last_public(tx, ticket) if ticket else None
    age = talk.unit.at - ticket.opened_at if ticket else timedelta()
    return View(tuple(found[:PAGE]), len(found) > PAGE, number, ticket, last, age)


tickets_flow = conversation.flow("tickets", One, look)


@tickets_flow.step
def listing(_draft: One, view: View) -> Turn:
    answer = yield Choose(_list_text(view), _list_options(view), free=True)
    match answer.key:
        case "":
            return Done(Write(answer.text, answer.files))
        case "older":
            return listing.at(str(view.number + 1))
        case "newer":
            return listing.at(str(view.number - 1))
        case "menu":
            return Done(ShowMenu())
        case digits:
            return Done(ShowTicket(digits))


def _list_text(view: View) -> str:
    lines = [
        _(
            "{reference} · {state}",
            reference=reference.show(ticket.reference),
            state=states.for_customer(ticket),
        )
        + (f"\n{ticket.title}" if ticket.title else "")
        for ticket in view.page
    ]
    return "\n\n".join([_("Your requests:"), *lines])


def _list_options(view: View) -> tuple[Option, ...]:
    page = [Option(key=ticket.reference, title=reference.show(ticket.reference)) for ticket in view.page]
    if view.number:
        page.append(Option(key="newer", title=pgettext("button", "Newer")))
    if view.more:
        page.append(Option(key="older", title=pgettext("button", "Older")))
    return (*page, Option(key="menu", title=pgettext("button", "Menu")))


@tickets_flow.step
def one(_draft: One, view: View) -> Turn:
    ticket = view.ticket
    assert ticket is not None
    answer = yield Choose(_status_text(ticket, view), _status_options(ticket), free=True)
    match answer.key:
        case "":
            return Done(AddWords(ticket.id, answer.text, answer.files))
        case "solved":
            return Done(Solve(ticket.id))
        case "unsolved":
            return Done(Reopen(ticket.id))
        case "again":
            return Done(StartFiling(follows=ticket.id))
        case "list":
            return Done(ListTickets())
        case _other:
            return Done(ShowMenu())


def _status_text(ticket: Ticket, view: View) -> str:
    shown = reference.show(ticket.reference)
    lines = [
        _("Request {reference}: {state}.", reference=shown, state=states.for_customer(ticket)),
        _("Sent {ago}.", ago=format_ago(view.age)),
    ]
    if ticket.title:
        lines.insert(1, ticket.title)
    if view.last:
        heading = _("Your last words:") if view.last.author == "customer" else _("The last words from us:")
        lines += ["", heading, _snippet(view.last.text)]
    if ticket.unresolved:
        lines += ["", _("To add something, simply write here.")]
    return "\n".join(lines)


def _snippet(said: str) -> str:
    flat = " ".join(said.split())
    if not flat:
        return _("(a file without words)")
    return flat if len(flat) <= SNIPPET else f"{flat[:SNIPPET].rstrip()}…"


def _status_options(ticket: Ticket) -> tuple[Option, ...]:
    known = {
        Status.RESOLVED: (
            Option(key="solved", title=pgettext("button", "Solved")),
            Option(key="unsolved", title=pgettext("button", "Not solved")),
        ),
        Status.CLOSED: (Option(key="again", title=pgettext("button", "Not solved")),),
    }
    listed = Option(key="list", title=pgettext("button", "My requests"))
    return (*known.get(ticket.status, ()), listed, Option(key="menu", title=pgettext("button", "Menu")))


@conversation.does(ListTickets)
def list_tickets(talk: Talk, _command: ListTickets) -> None:
    if tickets.of_customer(talk.unit.tx, talk.customer.id, 1):
        conversation.start(talk, listing.at("0"), One(), of=tickets_flow)
        return
    talk.say(_("You have not sent a request yet."))
    conversation.carry_out(talk, ShowMenu())
