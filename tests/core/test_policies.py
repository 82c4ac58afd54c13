"""The shipped policies state what their sources state, and nothing else."""

import pytest

from bot import policies
from bot.core.policy import Policy, PolicyError


@pytest.fixture(scope="module")
def captain() -> Policy:
    return policies.shipped("captain-mama")


@pytest.mark.parametrize("name", policies.names())
def test_every_shipped_policy_is_sound_and_named_like_its_file(name: str) -> None:
    policy = policies.load(name)

    assert policy.name == name
    assert set(policy.languages) == {"ar", "ru", "en"}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Technical problem", "technical"),
        ("مشكله تقنيه", "technical"),
        ("Не работает!", "technical"),
        ("пароль", "account"),
        ("حسابى", "account"),
        ("Оплата 💳", "billing"),
        ("question", "question"),
        ("good morning", None),
        ("", None),
    ],
)
def test_a_kind_of_request_is_known_by_the_words_that_people_use(said: str, key: str | None) -> None:
    category = policies.shipped("general").category_called(said)

    assert key == (category and category.key)


@pytest.mark.parametrize("name", policies.names())
def test_no_word_stands_for_two_kinds_of_request(name: str) -> None:
    policy = policies.shipped(name)
    named = [called for category in policy.categories for called in category.names]

    assert sorted(named) == sorted(set(named))


def test_general_lets_the_customer_weigh_and_promises_nothing() -> None:
    general = policies.shipped("general")

    assert [priority.key for priority in general.priorities] == ["high", "normal", "low"]
    assert all(priority.definition for priority in general.priorities)
    assert (general.priority_chosen_by, general.contact.ask, general.title_asked) == (
        "customer",
        "optional",
        False,
    )
    assert general.queue_keys == {"support", "billing"}
    assert (general.clauses(), general.survey, general.resolved.reopen_within) == (frozenset(), None, None)


def test_cap_1_shows_the_official_addresses_and_no_telephone(captain: Policy) -> None:
    shown = {other.address for other in captain.elsewhere}

    assert {"support@captainmama.org", "www.captainmama.org/support"} < shown
    assert "phone" not in {other.kind for other in captain.elsewhere}


def test_cap_2_takes_the_five_kinds_of_request(captain: Policy) -> None:
    keys = [category.key for category in captain.categories]

    assert keys == ["account", "access", "certificate", "complaint", "suggestion"]
    assert "requirements" in [field.key for field in captain.form("certificate")]


@pytest.mark.parametrize("category", ["account", "access", "certificate", "complaint", "suggestion"])
def test_cap_3_asks_for_the_course_and_the_registered_address(captain: Policy, category: str) -> None:
    asked = {field.key: field for field in captain.form(category)}

    assert asked["course"].options[0].title.in_("ar") == "لا تخص دورة بعينها"
    assert asked["email"].kind == "email"
    assert all("CAP-3" in asked[key].clause and asked[key].required for key in ("course", "email"))


@pytest.mark.parametrize("category", ["account", "suggestion"])
def test_cap_4_confirms_with_a_reference(captain: Policy, category: str) -> None:
    receipt = captain.receipt(category)

    assert receipt is not None
    assert all("{reference}" in receipt.in_(language) for language in captain.languages)


def test_cap_5_refers_a_suggestion_to_the_department_and_promises_no_time(captain: Policy) -> None:
    suggestion = captain.category("suggestion")

    assert suggestion is not None
    assert suggestion.receipt is not None
    assert suggestion.queue == "department"
    assert "للدراسة والتقييم" in suggestion.receipt.in_("ar")
    assert "24" not in suggestion.receipt.in_("ar")


def test_cap_14_is_silent_where_the_source_is_silent(captain: Policy) -> None:
    assert captain.priorities == ()
    assert (captain.survey, captain.resolved.reopen_within, captain.contact.ask) == (None, None, "none")


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="no such policy; there are aiglean, captain-mama, compusoft"):
        policies.load("captain")


def test_a_policy_is_read_from_a_path(tmp_path: object) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        policies.load(f"{tmp_path}/mine.toml")


def test_times_are_stated_for_what_is_a_problem_and_the_first_reply_for_all(captain: Policy) -> None:
    """CAP-7, CAP-5: 24 working hours, 3 and 5 working days; a suggestion has the first of them only."""
    stated = [(target.what, *target.complexity, str(target.within)) for target in captain.targets]

    assert stated == [
        ("first_response", "24 business hours"),
        ("resolution", "simple", "3 business days"),
        ("resolution", "complex", "5 business days"),
    ]
    assert "suggestion" not in {key for target in captain.targets for key in target.category}
    assert captain.assumed_complexity == "simple"


def test_its_holidays_are_those_of_saudi_arabia(captain: Policy) -> None:
    """CAP-6: official holidays, by Saudi time."""
    assert captain.calendar

    assert (captain.calendar.timezone, captain.calendar.country) == ("Asia/Riyadh", "SA")


@pytest.mark.parametrize("language", ["ar", "ru", "en"])
def test_what_people_send_is_for_support_and_its_quality_only(captain: Policy, language: str) -> None:
    """CAP-11: erasure is not promised."""
    assert captain.texts.data
    said = captain.texts.data.in_(language)

    assert any(word in said for word in ("فقط", "только", "only"))
    assert not any(word in said for word in ("حذف", "удал", "delete", "erase"))


@pytest.mark.parametrize("name", [name for name in policies.names() if name != "general"])
def test_no_source_pauses_a_clock(name: str) -> None:
    """CAP-14, CMP-16, OSL-9, AIG-7, EDC-15: pausing is off in all five."""
    assert policies.shipped(name).pauses == ()
