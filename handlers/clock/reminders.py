"""The desk is reminded: each in its ticket's thread, or many in one post in the queue's channel."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core import facts as kinds
from bot.core import reference, wakes
from bot.core.shown import Line, Mention, Post, Text
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from bot.core.wakes import Wake
from handlers import lines, post, thread
from handlers.clock import above, clockwork, deadlines, ladders
from handlers.lines import OTHER, SLOT
from handlers.unit import Office, Unit
from locales import _, ngettext, use
from storage import Tx, policies, reminders, tickets
from storage.reminders import Reminder

FEW = 5
"""More than so many for one queue in one tick become one post."""

NAMED = 20
"""So many tickets stand in such a post; the others are counted."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that still makes sense: the clock runs on. `due_at` is the moment that it is about."""

    ticket: Ticket
    clock: Clock
    step: str
    due_at: datetime | None = None


def remind(unit: Unit, ticket: Ticket, wake: Wake) -> None:
    """Put the reminder on record; its queue is told when all that one tick brings is known."""
    clock = clockwork.clock_of(unit, ticket, wake)
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.REMINDED, **wake.about))
    waits = Reminder(
        ticket_id=ticket.id,
        target=wake.what,
        cycle=wake.cycle,
        step=wake.step,
        queue=ticket.queue,
        rank=_rank(unit, ticket),
        due_at=clock.due_at or wake.by_clock,
    )
    reminders.add(unit.tx, waits)
    post.show_card(unit, ticket)


def _rank(unit: Unit, ticket: Ticket) -> int:
    """How serious its priority is, 0 the most; one without comes last."""
    known = [priority.key for priority in policies.find(unit.tx, ticket.policy_hash).priorities]
    return known.index(ticket.priority) if ticket.priority in known else len(known)


def tell(tx: Tx, office: Office, queue: str, at: datetime) -> None:
    """Tell a queue what is on record for it and not told yet."""
    unit = Unit(tx, office, at, at)
    taken = sorted(reminders.take(tx, queue), key=_severity)
    if len(taken) > FEW:
        _tell_channel(unit, queue, taken)
    for due in _still_due(unit, taken):
        reminder = _reminder(unit, due)
        if len(taken) <= FEW:
            post.to_thread(unit, due.ticket, reminder, "reminder")
        if not (_is_late(due) and ladders.are_handed(unit, due.ticket, due.ticket.claimer)):
            above.pass_on(unit, due.ticket, reminder, purpose="reminder")


def _severity(reminder: Reminder) -> tuple[Any, ...]:
    stage = {wakes.OVERDUE: 0, wakes.ASSUMED: 1, wakes.EXPECTED: 1}.get(reminder.step, 2)
    return stage, reminder.rank, reminder.due_at, reminder.ticket_id


def _still_due(unit: Unit, taken: Iterable[Reminder]) -> Iterator[Due]:
    for reminder in taken:
        for ticket in tickets.readable(unit.tx, [reminder.ticket_id]):
            for clock in clockwork.clocks(unit, ticket):
                same = (clock.what, clock.cycle) == (reminder.target, reminder.cycle)
                if same and clock.running and (clock.unpromised or reminder.step != wakes.ASSUMED):
                    yield Due(ticket, clock, reminder.step, clock.due_at)


def _reminder(unit: Unit, due: Due) -> Post:
    """For the thread, to the claimer; when it is late or nobody's, for everybody in the channel."""
    with thread.speaking(unit, due.ticket):
        told = [_what_is_due(unit, due), *_assumed(due), _who(due.ticket)]
        return Post(
            summary=_("Reminder: ticket {reference}", reference=reference.show(due.ticket.reference)),
            lines=tuple(told),
            broadcast=_is_late(due) or not due.ticket.claimer,
        )


def _is_late(due: Due) -> bool:
    """Whether a promise is broken: what the desk only assumes is none."""
    return due.step == wakes.OVERDUE and due.clock.overdue and not due.clock.unpromised


def _who(ticket: Ticket) -> Line:
    if ticket.claimer:
        return lines.around(
            _("This ticket is in the hands of {agent}.", agent=SLOT), Mention(user=ticket.claimer)
        )
    return lines.text(_("Nobody has claimed this ticket."))


