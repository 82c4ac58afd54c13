"""The receipt of a request: its reference, what is promised for it, and that it is closed if it is."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.core import reference
from bot.core.policy import Words
from bot.core.ticket import Ticket
from handlers.customer import absence, promises, retelling
from handlers.customer.moments import Moments
from handlers.customer.promises import Promise
from handlers.customer.talk import Talk
from locales import _, fill
from storage import policies


def give(talk: Talk, ticket: Ticket, preface: str = "", words_id: UUID | None = None) -> None:
    """Confirm a ticket that has just been filed; `preface` stands above it, and quotes these words.

    With one it is no answer to the customer, and may come on another day.
    """
    unit, promised = talk.unit, promises.promised(talk.unit, ticket)
    moments = Moments(unit, dated=bool(preface))
    opens_at, when_closed = absence.opening(unit), _own_when_closed(talk, ticket)
    own = unit.office.policy.receipt(ticket.category)
    if opens_at and when_closed:
        own = None
        received = [_for_the_hour(talk, ticket, when_closed, moments.at(opens_at))]
    else:
        received = [*_at_any_hour(talk, ticket, own), absence.told(unit, promised, moments)]
    left = [
        *_importance(talk, ticket, promised),
        *promises.beside_a_text(unit, promised, moments, own=own is not None),
    ]
    said = [preface, *received, "\n".join(left), _("To add something, simply write here.")]
    talk.say("\n\n".join(filter(None, said)), "receipt", ticket=ticket, words_id=words_id)
    retelling.told(unit, ticket, promised)


def _own_when_closed(talk: Talk, ticket: Ticket) -> Words | None:
    """The policy's receipt outside working hours; a category that has a receipt of its own keeps it."""
    policy = talk.unit.office.policy
    category = policy.category(ticket.category)
    return None if category and category.receipt else policy.texts.receipt_when_closed


def _for_the_hour(talk: Talk, ticket: Ticket, own: Words, when: str) -> str:
    return fill(own.in_(talk.customer.language), reference=reference.unbroken(ticket.reference), opening=when)


def _at_any_hour(talk: Talk, ticket: Ticket, own: Words | None) -> Iterator[str]:
    shown = reference.unbroken(ticket.reference)
    if own:
        yield fill(own.in_(talk.customer.language), reference=shown)
    else:
        yield _("We have received your request. Its number is {reference}.", reference=shown)
        yield _("A member of our team will answer you here.")


def _importance(talk: Talk, ticket: Ticket, promised: Sequence[Promise]) -> Iterator[str]:
    """What the promises go by, where it is only what the customer thinks of it (CMP-2)."""
    priority = policies.find(talk.unit.tx, ticket.policy_hash).priority(ticket.priority)
    if priority and any(promise.clock.target.priority for promise in promised):
        title = priority.title.in_(talk.customer.language)
        yield _("Its importance, until we have looked at it: {priority}.", priority=title)
