"""The rules of targets, each by the stories that it decides."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bot.core import facts as kinds
from bot.core.course import run
from bot.core.spells import Spell
from bot.core.wakes import wakes
from tests.core.story import AGENT, OFFICE, Story, at, promises

FIRST = {"what": "first_response", "within": "8 business hours"}
NEXT = {"what": "next_response", "within": "4 business hours"}
RESOLUTION = {"what": "resolution", "within": "3 business days"}
BY_PRIORITY = (
    {"what": "resolution", "priority": "high", "within": "8 hours"},
    {"what": "resolution", "priority": "low", "within": "2 business days"},
)
LATER = at(30)


def story(*targets: Mapping[str, object], **more: object) -> Story:
    return Story(promises(*targets, **more))


# 1: when it was written


def test_rule_1_words_that_were_heard_late_count_from_when_they_were_written() -> None:
    """They are recorded behind an answer that was written without knowing them, so they are unanswered."""
    told = story(FIRST, NEXT).filed(at(1, 9)).replied(at(1, 10))
    told.replied(at(1, 12)).wrote(at(1, 11, 30))

    assert told.clock("next_response", at(1, 13)).activated_at == at(1, 11, 30)
    assert told.clock("next_response", at(1, 13)).due_at == at(1, 15, 30)


def test_rule_1_an_answer_written_before_the_words_and_accepted_after_them_does_not_answer_them() -> None:
    told = story(FIRST, NEXT).filed(at(1, 9))
    words = told.says(kinds.REPLIED, at(1, 10))
    told.wrote(at(1, 10, 1)).accepted(words, at(1, 10, 2))

    assert told.clock("first_response", at(1, 11)).fulfilled_at == at(1, 10, 2)
    assert told.clock("next_response", at(1, 11)).due_at == at(1, 14, 1)
    assert told.clock("next_response", at(1, 11)).fulfilled_at is None


# 2: what a first response is


def test_rule_2_a_first_response_is_met_when_the_channel_accepts_an_agents_words() -> None:
    told = story(FIRST).filed(at(1, 9)).replied(at(1, 11), accepted=at(1, 11, 0, 2))

    assert told.clock("first_response", LATER).fulfilled_at == at(1, 11, 0, 2)
    assert not told.clock("first_response", LATER).breached


@pytest.mark.parametrize("kind", [kinds.CLAIMED, kinds.NOTED, kinds.PRIORITISED, kinds.TRANSFERRED])
def test_rule_2_claims_and_notes_never_count(kind: str) -> None:
    told = story(FIRST).filed(at(1, 9)).happened(kind, at(1, 10), now="high", words="a note")

    assert told.clock("first_response", at(2, 8)).fulfilled_at is None
    assert told.clock("first_response", at(1, 17)).breached


def test_rule_2_automatic_words_never_count_though_the_channel_accepts_them() -> None:
    told = story(FIRST).filed(at(1, 9)).accepted("a receipt", at(1, 9))

    assert told.clock("first_response", at(1, 10)).fulfilled_at is None


@pytest.mark.parametrize(
    "kind",
    [kinds.ASKED, kinds.RESOLVED, kinds.DECLINED, kinds.EXTENDED, kinds.HELD, kinds.INFORMED],
)
def test_rule_2_a_question_a_solution_and_a_reason_are_words_of_an_agents(kind: str) -> None:
    told = story(FIRST).filed(at(1, 9))
    told.says(kind, at(1, 10), at(1, 10, 1), target="resolution", until=at(3, 12).isoformat())

    assert told.clock("first_response", LATER).fulfilled_at == at(1, 10, 1)


def test_rule_2_a_notice_that_it_is_on_hold_without_a_reason_is_not() -> None:
    told = story(FIRST).filed(at(1, 9)).happened(kinds.HELD, at(1, 10), words="a notice", notice=True)

    assert told.clock("first_response", at(1, 17)).breached
    assert told.accepted("a notice", at(1, 10)).clock("first_response", at(1, 17)).fulfilled_at is None


def test_rule_2_words_that_reached_nobody_do_not_count() -> None:
    told = story(FIRST).filed(at(1, 9))
    words = told.says(kinds.REPLIED, at(1, 10))
    told.happened(kinds.UNDELIVERED, at(1, 10, 1), "desk", words=words, purpose="reply", why="blocked")

    assert not told.clock("first_response", at(1, 16, 59)).breached
    assert told.clock("first_response", at(1, 17)).breached
    assert not told.clock("first_response", at(1, 17)).waiting


def test_rule_2_while_words_are_in_the_outboxs_hands_judgement_waits_for_them_to_settle() -> None:
    told = story(FIRST).filed(at(1, 9))
    words = told.says(kinds.REPLIED, at(1, 16, 59, 58))

    assert told.clock("first_response", at(2, 9)).waiting
    assert not told.clock("first_response", at(2, 9)).breached
    told.accepted(words, at(1, 17))
    assert not told.clock("first_response", at(2, 9)).breached


def test_rule_2_words_that_are_accepted_late_are_late_whenever_they_were_written() -> None:
    told = story(FIRST).filed(at(1, 9)).replied(at(1, 16, 59), accepted=at(1, 17, 0, 1))

    assert told.clock("first_response", LATER).breached
    assert told.clock("first_response", LATER).unrecorded


def test_rule_2_words_that_are_written_late_are_not_waited_for() -> None:
    told = story(FIRST).filed(at(1, 9))
    told.says(kinds.REPLIED, at(1, 17, 0, 1))

    assert told.clock("first_response", at(1, 17, 0, 2)).breached


def test_rule_2_words_that_were_taken_back_are_not_waited_for() -> None:
    told = story(FIRST).filed(at(1, 9))
    words = told.says(kinds.REPLIED, at(1, 10))
    told.happened(kinds.TAKEN_BACK, at(1, 10, 1), words=words)

    assert told.clock("first_response", at(1, 17)).breached


def test_rule_2_a_solution_that_is_accepted_too_late_is_a_late_first_response() -> None:
    told = story(FIRST).filed(at(1, 9)).resolved(at(1, 16, 59), accepted=at(1, 17, 0, 1))

    assert told.clock("first_response", LATER).breached


def test_rule_2_a_solution_that_was_late_is_late_also_when_the_ticket_is_reopened() -> None:
    told = story(FIRST).filed(at(1, 9)).resolved(at(1, 16, 59), accepted=at(1, 17, 0, 1)).reopened(at(2, 10))

    assert told.clock("first_response", LATER).due_at == at(1, 17)
    assert told.clock("first_response", LATER).breached


def test_rule_2_judgement_waits_also_when_the_ticket_is_finished_meanwhile() -> None:
    told = story(FIRST).filed(at(1, 9))
    words = told.says(kinds.REPLIED, at(1, 16, 59))
    told.says(kinds.RESOLVED, at(1, 17, 10))

    assert not told.clock("first_response", at(1, 18)).breached
    assert not told.accepted(words, at(1, 16, 59, 30)).clock("first_response", at(1, 18)).breached


def test_rule_2_a_solution_that_a_reopening_took_back_is_not_waited_for() -> None:
    told = story(FIRST).filed(at(1, 9))
    told.says(kinds.RESOLVED, at(1, 16))
    told.reopened(at(1, 16, 30))

    assert not told.clock("first_response", at(2, 9)).waiting
    assert told.clock("first_response", at(2, 9)).due_at == at(2, 9, 30)
    assert told.clock("first_response", at(2, 9, 30)).breached


def test_rule_2_words_in_parts_are_accepted_with_the_first() -> None:
    told = story(FIRST).filed(at(1, 9))
    words = told.says(kinds.REPLIED, at(1, 16), at(1, 16, 59))
    told.accepted(words, at(1, 17, 1))

    assert told.clock("first_response", LATER).fulfilled_at == at(1, 16, 59)


# 3: what a next response is


def test_rule_3_a_next_response_runs_from_the_first_unanswered_words_and_more_words_change_nothing() -> None:
    told = story(NEXT).filed(at(1, 9)).replied(at(1, 10))
    told.wrote(at(1, 11)).wrote(at(1, 12)).wrote(at(1, 13))

    assert told.clock("next_response", at(1, 14)).due_at == at(1, 15)
    assert "next_response 1" not in told.clocks(at(1, 14))


def test_rule_3_each_time_the_customer_waits_has_a_clock_of_its_own() -> None:
    told = story(NEXT).filed(at(1, 9)).replied(at(1, 10)).wrote(at(1, 11)).wrote(at(1, 12))
    told.replied(at(1, 13)).wrote(at(1, 14))
    found = told.clocks(at(1, 14))

    assert found["next_response 0"].fulfilled_at == at(1, 13)
    assert found["next_response 1"].due_at == at(2, 10)


def test_rule_3_thanks_start_nothing() -> None:
    told = story(NEXT).filed(at(1, 9)).replied(at(1, 10)).wrote(at(1, 11), thanks=True)

    assert "next_response" not in told.clocks(LATER)
    assert told.wrote(at(1, 12)).clock("next_response", at(1, 13)).activated_at == at(1, 12)


def test_rule_3_before_the_first_response_it_is_the_first_response_that_is_waited_for() -> None:
    told = story(FIRST, NEXT).filed(at(1, 9)).wrote(at(1, 10))

    assert "next_response" not in told.clocks(at(1, 11))
    assert "next_response" not in told.replied(at(1, 12)).clocks(at(1, 13))


def test_rule_3_words_for_a_ticket_that_is_finished_wait_from_its_reopening() -> None:
    told = story(NEXT).filed(at(1, 9)).resolved(at(1, 10)).wrote(at(1, 11))

    assert "next_response" not in told.clocks(at(1, 12))
    assert told.reopened(at(1, 13)).clock("next_response", at(1, 14)).due_at == at(1, 17)


def test_rule_3_an_answer_on_its_way_from_before_the_words_is_not_waited_for() -> None:
    told = story(NEXT).filed(at(1, 9)).replied(at(1, 10))
    told.says(kinds.REPLIED, at(1, 11))
    told.wrote(at(1, 12))

    assert not told.clock("next_response", at(1, 13)).waiting
    assert told.clock("next_response", at(1, 16)).breached


def test_rule_3_words_are_never_answered_before_they_were_written() -> None:
    """Two platforms, two clocks."""
    told = story(NEXT).filed(at(1, 9)).replied(at(1, 10)).wrote(at(1, 11, 1)).replied(at(1, 11))

    assert told.clock("next_response", LATER).fulfilled_at == at(1, 11, 1)


# 4: what a pause is


def test_rule_4_nothing_pauses_unless_the_policy_says_so() -> None:
    told = story(RESOLUTION).filed(at(1, 9)).asked(at(1, 10)).wrote(at(2, 10)).happened(kinds.HELD, at(2, 11))

    assert told.clock("resolution", at(3, 9)).due_at == at(4, 9)
    assert told.clock("resolution", at(3, 9)).paused_at is None


def test_rule_4_pending_pauses_the_resolution_from_the_moment_the_question_was_accepted() -> None:
    told = story({"what": "resolution", "within": "8 business hours"}, FIRST, pauses=["pending"])
    told.filed(at(1, 9)).asked(at(1, 10), accepted=at(1, 11))
    standing = told.clock("resolution", at(1, 12))

    assert (standing.due_at, standing.paused_at, standing.left) == (None, at(1, 11), timedelta(hours=6))
    assert not told.clock("resolution", at(3)).breached
    told.wrote(at(2, 10))
    assert told.clock("resolution", at(2, 11)).due_at == at(2, 16)


def test_rule_4_a_question_that_was_never_accepted_pauses_nothing() -> None:
    told = story(RESOLUTION, pauses=["pending", "on_hold"]).filed(at(1, 9))
    told.says(kinds.ASKED, at(1, 10))

    assert told.clock("resolution", at(2, 9)).due_at == at(4, 9)


def test_rule_4_on_hold_pauses_and_says_who_did_it() -> None:
    told = story({"what": "resolution", "within": "8 hours"}, pauses=["on_hold"]).filed(at(1, 9))
    told.happened(kinds.HELD, at(1, 10)).happened(kinds.RESUMED, at(1, 13, 30))
    clock = told.clock("resolution", at(1, 14))

    assert clock.due_at == at(1, 20, 30)
    assert [(pause.status, pause.by, pause.length) for pause in clock.course.pauses] == [
        ("on_hold", AGENT, timedelta(hours=3, minutes=30))
    ]


def test_rule_4_responses_never_pause() -> None:
    told = story(FIRST, pauses=["pending", "on_hold"]).filed(at(1, 9)).happened(kinds.HELD, at(1, 10))

    assert told.clock("first_response", at(1, 17)).breached


def test_rule_4_working_days_are_moved_by_the_open_time_of_the_pause() -> None:
    """From Sunday 09:00, three working days end on Wednesday 09:00; ten open hours later, Thursday 11:00."""
    told = story(RESOLUTION, pauses=["on_hold"]).filed(at(1, 9)).happened(kinds.HELD, at(1, 10))
    told.happened(kinds.RESUMED, at(2, 12))

    assert told.clock("resolution", at(3)).due_at == at(5, 11)


def test_rule_4_pauses_that_overlap_count_once() -> None:
    """Held while it was pending: the second begins where the first ends."""
    told = story({"what": "resolution", "within": "8 hours"}, pauses=["pending", "on_hold"])
    told.filed(at(1, 9)).asked(at(1, 10)).happened(kinds.HELD, at(1, 11)).wrote(at(1, 12))
    clock = told.clock("resolution", at(1, 13))

    assert clock.due_at == at(1, 19)
    assert [pause.status for pause in clock.course.pauses] == ["pending", "on_hold"]


def test_rule_4_time_that_two_pauses_share_counts_for_the_first() -> None:
    """As facts that were heard late can tell it."""
    target = promises({"what": "resolution", "within": "8 hours"}).targets[0]
    spells = [
        Spell("on_hold", 1, at(1, 10), "agent:U1", kinds.HELD, at(1, 13)),
        Spell("pending", 2, at(1, 11), "agent:U2", kinds.ASKED, at(1, 14)),
        Spell("pending", 3, at(1, 12), "agent:U3", kinds.ASKED, at(1, 13)),
    ]
    course = run(target, at(1, 9), spells, (), None, OFFICE, UTC)

    assert [(pause.by, pause.length / timedelta(hours=1)) for pause in course.pauses] == [
        ("agent:U1", 3),
        ("agent:U2", 1),
    ]
    assert course.due_at == at(1, 21)


def test_rule_4_what_pauses_after_the_due_moment_heals_nothing() -> None:
    told = story({"what": "resolution", "within": "2 hours"}, pauses=["on_hold"]).filed(at(1, 9))
    told.happened(kinds.HELD, at(1, 11))

    assert told.clock("resolution", at(1, 12)).breached
    assert told.happened(kinds.RESUMED, at(1, 15)).clock("resolution", at(1, 16)).due_at == at(1, 11)


# 5: re-triage


def test_rule_5_re_triage_up_and_down_recomputes_from_the_opening() -> None:
    """CMP-2: the customer's choice is provisional; the representative classifies."""
    told = story(*BY_PRIORITY).filed(at(1, 9), priority="low")
    assert told.clock("resolution", at(1, 10)).due_at == at(3, 9)

    told.happened(kinds.PRIORITISED, at(1, 10), before="low", now="high")
    assert told.clock("resolution", at(1, 11)).due_at == at(1, 17)

    told.happened(kinds.PRIORITISED, at(1, 11), before="high", now="low")
    assert told.clock("resolution", at(1, 12)).due_at == at(3, 9)


