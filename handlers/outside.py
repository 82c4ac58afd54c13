"""Who is above a ticket, or works on it, without being where its thread is gets its files, too."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from bot.core import reference
from bot.core.enclosures import Bundle, enclose
from bot.core.ticket import Ticket
from handlers import bundles, post, rights, thread
from handlers.unit import Unit
from locales import _, use
from storage import people, posted, tickets
from storage.files import Kept
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


def pass_on(unit: Unit, ticket: Ticket, new: Iterable[Kept]) -> None:
    """Whoever holds it and cannot see its thread gets the files, too, that are new there, and to them."""
    if held_outside(unit, ticket):
        fresh = list(new)
        coming = posted.to_come(unit.tx, ToAgent(user=ticket.claimer), {file.words_id for file in fresh})
        _hand(unit, ticket, ticket.claimer, [file for file in fresh if file.id not in coming])


def _hand(unit: Unit, ticket: Ticket, user: str, found: Collection[Kept]) -> None:
    with thread.speaking(unit, ticket):
        for bundle, said in _bundles(ticket, found):
            post.to_person(unit, user, bundle, posted.PURPOSE, ticket=ticket, carries=said)


def _bundles(ticket: Ticket, found: Collection[Kept]) -> Iterator[tuple[Bundle, Collection[UUID]]]:
    about = _("Files of ticket {reference}", reference=reference.show(ticket.reference))
    for together in (*bundles.in_posts(found), *bundles.on_their_way(found)):
        bundle = Bundle(files=tuple(enclose(one.id, one.about) for one in together), about=about)
        yield bundle, {file.words_id for file in together}
