"""All tickets of a customer, page by page."""

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
from locales import _, pgettext
from storage import tickets, words
from storage.words import Words

PAGE = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Tickets with the last words on each; `number` counts from 0."""

    tickets: tuple[tuple[Ticket, Words | None], ...]
    number: int
    more: bool


def look(talk: Talk, draft: Draft) -> Page:
    number = int(draft.at) if draft.at.isdecimal() else 0
    tx = talk.unit.tx
    found = tickets.of_customer(tx, talk.customer.id, PAGE + 1, number * PAGE)
    shown = tuple((as_known(tx, ticket), words.last_public(tx, ticket)) for ticket in found[:PAGE])
    return Page(shown, number, len(found) > PAGE)


mine = conversation.flow("mine", Draft, look)


@mine.step
def listing(_draft: Draft, page: Page) -> Turn:
    answer = yield Choose(_list_text(page), _options(page), free=True)
    match answer.key:
        case "":
            return Done(Write(answer.told))
        case "older":
            return Done(ListTickets(page.number + 1))
        case "newer":
            return Done(ListTickets(page.number - 1))
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
    if tickets.of_customer(talk.unit.tx, talk.customer.id, 1):
        conversation.start(talk, listing.at(str(max(command.page, 0))), Draft(), of=mine)
        return
    talk.say(_("You have not sent a request yet."))
    conversation.carry_out(talk, ShowMenu())
