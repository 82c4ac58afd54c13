"""What of a promise is told again: what takes longer than the customer was last told, and what holds no more.

What got better is never told, so what they know may be another moment than the one that held just now.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import reference
from bot.core.policy.targets import What
from bot.core.ticket import Ticket
from bot.core.words import Say
from handlers import post
from handlers.clock import clockwork
from handlers.customer.moments import Moments
from handlers.customer.promises import Promise, promised, sentences, when
from handlers.customer.told import last
from handlers.unit import Unit
from locales import _
from storage import promised as store
from storage.promised import Key


@dataclass(frozen=True, slots=True)
class Known:
    """How things stood before a change: what was promised, and until when the customer was last told."""

    promised: tuple[Promise, ...]
    until: Mapping[Key, datetime]


def told(unit: Unit, ticket: Ticket, promises: Iterable[Promise]) -> None:
    """Put down that the customer is told these now."""
    until = {promise.key: promise.until for promise in promises}
    store.put(unit.tx, ticket.id, until, unit.now)


def known(unit: Unit, ticket: Ticket) -> Known:
    """What the customer knows now, and what is promised."""
    until = {key: one.until for key, one in last(unit, ticket).items()}
    return Known(promised(unit, ticket), until)


def retriaged(unit: Unit, ticket: Ticket, before: Known, because: Callable[[], str] | None = None) -> None:
    """Tell the customer what became of what they know, after the ticket was saved with its new triage.

    They hear of what is promised for the first time (CAP-7), of what will take longer than they were told,
    and of what holds no longer; never of what got better or stayed. `because` is said first, in any case.
    """
    with post.speaking_to_customer(unit, ticket):
        reason = [because()] if because else []
        changed = _changed(unit, ticket, before, promised(unit, ticket))
        _tell(unit, ticket, [*reason, *changed, *_gone(unit, ticket, before)])


def recounted(unit: Unit, ticket: Ticket, before: Known) -> None:
    """Tell them which moments come later, after a change of the calendar."""
    with post.speaking_to_customer(unit, ticket):
        _tell(unit, ticket, list(_changed(unit, ticket, before, _moments(unit, ticket, before))))


def later(unit: Unit, ticket: Ticket, before: Known, *, dated: bool = False) -> list[str]:
    """Which of the moments that they know come later, now that the ticket goes on after a standstill.

    It is said with what they are told of that, in the language of the moment; `dated` if that may be late.
    """
    known = [one for one in _moments(unit, ticket, before) if one.key in before.until]
    return list(_changed(unit, ticket, before, known, dated=dated))


def _moments(unit: Unit, ticket: Ticket, before: Known) -> Iterator[Promise]:
    """What is promised until a moment; words such as a range hold on."""
    in_words = {promise.key for promise in before.promised if not promise.at}
    return (one for one in promised(unit, ticket) if one.at and one.key not in in_words)


def _tell(unit: Unit, ticket: Ticket, news: Sequence[str]) -> None:
    if news:
        heading = _("About your request {reference}:", reference=reference.unbroken(ticket.reference))
        post.to_ticket_customer(unit, ticket, Say(text="\n".join([heading, *news])), "word")


def _changed(
    unit: Unit, ticket: Ticket, before: Known, promises: Iterable[Promise], *, dated: bool = True
) -> Iterator[str]:
    """What was promised before, but never told to them, is not told as something that changed."""
    moments = Moments(unit, dated=dated)
    unspoken = {promise.key for promise in before.promised} - set(before.until)
    for promise in promises:
        until = before.until.get(promise.key)
        if promise.key in unspoken or (until and _minute(promise.until) <= _minute(until)):
            continue
        told(unit, ticket, [promise])
        if until:
            yield _later(promise.clock.what, when(promise, moments))
        else:
            yield from sentences(unit, [promise], moments)


def _minute(moment: datetime) -> datetime:
    """Moments are told to the minute."""
    return moment.replace(second=0, microsecond=0)


def _gone(unit: Unit, ticket: Ticket, before: Known) -> Iterator[str]:
    left = {(clock.what, clock.cycle) for clock in clockwork.clocks(unit, ticket)}
    for promise in before.promised:
        if promise.key not in left and promise.key in before.until:
            store.forget(unit.tx, ticket.id, promise.key)
            yield _void(promise.clock.what)


def _later(what: What, when: str) -> str:
    return {
        "first_response": _("Our first reply needs longer than we said: you will have it {when}.", when=when),
        "next_response": _("Our answer needs longer than we said: you will have it {when}.", when=when),
        "resolution": _("The solution needs longer than we said: you will have it {when}.", when=when),
    }[what]


def _void(what: What) -> str:
    return {
        "first_response": _("The time that we named for our first reply no longer holds."),
        "next_response": _("The time that we named for our answer no longer holds."),
        "resolution": _("The time that we named for a solution no longer holds."),
    }[what]
