"""The working day that the desk is told of in the morning, and what is still of it."""

from datetime import datetime

import pytest

from bot.core.calendar import Calendar
from bot.core.mornings import end_of_day, morning
from tests.core.story import RIYADH, at


@pytest.mark.parametrize(
    ("opens", "closes", "ends"),
    [
        ("09:00", "17:00", at(4)),
        ("16:00", "24:00", at(4)),
        ("00:00", "24:00", at(4)),
        ("18:00", "02:00", at(4, 2)),
    ],
)
def test_a_day_ends_at_midnight_or_when_it_closes_after_that(opens: str, closes: str, ends: datetime) -> None:
    week = {day: [(opens, closes)] for day in ("sun", "mon", "tue", "wed", "thu")}
    calendar = Calendar.model_validate({"timezone": "Asia/Riyadh", "week": week})
    found = morning(at(3, int(opens[:2]), 30), calendar, RIYADH)

    assert found
    assert (found.day, end_of_day(found, RIYADH)) == (at(3).date(), ends)
