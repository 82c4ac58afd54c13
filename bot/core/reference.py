"""References: what people read and quote. Eight digits, random, the last a Damm check digit."""

import re
from dataclasses import dataclass
from random import Random

from stdnum import damm

from bot.core.text import ascii_digits, plain, visible

LENGTH = 8
_HALF = LENGTH // 2
_LOWEST, _HIGHEST = 10 ** (LENGTH - 2), 10 ** (LENGTH - 1) - 1

_DASH = "\\-\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d_\u0640"  # Arabic typists lengthen a letter for a dash
_DIGITS = re.compile(rf"\d(?:[\s{_DASH}]*\d)*")
# Four and four, joined or parted once. What stands before may be a country's code, and what follows the
# rest of a longer number, unless a dash has already shown that this one is complete.
_INSIDE = re.compile(
    rf"(?<![\d+])(?<!\d[\s{_DASH}])(\d{{{_HALF}}})"
    rf"(?:[{_DASH}](\d{{{_HALF}}})(?![{_DASH}]?\d)|\s?(\d{{{_HALF}}})(?![\s{_DASH}]?\d))"
)
# Side by side: each written whole, or as two halves with a blank between them.
_NUMBERS = re.compile(rf"\+?\d(?:[\s,;،؛{_DASH}]*\d)*")
_EACH = re.compile(
    rf"(?<![\d+{_DASH}])(?:\d{{{_HALF}}}(?:\s+[{_DASH}]*|[{_DASH}]+\s)\s*\d{{{_HALF}}}"
    rf"|\d(?:[{_DASH}]*\d){{{LENGTH - 2},{LENGTH}}})(?![{_DASH}]*\d)"
)
_PARTED = re.compile(r"[\s,;،؛]+")
_NAMES = frozenset(
    plain(
        "ticket, tickets, reference, ref, request, case, number, num, nr, no, id, my, the, is, it, n, "
        "status, of, "
        "тикет, тикета, тикету, обращение, обращения, обращению, заявка, заявки, заявке, заявку, запрос, "
        "запроса, запросу, номер, ном, мой, моя, мое, по, это, статус, "
        "تذكرة, التذكرة, تذكرتي, طلب, الطلب, طلبي, بلاغ, البلاغ, بلاغي, رقم, الرقم, رقمي, رقمها, رقمه, "
        "مرجع, المرجع, مرجعي, المرجعي, هو, هي, حالة, الحالة"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Mistyped:
    """Meant as a reference, but a digit is wrong, missing or too many."""

    digits: str


def new(source: Random) -> str:
    """A new reference's digits. Give `secrets.SystemRandom()`, so that nobody guesses the next one."""
    stem = str(source.randint(_LOWEST, _HIGHEST))
    return stem + str(damm.calc_check_digit(stem))


def show(digits: str) -> str:
    """As people read it: `4829-1372`."""
    return f"{digits[:_HALF]}-{digits[_HALF:]}"


def unbroken(digits: str) -> str:
    """The same in a message: no line of it ends at the dash, and a copy of it is read like what was typed."""
    return f"{digits[:_HALF]}\u2060-\u2060{digits[_HALF:]}"


def is_valid(digits: str) -> bool:
    """Whether such a reference can have been given out."""
    return len(digits) == LENGTH and not digits.startswith("0") and bool(damm.is_valid(digits))


def is_near(typed: str, digits: str) -> bool:
    """Whether it is this one but for a single slip: a digit wrong, missing or too many, or two swapped."""
    if len(typed) == len(digits):
        wrong = [pair for pair in zip(typed, digits, strict=True) if len(set(pair)) > 1]
        return len(wrong) <= 1 or wrong[1:] == [wrong[0][::-1]]
    shorter, longer = sorted((typed, digits), key=len)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def read(text: str) -> str | Mistyped | None:
    """The digits, when a message is a reference and nothing else; `Mistyped` when it was to be one.

    Any digits, blanks and dashes will do, and `#`, `№` or words such as "ticket number" around them.
    """
    typed = _typed(text)
    runs = _DIGITS.findall(typed)
    if len(runs) != 1 or not _is_named(_DIGITS.sub(" ", typed)):
        return None
    digits = re.sub(r"\D", "", runs[0])
    if is_valid(digits):
        return digits
    return Mistyped(digits) if abs(len(digits) - LENGTH) <= 1 else None


def _is_named(rest: str) -> bool:
    """Whether what surrounds the digits only names them a reference; a `+` would make them a telephone."""
    return "+" not in rest and _NAMES.issuperset(plain(rest).split())


def find(text: str) -> list[str]:
    """The valid references inside free text, each once, in their order; never a part of a longer number."""
    found = ("".join(filter(None, match.groups())) for match in _INSIDE.finditer(_typed(text)))
    return list(dict.fromkeys(filter(is_valid, found)))


def several(text: str) -> tuple[str, ...]:
    """All the references of a message that is to name some, each once, also where blanks alone part them.

    Beside another one it may be mistyped.
    """
    parts = [part for part in map(read, _PARTED.split(text)) if part]
    alone = [part.digits if isinstance(part, Mistyped) else part for part in parts]
    found = [digits for numbers in _NUMBERS.findall(_typed(text)) for digits in _side_by_side(numbers)]
    return tuple(
        dict.fromkeys([*alone, *found] if len(alone) > 1 and not set(alone) <= set(found) else found)
    )


def ending(text: str) -> str:
    """The last four digits of a reference, when a message is nothing else; or empty."""
    typed = _typed(text)
    runs = re.findall(r"\d+", typed)
    is_one = len(runs) == 1 and len(runs[0]) == _HALF and _is_named(_DIGITS.sub(" ", typed))
    return runs[0] if is_one else ""


def _side_by_side(numbers: str) -> list[str]:
    """The references that digits are, where they are nothing but these; else those that are inside."""
    each = [re.sub(r"\D", "", one) for one in _EACH.findall(numbers)]
    is_all = not re.search(r"\d", _EACH.sub("", numbers))
    return each if is_all and len(each) > 1 and any(map(is_valid, each)) else find(numbers)


def only(text: str) -> tuple[str, ...]:
    """The references of a message that is nothing but several of them; none when it says anything else."""
    meant = several(text)
    return meant if len(meant) > 1 and _is_named(_DIGITS.sub(" ", _typed(text))) else ()


def beside(text: str) -> tuple[str, str]:
    """The one valid reference inside a text, and what is said beside it; empty when it is not one."""
    found = find(text)
    if len(found) != 1:
        return "", text
    return found[0], _INSIDE.sub(" ", _typed(text))


def _typed(text: str) -> str:
    return ascii_digits(visible(text))
