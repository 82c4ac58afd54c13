"""`sanad calendar`: the days ahead, and when the feasts are that wait for the moon."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from typing import TypeVar

import typer

from bot import policies, settings
from bot.calendars.ahead import ahead
from bot.calendars.decisions import CalendarError, Outcome, decide, outcome
from bot.calendars.resolving import week_of
from bot.calendars.versions import as_told
from bot.commands.agreeing import require_yes
from bot.commands.mending import MendingError
from bot.commands.post import in_store, tell, written
from bot.core import reference
from bot.core.hours import Holiday
from bot.core.text import ascii_digits
from handlers.clock.recalculation import Move
from handlers.unit import Office
from storage import Tx, desk_time

T = TypeVar("T")

YEAR = 365
SHOWN = 5
"""Tickets that are named; of others it is only told how many there are."""


def preview(shifted: str, to: str) -> None:
    """Tell the days ahead; of a feast that was `shifted`, what moves."""
    if bool(shifted) != bool(to):
        raise typer.BadParameter("give both: --shift, a day of the feast, and --to, where it goes")
    if shifted:
        office, found = _found(_day(shifted), _day(to))
        tell(list(_told(found, office.hours.zone)))
    else:
        tell(_in_store(partial(_ahead, office=_furnished())))


def confirm(day: str, *, sure: bool) -> None:
    """The feast of a day is when it was thought to be."""
    _decide(_day(day), _day(day), sure=sure)


def shift(day: str, to: str, *, sure: bool) -> None:
    """The feast of a day is on other days: that day is `to`."""
    if day == to:
        raise typer.BadParameter("it is there already; `sanad calendar confirm` says that it stays")
    _decide(_day(day), _day(to), sure=sure)


def _decide(day: date, to: date, *, sure: bool) -> None:
    office, found = _found(day, to)
    tell(list(_told(found, office.hours.zone)))
    require_yes(sure=sure)
    made = _in_store(lambda tx: decide(tx, office, day, to, _now(tx)))
    tell([f"Done: version {made} of the calendar. A desk that runs takes it up within seconds."])


def _found(day: date, to: date) -> tuple[Office, Outcome]:
    office = _furnished()
    return office, _in_store(lambda tx: outcome(tx, office, day, to, _now(tx)))


def _now(tx: Tx) -> datetime:
    """Desk time, as far as this store's runs ahead."""
    return datetime.now(UTC) + desk_time.ahead(tx)


def _furnished() -> Office:
    """The policy and the desk file. Raises MendingError where neither has a week."""
    given = settings.load(to_run=False)
    office = Office(policies.load(given.policy), settings.load_desk(given.desk))
    if week_of(office.policy, office.desk) is None:
        raise MendingError("no week is known; give the desk file a [calendar], see desk.example.toml")
    return office


def _in_store(unit: Callable[[Tx], T]) -> T:
    try:
        return in_store(unit)
    except CalendarError as wrong:
        raise MendingError(str(wrong)) from None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(ascii_digits(written))
    except ValueError:
        raise typer.BadParameter(f"expected a date such as 2027-03-09, not {written!r}") from None


def _ahead(tx: Tx, office: Office) -> list[str]:
    now, week = _now(tx), week_of(office.policy, office.desk)
    days = as_told(tx, office, now)
    assert week
    office.hours.become(days, 0)
    holidays = f"holidays of {week.country} until {days.years[1]}" if week.country else "no public holidays"
    own = {*week.added, *week.half_days, *office.desk.days.added, *office.desk.days.half_days}
    today = now.astimezone(office.hours.zone).date()
    lines = list(ahead(days, own, today, YEAR)) or ["Every week is like the other for a year."]
    return [f"{week.timezone}, {holidays}", *lines]


def _told(found: Outcome, where: tzinfo) -> Iterator[str]:
    """What a word about a feast comes to."""
    yield f"{found.before[0].name} is"
    yield from map(_off, found.before)
    if found.word.first == found.before[0].feast:
        yield "and stays there, for certain."
    else:
        yield "and moves to"
        yield from map(_off, found.after)
    yield from _moved(found.moves, where)


def _moved(moves: list[Move], where: tzinfo) -> Iterator[str]:
    if not moves:
        yield "No open ticket is due at another moment."
        return
    count = len({move.ticket.id for move in moves})
    yield f"{count} open {'ticket is' if count == 1 else 'tickets are'} due at other moments:"
    for move in moves[:SHOWN]:
        number, target = reference.show(move.ticket.reference), move.target.replace("_", " ")
        yield f"  {number}  {target}: {_written(move.before, where)} becomes {_written(move.now, where)}"
    if len(moves) > SHOWN:
        yield f"  and {len(moves) - SHOWN} moments more"


def _off(holiday: Holiday) -> str:
    return f"  {holiday.day} {holiday.day:%a}  {holiday.name}"


def _written(moment: datetime, where: tzinfo) -> str:
    return written(moment.astimezone(where))
