"""When an organisation works: its week, the country whose holidays it keeps, and what it knows better."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from bot.core.calendar import Calendar, CalendarException, Day, Hours, Weekday, ZoneKey
from bot.core.heard import Value
from bot.core.policy.words import Clauses, PlainWords, Scope


def _country(value: str, info: ValidationInfo) -> str:
    known = info.context.countries if isinstance(info.context, Scope) else ()
    if value and not (len(value) == len("SA") and value.isascii() and value.isupper()):
        raise ValueError(f'expected a country of two letters such as "SA" or "KZ", not {value!r}')
    if value and known and value not in known:
        raise ValueError(f'expected a country whose holidays are known, such as "SA" or "KZ", not {value!r}')
    return value


class OwnDays(Value):
    """Days that are known better: days off added and removed, half days, and seasons of other hours.

    That none is a day off and half a day too is told by a file's `contradictions`.
    """

    added: dict[Day, str] = Field(default_factory=dict)
    removed: frozenset[Day] = frozenset()
    half_days: dict[Day, Hours] = Field(default_factory=dict)
    exceptions: tuple[CalendarException, ...] = ()


class WorkingWeek(OwnDays):
    """The hours of an ordinary week in one zone. Without a `country` no public holiday is kept.

    `zone_title` is whose time it is in the organisation's words, where those are others than the zone's city.
    """

    timezone: ZoneKey
    zone_title: PlainWords | None = None
    week: dict[Weekday, Hours]
    country: Annotated[str, AfterValidator(_country)] = ""
    clause: Clauses = ()

    @model_validator(mode="after")
    def _makes_a_calendar(self) -> "WorkingWeek":
        self.bare  # noqa: B018 - it raises what is wrong with the week
        return self

    @property
    def bare(self) -> Calendar:
        """The week with its seasons, and without any holiday."""
        return Calendar(timezone=self.timezone, week=self.week, exceptions=self.exceptions)