def _assumed(due: Due) -> list[Line]:
    said = _("No working week is known, so this moment is only assumed.")
    return [lines.text(said)] if due.clock.assumed else []


def _tell_channel(unit: Unit, queue: str, taken: list[Reminder]) -> None:
    """The most severe first."""
    with use(unit.office.queue(queue).language):
        named = list(_still_due(unit, taken[:NAMED]))
        heading = ngettext("{n} reminder", "{n} reminders", len(taken))
        told: list[Line] = [lines.text(heading, strong=True), *(in_brief(unit, due) for due in named)]
        more = len(taken) - NAMED
        if more > 0:
            told.append(lines.text(ngettext("and {n} more", "and {n} more", more)))
    post.to_queue(unit, queue, Post(summary=heading, lines=tuple(told)), "reminder")


def in_brief(unit: Unit, due: Due) -> Line:
    """One ticket in a list of them."""
    shown = Text(text=f"{reference.show(due.ticket.reference)} · ", strong=True)
    whose = (Text(text=" · "), Mention(user=due.ticket.claimer)) if due.ticket.claimer else ()
    return (shown, *_what_is_due(unit, due), *whose)


def _what_is_due(unit: Unit, due: Due) -> Line:
    """What the clock says, with its moment."""
    stage, clock = due.step if due.step in SENTENCES else "", due.clock
    at = due.due_at or (clock.late_since if stage == wakes.OVERDUE else clock.due_at)
    assert at
    if stage == wakes.OVERDUE and clock.unpromised:
        stage = wakes.ASSUMED
    if stage == wakes.EXPECTED and clock.course.expected_at and clock.course.expected_at > unit.now:
        expected = deadlines.moment(unit, clock.course.expected_at)
        return lines.around(SENTENCES[SOON][clock.what](), expected, deadlines.moment(unit, at))
    said = SENTENCES[stage][clock.what]()
    if not stage and clock.unpromised:
        said = f"{said} {_('It is not promised until the complexity is set.')}"
    return lines.around(said, deadlines.moment(unit, at))


SOON = "soon"
"""The stage of what is expected while the desk is closed, and so is told before."""

SENTENCES: dict[str, dict[str, Callable[[], str]]] = {
    "": {
        "first_response": lambda: _("The first answer is due: {moment}.", moment=SLOT),
        "next_response": lambda: _("The customer waits for an answer, due: {moment}.", moment=SLOT),
        "resolution": lambda: _("The solution is due: {moment}.", moment=SLOT),
    },
    wakes.EXPECTED: {
        "first_response": lambda: _(
            "The first answer is expected from now on. It is overdue from: {moment}.", moment=SLOT
        ),
        "next_response": lambda: _(
            "The customer expects an answer from now on. It is overdue from: {moment}.", moment=SLOT
        ),
        "resolution": lambda: _(
            "The solution is expected from now on. It is overdue from: {moment}.", moment=SLOT
        ),
    },
    SOON: {
        "first_response": lambda: _(
            "The first answer is expected from: {moment}. It is overdue from: {late}.",
            moment=SLOT,
            late=OTHER,
        ),
        "next_response": lambda: _(
            "The customer expects an answer from: {moment}. It is overdue from: {late}.",
            moment=SLOT,
            late=OTHER,
        ),
        "resolution": lambda: _(
            "The solution is expected from: {moment}. It is overdue from: {late}.",
            moment=SLOT,
            late=OTHER,
        ),
    },
    wakes.OVERDUE: {
        "first_response": lambda: _("The first answer is overdue. It was due: {moment}.", moment=SLOT),
        "next_response": lambda: _(
            "An answer to the customer is overdue. It was due: {moment}.", moment=SLOT
        ),
        "resolution": lambda: _("The solution is overdue. It was due: {moment}.", moment=SLOT),
    },
    wakes.ASSUMED: {
        "first_response": lambda: _(
            "The time that we assume for the first answer is over: {moment}."
            " It is not promised until the complexity is set.",
            moment=SLOT,
        ),
        "next_response": lambda: _(
            "The time that we assume for an answer is over: {moment}."
            " It is not promised until the complexity is set.",
            moment=SLOT,
        ),
        "resolution": lambda: _(
            "The time that we assume for a solution is over: {moment}."
            " It is not promised until the complexity is set.",
            moment=SLOT,
        ),
    },
}
