"""A ticket as a row of a list, with the button that opens it; and the buttons between the pages of one."""

from collections.abc import Iterator

from bot.core import reference
from bot.core.shown import Button, Line, Quote, Section, Text
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from handlers import lines, states
from handlers.clock import clockwork, deadlines
from handlers.lines import SLOT
from handlers.unit import Unit
from handlers.views import seeing
from handlers.views.sheet import TICKET
from locales import _, pgettext
from storage import tickets
from storage.lists import Page, Row

LONGEST_TITLE = 120
LONGEST_NUMBER = 7


def sections(unit: Unit, user: str, page: Page) -> Iterator[Section]:
    """The rows of a page, but for those that they may not see, or whose words nobody can read any more."""
    for row in page.rows:
        for ticket in tickets.readable(unit.tx, [row.ticket_id]):
            if not seeing.may_see(unit, ticket, user):
                continue
            yield of_ticket(_line(unit, ticket, row), ticket)


def of_ticket(line: Line, ticket: Ticket) -> Section:
    title = pgettext("button", "Open {reference}", reference=reference.show(ticket.reference))
    return line, (Button(verb=TICKET, title=title, value=str(ticket.id)),)


def _line(unit: Unit, ticket: Ticket, row: Row) -> Line:
    state = Text(text=f"{states.for_agent(ticket)} · ")
    return (state, *_when(unit, ticket, row), *titled(ticket))


def titled(ticket: Ticket) -> Line:
    """The first words of its title, as the customer wrote them."""
    whole = ticket.title.replace("\n", " ")
    short = whole if len(whole) <= LONGEST_TITLE else f"{whole[:LONGEST_TITLE].rstrip()}…"
    return (Text(text="\n"), Quote(text=short)) if short else ()


def _when(unit: Unit, ticket: Ticket, row: Row) -> Line:
    if row.late_since:
        at = deadlines.moment(unit, row.late_since)
        if not row.promised and (own := _first_late(unit, ticket)):
            return deadlines.unpromised(unit, own, row.late_since)
        return lines.around(_("overdue since {moment}", moment=SLOT), at, strong=True)
    if row.due_at:
        return lines.around(_("due: {moment}", moment=SLOT), deadlines.moment(unit, row.due_at))
    return lines.around(_("sent: {moment}", moment=SLOT), deadlines.moment(unit, ticket.opened_at))


def _first_late(unit: Unit, ticket: Ticket) -> Clock | None:
    return next((clock for clock in clockwork.clocks(unit, ticket) if clock.overdue), None)


def pager(verb: str, about: str, number: int, count: int, size: int) -> tuple[Section, ...]:
    """The way to the pages before and after this one; nothing where one page holds all."""
    last = max(0, (count - 1) // size)
    here = min(number, last)
    if last == 0:
        return ()
    around = ((here - 1, pgettext("button", "Previous page")), (here + 1, pgettext("button", "Next page")))
    turns = tuple(
        Button(verb=verb, title=title, value=f"{about}/{to}") for to, title in around if 0 <= to <= last
    )
    return ((lines.text(_("Page {n} of {all}", n=here + 1, all=last + 1)), turns),)


def page_in(value: str) -> tuple[str, int]:
    """What a button between pages carried: of which list, and to which page. Anything may come back."""
    about, _slash, number = value.rpartition("/")
    return about, int(number) if number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER else 0
