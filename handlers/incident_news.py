"""What a customer of an incident is told of it: once, about all tickets that they have there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.core import reference
from bot.core.ticket import Ticket
from handlers import post
from handlers.ties import joined
from handlers.unit import Unit
from locales import listed, ngettext


def promise(
    unit: Unit, theirs: Sequence[Ticket], kept: Sequence[UUID], text: str, not_before: datetime | None
) -> None:
    """One message about all of `theirs`, by the numbers under which they go on; `kept`: the words of each."""
    known = {one.id: one for one in (joined.stays(unit.tx, each) for each in theirs)}
    say = post.worded(unit, theirs[0], lambda: _news([*known.values()], text))
    post.to_ticket_customer(
        unit, theirs[0], say, "incident", words_id=kept[0], not_before=not_before, copies=kept[1:]
    )


def _news(theirs: Sequence[Ticket], text: str) -> str:
    shown = listed([reference.unbroken(one.reference) for one in theirs])
    heading = ngettext(
        "About your request {references}:", "About your requests {references}:", len(theirs), references=shown
    )
    return f"{heading}\n\n{text}"
