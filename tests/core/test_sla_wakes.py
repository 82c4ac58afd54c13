"""What time does: reminders, the breach, the steps of a ladder, and when to wake for them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core import facts as kinds
from bot.core.calendar import Calendar
from bot.core.policy.targets import Reminder
from bot.core.wakes import Key, Wake, next_wake, ripe, wakes
from tests.core.story import OFFICE, RIYADH, Story, at, promises

NIGHT_AND_DAY = {"what": "first_response", "within": "8 hours", "reminders_in": "always"}
LADDER = [{"what": "first_response", "steps": [{"level": "boss"}, {"level": "chief", "after": "2 hours"}]}]


def planned(told: Story, now: datetime, *usual: str) -> dict[str, Wake]:
    clock = told.clock("first_response", now)
    steps = told.promised.steps("first_response", clock.triage)
    own = [Reminder.model_validate(written) for written in usual]
    return {wake.step: wake for wake in wakes(clock, steps, told.calendar, RIYADH, own)}


def test_a_fraction_is_the_moment_where_that_much_of_the_open_time_has_run() -> None:
    target = {"what": "first_response", "within": "16 business hours", "remind": ["50%", "75%"]}
    told = Story(promises(target)).filed(at(5, 12))

    assert planned(told, at(5, 12))["50%"].at == at(8, 12)
    assert planned(told, at(5, 12))["75%"].at == at(8, 16)


def test_a_fraction_of_plain_time_runs_at_night_too() -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": ["50%"]})).filed(at(6, 20))

    assert planned(told, at(6, 20))["50%"].at == at(7, 0)


@pytest.mark.parametrize(
    ("remind", "moment"),
    [
        ("after 2 hours", at(1, 11)),
        ("90 minutes before", at(1, 15, 30)),
        ("1 business hour before", at(1, 16)),
    ],
)
def test_a_reminder_may_be_a_length_after_the_beginning_or_before_the_end(
    remind: str, moment: datetime
) -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": [remind]})).filed(at(1, 9))

    assert planned(told, at(1, 9))[remind].at == moment


@pytest.mark.parametrize("remind", ["after 8 hours", "9 hours before", "after 3 business days"])
def test_a_reminder_that_would_not_lie_between_beginning_and_end_is_none(remind: str) -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": [remind]})).filed(at(1, 9))

    assert list(planned(told, at(1, 9))) == ["breach", "overdue"]


def test_the_desks_own_reminders_are_of_what_the_policy_names_none_for() -> None:
    named = Story(promises({**NIGHT_AND_DAY, "remind": ["50%"]})).filed(at(1, 9))
    expected = Story(promises({**NIGHT_AND_DAY, "expected_from": "2 hours"})).filed(at(1, 9))

    assert list(planned(named, at(1, 9), "75%")) == ["50%", "breach", "overdue"]
    silent = Story(promises(NIGHT_AND_DAY)).filed(at(1, 9))
    assert list(planned(expected, at(1, 9), "75%")) == ["expected", "breach", "overdue"]
    assert planned(silent, at(1, 9), "75%")["75%"].at == at(1, 15)


def test_what_is_overdue_already_is_not_said_to_be_due() -> None:
    """The desk file names a reminder since: it would have come before."""
    told = Story(promises(NIGHT_AND_DAY)).filed(at(1, 9))
    told.happened(
        kinds.BREACHED, at(1, 17), "desk", target="first_response", cycle=0, due_at=at(1, 17).isoformat()
    )
    late = planned(told, at(1, 18), "75%")
    found = ripe(late.values(), at(1, 18), [late["overdue"].key])

    assert ([wake.step for wake in found.fire], [wake.step for wake in found.skipped]) == ([], ["75%"])


def test_nothing_is_told_after_what_comes_later_and_was_told() -> None:
    """The desk file names an earlier reminder since."""
    several = planned(Story(promises(NIGHT_AND_DAY)).filed(at(1, 9)), at(1, 15), "50%", "75%", "90%")
    told = several["75%"].key

    assert [wake.step for wake in ripe(several.values(), at(1, 15, 5), [told]).skipped] == ["50%"]
    assert ripe(several.values(), at(1, 15, 5), [told]).fire == ()
    assert [wake.step for wake in ripe(several.values(), at(1, 16, 30), [told]).fire] == ["90%"]


def test_people_are_told_in_their_open_hours_while_the_breach_is_on_record_at_its_moment() -> None:
    told = Story(promises({"what": "first_response", "within": "4 hours"}, ladders=LADDER)).filed(at(5, 20))

    assert {step: wake.at for step, wake in planned(told, at(5, 20)).items()} == {
        "breach": at(6, 0),
        "overdue": at(8, 9),
        "step boss": at(8, 9),
        "step chief": at(8, 9),
    }
    assert planned(told, at(5, 20))["step chief"].by_clock == at(6, 2)


def test_people_are_told_at_any_hour_where_the_target_says_so() -> None:
    told = Story(promises(NIGHT_AND_DAY, ladders=LADDER)).filed(at(5, 20))

    assert planned(told, at(5, 20))["step chief"].at == at(6, 6)


def test_a_reminder_that_falls_into_a_night_is_told_in_the_morning_when_there_is_time_left() -> None:
    told = Story(promises({"what": "first_response", "within": "24 hours", "remind": ["50%"]})).filed(
        at(1, 10)
    )

    assert planned(told, at(1, 10))["50%"].at == at(2, 9)


def test_a_reminder_is_told_before_closing_when_the_morning_would_be_too_late() -> None:
    told = Story(promises({"what": "first_response", "within": "12 hours", "remind": ["75%"]})).filed(
        at(1, 10)
    )

    assert planned(told, at(1, 10))["75%"].at == at(1, 16, 30)


def test_a_reminder_is_told_before_closing_when_it_is_due_the_moment_it_opens() -> None:
    told = Story(promises({"what": "first_response", "within": "17 hours", "remind": ["50%"]})).filed(
        at(1, 16)
    )

    assert planned(told, at(1, 16))["50%"].at == at(1, 16, 30)


def test_a_last_half_hour_that_is_shorter_is_told_when_it_begins() -> None:
    short = Calendar.model_validate({"timezone": "Asia/Riyadh", "week": {"sun": [("16:45", "17:00")]}})
    told = Story(promises({"what": "first_response", "within": "12 hours", "remind": ["75%"]}), short)

    assert planned(told.filed(at(1, 10)), at(1, 10))["75%"].at == at(1, 16, 45)


def test_nothing_wakes_for_a_clock_that_was_met_or_stands_or_has_stopped() -> None:
    met = Story(promises(NIGHT_AND_DAY)).filed(at(1, 9)).replied(at(1, 10))
    stopped = Story(promises(NIGHT_AND_DAY)).filed(at(1, 9)).happened(kinds.MERGED, at(1, 10))
    pausing = promises({"what": "resolution", "within": "8 hours"}, pauses=["on_hold"])
    standing = Story(pausing).filed(at(1, 9)).happened(kinds.HELD, at(1, 10)).clock("resolution", at(2))

    assert planned(met, at(2)) == planned(stopped, at(2)) == {}
    assert wakes(standing, (), OFFICE) == ()


def test_while_words_are_on_their_way_their_end_is_not_judged() -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": ["50%"]}, ladders=LADDER)).filed(at(1, 9))
    told.says(kinds.REPLIED, at(1, 16, 59))

    assert list(planned(told, at(1, 18))) == ["50%"]


def test_after_a_standstill_only_the_highest_step_fires_and_the_rest_are_passed_over() -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": ["50%", "80%"]}, ladders=LADDER)).filed(at(1, 9))
    found = ripe(planned(told, at(3)).values(), at(3), done=())

    assert [wake.step for wake in found.fire] == ["breach", "overdue", "step chief"]
    assert [wake.step for wake in found.skipped] == ["50%", "80%", "step boss"]


def test_each_happens_once_and_what_has_not_come_does_not_happen() -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": ["50%"]}, ladders=LADDER)).filed(at(1, 9))
    everything = planned(told, at(1, 17)).values()
    done = [("first_response", 0, step, None) for step in ("50%", "breach", "step boss")]
    found = ripe(everything, at(1, 18), done)

    assert [wake.step for wake in found.fire] == ["overdue"]
    assert found.skipped == ()
    assert ripe(everything, at(1, 12, 59), ()).fire == ()


def test_rule_5_a_recorded_breach_is_not_recorded_again_when_re_triage_moves_its_moment() -> None:
    targets = (
        {**NIGHT_AND_DAY, "priority": "low"},
        {**NIGHT_AND_DAY, "priority": "high", "within": "1 hour"},
    )
    told = Story(promises(*targets, ladders=LADDER)).filed(at(1, 9), priority="high")
    about = {"target": "first_response", "cycle": 0, "due_at": at(1, 10).isoformat()}
    told.happened(kinds.BREACHED, at(1, 10), "desk", **about)
    told.happened(kinds.PRIORITISED, at(1, 11), before="high", now="low")

    assert list(planned(told, at(1, 12))) == ["overdue", "step boss", "step chief"]
    assert planned(told, at(1, 12))["step boss"].at == at(1, 17)
    assert planned(told, at(1, 12))["overdue"].about["due_at"] == at(1, 17).astimezone(UTC).isoformat()


def test_rule_5_a_ladder_that_starts_late_starts_with_its_highest_due_step() -> None:
    """Re-triage found the due moment passed three hours ago."""
    targets = (
        {**NIGHT_AND_DAY, "priority": "low"},
        {**NIGHT_AND_DAY, "priority": "high", "within": "1 hour"},
    )
    told = Story(promises(*targets, ladders=LADDER)).filed(at(1, 9), priority="low")
    told.happened(kinds.PRIORITISED, at(1, 13), before="low", now="high")
    found = ripe(planned(told, at(1, 13)).values(), at(1, 13), ())

    assert [wake.step for wake in found.fire] == ["breach", "overdue", "step chief"]


def test_the_next_moment_worth_waking_for_is_the_earliest_that_is_not_done() -> None:
    told = Story(promises({**NIGHT_AND_DAY, "remind": ["50%"]}, ladders=LADDER)).filed(at(1, 9))
    everything = planned(told, at(1, 9)).values()
    walked: list[datetime] = []
    done: set[Key] = set()
    while wake := next_wake(everything, done):
        walked.append(wake.at)
        done.add(wake.key)

    assert walked == [at(1, 13), at(1, 17), at(1, 17), at(1, 17), at(1, 19)]
    assert walked[-1] - walked[1] == timedelta(hours=2)
