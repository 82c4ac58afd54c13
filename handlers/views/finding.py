"""Search: by number, by the customer's name or telephone, or by words; each finds what is theirs to see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.core import reference
from bot.core.heard import Acted, Commanded, Submitted
from bot.core.now import DialogErrors, NextDialog, OpenDialog
from bot.core.shown import Button, Dialog, Input, Line, Section, Text
from bot.core.text import clean
from bot.core.ticket import Ticket
from handlers import lines, rights, states
from handlers.agent.act import Act
from handlers.clock import deadlines
from handlers.lines import SLOT
from handlers.unit import Unit
from handlers.views import rows, seeing, sheet
from locales import _, pgettext, use
from storage import readings, search, tickets
from storage.people import Agent

FIND, FOUND, TURN = "find", "found", "found_page"
"""Verbs: to be asked, to open what was found, to turn a page."""

SIZE, MOST, LONGEST = 10, 200, 200
"""Tickets on a page, and found at most, the newest; letters of what is sought."""

LOOKED_AT = 1000
"""Tickets of other queues that are looked at, one by one, whether they were escalated to who searches."""


def ask(unit: Unit, agent: Agent, acted: Acted) -> None:
    """The search box."""
    with use(agent.language):
        box = Dialog(
            key=FIND,
            title=pgettext("window", "Search"),
            submit=pgettext("button", "Search"),
            cancel=pgettext("button", "Cancel"),
            inputs=(Input(key=FIND, label=_hint(), max_length=LONGEST),),
        )
    unit.nows.append(OpenDialog(trigger=acted.trigger, dialog=box, view=acted.view))


def _hint() -> str:
    return _("A number, the customer's name or telephone, or words that were written")


def asked(unit: Unit, agent: Agent, commanded: Commanded, sought: str) -> None:
    """By the command: in a window of its own."""
    found = _window(unit, agent, clean(sought)[:LONGEST], 0)
    unit.nows.append(OpenDialog(trigger=commanded.trigger, dialog=found))


def submitted(unit: Unit, agent: Agent, sent: Submitted) -> None:
    """By the search box: in its place."""
    sought = clean(sent.values.get(FIND, ""))[:LONGEST]
    if sought:
        unit.nows.append(NextDialog(dialog=_window(unit, agent, sought, 0)))
        return
    with use(agent.language):
        unit.nows.append(DialogErrors(errors={FIND: _("Please write a few words.")}))


def turned(unit: Unit, agent: Agent, acted: Acted) -> None:
    """Another page of the same search, which its window remembers."""
    found = _window(unit, agent, acted.memo, rows.page_in(acted.value)[1])
    unit.nows.append(OpenDialog(trigger=acted.trigger, dialog=found, view=acted.view))


def opened(act: Act) -> None:
    """A ticket that was found is opened, and that is on record."""
    readings.record(act.unit.tx, act.ticket.id, act.by, "search", act.unit.now)
    sheet.opened(act)


@dataclass(frozen=True, slots=True)
class Found:
    """The newest first; `all` when there is no other that they may see, but for older ones beyond MOST."""

    tickets: list[UUID]
    all: bool = True


def _window(unit: Unit, agent: Agent, sought: str, number: int) -> Dialog:
    visible = _visible(unit, agent.user, sought)
    found = visible.tickets
    last = max(0, (len(found) - 1) // SIZE)
    here = min(number, last)
    with use(agent.language):
        return Dialog(
            key="results",
            title=pgettext("window", "Search"),
            cancel=pgettext("button", "Close"),
            lines=(lines.quote(sought), lines.text(_told(unit, visible), strong=True)),
            sections=(
                *_rows(unit, found[here * SIZE : (here + 1) * SIZE]),
                *rows.pager(TURN, "", here, len(found), SIZE),
                ((), (Button(verb=FIND, title=pgettext("button", "New search")),)),
            ),
            memo=sought,
        )


def _told(unit: Unit, found: Found) -> str:
    count = len(found.tickets)
    if not search.complete(unit.tx):
        return _("Found: {n}. Older tickets are still being indexed and may be missing.", n=count)
    if not found.all:
        return _("Found: {n}. Not all older tickets were looked at; more words find more exactly.", n=count)
    return _("Found: {n}", n=count) if count < MOST else _("The newest {n} that were found", n=count)


def _visible(unit: Unit, user: str, sought: str) -> Found:
    """What was found and they may see; a number finds its ticket."""
    if isinstance(digits := reference.read(sought), str):
        named = tickets.find(unit.tx, digits)
        return Found([named.id] if named and seeing.may_see(unit, named, user) else [])
    queues = None if seeing.reads_all(unit, user) else seeing.queues(unit, user)
    own = search.find(unit.tx, sought, MOST, queues=queues)
    if queues is None or not rights.may_reach(unit.tx, unit.office, user):
        return Found(own)
    others = _escalated(unit, user, sought, queues)
    return Found(sorted({*own, *others.tickets}, reverse=True)[:MOST], others.all)


def _escalated(unit: Unit, user: str, sought: str, queues: Sequence[str]) -> Found:
    """What was escalated to them from other queues: each is looked at, as long as that does not take long."""
    found, looked, before = list[UUID](), 0, None
    while len(found) < MOST and looked < LOOKED_AT:
        page = search.find(unit.tx, sought, MOST, queues=queues, happened=rights.REACHING, before=before)
        some = tickets.readable(unit.tx, page)
        found += [one.id for one in some if rights.reached(unit.tx, unit.office, one, user)]
        if len(page) < MOST:
            return Found(found)
        looked, before = looked + len(page), page[-1]
    return Found(found, all=len(found) >= MOST)


def _rows(unit: Unit, found: list[UUID]) -> Iterator[Section]:
    for ticket in tickets.readable(unit.tx, found):
        title = pgettext("button", "Open {reference}", reference=reference.show(ticket.reference))
        yield _row(unit, ticket), (Button(verb=FOUND, title=title, value=str(ticket.id)),)


def _row(unit: Unit, ticket: Ticket) -> Line:
    sent = lines.around(_("sent: {moment}", moment=SLOT), deadlines.moment(unit, ticket.opened_at))
    return (Text(text=f"{states.for_agent(ticket)} · "), *sent, *rows.titled(ticket))
