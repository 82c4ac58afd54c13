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


@dataclass(frozen=True, slots=True)
class Offered:
    """All that may be meant; those that have no button are `known` by their number alone.

    `called` knows the number of a request that goes on in another as that one's.
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
    return Offered(tuple(known), tuple(options), partial(_goes_on_as, talk))


def _goes_on_as(talk: Talk, said: str) -> str | None:
    digits = named(said)
    own = joined.own(talk.unit.tx, talk.customer.id, digits) if digits else None
    return own.reference if own else digits


def _title(talk: Talk, ticket: Ticket) -> str:
    """One line, in whatever scripts."""
    known_by = inshort.known_by(talk.unit.tx, ticket, talk.customer.language)
    return " · ".join(isolated(part) for part in (reference.show(ticket.reference), *known_by))


def named(said: str) -> str | None:
    """The number, where one was typed in whatever way."""
    read = reference.read(said)
    return read if isinstance(read, str) else None
