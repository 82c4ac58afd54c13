"""E-DOC's policy states what is left of its source, and nothing else."""

from datetime import date

import pytest

from bot import policies
from bot.core.policy import Policy
from bot.holidays import public_holidays, working_weekends


@pytest.fixture(scope="module")
def e_doc() -> Policy:
    return policies.shipped("e-doc")


def test_no_level_and_no_time_is_shipped_and_a_desk_can_add_them(e_doc: Policy) -> None:
    """EDC-1: levels go by the client and the kind of request, and both are known of every ticket."""
    assert e_doc.targets == ()
    assert all(e_doc.client_field in category.fields for category in e_doc.categories)
    level = {"what": "resolution", "client": "guest", "category": "fault", "within": "3 business days"}
    richer = Policy.from_json({**e_doc.to_json(), "targets": [level]})

    assert richer.targets[0].client == ("guest",)


def test_working_days_are_those_of_kazakhstan(e_doc: Policy) -> None:
    """EDC-2: nine hours by Astana time, without public holidays, with the days that are moved."""
    week = e_doc.calendar
    assert week

    assert set(week.week) == {"mon", "tue", "wed", "thu", "fri"}
    assert set(week.week.values()) == {(("09:00", "18:00"),)}
    assert (week.timezone, week.country) == ("Asia/Almaty", "KZ")
    assert date(2026, 12, 16) in {holiday.day for holiday in public_holidays("KZ", [2026])}
    assert working_weekends("KZ", [2022])


def test_nothing_is_out_of_scope(e_doc: Policy) -> None:
    """EDC-3: both lists were lost, so every kind of request is taken, and asks for nothing unpublished."""
    assert [category.key for category in e_doc.categories] == ["consultation", "fault"]
    assert all(category.queue == "support" for category in e_doc.categories)


def test_users_and_guests_are_told_apart_and_both_are_served(e_doc: Policy) -> None:
    """EDC-4, EDC-13: consulting is for all interested parties."""
    clients, consultation = e_doc.field(e_doc.client_field), e_doc.category("consultation")
    assert clients
    assert consultation

    assert [client.key for client in clients.options] == ["user", "guest"]
    assert "EDC-13" in consultation.clause


def test_a_similar_case_is_cited_when_there_is_one(e_doc: Policy) -> None:
    """EDC-6: the article of the help centre or the FAQ is asked for, and can be skipped."""
    article, consultation = e_doc.field("article"), e_doc.category("consultation")
    assert article
    assert consultation

    assert "article" in consultation.fields
    assert not article.required
    assert e_doc.texts.rules
    assert "FAQ" in e_doc.texts.rules.in_("ru")


def test_who_it_is_is_asked_and_may_be_withheld(e_doc: Policy) -> None:
    """EDC-7: "Не указывать" is an answer; an employee may refuse then, and not the form."""
    identity = e_doc.field("identity")
    assert identity

    assert identity.options[0].title.in_("ru") == "Не указывать"
    assert all("identity" in category.fields for category in e_doc.categories)


def test_a_question_without_an_answer_may_be_ended_by_a_person_only(e_doc: Policy) -> None:
    """EDC-10: after 8 working hours it is offered, in the words of the source, with what was done."""
    assert e_doc.unanswered
    assert (str(e_doc.unanswered.within), e_doc.unanswered.then) == ("8 business hours", "offer")
    assert e_doc.texts.ended
    assert "«ответ от клиента не получен»" in e_doc.texts.ended.in_("ru")


def test_what_a_request_needs_is_not_invented(e_doc: Policy) -> None:
    """EDC-14: the list of п. 12 was lost; only what other points state is asked for."""
    asked = {key: e_doc.field(key) for category in e_doc.categories for key in category.fields}

    assert {key: field.clause for key, field in asked.items() if field} == {
        "client": ("EDC-1", "EDC-4"),
        "identity": ("EDC-7",),
        "article": ("EDC-6",),
    }
    assert (e_doc.title_asked, e_doc.contact.ask) == (False, "none")


def test_where_the_text_is_lost_or_silent_so_is_the_policy(e_doc: Policy) -> None:
    """EDC-15: no reopening, no survey, no ladder, no pause; priorities are support's, and ours by name."""
    assert (e_doc.resolved.reopen_within, e_doc.resolved.close_after, e_doc.survey) == (None, None, None)
    assert (e_doc.ladders, e_doc.escalating, e_doc.extending, e_doc.pauses) == ((), None, None, ())
    assert e_doc.priority_chosen_by == "agent"
    assert all(priority.ours for priority in e_doc.priorities)
