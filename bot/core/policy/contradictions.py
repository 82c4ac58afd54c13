"""What cannot be meant in a policy's file, though each value of it can be: found in it as it is written.

A policy that was stored once is not asked again, so that the tickets that were filed under it stay readable.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from bot.core.calendar import Hours
from bot.core.calendar.hours import WEEK, overlap
from bot.core.mistakes import Mistake, path
from bot.core.policy.targets import Reminder, What
from bot.core.spans import Span

Raw = Mapping[str, Any]
Places = tuple[str | int, ...]

AT_ONCE = "0 minutes"
"""When a step comes that does not say it."""

_HOURS: TypeAdapter[Hours] = TypeAdapter(Hours)


def contradictions(raw: Raw) -> Iterator[Mistake]:
    """All of them, in a file that may be full of other mistakes too."""
    for places, expected in _found(raw):
        yield Mistake(path(places), expected)


def _found(raw: Raw) -> Iterator[tuple[Places, str]]:
    for places, timed in _timed(raw):
        yield from _no_time(timed, places)
    yield from _unpromised(raw)
    yield from _for_nothing(raw)
    for number, ladder in _tables(raw.get("ladders")):
        yield from _falling(ladder.get("steps"), ("ladders", number, "steps"))
    yield from _calendar(raw)


def _timed(raw: Raw) -> Iterator[tuple[Places, Raw]]:
    """The tables that promise or wait for a span."""
    yield from ((("targets", number), target) for number, target in _tables(raw.get("targets")))
    yield ("unanswered",), _table(raw.get("unanswered"))


def _no_time(timed: Raw, places: Places) -> Iterator[tuple[Places, str]]:
    for name in ("within", "expected_from"):
        if (span := _span(timed.get(name))) and not span.amount:
            yield (*places, name), f"expected some time, not {timed[name]!r}"
    for index, written in enumerate(_list(timed.get("remind"))):
        reminder = _reminder(written)
        span = reminder.after or reminder.before if reminder else None
        if span and not span.amount:
            yield (*places, "remind", index), f"expected some time in a reminder, not {written!r}"


def _unpromised(raw: Raw) -> Iterator[tuple[Places, str]]:
    """A ladder for a kind of target that there is not, or leave to extend one."""
    kinds = {target.get("what") for _number, target in _tables(raw.get("targets"))}
    promised = [what for what in get_args(What) if what in kinds]
    named: list[tuple[Places, object]] = [
        (("ladders", number, "what"), ladder.get("what")) for number, ladder in _tables(raw.get("ladders"))
    ]
    extended = _list(_table(raw.get("extending")).get("targets"))
    named += [(("extending", "targets", index), what) for index, what in enumerate(extended)]
    for places, what in named:
        if what in get_args(What) and what not in promised:
            listed = ", ".join(promised) or "there are none"
            yield places, f"expected one of the kinds of target that are promised ({listed}), not {what!r}"


def _for_nothing(raw: Raw) -> Iterator[tuple[Places, str]]:
    """What only means something beside a promise, where nothing of the kind is promised."""
    kinds = {target.get("what") for _number, target in _tables(raw.get("targets"))}
    for name in ("escalating", "extending", "complexities"):
        if raw.get(name) and not kinds:
            yield (name,), "expected [[targets]] for it: nothing is promised, so it would be for nothing"
    if raw.get("pauses") and "resolution" not in kinds:
        yield ("pauses",), "expected a target for a resolution: nothing else is paused"


def _falling(steps: object, places: Places) -> Iterator[tuple[Places, str]]:
    """A step that comes before a lower one, if they can be compared and concern the same tickets."""
    timed = [(index, step) for index, step in _tables(steps) if step.get("by_hand") is not True]
    for place, (index, step) in enumerate(timed):
        after = _span(written := step.get("after", AT_ONCE))
        for _index, lower in timed[:place]:
            before = _span(lower.get("after", AT_ONCE))
            if after and before and _shorter(after, before) and _meet(step, lower):
                yield (
                    (*places, index, "after"),
                    f"expected {before} or more, as the step before, not {written!r}",
                )
                break


def _shorter(one: Span, other: Span) -> bool:
    comparable = one.kind == other.kind or not one.amount
    return comparable and one.amount < other.amount


def _meet(one: Raw, other: Raw) -> bool:
    """Whether two steps are for some ticket both."""
    mine, theirs = (_list(step.get("priority")) for step in (one, other))
    return not mine or not theirs or any(key in theirs for key in mine)


def of_desk(raw: Raw) -> Iterator[Mistake]:
    """Those in a desk file: in its week, in the operator's own days, in its own reminders."""
    reminders = _no_time(_table(raw.get("defaults")), ("defaults",))
    for places, expected in (*_calendar(raw), *_own(raw, "days"), *reminders):
        yield Mistake(path(places), expected)


def _calendar(raw: Raw) -> Iterator[tuple[Places, str]]:
    days = _table(_table(raw.get("calendar")).get("week"))
    hours = [(key, _hours(days.get(key, []))) for key in WEEK]
    for (key, day), (_key, following) in pairwise([*hours, hours[0]]):
        if told := overlap(day, following):
            yield ("calendar",), f"expected hours that do not overlap: {key} {told}"
    yield from _own(raw, "calendar")


def _own(raw: Raw, where: str) -> Iterator[tuple[Places, str]]:
    days = _table(raw.get(where))
    for both in sorted(set(_table(days.get("added"))) & set(_table(days.get("half_days")))):
        yield (where, "half_days", both), "expected a day that is not a day off in `added` as well"


# What may stand there as it should, or not


def _table(value: object) -> Raw:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _tables(value: object) -> Iterator[tuple[int, Raw]]:
    return ((number, one) for number, one in enumerate(_list(value)) if isinstance(one, dict))


def _span(written: object) -> Span | None:
    try:
        return Span.model_validate(written) if isinstance(written, str) else None
    except ValidationError:
        return None


def _reminder(written: object) -> Reminder | None:
    try:
        return Reminder.model_validate(written) if isinstance(written, str) else None
    except ValidationError:
        return None


def _hours(written: object) -> Hours:
    try:
        return _HOURS.validate_python(written)
    except ValidationError:
        return ()
