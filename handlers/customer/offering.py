"""Requests to choose from: each is offered by what its customer knows it by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.core import reference
from bot.core.ticket import Ticket
from bot.core.words import Option
from handlers import inshort
from handlers.customer.talk import Talk
from handlers.ties import joined
from locales import _, isolated
from storage import tickets

OWN = 200
"""So many of the person's latest requests are known by how they end."""


@dataclass(frozen=True, slots=True)
class Offered:
    """All that may be meant; those that have no button are `known` by their number alone.

    `called` knows the number of a request that goes on in another as that one's, and the last four digits
    where only one of these ends so.
    """

    known: tuple[Ticket, ...]
    options: tuple[Option, ...]
    called: Callable[[str], str | None]

    @property
    def more(self) -> bool:
        return len(self.known) > len(self.options)

    def question(self, asked: str) -> str:
        """It says so where there are more than it lists."""
        more = _("Not all of them are listed. If it is another one, please write its number.")
        return f"{asked}\n\n{more}" if self.more else asked


def of(talk: Talk, known: Sequence[Ticket], most: int) -> Offered:
    options = (Option(key=ticket.reference, title=_title(talk, ticket)) for ticket in known[:most])
    return Offered(tuple(known), tuple(options), partial(_goes_on_as, talk, known))


def _goes_on_as(talk: Talk, known: Sequence[Ticket], said: str) -> str | None:
    digits = named(said) or _only(_ending_so(known, said))
    own = joined.own(talk.unit.tx, talk.customer.id, digits) if digits else None
    return own.reference if own else digits or None


def _title(talk: Talk, ticket: Ticket) -> str:
    """One line, in whatever scripts."""
    known_by = inshort.known_by(talk.unit.tx, ticket, talk.customer.language)
    return " · ".join(isolated(part) for part in (reference.show(ticket.reference), *known_by))


def named(said: str) -> str | None:
    """The number, where one was typed in whatever way."""
    read = reference.read(said)
    return read if isinstance(read, str) else None


def ends_so(talk: Talk, said: str) -> tuple[str, ...]:
    """The numbers of the person's own requests that end in the four digits that they typed."""
    own = tickets.of_customer(talk.unit.tx, talk.customer.id, OWN) if reference.ending(said) else ()
    return _ending_so(own, said)


def whole(talk: Talk, typed: str) -> str:
    """The number that only one request of theirs ends in; else what they typed."""
    return _only(ends_so(talk, typed)) or typed


def _ending_so(known: Sequence[Ticket], said: str) -> tuple[str, ...]:
    end = reference.ending(said)
    return tuple(ticket.reference for ticket in known if end and ticket.reference.endswith(end))


def _only(found: Sequence[str]) -> str:
    return found[0] if len(found) == 1 else ""
