"""Why a moment is due when it is: the account adds up, to the second."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import facts as kinds
from bot.core.calendar import Calendar, CalendarException
from bot.core.why import Why, why
from tests.core.calendars import Drawn, calendars, instants
from tests.core.story import AGENT, OFFICE, RIYADH, Story, at, promises

MINUTE = timedelta(minutes=1)
NOTHING = timedelta()


def account(told: Story, now: datetime, names: dict[date, str] | None = None) -> Why:
    return why(told.clock("resolution", now), told.calendar, RIYADH, names)


def resolution(within: str, calendar: Calendar | None = OFFICE) -> Story:
    target = {"what": "resolution", "within": within, "clause": "CAP-7"}
    return Story(promises(target, pauses=["on_hold"]), calendar)


def test_cap_7_it_lists_each_segment_that_was_counted_and_they_add_up() -> None:
    """CAP-7: 24 working hours from Thursday 16:00: one, eight, eight and seven."""
    told = account(resolution("24 business hours").filed(at(5, 16)), at(5, 16))

    assert [(counted.since, counted.until) for counted in told.counted] == [
        (at(5, 16), at(5, 17)),
        (at(8, 9), at(8, 17)),
        (at(9, 9), at(9, 17)),
        (at(10, 9), at(10, 16)),
    ]
    assert told.total == timedelta(hours=24)
    assert (told.clause, told.due_at) == (("CAP-7",), at(10, 16))


def test_parts_of_seconds_are_left_out_of_all_moments_and_lengths_alike() -> None:
    """What is shown to the second adds up to the second."""
    part = timedelta(milliseconds=617)
    told = (
        resolution("8 business hours").filed(at(1, 16, 10) + part).happened(kinds.HELD, at(2, 9, 20) + part)
    )
    found = account(told.happened(kinds.RESUMED, at(2, 9, 40) + part / 2), at(2, 10))

    assert [(counted.since, counted.until) for counted in found.counted] == [
        (at(1, 16, 10), at(1, 17)),
        (at(2, 9), at(2, 9, 20)),
        (at(2, 9, 40), at(2, 16, 30)),
    ]
    assert (found.total, found.pauses[0].length) == (timedelta(hours=8), timedelta(minutes=20))
    assert found.due_at == at(2, 16, 30)


def test_it_names_the_days_that_differ_from_the_week_and_leaves_out_weekends() -> None:
    ramadan = CalendarException(
        first=at(4).date(), last=at(5).date(), hours=(("10:00", "15:00"),), name="Ramadan"
    )
    office = OFFICE.with_days({at(2).date(), at(6).date()}, [ramadan])
    told = account(resolution("24 business hours", office).filed(at(1, 9)), at(1, 9), {at(2).date(): "Feast"})

    assert [(day.day.day, day.name, day.hours) for day in told.differing] == [
        (2, "Feast", ()),
        (4, "Ramadan", (("10:00", "15:00"),)),
        (5, "Ramadan", (("10:00", "15:00"),)),
    ]
    assert (told.due_at, told.total) == (at(5, 13), timedelta(hours=24))


def test_it_tells_who_paused_it_and_counts_around_the_pause() -> None:
    told = resolution("8 business hours").filed(at(1, 9)).happened(kinds.HELD, at(1, 12))
    told.happened(kinds.RESUMED, at(2, 10))
    found = account(told, at(2, 11))

    assert [(pause.by, pause.status, pause.since, pause.until) for pause in found.pauses] == [
        (AGENT, "on_hold", at(1, 12), at(2, 10))
    ]
    assert [(counted.since, counted.until) for counted in found.counted] == [
        (at(1, 9), at(1, 12)),
        (at(2, 10), at(2, 15)),
    ]
    assert found.due_at == at(2, 15)


def test_working_days_are_listed_as_days_and_what_makes_up_for_a_pause_beside_them() -> None:
    told = resolution("2 business days").filed(at(5, 11)).happened(kinds.HELD, at(8, 9))
    told.happened(kinds.RESUMED, at(8, 12))
    found = account(told, at(8, 13))

    assert found.days == (at(8).date(), at(9).date())
    assert [(counted.since, counted.until) for counted in found.counted] == [(at(9, 11), at(9, 14))]
    assert found.due_at == at(9, 14)


def test_plain_time_is_one_piece_and_has_no_holidays() -> None:
    office = OFFICE.with_days({at(2).date()})
    found = account(resolution("48 hours", office).filed(at(1, 13, 0, 7)), at(1, 14))

    assert [counted.length for counted in found.counted] == [timedelta(hours=48)]
    assert found.differing == ()


def test_a_clock_that_stands_tells_what_has_run_and_what_is_left() -> None:
    found = account(resolution("8 business hours").filed(at(1, 9)).happened(kinds.HELD, at(1, 12)), at(3))

    assert (found.due_at, found.paused_at) == (None, at(1, 12))
    assert (found.total, found.left) == (timedelta(hours=3), timedelta(hours=5))


def test_cap_8_an_extension_is_told_beside_what_was_promised() -> None:
    """CAP-8: the new moment, who announced it, and the one that it took the place of."""
    told = resolution("8 business hours").filed(at(1, 9))
    told.happened(kinds.EXTENDED, at(1, 10), target="resolution", until=at(3, 12).isoformat())
    found = account(told, at(1, 11))

    assert found.extension is not None
    assert (found.extension.by, found.extension.until) == (AGENT, at(3, 12))
    assert (found.unextended_at, found.due_at, found.total) == (at(1, 17), at(3, 12), timedelta(hours=8))


def test_cmp_16_an_assumed_moment_says_that_it_is_assumed() -> None:
    """CMP-16: no week is known."""
    found = account(resolution("2 business days", None).filed(at(5, 16)), at(5, 16))

    assert found.assumed
    assert found.days == (at(6).date(), at(7).date())


@st.composite
def told_stories(draw: st.DrawFn) -> tuple[Story, Drawn]:
    """A ticket that is held, asked about and reopened at random moments, in a random week."""
    drawn = draw(calendars())
    unit = draw(st.sampled_from(["hours", "business hours", "business days"]))
    target = {"what": "resolution", "within": f"{draw(st.integers(1, 12))} {unit}"}
    told = Story(promises(target, pauses=["pending", "on_hold"]), drawn.calendar)
    moment = draw(instants(drawn.day, 10))
    told.filed(moment)
    for _ in range(draw(st.integers(0, 4))):
        begun = moment + draw(st.integers(0, 3000)) * MINUTE
        moment = begun + draw(st.integers(0, 3000)) * MINUTE
        draw(st.sampled_from([held, asked, finished]))(told, begun, moment)
    return told, drawn


def held(told: Story, begun: datetime, over: datetime) -> None:
    told.happened(kinds.HELD, begun).happened(kinds.RESUMED, over)


def asked(told: Story, begun: datetime, over: datetime) -> None:
    told.asked(begun, accepted=begun + (over - begun) / 3).wrote(over)


def finished(told: Story, begun: datetime, over: datetime) -> None:
    told.resolved(begun).reopened(over)


@settings(max_examples=150)
@given(told_stories())
def test_the_account_adds_up_whatever_happened(told: tuple[Story, Drawn]) -> None:
    """Time: what was counted is the span. Days: as many as promised, and what was paused is added."""
    found = account(told[0], told[0].facts[-1].at)
    paused = sum((pause.length for pause in found.pauses), NOTHING)

    if found.span.kind == "days":
        assert len(found.days) == found.span.amount
        assert found.total == paused
    else:
        assert found.total == found.span.time
        assert found.counted[-1].until == found.due_at


@settings(max_examples=150)
@given(told_stories())
def test_a_due_moment_is_its_span_and_its_pauses_after_the_opening(told: tuple[Story, Drawn]) -> None:
    """Recomputed without the course: open time from the opening to the due moment, less the pauses in it."""
    story, drawn = told
    clock = story.clock("resolution", story.facts[-1].at)
    assert clock.due_at is not None
    if clock.target.within.kind == "business":
        elapsed = drawn.calendar.between(clock.activated_at, clock.due_at)
        paused = [drawn.calendar.between(pause.since, pause.until) for pause in clock.course.pauses]
        assert elapsed - sum(paused, NOTHING) == clock.target.within.time
    assert all(pause.since < clock.due_at for pause in clock.course.pauses)