def test_rule_5_a_due_moment_that_re_triage_finds_passed_is_breached_now() -> None:
    told = story(*BY_PRIORITY).filed(at(1, 9), priority="low")
    told.happened(kinds.PRIORITISED, at(2, 12), before="low", now="high")

    assert told.clock("resolution", at(2, 12)).breached


def test_rule_5_recorded_breaches_stay() -> None:
    told = story(*BY_PRIORITY).filed(at(1, 9), priority="high")
    about = {"target": "resolution", "cycle": 0, "due_at": at(1, 17).isoformat()}
    told.happened(kinds.BREACHED, at(1, 17), "desk", **about)
    assert told.clock("resolution", at(1, 17)).overdue
    told.happened(kinds.PRIORITISED, at(1, 18), before="high", now="low")
    clock = told.clock("resolution", at(1, 19))

    assert (clock.breached, clock.recorded, clock.unrecorded) == (True, True, False)
    assert clock.due_at == at(3, 9)


def test_rule_5_a_triage_that_promises_nothing_launders_no_breach() -> None:
    told = story(BY_PRIORITY[0], pauses=["on_hold"]).filed(at(1, 9), priority="high")
    about = {"target": "resolution", "cycle": 0, "due_at": at(1, 17).isoformat()}
    told.happened(kinds.BREACHED, at(1, 17), "desk", **about)
    told.happened(kinds.PRIORITISED, at(1, 18), before="high", now="none")
    clock = told.clock("resolution", at(2))

    assert (clock.void, clock.breached, clock.overdue, clock.due_at) == (True, True, True, at(1, 17))
    assert wakes(clock, (), told.calendar) == ()  # nothing more comes of it
    told.happened(kinds.PRIORITISED, at(2), before="none", now="high")
    assert not told.clock("resolution", at(2)).void
    done = told.happened(kinds.PRIORITISED, at(2), before="high", now="none").resolved(at(2, 10))
    assert (done.clock("resolution", LATER).fulfilled_at, done.clock("resolution", LATER).overdue) == (
        at(2, 10),
        False,
    )


