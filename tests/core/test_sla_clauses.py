"""The moments that the five policies promise, by the check values of their readings."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import facts as kinds
from bot.core.calendar import Calendar
from bot.core.ledger import Ledger
from bot.core.policy.targets import Triage
from bot.core.sla import clocks
from bot.core.spans import span
from bot.core.wakes import wakes
from tests.core.story import OFFICE, RIYADH, Story, at, promises

ALMATY = ZoneInfo("Asia/Almaty")
HOUR = timedelta(hours=1)

OSOOL_WEEK = Calendar.model_validate(
    {
        "timezone": "Asia/Riyadh",
        "week": {day: [("09:00", "14:00")] for day in ("sun", "mon", "tue", "wed", "thu")},
    }
)
OSOOL = promises(
    {
        "what": "first_response",
        "expected_from": "24 hours",
        "within": "48 hours",
        "clause": "OSL-6",
    }
)
PROBLEMS = ["account", "access", "certificate", "complaint"]
CAPTAIN_MAMA = promises(
    {
        "what": "first_response",
        "within": "24 business hours",
        "remind": ["after 1 business day"],
        "clause": "CAP-7",
    },
    {
        "what": "resolution",
        "category": PROBLEMS,
        "complexity": "simple",
        "within": "3 business days",
        "remind": ["after 1 business day"],
        "clause": "CAP-7",
    },
    {
        "what": "resolution",
        "category": PROBLEMS,
        "complexity": "complex",
        "within": "5 business days",
        "clause": "CAP-7",
    },
    assumed_complexity="simple",
)
COMPUSOFT = promises(
    *(
        {"what": "first_response", "priority": priority, "within": f"{hours} hours", "clause": "CMP-1"}
        for priority, hours in {"urgent": 1, "high": 4, "medium": 8, "low": 12}.items()
    ),
    {"what": "resolution", "priority": "high", "within": "8 hours", "clause": "CMP-1"},
    {"what": "resolution", "priority": "low", "within": "2 business days", "clause": "CMP-1"},
    ladders=[
        {"what": "first_response", "steps": [{"level": "department-manager"}], "clause": "CMP-3"},
        {
            "what": "resolution",
            "clause": "CMP-3",
            "steps": [
                {"level": "department-supervisor", "does": "assign"},
                {"level": "senior-management", "after": "1 business day"},
                {"level": "executive-team", "by_hand": True, "priority": "urgent"},
            ],
        },
    ],
)
E_DOC_WEEK = Calendar.model_validate(
    {
        "timezone": "Asia/Almaty",
        "week": {day: [("09:00", "18:00")] for day in ("mon", "tue", "wed", "thu", "fri")},
    }
)


# Osool


def test_osl_6_forty_eight_plain_hours_from_the_request_and_no_weekend_between() -> None:
    """OSL-6: expected from 24 hours, overdue after 48; Thursday 13:00 is due on Saturday 13:00."""
    clock = Story(OSOOL, OSOOL_WEEK).filed(at(5, 13)).clock("first_response", at(5, 14))

    assert clock.course.expected_at == at(6, 13)
    assert clock.due_at == at(7, 13)
    assert clock.target.clause == ("OSL-6",)


def test_osl_5_work_on_what_was_filed_when_it_is_closed_starts_at_the_next_opening() -> None:
    """OSL-5: Thursday 14:30 is behind closing time; work starts on Sunday 09:00, after the 48th hour."""
    assert OSOOL_WEEK.next_open(at(5, 14, 30)) == at(8, 9)
    assert OSOOL.targets[0].within.due(at(5, 14, 30), OSOOL_WEEK) < at(8, 9)


def test_osl_6_the_desk_is_reminded_in_open_hours_before_it_closes() -> None:
    """OSL-6: expected on Friday, due on Saturday, both closed: the last open half hour is on Thursday."""
    clock = Story(OSOOL, OSOOL_WEEK).filed(at(5, 13)).clock("first_response", at(5, 13))
    planned = {wake.step: wake for wake in wakes(clock, (), OSOOL_WEEK, RIYADH)}

    assert planned["expected"].at == at(5, 13, 30)
    assert planned["breach"].at == at(7, 13)
    assert planned["overdue"].at == at(8, 9)


def test_osl_6_what_passes_while_closed_before_work_ever_starts_is_told_once_it_opens() -> None:
    """OSL-6: filed on Thursday 14:30, nobody was there before."""
    clock = Story(OSOOL, OSOOL_WEEK).filed(at(5, 14, 30)).clock("first_response", at(5, 15))

    assert {wake.at for wake in wakes(clock, (), OSOOL_WEEK, RIYADH) if wake.kind == "reminder"} == {at(8, 9)}


def test_osl_9_nothing_else_is_promised() -> None:
    """OSL-9: no resolution."""
    assert set(Story(OSOOL, OSOOL_WEEK).filed(at(5, 13)).clocks(at(30))) == {
        "first_response",
        "first_response 0",
    }


# AiGlean


@pytest.mark.parametrize("clause", ["AIG-9", "AIG-13"])
def test_aig_9_and_aig_13_nothing_is_promised_so_nothing_runs(clause: str) -> None:
    """AIG-9, AIG-13: best efforts for times that are not there, and no hours."""
    told = Story(promises(), None).filed(at(1, 9), category="platform", priority="high")

    assert clause
    assert told.wrote(at(1, 10)).clocks(at(30)) == {}


# Captain Mama


def test_cap_7_twenty_four_working_hours_are_three_working_days_of_eight() -> None:
    """CAP-7: filed on Thursday 16:00, the first reply is due on Tuesday 16:00."""
    clock = Story(CAPTAIN_MAMA).filed(at(5, 16), category="access").clock("first_response", at(5, 16))

    assert clock.due_at == at(10, 16)


def test_cap_7_the_desk_is_reminded_after_one_working_day() -> None:
    """CAP-7: for those who read "24 hours" as a day: Thursday 16:00, reminded on Sunday 16:00."""
    clock = Story(CAPTAIN_MAMA).filed(at(5, 16), category="access").clock("first_response", at(5, 16))

    assert [wake.at for wake in wakes(clock, (), OFFICE) if wake.step == "after 1 business day"] == [
        at(8, 16)
    ]


def test_cap_7_until_an_agent_has_looked_the_desk_assumes_that_it_is_simple() -> None:
    """CAP-7: three working days, which the customer is not promised yet; five when it is complex."""
    told = Story(CAPTAIN_MAMA).filed(at(1, 10), category="access")
    assert told.clock("resolution", at(1, 10)).provisional
    assert told.clock("resolution", at(1, 10)).due_at == at(4, 10)

    told.happened(kinds.CLASSIFIED, at(2, 10), before="", now="complex")
    assert not told.clock("resolution", at(2, 10)).provisional
    assert told.clock("resolution", at(2, 10)).due_at == at(8, 10)


def test_cap_7_what_only_the_desk_assumed_is_no_breach_of_what_is_promised_after_it() -> None:
    """CAP-7: it is on record once while it is assumed; the promise has a breach of its own, or none."""
    told = Story(CAPTAIN_MAMA).filed(at(1, 10), category="access")
    assert told.clock("resolution", at(4, 10)).unrecorded
    _missed(told, at(4, 10), promised=False)
    assert told.clock("resolution", at(4, 10)).recorded

    told.happened(kinds.CLASSIFIED, at(4, 11), before="", now="complex")
    assert not told.clock("resolution", at(8, 9)).breached
    late = told.clock("resolution", at(8, 10))
    assert (late.unrecorded, late.late_since, late.due_at) == (True, at(8, 10), at(8, 10))
    _missed(told, at(8, 10))
    assert told.clock("resolution", at(8, 11)).missed_at == at(8, 10)


def test_cap_7_calling_it_simple_after_the_third_day_finds_the_promise_of_that_broken() -> None:
    """CAP-7: the breach is of the third day, and on record as one from then on."""
    told = Story(CAPTAIN_MAMA).filed(at(1, 10), category="access")
    _missed(told, at(4, 10), promised=False)
    clock = told.happened(kinds.CLASSIFIED, at(4, 11), before="", now="simple").clock("resolution", at(4, 12))

    assert (clock.unrecorded, clock.overdue, clock.late_since) == (True, True, at(4, 10))


@pytest.mark.parametrize(("judged", "due"), [("complex", at(10, 12)), ("simple", at(4, 10))])
def test_cap_8_what_is_announced_after_the_assumed_time_holds_unless_the_promise_was_broken(
    judged: str, due: datetime
) -> None:
    """CAP-8: announced on the fourth day until the sixth working day, before anybody had looked."""
    told = _missed(Story(CAPTAIN_MAMA).filed(at(1, 10), category="access"), at(4, 10), promised=False)
    told.happened(kinds.EXTENDED, at(4, 11), target="resolution", until=at(10, 12).isoformat())
    assert told.clock("resolution", at(4, 12)).informs == at(10, 12)
    told.happened(kinds.CLASSIFIED, at(4, 13), before="", now=judged)

    assert told.clock("resolution", at(4, 14)).due_at == due


def test_cap_7_a_breach_that_no_mark_calls_assumed_is_never_erased() -> None:
    """CAP-7: facts from before there was a mark stay breaches."""
    told = _missed(Story(CAPTAIN_MAMA).filed(at(1, 10), category="access"), at(4, 10))
    told.happened(kinds.CLASSIFIED, at(4, 11), before="", now="complex")

    assert told.clock("resolution", at(4, 12)).missed_at == at(4, 10)


def _missed(told: Story, when: datetime, **mark: bool) -> Story:
    about = {"target": "resolution", "cycle": 0, "due_at": when.isoformat()}
    return told.happened(kinds.BREACHED, when, "desk", **about, **mark)


def test_cap_5_a_suggestion_has_no_time_for_its_resolution() -> None:
    """CAP-5: it goes to the competent department for study."""
    assert "resolution" not in Story(CAPTAIN_MAMA).filed(at(1, 10), category="suggestion").clocks(at(30))


@pytest.mark.parametrize(
    ("filed", "starts"),
    [(at(5, 18), at(8, 9)), (at(6, 12), at(8, 9)), (at(1, 3), at(1, 9)), (at(2, 20), at(4, 9))],
)
def test_cap_6_weekends_holidays_and_evenings_are_handled_from_the_next_working_day(
    filed: datetime, starts: datetime
) -> None:
    """CAP-6: Tuesday the 3rd is a holiday here."""
    week = OFFICE.with_days({date(2026, 11, 3)})

    assert week.next_open(filed) == starts
    assert span("1 business hour").due(filed, week) == starts + HOUR


def test_cap_14_there_is_no_ladder_and_no_pause() -> None:
    """CAP-14: a question to the customer stops nothing."""
    told = Story(CAPTAIN_MAMA).filed(at(1, 10), category="access").asked(at(1, 11))
    clock = told.clock("resolution", at(2, 10))

    assert clock.due_at == at(4, 10)
    assert CAPTAIN_MAMA.steps("resolution", clock.triage) == ()


# Compusoft


@pytest.mark.parametrize(("priority", "hours"), [("urgent", 1), ("high", 4), ("medium", 8), ("low", 12)])
def test_cmp_1_first_responses_run_in_plain_hours_day_and_night(priority: str, hours: int) -> None:
    """CMP-1: 1, 4, 8 and 12 hours, also on a Friday night."""
    told = Story(COMPUSOFT).filed(at(6, 22), priority=priority)

    assert told.clock("first_response", at(6, 22)).due_at == at(6, 22) + hours * HOUR


def test_cmp_1_resolutions_are_promised_for_high_and_low_only() -> None:
    """CMP-1: high in 8 plain hours, low in two working days, urgent and medium not stated."""

    def due(priority: str) -> datetime | None:
        clock = Story(COMPUSOFT).filed(at(5, 16), priority=priority).clocks(at(5, 16)).get("resolution")
        return clock.due_at if clock else None

    assert due("high") == at(6, 0)
    assert due("low") == at(9, 16)
    assert due("urgent") is due("medium") is None


def test_cmp_3_a_late_resolution_climbs_to_senior_management_after_one_working_day() -> None:
    """CMP-3: late on Thursday 16:00: assigned at once, senior management on Sunday 16:00, then no more."""
    told = Story(COMPUSOFT).filed(at(5, 8), priority="high")
    clock = told.clock("resolution", at(5, 8))
    ladder = COMPUSOFT.steps("resolution", clock.triage)
    climbed = [wake for wake in wakes(clock, ladder, OFFICE) if wake.kind == "step"]

    assert [(wake.step, wake.at) for wake in climbed] == [
        ("step department-supervisor", at(5, 16)),
        ("step senior-management", at(8, 16)),
    ]
    assert [wake.rung.does for wake in climbed if wake.rung] == ["assign", "tell"]


def test_cmp_3_executives_are_reached_by_a_verb_on_urgent_tickets_and_never_by_time() -> None:
    """CMP-3: urgent has no resolution clock; the last step is offered by hand."""
    steps = COMPUSOFT.steps("resolution", Triage(priority="urgent"))

    assert [step.level for step in steps if step.by_hand] == ["executive-team"]
    assert not any(step.by_hand for step in COMPUSOFT.steps("resolution", Triage(priority="low")))


def test_cmp_16_without_a_week_a_working_day_is_assumed_reminded_of_and_never_breached() -> None:
    """CMP-16: two working days from Thursday 16:00 are Saturday 16:00 at the earliest."""
    told = Story(COMPUSOFT, None).filed(at(5, 16), priority="low")
    clock = told.clock("resolution", at(20))

    assert (clock.due_at, clock.assumed, clock.breached) == (at(7, 16), True, False)
    ladder = COMPUSOFT.steps("resolution", clock.triage)
    assert [wake.kind for wake in wakes(clock, ladder, None, RIYADH)] == ["reminder"]


def test_cmp_16_without_a_week_no_step_starts_a_working_day_after_the_breach() -> None:
    """CMP-16, CMP-3: the supervisor at once; when a working day is over, nobody knows."""
    clock = Story(COMPUSOFT, None).filed(at(5, 8), priority="high").clock("resolution", at(5, 8))
    ladder = COMPUSOFT.steps("resolution", clock.triage)
    climbed = [wake for wake in wakes(clock, ladder, None, RIYADH) if wake.kind == "step"]

    assert [wake.step for wake in climbed] == ["step department-supervisor"]


def test_cmp_5_the_window_to_reopen_is_twenty_four_plain_hours_from_the_solution() -> None:
    """CMP-5: delivered on Thursday 16:30, closed on Friday 16:30."""
    assert span("24 hours").due(at(5, 16, 30), OFFICE) == at(6, 16, 30)


# E-DOC


def test_edc_10_eight_working_hours_from_the_question() -> None:
    """EDC-10: asked on Friday 15:00, the operator may end it on Monday 14:00; nine open hours make a day."""
    friday, monday = (datetime(2026, 11, day, hour, tzinfo=ALMATY) for day, hour in ((20, 15), (23, 14)))

    assert span("8 business hours").due(friday, E_DOC_WEEK) == monday


def test_edc_1_no_level_and_no_time_is_shipped() -> None:
    """EDC-1: levels were lost with their list; one that a desk adds is found by client and category."""
    own = promises(
        {"what": "first_response", "within": "8 business hours"},
        {"what": "first_response", "category": "fault", "within": "4 business hours"},
        {"what": "first_response", "client": "guest", "category": "fault", "within": "6 business hours"},
    )
    filed = datetime(2026, 11, 20, 10, tzinfo=ALMATY)
    told = Story(own, E_DOC_WEEK).filed(filed, category="fault", client="guest")

    assert Story(promises(), E_DOC_WEEK).filed(filed).clocks(filed) == {}
    assert told.clock("first_response", filed).due_at == filed + 6 * HOUR


def test_a_ticket_from_before_facts_told_its_triage_is_judged_by_its_own() -> None:
    told = Story(COMPUSOFT).filed(at(1, 9))
    found = clocks(Ledger(told.facts), COMPUSOFT, OFFICE, at(1, 9), filed_as=Triage(priority="urgent"))

    assert [clock.due_at for clock in found] == [at(1, 10).astimezone(UTC)]
