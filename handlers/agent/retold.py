"""Words that were told again elsewhere: whoever reads them there hears what became of them."""

from collections.abc import Iterator

from bot.core.ticket import MERGED
from handlers.agent.act import Act
from handlers.lines import SLOT
from handlers.ties import joined
from locales import _
from storage import tickets
from storage.words import Words


def taken_back(act: Act, kept: Words) -> None:
    """Everybody has read them, here and where the ticket goes on: the customer does not get them."""
    for there in (act, *_goes_on(act)):
        _announce_taken_back(there, kept)


def changed(act: Act, kept: Words, text: str) -> None:
    """Their own message reads like this now."""
    for there in _elsewhere(act):
        there.announce(lambda: (_("{agent} changed a message. Now:", agent=SLOT),), text, said=kept.id)


def message_gone(act: Act, kept: Words, *, withdrawn: bool = False) -> None:
    """Their own message is gone from the thread; where they were told again, what became of them is told.

    `withdrawn`: the customer had them.
    """
    for there in _elsewhere(act):
        if withdrawn:
            _announce_withdrawn(there, kept)
        else:
            _announce_taken_back(there, kept)


def _elsewhere(act: Act) -> Iterator[Act]:
    """The ticket where its thread is another one by now, and the one that goes on for it."""
    if act.thread != tickets.thread(act.unit.tx, act.ticket.id):
        yield act
    yield from _goes_on(act)


def _goes_on(act: Act) -> Iterator[Act]:
    if act.ticket.outcome == MERGED:
        yield act.on(joined.stays(act.unit.tx, act.ticket))


def _announce_taken_back(act: Act, kept: Words) -> None:
    act.announce(
        lambda: (_("{agent} took this back: the customer does not get it.", agent=SLOT),),
        kept.text,
        said=kept.id,
    )


def _announce_withdrawn(act: Act, kept: Words) -> None:
    act.announce(
        lambda: (_("{agent} takes this back from the customer's chat.", agent=SLOT),), kept.text, said=kept.id
    )
