"""Compusoft's policy states what its source states, and nothing else."""

import re

import pytest

from bot import policies
from bot.core.policy import Policy


@pytest.fixture(scope="module")
def compusoft() -> Policy:
    return policies.shipped("compusoft")


def test_targets_are_there_only_where_they_are_stated(compusoft: Policy) -> None:
    """CMP-1: 1, 4, 8 and 12 plain hours; solutions of high in 8 hours and of low in two working days."""
    stated = [(target.what, *target.priority, str(target.within)) for target in compusoft.targets]

    assert stated == [
        ("first_response", "urgent", "1 hour"),
        ("first_response", "high", "4 hours"),
        ("first_response", "medium", "8 hours"),
        ("first_response", "low", "12 hours"),
        ("resolution", "high", "8 hours"),
        ("resolution", "low", "2 business days"),
    ]


def test_medium_has_no_definition(compusoft: Policy) -> None:
    """CMP-2: three of the four levels are defined, none of them is ours."""
    assert [p.key for p in compusoft.priorities if p.definition is None] == ["medium"]
    assert not any(priority.ours for priority in compusoft.priorities)
    assert compusoft.priority_chosen_by == "customer"


def test_a_late_solution_is_assigned_before_it_is_told_higher_up(compusoft: Policy) -> None:
    """CMP-3: manager for a late response; supervisor, senior management, and executives by hand."""
    steps = {
        ladder.what: [(step.level, step.does, str(step.after), step.by_hand) for step in ladder.steps]
        for ladder in compusoft.ladders
    }

    assert steps == {
        "first_response": [("department-manager", "tell", "0 days", False)],
        "resolution": [
            ("department-supervisor", "assign", "0 days", False),
            ("senior-management", "tell", "1 business day", False),
            ("executive-team", "tell", "0 days", True),
        ],
    }


def test_retention_is_a_heading_without_a_text_so_nothing_is_purged(compusoft: Policy) -> None:
    """CMP-8: the policy has no key that would let tickets be thrown away."""
    assert not re.search("retention|purge|retain", str(compusoft.to_json()))


@pytest.mark.parametrize("language", ["ar", "ru", "en"])
def test_emergency_support_is_not_promised(compusoft: Policy, language: str) -> None:
    """CMP-11: a lost figure without hours; no text speaks of it, and no line keeps it."""
    texts = str([compusoft.elsewhere, compusoft.texts]) + str(compusoft.to_json())

    assert "CMP-11" not in compusoft.clauses()
    assert not re.search("emergency|24/7|طوارئ|экстренн", texts, re.IGNORECASE)
    assert language in compusoft.languages


def test_the_published_ways_are_shown(compusoft: Policy) -> None:
    """CMP-12: an address, a page, a portal."""
    assert [way.address for way in compusoft.elsewhere] == [
        *("support@compusoftme.com", "www.compusoftme.com", "support.compusoftme.com")
    ]


def test_each_level_is_described_in_the_words_of_the_source(compusoft: Policy) -> None:
    """CMP-15: the representative responds and classifies; three of the levels above have their duties."""
    described = {level.key: level.does.in_("ar") for level in compusoft.levels if level.does}

    assert described == {
        "department-manager": "تحديد الأولويات وتوزيع الموارد",
        "senior-management": "تسهيل التواصل وحل العقبات عبر الفرق المختلفة",
        "executive-team": "اتخاذ القرارات الحرجة وتصعيد الموردين",
    }
    assert compusoft.queues[0].does
    assert compusoft.queues[0].does.in_("ar") == "ممثل الدعم: الاستجابة الأولى وتصنيف الأولويات"


def test_where_the_source_is_silent_so_is_the_policy(compusoft: Policy) -> None:
    """CMP-16: no categories but one, no week, no pause."""
    assert len(compusoft.categories) == 1
    assert (compusoft.calendar, compusoft.pauses, compusoft.unanswered) == (None, (), None)
    assert (compusoft.escalating, compusoft.extending, compusoft.survey) == (None, None, None)