def test_rule_5_nothing_is_overdue_before_its_due_moment_of_now() -> None:
    """A recorded breach stays, at its moment, and says nothing of what is still to come."""
    told = story(*BY_PRIORITY).filed(at(1, 9), priority="high")
    about = {"target": "resolution", "cycle": 0, "due_at": at(1, 17).isoformat()}
    told.happened(kinds.BREACHED, at(1, 17), "desk", **about)
    told.happened(kinds.PRIORITISED, at(1, 18), before="high", now="low")

    assert not told.clock("resolution", at(3, 8, 59)).overdue
    assert told.clock("resolution", at(3, 9)).overdue
    assert told.clock("resolution", at(3, 9)).late_since == at(1, 17)
    assert not told.resolved(at(3, 10)).clock("resolution", at(3, 11)).overdue


def test_rule_5_what_was_met_is_not_judged_again() -> None:
    first = (
        {"what": "first_response", "priority": "urgent", "within": "1 hour"},
        {"what": "first_response", "priority": "high", "within": "4 hours"},
    )
    told = story(*first).filed(at(1, 9), priority="high").replied(at(1, 12))
    told.happened(kinds.PRIORITISED, at(1, 13), before="high", now="urgent")

    assert not told.clock("first_response", LATER).breached
    assert told.clock("first_response", LATER).due_at == at(1, 13)


