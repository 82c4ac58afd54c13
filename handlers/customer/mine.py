"""All tickets of a customer, or those that they ask for, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.ticket import Ticket
from bot.core.words import Choose, Option
from handlers import inshort, states
from handlers.customer import buttons, conversation
from handlers.customer.commands import ListTickets, ShowMenu, ShowTicket, Write
from handlers.customer.talk import Talk
from handlers.customer.untold import as_known
from locales import _, listed, ngettext, pgettext
from storage import tickets, words
from storage.words import Words

PAGE = 5
MOST = 20
"""So many numbers of one message are looked up."""


@dataclass(frozen=True, slots=True)
class Page:
    """Tickets with the last words on each; `number` counts from 0."""

    tickets: tuple[tuple[Ticket, Words | None], ...]
    number: int
    more: bool


class Mine(Draft):
    """`only` are the references of those that are asked for, if it is not all of them."""

    only: tuple[str, ...] = ()


def look(talk: Talk, draft: Mine) -> Page:
    number = int(draft.at) if draft.at.isdecimal() else 0
    tx = talk.unit.tx
    found = _found(talk, draft.only, number * PAGE)
    shown = tuple((as_known(tx, ticket), words.last_public(tx, ticket)) for ticket in found[:PAGE])
    return Page(shown, number, len(found) > PAGE)


def _found(talk: Talk, only: Sequence[str], before: int) -> Sequence[Ticket]:
    """A page of them, and one more if there is one."""
    tx, customer = talk.unit.tx, talk.customer.id
    if not only:
        return tickets.of_customer(tx, customer, PAGE + 1, before)
    own = (tickets.find_own(tx, customer, digits) for digits in only[before : before + PAGE + 1])
    return [ticket for ticket in own if ticket]


mine = conversation.flow("mine", Mine, look)


@mine.step
def listing(draft: Mine, page: Page) -> Turn:
    answer = yield Choose(_list_text(page), _options(page), free=True)
    match answer.key:
        case "":
            return Done(Write(answer.told))
        case "older":
            return Done(ListTickets(page.number + 1, draft.only))
        case "newer":
            return Done(ListTickets(page.number - 1, draft.only))
        case "menu":
            return Done(ShowMenu())
        case digits:
            return Done(ShowTicket(digits))


def _list_text(page: Page) -> str:
    return "\n\n".join([_("Your requests:"), *(_entry(ticket, last) for ticket, last in page.tickets)])


def _entry(ticket: Ticket, last: Words | None) -> str:
    shown = reference.unbroken(ticket.reference)
    lines = [_("{reference} · {state}", reference=shown, state=states.for_customer(ticket))]
    if ticket.title:
        lines.append(ticket.title)
    if last:
        lines.append(inshort.shown(last))
    return "\n".join(lines)


def _options(page: Page) -> tuple[Option, ...]:
    options = [
        Option(key=ticket.reference, title=reference.show(ticket.reference)) for ticket, _last in page.tickets
    ]
    if page.number:
        options.append(Option(key="newer", title=pgettext("button", "Newer")))
    if page.more:
        options.append(Option(key="older", title=pgettext("button", "Older")))
    return (*options, buttons.menu())


@conversation.does(ListTickets)
def list_tickets(talk: Talk, command: ListTickets) -> None:
    own = _own(talk, command.only)
    if len(own) == 1:
        conversation.carry_out(talk, ShowTicket(*own))
    elif own or (not command.only and tickets.of_customer(talk.unit.tx, talk.customer.id, 1)):
        conversation.start(talk, listing.at(str(max(command.page, 0))), Mine(only=own), of=mine)
    else:
        if not command.only:
            talk.say(_("You have not sent a request yet."))
        conversation.carry_out(talk, ShowMenu())


def _own(talk: Talk, only: Sequence[str]) -> tuple[str, ...]:
    """Those that are the person's own. Any other is answered as one that does not exist."""
    asked = only[:MOST]
    own = tuple(digits for digits in asked if tickets.find_own(talk.unit.tx, talk.customer.id, digits))
    if mistyped := [reference.unbroken(digits) for digits in asked if not reference.is_valid(digits)]:
        talk.say(_mistyped(mistyped))
    others = (digits for digits in asked if digits not in own and reference.is_valid(digits))
    if unknown := [reference.unbroken(digits) for digits in others]:
        talk.say(_unknown(unknown))
    return own


def _mistyped(references: Sequence[str]) -> str:
    return ngettext(
        "There seems to be a typing mistake in the number {references}. Please check its digits.",
        "There seem to be typing mistakes in these numbers: {references}. Please check their digits.",
        len(references),
        references=listed(references),
    )


def _unknown(references: Sequence[str]) -> str:
    return ngettext(
        "We have no request of yours with the number {references}.",
        "We have no requests of yours with these numbers: {references}.",
        len(references),
        references=listed(references),
    )
