"""What a customer of an incident is told of it: once, about all tickets that they have there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.core import facts as kinds
from bot.core import reference
from bot.core.ticket import Ticket
from bot.core.words import Say
from handlers import post
from handlers.ties import joined
from handlers.unit import Unit
from locales import listed, ngettext, use
from storage import people, tickets


def promise(
    unit: Unit,
    theirs: Sequence[Ticket],
    kept: Sequence[UUID],
    text: str,
    language: str,
    not_before: datetime | None,
) -> None:
    """One message about all of `theirs`, by the numbers under which they go on; `kept`: the words of each.

    All of it is in the language of the text, whichever their customer chooses until it is sent.
    """
    known = {one.id: one for one in (joined.stays(unit.tx, each) for each in theirs)}
    with use(language):
        say = Say(text=_news([*known.values()], text))
    post.to_ticket_customer(
        unit, theirs[0], say, "incident", words_id=kept[0], not_before=not_before, copies=kept[1:]
    )


def language(unit: Unit, ticket: Ticket, words_id: UUID) -> str:
    """In which language news was written; where that is not on record, what its customer speaks now."""
    known = _of_telling(unit, ticket, words_id, "language")
    return known or people.customer(unit.tx, ticket.customer_id).language


def is_of(unit: Unit, ticket: Ticket, words_id: UUID, incident: UUID) -> bool:
    """Whether this incident's customers were told these words."""
    return _of_telling(unit, ticket, words_id, "incident") == str(incident)


def _of_telling(unit: Unit, ticket: Ticket, words_id: UUID, what: str) -> str:
    """What is on record of how news was told."""
    told = (fact for fact in tickets.history(unit.tx, ticket.id) if fact.kind == kinds.INFORMED)
    return next((str(fact.data.get(what, "")) for fact in told if fact.data["words"] == str(words_id)), "")


def _news(theirs: Sequence[Ticket], text: str) -> str:
    shown = listed([reference.unbroken(one.reference) for one in theirs])
    heading = ngettext(
        "About your request {references}:", "About your requests {references}:", len(theirs), references=shown
    )
    return f"{heading}\n\n{text}"