def test_rule_5_where_nothing_is_promised_after_re_triage_nothing_runs() -> None:
    """CMP-1: urgent and medium have no time for the resolution."""
    told = story(*BY_PRIORITY).filed(at(1, 9), priority="low")
    told.happened(kinds.PRIORITISED, at(1, 10), before="low", now="urgent")

    assert told.clocks(LATER) == {}


# 6: extension


def extended(told: Story, when: datetime, until: datetime, **data: str) -> Story:
    return told.happened(kinds.EXTENDED, when, target="resolution", until=until.isoformat(), **data)


def test_rule_6_an_announced_moment_takes_the_place_of_the_promised_one() -> None:
    """CAP-8: when further communication is needed, the user is told the new expected time."""
    told = extended(story(RESOLUTION).filed(at(1, 9)), at(2, 10), at(8, 12))
    clock = told.clock("resolution", at(5))

    assert clock.due_at == at(8, 12)
    assert clock.course.unextended_at == at(4, 9)
    assert not clock.breached


def test_rule_6_it_is_told_before_it_takes_effect() -> None:
    told = extended(story(RESOLUTION).filed(at(1, 9)), at(2, 10), at(8, 12), words="the notice")

    assert told.clock("resolution", at(2, 11)).due_at == at(4, 9)
    assert told.accepted("the notice", at(2, 10, 1)).clock("resolution", at(2, 11)).due_at == at(8, 12)


