"""What those above a ticket read of it, and the verbs they are handed, where they cannot see its card."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.core import reference
from bot.core.policy.targets import What
from bot.core.shown import Line, Mention, Post, Room, Text
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from handlers import behind, filled_in, lines, moving, outside, post, situations, thread
from handlers.agent import titles
from handlers.clock import clockwork, deadlines
from handlers.lines import SLOT
from handlers.unit import Unit
from locales import _, use
from storage import files, people
from storage.files import Kept

PURPOSE = "escalation"


def handed(unit: Unit, ticket: Ticket, summary: str, late: Sequence[Clock]) -> Post:
    """The whole ticket for somebody above: how late it is, whose, all that was said, and what may be done.

    `summary` holds nobody's words.
    """
    situation = situations.look(unit, ticket)
    customer = people.customer(unit.tx, ticket.customer_id)
    told = (
        lines.text(summary, strong=True),
        *_standing(unit, ticket, late),
        *filled_in.shown(situation, customer),
        *moving.said_so_far(unit, ticket),
    )
    return Post(summary=summary, lines=told, buttons=titles.verbs(situation))


def offer(unit: Unit, ticket: Ticket, user: str) -> None:
    """Hand somebody who cannot see the card what can be done with the ticket now."""
    summary = _about(ticket)
    told = (lines.text(summary, strong=True), _whose(unit, ticket))
    offered = Post(summary=summary, lines=told, buttons=titles.verbs(situations.look(unit, ticket)))
    post.to_person(unit, user, offered, PURPOSE, ticket=ticket)


def hand_over(unit: Unit, ticket: Ticket, user: str) -> None:
    """Somebody else gave it to `user`: where they cannot see its card, they are handed the whole ticket."""
    if outside.is_outside(unit, ticket, user):
        hand_whole(unit, ticket, user)
        hand_files(unit, ticket, user)


def hand_files(unit: Unit, ticket: Ticket, user: str, among: Collection[UUID] | None = None) -> None:
    """The files of the ticket that somebody does not have in private yet, or those of these words."""
    found = _files(unit, ticket)
    outside.hand(unit, ticket, user, [one for one in found if among is None or one.words_id in among])


def hand_files_to(unit: Unit, queue: str, ticket: Ticket, among: Collection[UUID] | None = None) -> None:
    """The same for those in another queue's channel; those of these words though they had them before."""
    found = _files(unit, ticket)
    wanted = [one for one in found if among is None or one.words_id in among]
    outside.hand_to(unit, ticket, queue, wanted, anew=among is not None)


def _files(unit: Unit, ticket: Ticket) -> Iterator[Kept]:
    for each in moving.whole_of(unit, ticket):
        yield from files.of_ticket(unit.tx, each.id)


def hand_whole(unit: Unit, ticket: Ticket, user: str) -> None:
    """All that is to know about the ticket, and to do with it, in private."""
    with thread.speaking(unit, ticket):
        given = handed(unit, ticket, _about(ticket), overdue(unit, ticket))
    post.to_person(unit, user, given, PURPOSE, ticket=ticket)


def tell_holder(unit: Unit, ticket: Ticket, sentence: Callable[[], str]) -> None:
    """Its thread is told, and whoever holds it by name; in private, too, where they cannot see the thread.

    While it waits in nobody's hands, everybody in the channel is told.
    """
    with thread.speaking(unit, ticket):
        summary, said = thread.summary(ticket), sentence()
        about = lines.text(_about(ticket), strong=True)
    whose = ((Mention(user=ticket.claimer),),) if ticket.claimer else ()
    told = Post(summary=summary, lines=(lines.text(said), *whose), broadcast=ticket.unresolved and not whose)
    post.to_thread(unit, ticket, told, "news")
    if outside.held_outside(unit, ticket):
        private = Post(summary=summary, lines=(about, lines.text(said)))
        post.to_person(unit, ticket.claimer, private, "news", ticket=ticket)


