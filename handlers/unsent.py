"""Words that wait for a customer who needs them no longer are not sent, and their author hears of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from uuid import UUID

from bot.core import facts as kinds
from bot.core.ticket import Fact, Ticket
from handlers import files as filed
from handlers import incident_news, moving, post, thread
from handlers.lines import SLOT
from handlers.ties import joined
from handlers.unit import DESK, Unit
from locales import _
from storage import held, outbox, tickets, words
from storage.words import CUSTOMER, Words

OF_SEVERAL = "incident"
"""The kind of words that may be about other tickets of the customer, too."""

Why = Callable[[], str]

Copy = tuple[Ticket, Words]
"""What a message to the customer is kept as, with one of the tickets that it is about."""


def hold_back(unit: Unit, ticket: Ticket, why: Why, by: str = DESK) -> None:
    """The ticket is over: nothing that still waits goes out about it."""
    _keep_all_here(unit, _said(unit, ticket), why, by)


def hold_news_back(unit: Unit, ticket: Ticket, incident: UUID, why: Why, by: str) -> None:
    """The ticket has no part in this incident any more: what waits about that does not go out about it."""
    news = ((one, kept) for one, kept in _said(unit, ticket) if kept.kind == OF_SEVERAL)
    own = ((one, kept) for one, kept in news if incident_news.is_of(unit, one, kept.id, incident))
    _keep_all_here(unit, own, why, by)


def hold_rest_back(unit: Unit, ticket: Ticket, by: str = DESK) -> bool:
    """The ticket is on hold no more: its customer need not hear that it was. False when they may have."""
    rests = [fact for fact in tickets.history(unit.tx, ticket.id) if fact.kind == kinds.HELD]
    told = words.find_if_any(unit.tx, ticket, UUID(rests[-1].data["words"])) if rests else None
    return told is not None and keep_here(unit, ticket, told, taken_up_again, by)


def _said(unit: Unit, ticket: Ticket) -> Iterator[Copy]:
    """By the desk, about the ticket and about what goes on as it."""
    for one in moving.whole_of(unit, ticket):
        yield from ((one, kept) for kept in words.of_ticket(unit.tx, one) if kept.author != CUSTOMER)


def _keep_all_here(unit: Unit, said: Iterable[Copy], why: Why, by: str) -> None:
    """News about several of these tickets is one message, and its author hears of it once."""
    messages: dict[UUID, list[Copy]] = {}
    for ticket, kept in said:
        if waiting := held.unsent(unit.tx, kept.id):
            messages.setdefault(waiting, []).append((ticket, kept))
    _hold_tickets(unit, messages.values())
    for waiting, copies in messages.items():
        _keep_here(unit, waiting, copies, why, by)


def _hold_tickets(unit: Unit, messages: Iterable[Sequence[Copy]]) -> None:
    """Also what was merged into the one that is held, and before the rows: as whoever ends a file does."""
    if theirs := {one.id for copies in messages for one, _kept in copies}:
        tickets.hold(unit.tx, theirs)


def keep_here(unit: Unit, ticket: Ticket, kept: Words, why: Why, by: str = DESK) -> bool:
    """What waits is not sent, and its author is told `why`. False when it is gone already."""
    waiting = held.unsent(unit.tx, kept.id)
    return waiting is not None and _keep_here(unit, waiting, [(ticket, kept)], why, by)


def _keep_here(unit: Unit, waiting: UUID, copies: Sequence[Copy], why: Why, by: str) -> bool:
    """They are all of tickets that go on as one."""
    if not _withdraw(unit, [kept for _one, kept in copies], waiting):
        return False
    for one, copy in copies:
        goes_back(unit, one, copy, by)
    ticket, kept = copies[0]
    goes_on = joined.stays(unit.tx, ticket)
    if what := filed.named(unit, goes_on, ticket, kept):
        author = kept.author.removeprefix("agent:")
        thread.announce(unit, goes_on, author, lambda: (why(),), what, said=kept.id)
    return True


def _withdraw(unit: Unit, copies: Sequence[Words], row: UUID) -> bool:
    """What it is about beside, the customer is told as before, at the same moment."""
    others, moment = list(_others(unit, copies, row)), held.goes_at(unit.tx, row)
    if not outbox.withdraw(unit.tx, row, unit.now):
        return False
    if others:
        theirs, said = [one for one, _said in others], [said for _one, said in others]
        language = incident_news.language(unit, theirs[0], said[0])
        incident_news.promise(unit, theirs, said, copies[0].text, language, moment)
    return True


def _others(unit: Unit, copies: Sequence[Words], row: UUID) -> Iterator[tuple[Ticket, UUID]]:
    kept, places = {copy.id for copy in copies}, dict(words.places(unit.tx, held.brought_by(unit.tx, row)))
    for one in tickets.readable(unit.tx, places):
        if places[one.id] not in kept:
            yield one, places[one.id]


def goes_back(unit: Unit, ticket: Ticket, kept: Words, by: str) -> None:
    """They do not go out: a note from now on, or what has not arrived, if they were sent again."""
    if sendings_again(unit, ticket, kept):
        _taken_back(unit, ticket, kept, by, again=True)
    else:
        stays_here(unit, ticket, kept, by)


def stays_here(unit: Unit, ticket: Ticket, kept: Words, by: str) -> None:
    """What was meant for the customer is a note from now on."""
    words.set_kind(unit.tx, kept.id, "note")
    _taken_back(unit, ticket, kept, by)


def sendings_again(unit: Unit, ticket: Ticket, kept: Words) -> list[Fact]:
    again = (fact for fact in tickets.history(unit.tx, ticket.id) if fact.kind == kinds.SENT_AGAIN)
    return [fact for fact in again if fact.data["words"] == str(kept.id)]


def _taken_back(unit: Unit, ticket: Ticket, kept: Words, by: str, **how: bool) -> None:
    tickets.record(unit.tx, ticket.id, unit.fact(kinds.TAKEN_BACK, by, words=str(kept.id), **how))
    post.show_offers(unit, kept.id)


# Why


def cancelled() -> str:
    return _("{agent}, this was not sent: the customer cancelled the request before.", agent=SLOT)


def opened_again() -> str:
    return _("{agent}, this was not sent: the ticket was opened again before.", agent=SLOT)


def taken_up_again() -> str:
    return _("{agent}, this was not sent: the ticket was taken up again before.", agent=SLOT)


def stopped() -> str:
    return _("{agent}, this was not sent: the ticket was stopped before.", agent=SLOT)


def untied() -> str:
    return _("{agent}, this was not sent: the ticket was untied from the incident before.", agent=SLOT)
