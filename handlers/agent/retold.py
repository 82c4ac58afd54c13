"""Words that were told again elsewhere: whoever reads them there hears what became of them."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from bot.core.ticket import MERGED
from handlers import files as filed
from handlers import states, thread
from handlers.agent.act import Act
from handlers.lines import SLOT
from handlers.ties import joined
from locales import _
from storage import threads, tickets
from storage.files import Kept
from storage.words import Words


def taken_back(message: Iterable[tuple[Act, Words]], *, doubted: bool = False) -> None:
    """Everybody has read it, on its tickets and where they go on: once they hear that it does not go out.

    `doubted`: the customer may have it all the same.
    """
    tell = _announce_doubted if doubted else _announce_taken_back
    hearing: dict[UUID, tuple[Act, Act, Words]] = {}
    for act, kept in message:
        for there in (act, *_told(_goes_on(act), kept)):
            hearing.setdefault(there.ticket.id, (there, act, kept))
    for there, act, kept in hearing.values():
        tell(there, kept, filed.named(act.unit, there.ticket, act.ticket, kept))


def changed(act: Act, kept: Words, text: str) -> None:
    """Their own message reads like this now, if it does not read as before."""
    if text != kept.text:
        for there in _elsewhere(act, kept):
            there.announce(lambda: _reads_now(text), text, said=kept.id)


def _reads_now(text: str) -> tuple[str, ...]:
    if text:
        return (_("{agent} changed a message. Now:", agent=SLOT),)
    return (_("{agent} changed a message.", agent=SLOT), _("Now the words are removed."))


def message_gone(
    act: Act, kept: Words, files: Iterable[Kept], *, withdrawn: bool = False, doubted: bool = False
) -> None:
    """Their own message is gone from the thread; where they were told again, what became of them is told.

    `withdrawn`: the customer had them, and the files that came with them. `doubted`: may have them.
    """
    tell = _how_gone(withdrawn=withdrawn, doubted=doubted)
    for there in _elsewhere(act, kept):
        tell(there, kept, "\n".join(filter(None, (kept.text, *_named(there, files)))))


def files_gone(
    act: Act, kept: Words, files: Iterable[Kept], *, withdrawn: bool, doubted: bool = False
) -> None:
    """As of a message: of these files of it, with which the words stay."""
    tell = _how_gone(withdrawn=withdrawn, doubted=doubted)
    for there in _elsewhere(act, kept):
        tell(there, kept, "\n".join(_named(there, files)))


def _how_gone(*, withdrawn: bool, doubted: bool) -> Callable[[Act, Words, str], None]:
    if doubted:
        return _announce_doubted
    return _announce_withdrawn if withdrawn else _announce_taken_back


def _named(there: Act, files: Iterable[Kept]) -> list[str]:
    with thread.speaking(there.unit, there.ticket):
        return [states.kind_of_file(file.about) for file in files]


def _elsewhere(act: Act, kept: Words) -> Iterator[Act]:
    """The ticket where its thread is another one by now, and the one that goes on for it."""
    if act.thread != tickets.thread(act.unit.tx, act.ticket.id):
        yield from _told((act,), kept)
    yield from _told(_goes_on(act), kept)


def _told(places: Iterable[Act], kept: Words) -> Iterator[Act]:
    """Those in whose thread they were told again: words that a ticket left behind are not for it."""
    for there in places:
        tx, about, desk = there.unit.tx, there.ticket.id, there.unit.office.desk_channel
        if threads.was_told(tx, about, tickets.thread(tx, about), desk, kept.id):
            yield there


def _goes_on(act: Act) -> Iterator[Act]:
    if act.ticket.outcome == MERGED:
        yield act.on(joined.stays(act.unit.tx, act.ticket))


def _announce_taken_back(act: Act, kept: Words, what: str) -> None:
    act.announce(
        lambda: (_("{agent} took this back: the customer does not get it.", agent=SLOT),), what, said=kept.id
    )


def _announce_doubted(act: Act, kept: Words, what: str) -> None:
    act.announce(
        lambda: (_("{agent} took this back, but the customer may have it already.", agent=SLOT),),
        what,
        said=kept.id,
    )


def _announce_withdrawn(act: Act, kept: Words, what: str) -> None:
    act.announce(
        lambda: (_("{agent} takes this back from the customer's chat.", agent=SLOT),), what, said=kept.id
    )
