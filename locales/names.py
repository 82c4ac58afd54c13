"""Names that Babel knows: days of the week, times of a day, the cities of zones; and lists of things."""

from collections.abc import Sequence
from datetime import time

from babel.dates import format_time, get_day_names, get_timezone_location
from babel.lists import format_list

from locales.catalogs import locale

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIMES = {"ar": "h:mm a", "ru": "HH:mm", "en": "HH:mm"}
_MIDNIGHT = "24:00"


def weekday(key: str, language: str) -> str:
    """What a day of the week is called, by its key (`sun`)."""
    names = get_day_names("wide", context="stand-alone", locale=locale(language))
    return str(names[_DAYS.index(key)])


def time_of_day(written: str, language: str) -> str:
    """A time as people read it: "14:00" is "2:00 م" in Arabic."""
    at = time() if written == _MIDNIGHT else time.fromisoformat(written)
    return str(format_time(at, _TIMES[language], locale=locale(language)))


def city(zone: str, language: str) -> str:
    """The city that a zone is named after: "Asia/Riyadh" is "Эр-Рияд" in Russian."""
    return str(get_timezone_location(zone, locale=locale(language), return_city=True))


def listed(things: Sequence[str], language: str) -> str:
    """Things one after the other, as a sentence lists them."""
    return str(format_list(list(things), locale=locale(language)))
