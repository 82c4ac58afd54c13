"""Files are posted anew: where a ticket goes on, and where a post that had others, too, was taken away."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.core.enclosures import Bundle
from bot.core.ticket import Ticket
from handlers import bundles, post
from handlers.unit import Unit
from storage import binding, files, posted, tickets, words
from storage.files import Kept


def bring(unit: Unit, ticket: Ticket, whole: Sequence[Ticket], since: datetime | None = None) -> None:
    """Post what is kept of these tickets in the thread of `ticket`.

    A thread that it comes back to has what was posted there before it left, `since` when it is elsewhere.
    """
    found = [file for each in whole for file in files.of_ticket(unit.tx, each.id) if bundles.is_told(file)]
    if since:
        there = _there(unit, ticket, whole, found)
        sent = since.replace(microsecond=0)  # as customers' messages are dated
        found = [file for file in found if file.at >= sent or file.words_id not in there]
    coming = [file.id for file in found if file.state == "waiting" and file.bound == files.CUSTOMER]
    binding.bind(unit.tx, coming, files.BOTH)  # once it is here, it is for this thread, too
    _post(unit, ticket, found)


def again(unit: Unit, ticket: Ticket, whole: Sequence[Ticket], rows: Collection[UUID]) -> None:
    """Post what is left of the files that these rows of the outbox posted, or were to post."""
    found = (file for each in whole for file in files.of_ticket(unit.tx, each.id))
    _post(unit, ticket, [file for file in found if file.shown_by in rows])


def _there(unit: Unit, ticket: Ticket, whole: Iterable[Ticket], found: Iterable[Kept]) -> set[UUID]:
    """The words whose files stand where the thread is: posted by us, or by the agent who wrote there."""
    place = tickets.thread(unit.tx, ticket.id)
    if place is None:
        return set()
    wrote = (one for each in whole for one in words.of_ticket(unit.tx, each))
    own = {one.id for one in wrote if one.origin.startswith(f"{place.channel}:")}
    about = {file.words_id for file in found}
    return own | posted.standing(unit.tx, unit.office.desk_channel, place.channel, about)


def _post(unit: Unit, ticket: Ticket, found: Iterable[Kept]) -> None:
    for together in bundles.in_posts(found):
        said = {file.words_id for file in together}
        bundle = Bundle(files=bundles.enclosed(together))
        row = post.to_thread(unit, ticket, bundle, posted.PURPOSE, carries=said)
        files.shown(unit.tx, [file.id for file in together], row)