def test_rule_6_after_the_breach_it_informs_and_erases_nothing() -> None:
    told = extended(story(RESOLUTION).filed(at(1, 9)), at(4, 9, 1), at(8, 12))
    clock = told.clock("resolution", at(5))

    assert (clock.breached, clock.due_at, clock.course.extension) == (True, at(4, 9), None)
    assert clock.informs == at(8, 12)
    in_time = extended(story(RESOLUTION).filed(at(1, 9)), at(3, 9), at(8, 12))
    assert in_time.clock("resolution", at(5)).informs is None


def test_rule_6_what_was_announced_in_time_holds_though_less_work_is_judged_to_be_needed() -> None:
    """CAP-8: judged by the triage of then. By that of now, it would have been late before it was told."""
    by_complexity = (
        {"what": "resolution", "complexity": "simple", "within": "1 business day"},
        {"what": "resolution", "complexity": "complex", "within": "3 business days"},
    )
    told = story(*by_complexity).filed(at(1, 9)).happened(kinds.CLASSIFIED, at(1, 10), now="complex")
    extended(told, at(3, 10), at(8, 12), words="the notice").accepted("the notice", at(3, 10, 1))
    told.happened(kinds.CLASSIFIED, at(4, 10), before="complex", now="simple")

    clock = told.clock("resolution", at(5))
    assert (clock.course.unextended_at, clock.due_at, clock.breached) == (at(2, 9), at(8, 12), False)
    late = story(*by_complexity).filed(at(1, 9)).happened(kinds.CLASSIFIED, at(1, 10), now="simple")
    extended(late, at(3, 10), at(8, 12)).happened(kinds.CLASSIFIED, at(3, 11), now="complex")
    assert late.clock("resolution", at(3, 12)).course.extension is None
    for day in range(9, 29):  # each is judged once, however many there are
        extended(told, at(4, 11), at(day, 12))
    assert told.clock("resolution", at(5)).due_at == at(28, 12)


