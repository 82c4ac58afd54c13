"""A ticket moves to another queue's channel: it takes its words along."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.core import arrivals, ties
from bot.core import facts as kinds
from bot.core.shown import Line, Mention, Post
from bot.core.ticket import Ticket
from handlers import behind, lines, post, reposting, states, thread
from handlers.clock import deadlines
from handlers.lines import OTHER, SLOT
from handlers.unit import Unit
from locales import _
from storage import files, held, outbox, people, threads, tickets, words
from storage.files import Kept
from storage.words import CUSTOMER, Words

CHANGING = kinds.CHANGING | {kinds.TAKEN_BACK}

RETOLD, TRANSFERRED, BROUGHT = "retold", "transferred", "moved"
"""What a thread is told because its ticket comes there: what was said so far, and why."""


def settle_in(unit: Unit, ticket: Ticket) -> None:
    """A card and a thread where it goes on, with the words so far; the cards that it left say where."""
    unsay(unit, ticket.id, RETOLD, TRANSFERRED, BROUGHT)
    tickets.lose_thread(unit.tx, ticket.id)
    stood_in = threads.left_last(unit.tx, ticket.id)
    own = unit.office.queue(ticket.queue).channel
    if own == unit.office.desk.fallback_channel:  # where it stood in for another, it told why, and is left
        threads.give_up(unit.tx, ticket.id, own)
    post.show_card(unit, ticket)
    behind.show_where(unit, ticket)
    if stood_in:
        behind.show_left(unit, ticket.id, stood_in)
    take_along(unit, ticket)


def unsay(unit: Unit, ticket_id: UUID, *purposes: str) -> None:
    """What its thread did not hear yet of an earlier move is not true any more, or is told anew."""
    place, desk = outbox.ToThread(ticket=ticket_id), unit.office.desk_channel
    for purpose in purposes:
        held.withdraw_all(unit.tx, place, channel=desk, purpose=purpose, at=unit.at)


def said_so_far(unit: Unit, ticket: Ticket, since: datetime | None = None) -> tuple[Line, ...]:
    """All that was written on a ticket, by whom and when, under a heading; nothing where nothing was.

    What was written on those that were merged into it is part of it; what is older than `since`, and neither
    changed nor came by a merge since, is not. What the customer is to get and does not have is told as such.
    """
    whole = whole_of(unit, ticket)
    said = sorted(_written(unit, whole, since), key=lambda one: one.at)
    if not said:
        return ()
    there = [file for each in whole for file in files.of_ticket(unit.tx, each.id) if not file.replaced_by]
    by_us = [one.id for one in said if one.author != CUSTOMER]
    addresses = [people.address(unit.tx, one) for one in {each.address_id for each in whole}]
    waiting = held.unsent_among(unit.tx, addresses, by_us)
    happened = [tickets.history(unit.tx, each.id) for each in whole]
    lost = {one for facts in happened for one in arrivals.undelivered(facts)}
    kept_here = {one for facts in happened for one in arrivals.taken_back(facts)}
    brought = {one.id: [file for file in there if file.words_id == one.id] for one in said}
    together = (
        line
        for one in said
        for line in (*told(unit, one, brought[one.id]), *_standing(one.id, waiting, lost, kept_here))
    )
    return (lines.text(_("What was said so far:"), strong=True), *together)


def _written(unit: Unit, whole: Sequence[Ticket], since: datetime | None) -> Iterator[Words]:
    again = _changed_since(unit, whole, since) if since else set()
    came = _merged_since(unit, whole, since) if since else set()
    written = since.replace(microsecond=0) if since else None  # customers' messages are dated to the second
    for each in whole:
        for one in words.of_ticket(unit.tx, each):
            if written is None or one.at >= written or one.id in again or each.id in came:
                yield one


def _merged_since(unit: Unit, whole: Sequence[Ticket], since: datetime) -> set[UUID]:
    """The tickets among these that are part of the whole only since then."""
    facts = (fact for each in whole for fact in tickets.history(unit.tx, each.id) if fact.at >= since)
    came = {UUID(str(fact.data["ticket"])) for fact in facts if fact.kind == kinds.ABSORBED}
    return {one.id for each in whole if each.id in came for one in whole_of(unit, each)}


def _changed_since(unit: Unit, whole: Sequence[Ticket], since: datetime) -> set[UUID]:
    """Words that read otherwise since then, or are of another kind."""
    facts = (fact for each in whole for fact in tickets.history(unit.tx, each.id) if fact.at >= since)
    changed = {UUID(str(fact.data["words"])) for fact in facts if fact.kind in CHANGING}
    return changed.union(*(threads.told_of_again(unit.tx, each.id, since) for each in whole))


def whole_of(unit: Unit, ticket: Ticket) -> list[Ticket]:
    """The ticket, and those that go on as it."""
    return [ticket, *merged_into(unit, ticket)]


def merged_into(unit: Unit, ticket: Ticket) -> Iterator[Ticket]:
    """The tickets that go on as this one, also those that were merged into one of them."""
    for duplicate in ties.duplicates(tickets.history(unit.tx, ticket.id)):
        merged = tickets.read(unit.tx, duplicate)
        yield merged
        yield from merged_into(unit, merged)


def take_along(unit: Unit, ticket: Ticket, since: datetime | None = None, purpose: str = RETOLD) -> None:
    """Its words, and the files that came with them, are where it goes on."""
    tell_again(unit, ticket, since, purpose)
    reposting.bring(unit, ticket, whole_of(unit, ticket), since)


def tell_again(
    unit: Unit,
    ticket: Ticket,
    since: datetime | None = None,
    purpose: str = RETOLD,
    of: Ticket | None = None,
) -> tuple[Line, ...]:
    """Its thread hears all that was said so far, or since the ticket was elsewhere. Tells what it hears.

    Or all that was said on another one, `of` which this is to tell.
    """
    with thread.speaking(unit, ticket):
        heading, said = _("What was said so far:"), said_so_far(unit, of or ticket, since)
    if said:
        post.to_thread(unit, ticket, Post(summary=heading, lines=said), purpose)
    return said


def _standing(one: UUID, waiting: set[UUID], lost: set[UUID], kept_here: set[UUID]) -> Iterator[Line]:
    """What keeps words from being the customer's."""
    if one in waiting:
        yield lines.text(_("This still waits to be sent to the customer."))
    elif one in lost:
        yield lines.text(_("This did not reach the customer."))
    elif one in kept_here:
        yield lines.text(_("The customer did not get this."))


