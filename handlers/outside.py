"""Who is above a ticket, or works on it, without being where its thread is gets its files, too."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.core import reference
from bot.core.enclosures import Bundle, enclose
from bot.core.shown import Post
from bot.core.ticket import Ticket
from handlers import albums, bundles, post, rights, thread
from handlers.unit import Unit
from locales import _, use
from storage import held, outbox, people, posted, tickets
from storage.files import Kept
from storage.held import Waiting
from storage.outbox import ToAgent, ToChannel


def is_outside(unit: Unit, ticket: Ticket, user: str) -> bool:
    """Whether somebody is not in the channel where the ticket is, and so may not see its card."""
    placed = tickets.thread(unit.tx, ticket.id)
    channel = placed.channel if placed else unit.office.queue(ticket.queue).channel
    return not people.is_member(unit.tx, channel, user)


def held_outside(unit: Unit, ticket: Ticket) -> bool:
    """Whether whoever holds it cannot see its card but may read it: not who has left its queue."""
    holder = ticket.claimer
    return bool(holder) and is_outside(unit, ticket, holder) and rights.may_act(unit, ticket, holder)


def hand(unit: Unit, ticket: Ticket, user: str, found: Iterable[Kept]) -> None:
    """What somebody does not have yet of these files; what is on its way comes when it is here."""
    _hand(unit, ticket, user, _lacking(unit, ToAgent(user=user), found))


def hand_to(unit: Unit, ticket: Ticket, queue: str, found: Iterable[Kept], *, anew: bool) -> None:
    """The same for a channel of another queue, in its language; `anew`: what it has had before, too."""
    new = list(filter(bundles.is_told, found)) if anew else _lacking(unit, post.at_queue(unit, queue), found)
    with use(unit.office.queue(queue).language):
        for bundle, said in _bundles(ticket, new):
            post.to_queue(unit, queue, bundle, posted.HANDED, ticket=ticket, carries=said)


def _lacking(unit: Unit, target: ToAgent | ToChannel, found: Iterable[Kept]) -> list[Kept]:
    told = [file for file in found if bundles.is_told(file)]
    has = posted.given(unit.tx, unit.office.desk_channel, target, {file.words_id for file in told})
    return [file for file in told if file.words_id not in has or has[file.words_id] < file.at]


def pass_on(unit: Unit, ticket: Ticket, new: Iterable[Kept], not_before: datetime | None = None) -> None:
    """Whoever holds it and cannot see its thread gets the files, too, that are new there, and to them.

    Those of one batch; with `not_before` it is an album, the rest of which is on its way.
    """
    if held_outside(unit, ticket):
        fresh, target = list(new), ToAgent(user=ticket.claimer)
        coming = posted.to_come(unit.tx, target, {file.words_id for file in fresh})
        lacking = [file for file in fresh if file.id not in coming]
        if not _join_files(unit, target, lacking):
            _hand(unit, ticket, ticket.claimer, lacking, not_before)


def _join_files(unit: Unit, target: ToAgent, lacking: Sequence[Kept]) -> bool:
    """With those of their album that wait to be handed on."""
    batch = lacking[0].batch if lacking else None
    waiting = held.bringing(unit.tx, target, batch, posted.PURPOSE) if batch else None
    bundle = waiting.content.bundle if waiting else None
    if waiting is None or waiting.not_before is None or bundle is None:
        return False
    more = bundle.model_copy(update={"files": (*bundle.files, *bundles.enclosed(lacking))})
    return _becomes(unit, waiting, more, {file.words_id for file in lacking}, waiting.not_before)


def joins_album(
    unit: Unit, ticket: Ticket, first: UUID, more: Post, said: Collection[UUID], purpose: str
) -> bool:
    """A further part of an album goes with the `first`, if that still waits to be told to the holder.

    Its files wait as long.
    """
    target = ToAgent(user=ticket.claimer)
    waiting = held.bringing(unit.tx, target, first, purpose)
    told = waiting.content.post if waiting else None
    if waiting is None or told is None:
        return False
    until = albums.waits(unit.now, waiting.created_at)
    if (files := held.bringing(unit.tx, target, first, posted.PURPOSE)) and files.not_before:
        held.wait(unit.tx, files.id, until)
    _heading, *further = more.lines
    longer = told.model_copy(update={"lines": (*told.lines, *further)})
    return _becomes(unit, waiting, longer, said, until)


def _becomes(
    unit: Unit, waiting: Waiting, what: Post | Bundle, said: Collection[UUID], until: datetime
) -> bool:
    changed = outbox.change(unit.tx, waiting.id, what, not_before=until)
    if changed:
        outbox.carry(unit.tx, waiting.id, what, said)
    return changed


def _hand(
    unit: Unit, ticket: Ticket, user: str, found: Collection[Kept], not_before: datetime | None = None
) -> None:
    with thread.speaking(unit, ticket):
        for bundle, said in _bundles(ticket, found):
            post.to_person(
                unit, user, bundle, posted.PURPOSE, ticket=ticket, carries=said, not_before=not_before
            )


def _bundles(ticket: Ticket, found: Collection[Kept]) -> Iterator[tuple[Bundle, Collection[UUID]]]:
    about = _("Files of ticket {reference}", reference=reference.show(ticket.reference))
    for together in (*bundles.in_posts(found), *bundles.on_their_way(found)):
        bundle = Bundle(files=tuple(enclose(one.id, one.about) for one in together), about=about)
        yield bundle, {file.words_id for file in together}
