"""A calendar that changes while a ticket lives: what is to come moves, what is on record stays."""

from datetime import date, datetime

from bot.core import facts as kinds
from bot.core.sla import Clock
from tests.core.story import OFFICE, Story, at, promises

ONE_DAY = {"what": "first_response", "within": "8 business hours", "clause": ["CMP-2"]}
URGENT = {**ONE_DAY, "priority": "urgent", "within": "1 business hours"}
MONDAY, TUESDAY = at(2, 10), at(3, 10)
"""Filed on Sunday at 10:00, it is due on Monday at 10:00, and on Tuesday if Monday is a day off."""


def a_day_off(story: Story) -> Story:
    story.calendar = OFFICE.with_days([date(2026, 11, 2)])
    return story


def filed() -> Story:
    return Story(promises(ONE_DAY, URGENT)).filed(at(1, 10))


def first_response(story: Story, now: datetime) -> Clock:
    return story.clock("first_response", now)


def breached() -> Story:
    about = {"target": "first_response", "cycle": 0, "due_at": MONDAY.isoformat()}
    return filed().happened(kinds.BREACHED, MONDAY, "desk", **about)


def test_what_is_still_to_come_moves() -> None:
    assert first_response(filed(), at(1, 12)).due_at == MONDAY
    assert first_response(a_day_off(filed()), at(1, 12)).due_at == TUESDAY


def test_a_breach_stays_at_the_moment_that_was_missed() -> None:
    clock = first_response(a_day_off(breached()), at(2, 12))

    assert clock.due_at == MONDAY
    assert clock.breached


def test_a_late_answer_is_measured_by_the_moment_that_was_missed() -> None:
    clock = first_response(a_day_off(breached().replied(at(2, 12))), at(2, 13))

    assert clock.due_at == MONDAY
    assert clock.fulfilled_at == at(2, 12)
    assert clock.breached


def test_what_was_met_stays_met_by_the_moment_of_then() -> None:
    about = {"target": "first_response", "cycle": 0, "due_at": MONDAY.isoformat()}
    met = filed().replied(at(2, 9, 30)).happened(kinds.MET, at(2, 9, 30), "desk", **about)

    assert first_response(a_day_off(met), at(2, 12)).due_at == MONDAY


def test_a_re_triage_after_a_breach_recomputes_from_the_opening_by_the_calendar_of_now() -> None:
    urgent = breached().happened(kinds.PRIORITISED, at(2, 11), before="", now="urgent")

    assert first_response(a_day_off(urgent), at(2, 12)).due_at == at(1, 11)
