"""The morning digest: each queue's channel is told how it stands when a working day begins.

A queue about which there is nothing to say is told nothing: who reads "nothing" each morning stops reading.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.core import reference, survey, wakes
from bot.core.mornings import Morning, end_of_day
from bot.core.policy import Question
from bot.core.shown import Line, Post, Text
from bot.core.ticket import Ticket
from handlers import lines, post
from handlers.clock import clockwork, deadlines, reminders
from handlers.lines import SLOT
from handlers.unit import Office, Unit
from locales import _, current, ngettext, use
from storage import Tx, digests, lists, tickets
from storage.digests import Rated

NAMED = 10
"""So many tickets of a kind are named; the others are counted."""


def tell(tx: Tx, office: Office, queue: str, morning: Morning, at: datetime) -> None:
    """Once a day, whoever comes first."""
    if not digests.begin(tx, queue, morning.day):
        return
    unit = Unit(tx, office, at, at)
    with use(office.queue(queue).language):
        told = tuple(_lines(unit, queue, morning))
        heading = _("This morning in {queue}", queue=title(office, queue))
    if told:
        whole = (lines.text(heading, strong=True), *told)
        post.to_queue(unit, queue, Post(summary=heading, lines=whole), "digest")


def title(office: Office, queue: str) -> str:
    """What a queue is called, in the language of the moment."""
    known = office.policy.queue(queue)
    return known.title.in_(current()) if known else office.desk.title(queue, current())


def _lines(unit: Unit, queue: str, morning: Morning) -> Iterator[Line]:
    yield from _due_today(unit, queue, morning)
    yield from _overdue(unit, queue)
    if pending := digests.pending(unit.tx, queue, morning.opens):
        yield lines.text(_("Waiting for the customer: {n}", n=pending), strong=True)
    yield from _unclaimed(unit, queue, morning)
    yield from _ratings(unit, queue, morning)


def _due_today(unit: Unit, queue: str, morning: Morning) -> Iterator[Line]:
    until = end_of_day(morning, unit.office.hours.zone)
    found = digests.due(unit.tx, queue, morning.opens, unit.now, until, NAMED)
    if not found.count:
        return
    yield lines.text(_("Due today: {n}", n=found.count), strong=True)
    for ticket in tickets.readable(unit.tx, found.first):
        running = [clock for clock in clockwork.clocks(unit, ticket) if clock.running and clock.due_at]
        coming = [clock for clock in running if clock.due_at and unit.now < clock.due_at <= until]
        yield from (reminders.in_brief(unit, reminders.Due(ticket, clock, "")) for clock in coming)
    yield from _more(found.count)


def _overdue(unit: Unit, queue: str) -> Iterator[Line]:
    """What is late and still not done, the latest first."""
    found = lists.page(unit.tx, lists.overdue([queue]), 0, NAMED)
    if not found.count:
        return
    yield lines.text(_("Overdue: {n}", n=found.count), strong=True)
    for ticket in tickets.readable(unit.tx, [row.ticket_id for row in found.rows]):
        late = [clock for clock in clockwork.clocks(unit, ticket) if clock.overdue]
        yield from (reminders.in_brief(unit, reminders.Due(ticket, clock, wakes.OVERDUE)) for clock in late)
    yield from _more(found.count)


def _unclaimed(unit: Unit, queue: str, morning: Morning) -> Iterator[Line]:
    found = digests.unclaimed(unit.tx, queue, morning.opens, NAMED)
    if found.count:
        yield lines.text(_("Claimed by nobody: {n}", n=found.count), strong=True)
        yield from (_waits(unit, ticket) for ticket in tickets.readable(unit.tx, found.first))
        yield from _more(found.count)


def _waits(unit: Unit, ticket: Ticket) -> Line:
    shown = Text(text=f"{reference.show(ticket.reference)} · ", strong=True)
    since = deadlines.moment(unit, ticket.opened_at)
    return (shown, *lines.around(_("sent: {moment}", moment=SLOT), since))


def _more(count: int) -> Iterator[Line]:
    if count > NAMED:
        yield lines.text(ngettext("and {n} more", "and {n} more", count - NAMED))


def _ratings(unit: Unit, queue: str, morning: Morning) -> Iterator[Line]:
    """What came in since the last working day began."""
    rated = {one.question: one for one in digests.rated(unit.tx, queue, morning.since, morning.opens)}
    asked = survey.questions(unit.office.policy, asked_by_desk=True)
    told = [_rating(question, rated[question.key]) for question in asked if question.key in rated]
    if told:
        yield lines.text(_("Ratings since the last working day began:"), strong=True)
        yield from map(lines.text, told)


def _rating(question: Question, rated: Rated) -> str:
    asked = question.text.in_(current()) if question.text else _("Rating")
    if question.kind == "scale":
        score = f"{rated.total / rated.count:.1f}"
        return _("{question}: {score} of 5 ({n})", question=asked, score=score, n=rated.count)
    no = rated.count - rated.total
    return _("{question}: {yes} yes, {no} no", question=asked, yes=rated.total, no=no)
