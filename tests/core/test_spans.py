"""Lengths of plain time, as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.spans import plain, said


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("72 hours", timedelta(hours=72)),
        ("1 day", timedelta(days=1)),
        (" 30  minutes ", timedelta(minutes=30)),
        ("0 seconds", timedelta()),
    ],
)
def test_a_length_is_read_as_it_is_written(written: str, length: timedelta) -> None:
    assert plain(written) == length


@pytest.mark.parametrize(
    "written", ["72", "hours", "-1 hours", "1.5 hours", "8 business hours", "٧ hours", 72, None]
)
def test_anything_else_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(ValueError, match="such as"):
        plain(written)


@given(st.integers(min_value=0, max_value=999_999))
def test_what_is_said_reads_back_as_the_same_length(minutes: int) -> None:
    length = timedelta(minutes=minutes)

    assert plain(said(length)) == length
