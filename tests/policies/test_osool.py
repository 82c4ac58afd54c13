"""Osool's policy states what its source states, and nothing else."""

import pytest

from bot import policies
from bot.core.policy import Policy
from bot.core.policy.targets import Triage


@pytest.fixture(scope="module")
def osool() -> Policy:
    return policies.shipped("osool")


def test_the_published_ways_are_shown_and_the_form_without_an_address(osool: Policy) -> None:
    """OSL-1: an e-mail address, a number, a form without an address, remote access by two examples."""
    shown = [(way.kind, way.address) for way in osool.elsewhere]
    remote = osool.elsewhere[-1].note

    assert shown == [("phone", "0508255777"), ("email", "Info@asooltc.com"), ("other", None), ("other", None)]
    assert all(
        "TeamViewer" in remote.in_(spoken) and "AnyDesk" in remote.in_(spoken) for spoken in ("ar", "en")
    )


def test_everybody_is_asked_who_they_are_and_has_the_same_promise(osool: Policy) -> None:
    """OSL-2: trainers, trainees, and others too; nobody is refused, and one time is for all."""
    clients = osool.field(osool.client_field)
    assert clients
    promised = [
        osool.target("first_response", Triage(client=client.key, category=category.key))
        for client in clients.options
        for category in osool.categories
    ]

    assert [client.key for client in clients.options] == ["trainer", "trainee", "other"]
    assert all(osool.client_field in category.fields for category in osool.categories)
    assert len(osool.targets) == 1
    assert promised == [osool.targets[0]] * len(promised)


def test_all_that_is_supported_can_be_asked_for(osool: Policy) -> None:
    """OSL-3: enrolment, technical problems, training, onboarding, accounts, attendance, trainers."""
    assert [category.key for category in osool.categories] == [
        *("enrolment", "technical", "training", "onboarding", "account", "attendance", "trainer")
    ]
    assert all("OSL-3" in category.clause for category in osool.categories)
    assert osool.category_called("إنشاء حساب") == osool.category("account")


def test_everything_enters_at_the_first_level(osool: Policy) -> None:
    """OSL-4: the contact centre receives all; the second level completes what is transferred to it."""
    assert {category.queue for category in osool.categories} == {"contact-centre"}
    assert [queue.key for queue in osool.queues if queue.does] == ["contact-centre", "support"]


def test_it_is_open_on_five_days_and_no_holiday_is_stated(osool: Policy) -> None:
    """OSL-5: Sunday to Thursday from 9 to 14; holidays are not mentioned, so none is kept."""
    week = osool.calendar
    assert week

    assert {day: list(hours) for day, hours in week.week.items()} == {
        day: [("09:00", "14:00")] for day in ("sun", "mon", "tue", "wed", "thu")
    }
    assert (week.country, week.added) == ("", {})


def test_priority_orders_the_work_and_promises_nothing(osool: Policy) -> None:
    """OSL-6: one range for all, by priority and precedence; the levels are an agent's, and ours."""
    [promise] = osool.targets

    assert (str(promise.expected_from), str(promise.within)) == ("1 day", "2 days")
    assert (promise.priority, promise.reminders_in) == ((), "open_hours")
    assert osool.priority_chosen_by == "agent"
    assert all(priority.ours and priority.definition is None for priority in osool.priorities)


def test_the_survey_asks_whether_it_was_completed_how_good_and_how_satisfied(osool: Policy) -> None:
    """OSL-8: in this order; nothing else is asked."""
    assert osool.survey
    asked = [(question.key, question.kind) for question in osool.survey]

    assert asked == [("completed", "yes_no"), ("quality", "scale"), ("satisfaction", "scale")]


def test_where_the_source_is_silent_so_is_the_policy(osool: Policy) -> None:
    """OSL-9: no solution in time, no escalation, no closing, no reopening, no waiting, no sanction."""
    assert {target.what for target in osool.targets} == {"first_response"}
    assert (osool.ladders, osool.levels, osool.escalating, osool.extending) == ((), (), None, None)
    assert (osool.resolved.close_after, osool.resolved.reopen_within, osool.unanswered) == (None, None, None)
    assert (osool.pauses, osool.complexities) == ((), ())
