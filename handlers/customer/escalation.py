"""The customer turns to somebody above when, and only when, a promise is overdue: once for each (CAP-9)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core import facts as kinds
from bot.core import reference
from bot.core.flow import Done, Draft, Turn
from bot.core.heard import Pressed
from bot.core.policy import Escalating
from bot.core.sla import Clock
from bot.core.ticket import Ticket
from bot.core.words import Choose, Option
from handlers import post, thread
from handlers.clock import above
from handlers.customer import along, buttons, conversation, offering, promises, retelling
from handlers.customer.commands import Escalate, ShowMenu
from handlers.customer.keeping import CUSTOMER
from handlers.customer.moments import Moments
from handlers.customer.offering import Offered
from handlers.customer.talk import Talk
from handlers.ties import joined
from handlers.unit import Unit
from locales import Plain, _, current, pgettext, use
from storage import policies, tickets

MOST = 50
"""Nobody has more tickets under way than can be looked at in one unit."""


def right(unit: Unit, ticket: Ticket) -> Escalating | None:
    """The right to turn to somebody above, by the policy that the ticket was filed under."""
    return policies.find(unit.tx, ticket.policy_hash).escalating


def ripe(unit: Unit, ticket: Ticket) -> tuple[Clock, ...]:
    """The broken promises over which the customer may turn to somebody above, and has not yet."""
    if right(unit, ticket) is None:
        return ()
    done = {
        (fact.data["target"], fact.data["cycle"])
        for fact in tickets.history(unit.tx, ticket.id)
        if fact.kind == kinds.ESCALATED_BY_CUSTOMER
    }
    return tuple(c for c in promises.overdue(unit, ticket) if (c.what, c.cycle) not in done)


def button(ticket: Ticket) -> Option:
    """It names the ticket, so that it holds at any time."""
    return Option(key=f"escalate.{ticket.reference}", title=pgettext("button", "Escalate my request"))


def under_way(talk: Talk, _draft: Draft) -> tuple[Ticket, ...]:
    found = tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST)
    return tuple(ticket for ticket in found if ripe(talk.unit, ticket))


def _offered(talk: Talk, draft: Draft) -> Offered:
    return offering.of(talk, under_way(talk, draft), MOST)


escalation = conversation.flow("escalation", Draft, _offered)


@escalation.step
def which(_draft: Draft, late: Offered) -> Turn:
    question = _("Which request shall we escalate?")
    answer = yield Choose(question, (*late.options, buttons.cancel()), called=late.called)
    return Done(Escalate(answer.key))


@conversation.does(Escalate)
def escalate(talk: Talk, command: Escalate) -> None:
    late = under_way(talk, Draft())
    if command.reference and len(offering.ends_so(talk, command.reference)) <= 1:
        _escalate_one(talk, offering.whole(talk, command.reference))
    elif len(late) == 1:
        _escalate_one(talk, late[0].reference)
    elif late:
        conversation.start(talk, which, Draft(), of=escalation)
    else:
        talk.say("\n".join(_when_possible(talk)))
        conversation.carry_out(talk, ShowMenu())


def pressed(talk: Talk, what: Pressed) -> bool:
    """The button under one of our messages. False when the press is another."""
    verb, _dot, digits = what.data.partition(".")
    if verb != "0:escalate":
        return False
    talk.toast()
    talk.settle_buttons()
    along.beside(talk, lambda: conversation.carry_out(talk, Escalate(digits)))
    return True


def _escalate_one(talk: Talk, typed: str) -> None:
    """Whoever presses or types, and whatever: it must be their own, and late."""
    read = reference.read(typed)
    found = joined.own(talk.unit.tx, talk.customer.id, read) if isinstance(read, str) else None
    if found is None:
        talk.say(_("We have no request of yours with this number."))
        conversation.carry_out(talk, ShowMenu())
        return
    ticket = tickets.lock(talk.unit.tx, found.id)
    allowed, late = right(talk.unit, ticket), ripe(talk.unit, ticket)
    if allowed and late:
        _raise(talk, ticket, allowed, late)
    else:
        talk.say(_explained(talk, ticket, Moments(talk.unit)), ticket=ticket)


def _raise(talk: Talk, ticket: Ticket, allowed: Escalating, late: Sequence[Clock]) -> None:
    unit = _heard(talk.unit, ticket, late)
    facts = [
        unit.fact(kinds.ESCALATED_BY_CUSTOMER, CUSTOMER, target=clock.what, cycle=clock.cycle)
        for clock in late
    ]
    raised = tickets.save(unit.tx, replace(ticket, touched_at=unit.at), *facts)
    _tell_above(unit, raised, allowed, late)
    thread.tell(unit, raised, lambda: _told_in_thread(allowed))
    post.show_card(unit, raised)
    talk.say("\n".join(_raised(talk, raised, allowed)), ticket=raised)


def _heard(unit: Unit, ticket: Ticket, late: Sequence[Clock]) -> Unit:
    """The unit of the moment that counts: what was written before it was late, when it was heard."""
    when_written = promises.overdue(replace(unit, now=unit.at), ticket)
    in_time = {(clock.what, clock.cycle) for clock in late} - {(c.what, c.cycle) for c in when_written}
    return replace(unit, at=unit.now) if in_time else unit


def _told_in_thread(allowed: Escalating) -> str:
    return _(
        "The customer has escalated this ticket, because it is overdue: {queue}.",
        queue=allowed.title.in_(current()),
    )


def _tell_above(unit: Unit, ticket: Ticket, allowed: Escalating, late: Sequence[Clock]) -> None:
    with use(unit.office.queue(allowed.queue).language):
        shown = reference.show(ticket.reference)
        summary = _("A customer has escalated {reference}: it is overdue.", reference=shown)
        handed = above.handed(unit, ticket, summary, late)
    post.to_queue(unit, allowed.queue, handed, above.PURPOSE, ticket=ticket)
    above.hand_files_to(unit, allowed.queue, ticket)


# What the customer reads


def _raised(talk: Talk, ticket: Ticket, allowed: Escalating) -> Iterator[str]:
    language = talk.customer.language
    yield _(
        "Your request {reference} has been raised to: {whom}.",
        reference=reference.unbroken(ticket.reference),
        whom=allowed.title.in_(language),
    )
    ways = [way for way in talk.unit.office.policy.elsewhere if set(way.clause) & set(allowed.clause)]
    if ways:
        yield ""
        yield _("You can also write to them directly, quoting this number:")
    for way in ways:
        note = way.note.in_(language)
        yield _("{address} — {note}", address=Plain(way.address), note=Plain(note)) if way.address else note


def _when_possible(talk: Talk) -> Iterator[str]:
    """For somebody who may not yet, or not at all: courteous, and without any promise."""
    found = tickets.live_of_customer(talk.unit.tx, talk.customer.id, MOST)
    allowed = [ticket for ticket in found if ticket.unresolved and right(talk.unit, ticket)]
    moments = Moments(talk.unit)
    yield from (_explained(talk, ticket, moments) for ticket in allowed)
    if allowed:
        return
    if talk.unit.office.policy.escalating:
        yield _("No request of yours is being worked on, so there is nothing to escalate.")
    else:
        yield _("If something about a request troubles you, write it here: the team reads it.")


def _explained(talk: Talk, ticket: Ticket, moments: Moments) -> str:
    shown, allowed = reference.unbroken(ticket.reference), right(talk.unit, ticket)
    if allowed is None or not ticket.unresolved:
        return _("Your request {reference} cannot be escalated.", reference=shown)
    if promises.overdue(talk.unit, ticket):
        whom = allowed.title.in_(talk.customer.language)
        return _("Your request {reference} has been raised already: {whom}.", reference=shown, whom=whom)
    held_out = [(promise.at, promise) for promise in promises.promised(talk.unit, ticket) if promise.at]
    if held_out:
        until, promise = min(held_out, key=lambda pair: pair[0])
        retelling.told(talk.unit, ticket, [promise])
        when = moments.by(until)
        return _(
            "You can escalate your request {reference} if what was stated does not come {when}.",
            reference=shown,
            when=when,
        )
    return _(
        "You can escalate your request {reference} once a time stated for it has passed.", reference=shown
    )
