"""What a policy states is what the desk knows of it."""

import json
from datetime import timedelta

import pytest

from bot.core.policy import Policy

SMALL = """
name = "small"
organisation = { ru = "Контора", en = "Office" }
languages = ["ru", "en"]

[[queues]]
key = "support"
title = { ru = "Поддержка", en = "Support" }

[[categories]]
key = "help"
queue = "support"
fields = ["email", "course"]
clause = ["ABC-1", "ABC-2"]
title = { en = "Help", ru = "Помощь" }

[[categories]]
key = "idea"
queue = "support"
title = { ru = "Идея", en = "Idea" }
receipt = { ru = "Спасибо, {reference}", en = "Thanks, {reference}" }

[[fields]]
key = "course"
kind = "text"
title = { ru = "Курс", en = "Course" }
question = { ru = "Какой курс?", en = "Which course?" }
options = [{ key = "none", title = { ru = "Никакой", en = "None" } }]

[[fields]]
key = "email"
kind = "email"
clause = "ABC-3"
title = { ru = "Почта", en = "E-mail" }
question = { ru = "Какая почта?", en = "Which e-mail?" }
"""


@pytest.fixture
def policy() -> Policy:
    return Policy.load(SMALL, "small.toml")


def stored(policy: Policy) -> Policy:
    """The policy after a trip through a database that sorts the keys of JSON objects."""
    return Policy.from_json(json.loads(json.dumps(policy.to_json(), sort_keys=True)))


def test_a_category_asks_its_fields_in_its_own_order(policy: Policy) -> None:
    assert [field.key for field in policy.form("help")] == ["email", "course"]
    assert policy.form("idea") == policy.form("unknown") == ()


def test_words_are_in_the_persons_language_else_in_the_policys_first(policy: Policy) -> None:
    title = policy.categories[0].title

    assert (title.in_("en"), title.in_("ru"), title.in_("ar")) == ("Help", "Помощь", "Помощь")


def test_a_stored_policy_is_the_same_policy(policy: Policy) -> None:
    again = stored(policy)

    assert (policy, policy.hash) == (again, again.hash)
    assert again.categories[0].title.in_("ar") == "Помощь"


def test_the_hash_follows_the_meaning_and_not_the_layout(policy: Policy) -> None:
    assert policy.hash == Policy.load(f"# A remark\n{SMALL}", "elsewhere.toml").hash
    assert policy.hash != Policy.load(SMALL.replace("Office", "Bureau"), "small.toml").hash
    assert len(policy.hash) == 64


def test_what_is_not_stated_is_absent(policy: Policy) -> None:
    assert (policy.priorities, policy.survey, policy.resolved.reopen_within) == ((), None, None)
    assert (policy.contact.ask, policy.title_asked, policy.elsewhere) == ("none", False, ())


def test_a_stated_window_is_a_length_of_time() -> None:
    stated = Policy.load(SMALL + '[resolved]\nreopen_within = "24 hours"\n', "small.toml")

    assert stored(stated).resolved.reopen_within == timedelta(hours=24)


def test_a_category_may_confirm_in_its_own_words(policy: Policy) -> None:
    own = policy.receipt("idea")

    assert own is not None
    assert own.in_("en") == "Thanks, {reference}"
    assert policy.receipt("help") is None


def test_each_line_keeps_the_ids_of_its_clauses(policy: Policy) -> None:
    assert policy.clauses() == {"ABC-1", "ABC-2", "ABC-3"}


def test_things_are_found_by_their_keys(policy: Policy) -> None:
    found = (policy.category("help"), policy.field("course"), policy.queue("support"))

    assert found == (policy.categories[0], policy.fields[0], policy.queues[0])
    assert policy.priority("high") is None
    assert policy.fields[0].option("none") == policy.fields[0].options[0]
    assert policy.queue_keys == {"support"}
