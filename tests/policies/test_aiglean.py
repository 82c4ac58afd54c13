"""AiGlean Soft's policy states what its source states, and nothing else."""

import pytest

from bot import policies
from bot.core.policy import Policy


@pytest.fixture(scope="module")
def aiglean() -> Policy:
    return policies.shipped("aiglean")


def test_who_they_are_is_asked_and_nobody_is_told_that_they_have_not_paid(aiglean: Policy) -> None:
    """AIG-1: support belongs to an organisation; its name is asked, and an agent decides."""
    asked = aiglean.field("organisation")
    assert asked

    assert (asked.kind, asked.required, asked.clause) == ("text", True, ("AIG-1",))
    assert all("organisation" in category.fields for category in aiglean.categories)
    assert not any(word in str(aiglean.to_json()) for word in ("not paid", "لم تدفع", "не оплат"))


def test_a_title_a_description_an_importance_and_a_contact_are_asked_for(aiglean: Policy) -> None:
    """AIG-2: a clear title, a detailed description, a priority and correct contact details."""
    assert aiglean.title_asked
    assert aiglean.contact.ask == "required"
    assert aiglean.contact.kinds == ("phone", "email")
    assert aiglean.priority_chosen_by == "customer"
    assert all(category.describe for category in aiglean.categories)


@pytest.mark.parametrize(("language", "said"), [("ar", "باسم منشأتكم"), ("en", "for your organisation")])
def test_consent_is_given_for_the_organisation_and_says_what_time_depends_on(
    aiglean: Policy, language: str, said: str
) -> None:
    """AIG-3, AIG-7: five points, and that the time needed varies."""
    assert aiglean.consent
    text = aiglean.consent.text.in_(language)

    assert said in text
    assert [line[0] for line in text.splitlines()[1:-1]] == ["1", "2", "3", "4", "5"]
    assert {"AIG-3", "AIG-7"} == set(aiglean.consent.clause)


def test_whatsapp_is_a_product_that_is_supported_and_not_a_way_to_reach_us(aiglean: Policy) -> None:
    """AIG-6: the two things that the terms name are the kinds of request."""
    assert [category.key for category in aiglean.categories] == ["platform", "whatsapp"]
    assert not any("WhatsApp" in way.note.in_("en") for way in aiglean.elsewhere)


def test_the_other_ways_have_no_addresses(aiglean: Policy) -> None:
    """AIG-8: voice, remote connection, e-mail, portal; none is published with an address."""
    [way] = aiglean.elsewhere

    assert way.address is None
    assert all(word in way.note.in_("en") for word in ("voice", "remote", "e-mail", "portal"))


def test_best_efforts_are_named_and_no_time_is(aiglean: Policy) -> None:
    """AIG-9: the target times "mentioned above" are not there."""
    receipt = aiglean.receipt("platform")
    assert receipt

    assert "أقصى الجهود" in receipt.in_("ar")
    assert not any(hasty in receipt.in_("ar") for hasty in ("قريب", "أقرب وقت", "ساعة", "يوم"))
    assert aiglean.targets == ()


def test_nothing_is_out_of_scope_by_its_kind(aiglean: Policy) -> None:
    """AIG-12: the sections of exclusions and limits are absent; every kind goes to an agent, who decides."""
    assert {category.queue for category in aiglean.categories} == {"support"}
    assert {field.required for field in aiglean.fields} == {True}
    assert [field.kind for field in aiglean.fields] == ["text"]


def test_where_the_source_is_silent_so_is_the_policy(aiglean: Policy) -> None:
    """AIG-13: no levels, hours, escalation, closing or survey; the scale of importance is ours."""
    assert (aiglean.targets, aiglean.ladders, aiglean.levels, aiglean.calendar) == ((), (), (), None)
    assert (aiglean.escalating, aiglean.unanswered, aiglean.survey) == (None, None, None)
    assert (aiglean.resolved.close_after, aiglean.resolved.reopen_within) == (None, None)
    assert all(priority.ours and priority.definition is None for priority in aiglean.priorities)
