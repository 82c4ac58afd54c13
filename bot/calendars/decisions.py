"""When a feast is that waits for the moon: said by an operator, kept in the store, and held ever after."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.calendars.differing import difference
from bot.calendars.resolving import week_of
from bot.calendars.versions import as_told, renew
from bot.core.hours import Announced, Holiday, WorkingDays
from bot.feasts import REACH
from handlers.clock.recalculation import Move
from handlers.clock.recount import foresee
from handlers.unit import Office
from storage import Tx, calendars

ELSEWHERE = "say other days under [days] in the desk file"


class CalendarError(ValueError):
    """It cannot be so; the words say what to mend."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a word about a feast comes to: its days, as they are and as they will be, and what moves."""

    word: Announced
    before: tuple[Holiday, ...]
    after: tuple[Holiday, ...]
    moves: list[Move]


def agreed(tx: Tx, office: Office, now: datetime) -> None:
    """Let the office go by the days of the store. Raises CalendarError where the files say other ones."""
    version = calendars.version(tx)
    days = calendars.days_of(tx, version)
    if differs := difference(days, as_told(tx, office, now)):
        raise CalendarError(differs)
    office.hours.become(days, version)


def outcome(tx: Tx, office: Office, day: date, to: date, now: datetime) -> Outcome:
    """What it comes to if the `day` of a feast is `to`; the same day confirms it. Raises CalendarError."""
    agreed(tx, office, now)
    word = _word(tx, office, day, to, now)
    days = _days_by(tx, office, word, now)
    feast = _found(office, day, now).feast
    return Outcome(word, _of(office.hours.days, feast), _of(days, word.first), foresee(tx, office, days, now))


def decide(tx: Tx, office: Office, day: date, to: date, now: datetime) -> int:
    """Keep that the `day` of a feast is `to`, and make the version that follows. Raises CalendarError."""
    calendars.lock(tx)  # words about other feasts wait for this one
    agreed(tx, office, now)
    week = week_of(office.policy, office.desk)
    assert week, "a feast is a country's, and a country a week's"
    word = _word(tx, office, day, to, now)
    _days_by(tx, office, word, now)
    calendars.announce(tx, week.country, word, now)
    version, _days = renew(tx, office, now)
    return version


def _days_by(tx: Tx, office: Office, word: Announced, now: datetime) -> WorkingDays:
    """The days with a word about a feast. Raises CalendarError where it changes hours that are over.

    Then a ticket could be due at a moment that has passed already.
    """
    days = as_told(tx, office, now, word)
    today = datetime.combine(_today(office, now), time(), office.hours.zone)
    worked = {known.calendar.between(today, now) for known in (office.hours.days, days) if known.calendar}
    if len(worked) > 1:
        raise CalendarError(f"the hours of today have begun: only what is to come can be moved; {ELSEWHERE}")
    return days


def _word(tx: Tx, office: Office, day: date, to: date, now: datetime) -> Announced:
    feast, week = _found(office, day, now), week_of(office.policy, office.desk)
    assert feast.feast
    assert week
    first = feast.feast + (to - day)
    known = {word.first: word for word in calendars.announced(tx, week.country)}
    today = _today(office, now)
    if wrong := _wrong(feast, feast.feast, first, today, announced=feast.feast in known):
        raise CalendarError(wrong)
    return Announced(known[feast.feast].estimated if feast.feast in known else feast.feast, first)


def _wrong(holiday: Holiday, feast: date, first: date, today: date, *, announced: bool) -> str:
    """Why the feast of a holiday cannot be said to begin on its `first` day, if it cannot."""
    named = f"{holiday.day} ({holiday.name})"
    if not (holiday.provisional or announced):
        return f"{named} is certain; {ELSEWHERE}"
    if first == feast and announced:
        return f"{named} is confirmed already"
    if abs(first - feast) > REACH or first.year != feast.year:
        return f"a feast moves by {REACH.days} days at most, and within its year; {ELSEWHERE}"
    if min(first, feast) < today:
        return f"{named} has begun, or would have: only what is to come can be moved"
    return ""


def _found(office: Office, day: date, now: datetime) -> Holiday:
    """The day of a feast. Raises CalendarError for one that is none."""
    days, today = office.hours.days, _today(office, now)
    if any(holiday.day == day and holiday.feast for holiday in days.off):
        return next(holiday for holiday in days.off if holiday.day == day)
    feasts = {holiday.feast for holiday in days.off if holiday.provisional and holiday.feast}
    waiting = sorted(feast for feast in feasts if feast >= today)
    shown = ", ".join(_named(days, feast) for feast in waiting[:3]) or "none"
    raise CalendarError(f"{_named(days, day)} is no feast that waits for the moon; the next are: {shown}")


def _today(office: Office, now: datetime) -> date:
    return now.astimezone(office.hours.zone).date()


def _of(days: WorkingDays, feast: date | None) -> tuple[Holiday, ...]:
    return tuple(holiday for holiday in days.off if holiday.feast == feast)


def _named(days: WorkingDays, day: date) -> str:
    name = next((holiday.name for holiday in days.off if holiday.day == day), "")
    return f"{day} ({name})" if name else str(day)