def told(unit: Unit, one: Words, files: Sequence[Kept]) -> Iterator[Line]:
    """These words and files, under a heading that tells whose they are and from when."""
    when = deadlines.moment(unit, one.at)
    if one.author == CUSTOMER:
        yield lines.around(_("The customer, {moment}:", moment=SLOT), when, strong=True)
    else:
        agent = Mention(user=one.author.removeprefix("agent:"))
        heading = HEADINGS.get(one.kind, HEADINGS["reply"])()
        yield lines.around(heading, agent, when, strong=True)
    if one.redacted:
        yield lines.text(states.redacted())
    elif one.text:
        yield lines.quote(one.text, one.id)
    quoted = None if one.redacted else one.id
    for file in files:
        yield lines.quote(states.kind_of_file(file.about), quoted)
        if file.state in MISSING:
            yield lines.text(MISSING[file.state]())


MISSING: dict[str, Callable[[], str]] = {
    "gone": lambda: _("This file is not here: it could not be fetched."),
    "held": lambda: _("This file is only where the note was written."),
}
"""What is said of a file that words came with and that is not posted beside them."""

HEADINGS: dict[str, Callable[[], str]] = {
    "reply": lambda: _("{agent} to the customer, {moment}:", agent=SLOT, moment=OTHER),
    "question": lambda: _("{agent} asked the customer, {moment}:", agent=SLOT, moment=OTHER),
    "filed": lambda: _("Filed by {agent} for the customer, {moment}:", agent=SLOT, moment=OTHER),
    "note": lambda: _("Note by {agent}, {moment}:", agent=SLOT, moment=OTHER),
    "solution": lambda: _("Resolved by {agent}, {moment}:", agent=SLOT, moment=OTHER),
    "invitation": lambda: _(
        "{agent} invited the customer to a remote session, {moment}:", agent=SLOT, moment=OTHER
    ),
    "declined": lambda: _("Declined by {agent}, {moment}:", agent=SLOT, moment=OTHER),
}
"""What an agent's words were; what is not here went to the customer like a reply."""
