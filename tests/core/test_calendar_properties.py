"""What holds in every calendar, also where clocks are put forward or back, or skip a day."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.calendars import calendars, instants, moments, spans
from tests.core.plain_walk import MINUTE

NOTHING = timedelta()
slow = settings(max_examples=25)
many = settings(max_examples=60)


@many
@given(st.data())
def test_what_runs_between_a_moment_and_the_one_after_a_length_is_that_length(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    start, span = data.draw(instants(drawn.day)), data.draw(spans)

    assert drawn.calendar.between(start, drawn.calendar.after(start, span)) == span


@many
@given(st.data())
def test_the_moment_is_the_first_of_its_kind(data: st.DataObject) -> None:
    """A moment earlier, and less has run: so what ends at closing time ends then, not at the next opening."""
    drawn = data.draw(calendars())
    start, span = data.draw(instants(drawn.day)), data.draw(spans.filter(bool))
    end = drawn.calendar.after(start, span)

    assert drawn.calendar.between(start, end - timedelta.resolution) == span - timedelta.resolution


@many
@given(st.data())
def test_more_time_and_later_starts_never_end_earlier(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    starts = sorted(data.draw(st.tuples(instants(drawn.day), instants(drawn.day))))
    lengths = sorted(data.draw(st.tuples(spans, spans)))
    after = drawn.calendar.after

    assert after(starts[0], lengths[0]) <= after(starts[1], lengths[0]) <= after(starts[1], lengths[1])


@many
@given(st.data())
def test_a_length_in_two_parts_ends_where_the_whole_does(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    start = data.draw(instants(drawn.day))
    one, other = data.draw(spans), data.draw(spans)
    after = drawn.calendar.after

    assert after(after(start, one), other) == after(start, one + other)


@many
@given(st.data())
def test_open_time_adds_up_over_any_moment_between_and_counts_backwards(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    one, other, third = (data.draw(instants(drawn.day)) for _ in range(3))
    between = drawn.calendar.between

    assert between(one, other) + between(other, third) == between(one, third)
    assert between(one, other) == -between(other, one)


@many
@given(st.data())
def test_the_segments_between_two_moments_are_the_open_time_between_them(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    start, end = sorted(data.draw(st.tuples(instants(drawn.day, 30), instants(drawn.day, 30))))
    segments = drawn.calendar.segments(start, end)

    assert sum((segment.length for segment in segments), NOTHING) == drawn.calendar.between(start, end)
    assert all(drawn.calendar.is_open(segment.opens) for segment in segments)
    assert all(one.closes <= other.opens for one, other in pairwise(segments))


@slow
@given(st.data())
def test_it_agrees_with_a_walk_of_all_minutes(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    start = data.draw(moments(drawn.day))
    minutes = data.draw(st.integers(0, 900))
    end = drawn.walk.after(start, minutes)

    assert drawn.calendar.after(start, minutes * MINUTE) == end
    assert drawn.calendar.between(start, end) == drawn.walk.between(start, end) * MINUTE
    assert drawn.calendar.next_open(start) == drawn.walk.next_open(start)
    assert drawn.calendar.is_open(start) == (drawn.walk.next_open(start) == start)


@slow
@given(st.data())
def test_working_days_agree_with_a_walk_of_all_minutes(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    start = drawn.calendar.next_open(data.draw(moments(drawn.day)))
    days = data.draw(st.integers(1, 3))

    assert drawn.calendar.after_days(start, days) == drawn.walk.after_days(start, days)


@many
@given(st.data())
def test_each_working_day_more_ends_on_the_working_day_after(data: st.DataObject) -> None:
    drawn = data.draw(calendars())
    start = drawn.calendar.next_open(data.draw(instants(drawn.day, 30)))
    ends = [drawn.calendar.after_days(start, days) for days in range(6)]
    counted = drawn.calendar.days_after(start, 5)

    assert ends == sorted(set(ends))
    assert [drawn.calendar.segments(start, end)[-1].day for end in ends[1:]] <= list(counted)
