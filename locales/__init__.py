"""The words API: whole sentences in the language of the moment, with values inserted safely."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta, tzinfo

from babel.dates import format_date, format_datetime, format_timedelta

from locales import moments, names
from locales.catalogs import LANGUAGES, load, locale, translations

__all__ = [
    "LANGUAGES",
    "N_",
    "Plain",
    "_",
    "city",
    "current",
    "fill",
    "format_ago",
    "format_at",
    "format_by",
    "format_day",
    "format_exactly",
    "format_moment",
    "isolated",
    "language_name",
    "listed",
    "load",
    "negotiate",
    "ngettext",
    "pgettext",
    "time_of_day",
    "use",
    "weekday",
]

Value = str | int

_language: ContextVar[str] = ContextVar("language", default="en")

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))

# Russian is an official language where these are spoken, and the nearest that we have.
# Ukrainian is left out on purpose: to presume Russian there is no courtesy.
_NEAREST = {"be": "ru", "kk": "ru", "ky": "ru"}

_NAMES = {"ar": "العربية", "ru": "Русский", "en": "English"}

# Babel's own patterns hold invisible marks and an abbreviated day; these read like a sentence.
_MOMENTS = {"ar": "EEEE d MMMM{}، h:mm a", "ru": "EEEE, d MMMM{}, HH:mm", "en": "EEEE, d MMMM{}, HH:mm"}
_YEAR = {"ar": " yyyy", "ru": " yyyy 'г.'", "en": " yyyy"}

_EXACTLY = {
    "ar": "EEEE d MMMM yyyy، h:mm:ss a",
    "ru": "EEEE, d MMMM yyyy 'г.', HH:mm:ss",
    "en": "EEEE, d MMMM yyyy, HH:mm:ss",
}
_EXACTLY_AT = {"ar": "h:mm:ss a", "ru": "HH:mm:ss", "en": "HH:mm:ss"}
_DAYS = {"ar": "EEEE d MMMM yyyy", "ru": "EEEE, d MMMM yyyy 'г.'", "en": "EEEE, d MMMM yyyy"}


class Plain(str):
    """A value that must be inserted bare: a URL, a command, a token of a platform."""

    __slots__ = ()


@contextmanager
def use(language: str) -> Iterator[None]:
    """Speak `language` inside the block; other threads and tasks keep their own."""
    if language not in LANGUAGES:
        raise ValueError(f"no catalog for {language!r}; there are {', '.join(LANGUAGES)}")
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def current() -> str:
    """The language that is being spoken."""
    return _language.get()


def N_(message: str) -> str:  # noqa: N802  # the field's own name
    """Mark a sentence for the catalogs, to be translated later by `_`."""
    return message


def _(message: str, /, **values: Value) -> str:
    """The sentence in the language of the moment, its `{placeholders}` filled."""
    return fill(translations(current()).gettext(message), **values)


def ngettext(one: str, many: str, n: int, /, **values: Value) -> str:
    """The sentence in the plural form that `n` asks for; `{n}` is filled too."""
    return fill(translations(current()).ngettext(one, many, n), n=n, **values)


def pgettext(context: str, message: str, /, **values: Value) -> str:
    """The sentence as it is meant in `context`; `"button"` marks labels, which are kept short."""
    return fill(translations(current()).pgettext(context, message), **values)


def fill(message: str, /, **values: Value) -> str:
    """Insert `values` for `{names}`, isolated so that no script disturbs another; braces in a value stay."""
    if "{" not in message:
        return message
    return _PLACEHOLDER.sub(lambda found: _inserted(values[found[1]]), message)


def _inserted(value: Value) -> str:
    if isinstance(value, str) and not isinstance(value, Plain):
        return isolated(value)
    return str(value)


def isolated(value: str) -> str:
    """The value between U+2068 and U+2069, line by line, because an isolate ends with its paragraph."""
    bare = value.translate(_ISOLATES)
    return "\n".join(f"\u2068{line}\u2069" if line else "" for line in bare.split("\n"))


def language_name(code: str) -> str:
    """What those who speak it call the language."""
    return _NAMES[code]


def negotiate(hint: str) -> str | None:
    """The nearest language that we speak for an IETF tag (`ar-EG`, `ru_RU`), or None."""
    primary = re.split(r"[-_]", hint.strip().lower(), maxsplit=1)[0]
    code = _NEAREST.get(primary, primary)
    return code if code in LANGUAGES else None


def format_moment(at: datetime, zone: tzinfo, language: str = "", near: datetime | None = None) -> str:
    """Day and time of an aware moment in `zone`; the year only when `near` is given and lies in another."""
    local = at.astimezone(zone)
    code = language or current()
    year = _YEAR[code] if near and near.astimezone(zone).year != local.year else ""
    return format_datetime(local, _MOMENTS[code].format(year), locale=locale(code))


def format_by(at: datetime, zone: tzinfo, now: datetime, *, dated: bool = False) -> str:
    """Until when, as people say it: "by 10:30 today", "by Sunday 10:30", or by the date."""
    return moments.by(at, zone, now, current(), dated=dated)


def format_at(at: datetime, zone: tzinfo, now: datetime, *, dated: bool = False) -> str:
    """When, as people say it: "tomorrow at 09:00", "on Sunday at 09:00", or on the date."""
    return moments.at(at, zone, now, current(), dated=dated)


def format_exactly(at: datetime, zone: tzinfo, after: datetime | None = None) -> str:
    """Day, year and time of an aware moment in `zone`, to the second; only the time on the day of `after`."""
    local = at.astimezone(zone)
    same_day = after is not None and after.astimezone(zone).date() == local.date()
    pattern = _EXACTLY_AT if same_day else _EXACTLY
    return format_datetime(local, pattern[current()], locale=locale(current()))


def format_day(day: date) -> str:
    """A day with its weekday and year."""
    return format_date(day, _DAYS[current()], locale=locale(current()))


def format_ago(span: timedelta) -> str:
    """How long ago, in one unit: "3 hours ago". Nothing is said to lie ahead, whatever the clocks say."""
    past = max(span, timedelta(seconds=1))
    return format_timedelta(-past, add_direction=True, locale=locale(current()))


def weekday(key: str) -> str:
    """What a day of the week is called, by its key (`sun`)."""
    return names.weekday(key, current())


def time_of_day(written: str) -> str:
    """A time as people read it, such as "14:00"."""
    return names.time_of_day(written, current())


def city(zone: str) -> str:
    """The city that a zone is named after."""
    return names.city(zone, current())


def listed(things: Sequence[str]) -> str:
    """Things one after the other: "the first, the second, and the third"."""
    return names.listed([isolated(thing) for thing in things], current())