def pass_on(
    unit: Unit,
    ticket: Ticket,
    thread_post: Post,
    said: Sequence[UUID] = (),
    purpose: str = "words",
    *,
    after: UUID | None = None,
    not_before: datetime | None = None,
) -> None:
    """Whoever holds it and cannot see its thread gets this post of it too, with what can be done now.

    `after` are the words of an album's first part: with those it goes, while they wait.
    """
    if not outside.held_outside(unit, ticket):
        return
    if after and outside.joins_album(unit, ticket, after, thread_post, said, purpose):
        return
    with thread.speaking(unit, ticket):
        about, buttons = _about(ticket), titles.verbs(situations.look(unit, ticket))
    told = (lines.text(about, strong=True), *thread_post.lines)
    own = [one for one in thread_post.buttons if one.verb not in {other.verb for other in buttons}]
    private = Post(summary=about, lines=told, buttons=(*own, *buttons))
    post.to_person(unit, ticket.claimer, private, purpose, ticket=ticket, carries=said, not_before=not_before)


def tell_reassigned(unit: Unit, ticket: Ticket, before: str) -> None:
    """Whoever held it before and cannot see its thread hears whose it is now."""
    if not before or before == ticket.claimer or not outside.is_outside(unit, ticket, before):
        return
    with thread.speaking(unit, ticket):
        about, whose = _about(ticket), Mention(user=ticket.claimer)
        now = lines.around(_("The ticket is now in the hands of {agent}.", agent=SLOT), whose)
        freed = lines.text(_("The ticket is no longer in your hands."))
    told = (lines.text(about, strong=True), now if ticket.claimer else freed)
    post.to_person(unit, before, Post(summary=about, lines=told), "news", ticket=ticket)


def tell_where(unit: Unit, ticket: Ticket, holder: str) -> None:
    """Whoever holds it, and may do nothing with it where it goes on, hears where that is."""
    channel = Room(channel=unit.office.queue(ticket.queue).channel)
    with thread.speaking(unit, ticket):
        about = _about(ticket)
        where = _("This queue is worked in {channel} now, where you are not.", channel=SLOT)
        to_do = _("You hold this ticket: ask to be invited there, or have it assigned to somebody else.")
    told = (lines.text(about, strong=True), lines.around(where, channel), lines.text(to_do))
    post.to_person(unit, holder, Post(summary=about, lines=told), "news", ticket=ticket)


def tell_taken(unit: Unit, ticket: Ticket, before: str, by: str, reason: str, said: UUID) -> None:
    """Whoever held it and cannot see its thread hears that it is in other hands, and why if they may."""
    if outside.is_outside(unit, ticket, before):
        with thread.speaking(unit, ticket):
            about = _about(ticket)
            taken = lines.around(_("{agent} took the ticket over from you.", agent=SLOT), Mention(user=by))
        told = (lines.text(about, strong=True), taken, *([lines.quote(reason, said)] if reason else []))
        post.to_person(unit, before, Post(summary=about, lines=told), "news", ticket=ticket)


def hand_to(unit: Unit, queue: str, ticket: Ticket) -> None:
    """Those in another queue's channel are handed the whole ticket, in their language."""
    with use(unit.office.queue(queue).language):
        given = handed(unit, ticket, _about(ticket), overdue(unit, ticket))
    post.to_queue(unit, queue, given, PURPOSE, ticket=ticket)


def overdue(unit: Unit, ticket: Ticket) -> tuple[Clock, ...]:
    """The clocks that are late by their due moment of now."""
    return tuple(clock for clock in clockwork.clocks(unit, ticket) if clock.overdue)


def _about(ticket: Ticket) -> str:
    return _("Ticket {reference}", reference=reference.show(ticket.reference))


def _standing(unit: Unit, ticket: Ticket, late: Sequence[Clock]) -> Iterator[Line]:
    for clock in late:
        yield _late(unit, clock)
    yield _whose(unit, ticket)


def _late(unit: Unit, clock: Clock) -> Line:
    """How late it is; a moment that nobody was promised is told as what it is (CAP-7)."""
    if clock.unpromised:
        return (Text(text=f"{deadlines.name(clock.what)}: "), *deadlines.line(unit, clock))
    return lines.around(_missed(clock.what), deadlines.moment(unit, clock.course.due_at))


def _whose(unit: Unit, ticket: Ticket) -> Line:
    if ticket.claimer:
        return lines.around(_("In the hands of {agent}.", agent=SLOT), Mention(user=ticket.claimer))
    queue = behind.title(unit, ticket, ticket.queue)
    return lines.text(_("Nobody has claimed it. Its queue: {queue}.", queue=queue))


def _missed(what: What) -> str:
    return {
        "first_response": _("The first response was due {moment}.", moment=SLOT),
        "next_response": _("The next response was due {moment}.", moment=SLOT),
        "resolution": _("The resolution was due {moment}.", moment=SLOT),
    }[what]
