"""`sanad ticket`: how a ticket stands, and why something is due to it when it is."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

import typer

from bot import policies, settings
from bot.commands.mending import MendingError
from bot.commands.post import in_store, tell, written
from bot.core import reference
from bot.core.shown import Line, Mention, Moment, Part, Quote, Room, Text, Way
from bot.core.text import visible
from bot.core.ticket import Fact, Ticket
from handlers import cards, situations
from handlers.clock.why import account
from handlers.unit import Office, Unit
from locales import LANGUAGES, use
from storage import Tx, calendars, tickets

Told = Callable[[Unit, Ticket], Iterable[str]]


def why(number: str, language: str) -> None:
    """The account of every clock, as the desk's own window tells it."""
    _tell(
        number,
        language,
        lambda unit, ticket: map(plain, account(unit, situations.look(unit, ticket))),
    )


def show(number: str) -> None:
    """What the card shows, and all that has happened."""
    _tell(number, "", _shown)


def plain(line: Line) -> str:
    """A line as a terminal can show it; people and channels by their ids."""
    return "".join(map(_plain, line))


def _tell(number: str, language: str, told: Told) -> None:
    if language and language not in LANGUAGES:
        raise typer.BadParameter(f"expected one of {', '.join(LANGUAGES)}", param_hint="--language")
    given = settings.load(to_run=False)
    office = Office(policies.load(given.policy), settings.load_desk(given.desk))
    said = in_store(partial(_look, office=office, number=number, language=language or "en", told=told))
    tell([line if language == "ar" else visible(line) for line in said])


def _look(tx: Tx, office: Office, number: str, language: str, told: Told) -> list[str]:
    office.hours.become(calendars.days_of(tx, known := calendars.version(tx)), known)
    now = datetime.now(UTC)
    with use(language):
        return list(told(Unit(tx, office, now, now), found(tx, number)))


def found(tx: Tx, number: str) -> Ticket:
    """The ticket of a number. Raises MendingError for what is no number, and for one that is not there."""
    read = reference.read(number)
    if isinstance(read, reference.Mistyped) and len(read.digits) == reference.LENGTH:
        raise MendingError(
            f"no ticket can have the number {reference.show(read.digits)}: one of its digits is wrong"
        )
    if not isinstance(read, str):
        raise MendingError(f"{number!r} is no ticket number: it has eight digits, such as 4829-1372")
    if (ticket := tickets.find(tx, read)) is None:
        raise MendingError(f"there is no ticket {reference.show(read)}")
    return ticket


def _shown(unit: Unit, ticket: Ticket) -> Iterator[str]:
    card = cards.draw(unit, ticket)
    yield card.title
    yield from (f"{label}: {plain(line)}" for label, line in card.fields)
    yield from map(plain, card.lines)
    yield from map(_happened, tickets.history(unit.tx, ticket.id))


def _happened(fact: Fact) -> str:
    about = "".join(f"  {name}={value}" for name, value in sorted(fact.data.items()))
    return f"{written(fact.at)}  {fact.by}  {fact.kind}{about}"


def _plain(part: Part) -> str:
    match part:
        case Text(text=text) | Quote(text=text):
            return text
        case Mention(user=user, group=group):
            return f"@{user or group}"
        case Room(channel=channel):
            return f"#{channel}"
        case Moment(fallback=fallback):
            return fallback
        case Way(text=text):
            return text
