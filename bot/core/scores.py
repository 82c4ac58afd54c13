"""A score in words: `five`, `пятёрка`, `٥ نجوم`, or with words beside it: `5, thank you`."""

import re
from dataclasses import dataclass

from bot.core import phrases, text
from bot.core.thanks import THANKING

_NUMBERS = """
0: zero, ноль, нуль, صفر
1: one, один, одна, единица, единицу, единичка, واحد, واحدة, نجمة, نجمة واحدة
2: two, два, две, двойка, двойку, двоечка, اثنان, اثنين, اثنتان, اثنتين, إثنين, نجمتان, نجمتين
3: three, три, тройка, тройку, троечка, троечку, ثلاثة, ثلاث
4: four, четыре, четвёрка, четвёрку, четвёрочка, четвёрочку, أربعة, أربع
5: five, пять, пятёрка, пятёрку, пятёрочка, пятёрочку, خمسة, خمس
6: six, шесть, ستة, ست
7: seven, семь, سبعة, سبع
8: eight, восемь, ثمانية, ثمان
9: nine, девять, تسعة, تسع
10: ten, десять, десятка, عشرة, عشر
"""

_UNITS = phrases.listed("""
star, stars, point, points, out of five, of five,
балл, балла, баллов, звезда, звезды, звёзд, звёздочка, звёздочки, звёздочек, очко, очка, очков, из пяти,
с плюсом,
نجمات, نجوم, نقطة, نقاط, درجة, درجات, من خمسة, من خمس
""")

_ROUND = _UNITS | phrases.listed("""
score, my score, the score, my score is, rating, my rating, my rating is, i give, i give it, i give you,
i give you a, i would say, id say, i'd say, give, a, solid,
оценка, моя оценка, ставлю, ставлю вам, поставлю, даю, на, твёрдая, твёрдую,
التقييم, تقييمي, تقييمي هو, أعطيكم, أعطيك, أعطي, أقيمكم
""")
"""What stands round a score and says nothing more."""

_BEGINNINGS = (
    _UNITS
    | THANKING
    | phrases.listed("""
excellent, great, good, perfect, awesome, amazing, fantastic, brilliant, super, nice, well done, fine, ok,
okay, poor, terrible, awful, very, really, but, because, not bad, not good, not satisfied, not happy,
satisfied, happy,
отлично, отличная, отличный, хорошо, хорошая, супер, класс, классно, прекрасно, замечательно, молодцы,
умницы, плохо, ужасно, нормально, неплохо, удовлетворительно, очень, но, потому, так как, быстро, медленно,
долго, доволен, довольна, большое, огромное, рекомендую,
ممتاز, ممتازة, ممتازين, رائع, رائعة, جيد, جيدة, جدا, مقبول, مقبولة, ضعيف, ضعيفة, سيئ, سيء, سيئة, جميل,
خدمة, الخدمة, خدمتكم, لكن, ولكن, بس, لأن, راض, راضي, سريع, سريعة, بطيء, تمام, حلو, والله
""")
)
"""With what words about our help begin that stand beside a score."""

_OF_FIVE = r"(?:\s*(?:/|of|out of|из|من)\s*5(?!\d))?"
_LEADING = re.compile(
    rf"\s*(?P<worth>\d{{1,2}}|[^\W\d_]+){_OF_FIVE}[^\S\n]*(?P<mark>[,،;؛:!\n\u2013\u2014-]|[.]*)\s*(?P<rest>.+)",
    re.DOTALL | re.IGNORECASE,
)
_STARS = frozenset("⭐🌟★")


@dataclass(frozen=True, slots=True)
class Score:
    """`beside`: there are words beside it that say something."""

    worth: int
    beside: bool = False


def _worths() -> dict[str, int]:
    lines = (line.partition(":") for line in _NUMBERS.strip().splitlines())
    listed = {int(worth): phrases.listed(named) for worth, _colon, named in lines}
    return {named: worth for worth, names in listed.items() for named in (*names, str(worth))}


_WORTHS = _worths()
_ALONE = frozenset(_WORTHS) | _ROUND


def read(said: str) -> Score | None:
    """The score that these words give, of whatever scale; None where they give none, or more than one."""
    if phrases.is_question(said):
        return None
    return _stars(said) or _alone(said) or _leading(said)


def _stars(said: str) -> Score | None:
    signs = "".join(text.visible(said).split()).rstrip("☆")
    return Score(len(signs)) if signs and _STARS.issuperset(signs) else None


def _alone(said: str) -> Score | None:
    """With what says nothing more, at most."""
    if not _digits_are_clear(said):
        return None
    named = [phrase for phrase in phrases.read(said, _ALONE) if phrase in _WORTHS]
    return Score(_WORTHS[named[0]]) if len(named) == 1 else None


def _digits_are_clear(said: str) -> bool:
    """Whether there is one number in digits at most, and no longer than those that are known."""
    digits = re.findall(r"\d+", text.ascii_digits(said))
    return not digits or (len(digits) == 1 and digits[0] in _WORTHS)


def _leading(said: str) -> Score | None:
    found = _LEADING.fullmatch(text.ascii_digits(text.visible(said)))
    if found is None or not _is_comment(found["mark"], found["rest"]):
        return None
    first = found["worth"]
    worth = _WORTHS.get(first if first.isdigit() else phrases.compact(first))
    return None if worth is None else Score(worth, beside=True)


def _is_comment(mark: str, rest: str) -> bool:
    """Whether what follows is about our help, and not what was counted (`2 people cannot sign in`)."""
    words = phrases.compact(rest).split()
    if not words or words[0] in _WORTHS or rest[0].isdigit():
        return False
    if mark and not set(mark) <= {"."}:
        return True
    return any(" ".join(words[:many]) in _BEGINNINGS for many in (1, 2, 3))
