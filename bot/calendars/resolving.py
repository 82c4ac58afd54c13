"""The calendar of a desk: its week with public holidays, worked weekends, and the operator's own days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from bot.core.calendar import Calendar
from bot.core.desk import Days
from bot.core.hours import NO_YEARS, Announced, Holiday, WorkingDays
from bot.core.mistakes import Mistake, mistakes
from bot.core.policy import Policy
from bot.core.policy.week import OwnDays, WorkingWeek
from bot.holidays import days_off, observing, public_holidays, working_weekends
from bot.settings import SettingsError
from locales import LANGUAGES

BEHIND, AHEAD = 1, 5
"""Years whose holidays are known before and after this one: more than any promise takes."""


def week_of(policy: Policy, desk: Days | None) -> WorkingWeek | None:
    """The week that a desk goes by: the policy's, else the desk file's, else none is known."""
    return policy.calendar or (desk.calendar if desk else None)


def resolve(
    policy: Policy, desk: Days | None, year: int, first: int = 0, announced: Iterable[Announced] = ()
) -> WorkingDays:
    """The days that a desk goes by, with the holidays of the years around one, and of all from `first` on.

    Feasts are on the days that were `announced`, and the operator's days are on top of all. Raises
    SettingsError with what is wrong with the files.
    """
    week = week_of(policy, desk)
    if week is None:
        return WorkingDays()
    years = range(min(first or year, year - BEHIND), year + AHEAD + 1)
    whose = f"policy {policy.name}" if policy.calendar else "desk file"
    return _Sources(week, desk.days if desk else OwnDays(), years, tuple(announced), whose).days()


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the days are made of; the week is from the file `whose`."""

    week: WorkingWeek
    own: OwnDays
    years: range
    announced: tuple[Announced, ...]
    whose: str

    def days(self) -> WorkingDays:
        published = self._published("en")
        off = days_off(days_off(published, self.week), self.own)
        called = {holiday.day: holiday.name for holiday in set(off) & set(published)}
        return WorkingDays(
            calendar=self._calendar(off),
            off=off,
            names={language: self._named(language, called) for language in LANGUAGES if language != "en"},
            years=(self.years[0], self.years[-1]) if self.week.country else NO_YEARS,
        )

    def _published(self, language: str) -> tuple[Holiday, ...]:
        if not self.week.country:
            return ()
        try:
            return public_holidays(self.week.country, self.years, language, self.announced)
        except ValueError as unknown:
            raise SettingsError(self.whose, [Mistake("calendar.country", str(unknown))]) from None

    def _named(self, language: str, called: Mapping[date, str]) -> dict[date, str]:
        """The names that the package has in a language, of days that are `called` otherwise in English."""
        return {
            holiday.day: holiday.name
            for holiday in self._published(language)
            if called.get(holiday.day, holiday.name) != holiday.name
        }

    def _calendar(self, off: Iterable[Holiday]) -> Calendar:
        weekends = working_weekends(self.week.country, self.years) if self.week.country else ()
        half = OwnDays(half_days={**self.week.half_days, **self.own.half_days})
        try:
            return observing(self.week.bare.with_days((), self.own.exceptions), off, half, weekends)
        except ValidationError as wrong:  # the operator's days run into the hours of those around them
            told = [Mistake("days", found.expected) for found in mistakes(wrong)]
            raise SettingsError("desk file", told) from None
