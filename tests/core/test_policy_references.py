"""What a policy refers to stands in it: each slip of the pen is told with its place, and all at once."""

import pytest

from bot.core.policy import Policy, PolicyError
from tests.core.test_policy import SMALL
from tests.core.test_policy_mistakes import mistakes

TITLED = 'title = { ru = "Что-то", en = "Something" }\n'
NAMED = 'client_field = "who"\nassumed_complexity = "simple"\n'
WHOLE = f"""
{NAMED}
{SMALL}
[[fields]]
key = "who"
kind = "choice"
{TITLED}question = {{ ru = "Кто вы?", en = "Who are you?" }}
options = [{{ key = "guest", title = {{ ru = "Гость", en = "Guest" }} }}]

[[priorities]]
key = "high"
{TITLED}
[[complexities]]
key = "simple"
{TITLED}
[[levels]]
key = "boss"
{TITLED}
[[targets]]
what = "resolution"
within = "2 business days"
client = "guest"
category = ["help", "idea"]
priority = "high"
complexity = "simple"

[[ladders]]
what = "resolution"
[[ladders.steps]]
level = "boss"
priority = "high"

[stopping]
level = "boss"

[escalating]
queue = "support"
{TITLED}
[calendar]
timezone = "Asia/Riyadh"
week = {{ sun = [["09:00", "17:00"]] }}
country = "SA"
"""

SLIPS = [
    (
        'assumed_complexity = "simple"',
        'assumed_complexity = "easy"',
        "assumed_complexity: expected one of the complexities (simple), not 'easy'",
    ),
    (
        'client = "guest"',
        'client = "gast"',
        "targets[0].client[0]: expected one of the options of the client_field (guest), not 'gast'",
    ),
    (
        '["help", "idea"]',
        '["help", "ideas"]',
        "targets[0].category[1]: expected one of the categories (help, idea), not 'ideas'",
    ),
    (
        'priority = "high"\ncomplexity',
        'priority = "hi"\ncomplexity',
        "targets[0].priority[0]: expected one of the priorities (high), not 'hi'",
    ),
    (
        'complexity = "simple"\n\n[[ladders',
        'complexity = "easy"\n\n[[ladders',
        "targets[0].complexity[0]: expected one of the complexities (simple), not 'easy'",
    ),
    (
        'level = "boss"',
        'level = "bos"',
        "ladders[0].steps[0].level: expected one of the levels (boss), not 'bos'",
    ),
    (
        'level = "boss"\npriority = "high"',
        'level = "boss"\npriority = "low"',
        "ladders[0].steps[0].priority[0]: expected one of the priorities (high), not 'low'",
    ),
    (
        '[escalating]\nqueue = "support"',
        '[escalating]\nqueue = "above"',
        "escalating.queue: expected one of the queues (support), not 'above'",
    ),
]


def test_what_is_declared_can_be_referred_to() -> None:
    assert Policy.load(WHOLE, "p.toml").targets[0].client == ("guest",)


@pytest.mark.parametrize(("right", "wrong", "told"), SLIPS)
def test_a_reference_to_what_is_not_there_is_told_with_its_place(right: str, wrong: str, told: str) -> None:
    assert right in WHOLE

    assert mistakes(WHOLE.replace(right, wrong, 1)) == [f"p.toml: {told}"]


def test_all_slips_are_told_at_once() -> None:
    bad = WHOLE
    for right, wrong, _ in SLIPS:
        if right != 'level = "boss"':  # its line is the same as the next one's
            bad = bad.replace(right, wrong, 1)

    told = "\n".join(mistakes(bad))

    assert [line for _, wrong, line in SLIPS if wrong in bad and line not in told] == []


def test_clients_are_the_options_of_a_choice() -> None:
    told = mistakes(WHOLE.replace('client_field = "who"', 'client_field = "email"'))
    nobody = (
        "targets[0].client[0]: expected one of the options of the client_field (there are none), not 'guest'"
    )

    assert told == [
        f"p.toml: {nobody}",
        "p.toml: client_field: expected one of the fields of kind choice (who), not 'email'",
    ]
    assert mistakes(WHOLE.replace('client_field = "who"\n', "")) == [f"p.toml: {nobody}"]


def test_a_country_whose_holidays_nobody_knows_is_told_where_they_are_known() -> None:
    with pytest.raises(PolicyError, match=r"calendar\.country: expected a country whose holidays are known"):
        Policy.load(WHOLE.replace('"SA"', '"XX"'), "p.toml", countries={"SA", "KZ"})
    assert Policy.load(WHOLE, "p.toml", countries={"SA"}).calendar


def test_who_hears_of_a_stop_is_a_level_and_a_reason_is_listed_once() -> None:
    reason = f'[[reasons]]\nkey = "explained"\n{TITLED}'
    assert mistakes(WHOLE.replace('[stopping]\nlevel = "boss"', '[stopping]\nlevel = "chief"')) == [
        "p.toml: stopping.level: expected one of the levels (boss), not 'chief'"
    ]
    assert mistakes(WHOLE + reason + reason) == [
        "p.toml: reasons[1].key: expected each key once, not 'explained' again"
    ]
    assert Policy.load(WHOLE + reason, "p.toml").reached == {"boss"}