def test_rule_6_a_moment_that_is_told_while_the_clock_stands_is_in_time() -> None:
    told = story({"what": "resolution", "within": "20 hours"}, pauses=["on_hold"]).filed(at(1, 9))
    told.happened(kinds.HELD, at(1, 10))
    extended(told, at(3, 10), at(8, 12)).happened(kinds.RESUMED, at(3, 11))

    assert told.clock("resolution", at(4)).course.unextended_at == at(4, 6)
    assert told.clock("resolution", at(4)).due_at == at(8, 12)


def test_rule_6_the_last_announced_moment_holds_and_never_shortens_the_promise() -> None:
    told = extended(extended(story(RESOLUTION).filed(at(1, 9)), at(2, 10), at(10, 12)), at(3, 10), at(8, 12))
    assert told.clock("resolution", at(5)).due_at == at(8, 12)

    assert extended(told, at(3, 11), at(3, 12)).clock("resolution", at(5)).due_at == at(4, 9)


def test_rule_6_an_announced_moment_is_no_assumption_though_no_week_is_known() -> None:
    told = extended(Story(promises(RESOLUTION), None).filed(at(1, 9)), at(2, 10), at(8, 12))

    assert not told.clock("resolution", at(5)).assumed
    assert told.clock("resolution", at(8, 12)).breached


def test_rule_6_a_pause_after_it_was_told_moves_it_and_one_before_does_not() -> None:
    told = story({"what": "resolution", "within": "20 hours"}, pauses=["on_hold"]).filed(at(1, 9))
    told.happened(kinds.HELD, at(1, 10)).happened(kinds.RESUMED, at(1, 11))
    extended(told, at(1, 12), at(3, 12))
    assert told.clock("resolution", at(2)).due_at == at(3, 12)

    told.happened(kinds.HELD, at(2, 10)).happened(kinds.RESUMED, at(2, 13))
    assert told.clock("resolution", at(2, 14)).due_at == at(3, 15)


# 7: reopening


def test_rule_7_reopening_continues_the_resolution_with_the_resolved_time_taken_out() -> None:
    """Five open hours were left when it was resolved."""
    told = story({"what": "resolution", "within": "8 business hours"})
    told.filed(at(1, 9)).resolved(at(1, 12)).reopened(at(3, 10))
    clock = told.clock("resolution", at(3, 11))

    assert clock.due_at == at(3, 15)
    assert clock.cycle == 0
    assert told.resolved(at(3, 15)).clock("resolution", LATER).breached is False


def test_rule_7_a_breach_before_the_resolution_stays_and_a_late_one_is_late() -> None:
    told = story({"what": "resolution", "within": "2 hours"}).filed(at(1, 9)).resolved(at(1, 12))

    assert told.clock("resolution", at(1, 12)).breached
    assert told.reopened(at(1, 13)).clock("resolution", at(1, 14)).due_at == at(1, 11)


def test_rule_7_a_resolution_that_was_met_runs_again_when_it_is_reopened() -> None:
    """What is on record as met holds for what was met, not for what comes after the reopening."""
    told = story({"what": "resolution", "within": "8 business hours"}).filed(at(1, 9)).resolved(at(1, 12))
    told.happened(kinds.MET, at(1, 12), "desk", target="resolution", cycle=0, due_at=at(1, 17).isoformat())
    running = told.reopened(at(2, 10)).clock("resolution", at(2, 10))
    met_again = told.resolved(at(2, 11)).clock("resolution", at(2, 11))

    assert (running.running, running.noted, running.due_at) == (True, False, at(2, 15))
    assert (met_again.fulfilled_at, met_again.noted) == (at(2, 11), False)


def test_rule_7_a_closed_ticket_that_is_reopened_rested_all_the_while() -> None:
    told = story({"what": "resolution", "within": "4 hours"}).filed(at(1, 9)).resolved(at(1, 10))
    told.happened(kinds.SOLVED, at(1, 11), "customer").reopened(at(2, 10))

    assert told.clock("resolution", at(2, 11)).due_at == at(2, 13)


def test_rule_7_every_clock_stops_when_the_ticket_is_finished() -> None:
    told = story(FIRST, RESOLUTION).filed(at(1, 9)).happened(kinds.CANCELLED, at(1, 10), "customer")

    for clock in told.clocks(LATER).values():
        assert (clock.stopped_at, clock.breached, clock.running) == (at(1, 10), False, False)


def test_rule_7_a_solution_that_reached_nobody_leaves_the_first_response_to_be_met_after_the_reopening() -> (
    None
):
    told = story(FIRST).filed(at(1, 9))
    words = told.says(kinds.RESOLVED, at(1, 12))
    told.happened(kinds.UNDELIVERED, at(1, 12, 1), "desk", words=words, purpose="solution", why="blocked")

    assert not told.clock("first_response", at(3)).breached
    assert told.reopened(at(3, 9)).clock("first_response", at(3, 10)).due_at == at(3, 14)


def test_the_calendar_is_an_argument_and_what_was_met_under_another_stays_met() -> None:
    told = story(FIRST).filed(at(1, 9)).replied(at(2, 12))
    told.calendar = OFFICE.with_days({at(1).date()})
    assert not told.clock("first_response", LATER).breached

    told.calendar = OFFICE
    assert told.clock("first_response", LATER).breached

    told.happened(
        kinds.MET, at(2, 12), "desk", target="first_response", cycle=0, due_at=at(2, 17).isoformat()
    )
    assert not told.clock("first_response", LATER).breached
    assert told.clock("first_response", LATER).due_at == at(2, 17)
