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


CONTRADICTIONS = [
    (
        'within = "2 business days"',
        'within = "0 business days"',
        "targets[0].within: expected some time, not '0 business days'",
    ),
    (
        'within = "2 business days"',
        'within = "2 business days"\nremind = ["after 0 hours"]',
        "targets[0].remind[0]: expected some time in a reminder, not 'after 0 hours'",
    ),
    (
        "[stopping]",
        '[unanswered]\nwithin = "0 hours"\nthen = "offer"\n[stopping]',
        "unanswered.within: expected some time, not '0 hours'",
    ),
    (
        '[[ladders]]\nwhat = "resolution"',
        '[[ladders]]\nwhat = "next_response"',
        "ladders[0].what: expected one of the kinds of target that are promised (resolution), not 'next_",
    ),
    (
        "[stopping]",
        '[extending]\nreason = { ru = "Так", en = "So" }\ntargets = ["first_response"]\n[stopping]',
        "extending.targets[0]: expected one of the kinds of target that are promised (resolution), not",
    ),
    (
        'level = "boss"\npriority = "high"\n',
        'level = "boss"\nafter = "2 hours"\n[[ladders.steps]]\nlevel = "chief"\nafter = "90 minutes"\n',
        "ladders[0].steps[1].after: expected 2 hours or more, as the step before, not '90 minutes'",
    ),
    (
        'level = "boss"\npriority = "high"\n',
        'level = "boss"\nafter = "1 business day"\n[[ladders.steps]]\nlevel = "chief"\n',
        "ladders[0].steps[1].after: expected 1 business day or more, as the step before, not '0 minutes'",
    ),
    (
        'country = "SA"',
        'added = { 2027-01-03 = "Fair" }\nhalf_days = { 2027-01-03 = [["09:00", "12:00"]] }',
        "calendar.half_days.2027-01-03: expected a day that is not a day off in `added` as well",
    ),
]


def test_what_needs_a_promise_is_not_without_one() -> None:
    """CAP-8, CAP-9: nothing can be late, longer or stand still where nothing is promised."""
    before, _targets, _after = WHOLE.partition("[[targets]]")
    assert _targets
    said = 'title = { ru = "Так", en = "So" }'
    given = (
        f'pauses = ["on_hold"]\n{before}[escalating]\nqueue = "support"\n{said}\n'
        f"[extending]\n{said.replace('title', 'reason')}\n"
    )
    told = [line.split(": ", 2)[1] for line in mistakes(given)]
    assert told == ["escalating", "extending", "complexities", "pauses"]


@pytest.mark.parametrize(("right", "wrong", "told"), CONTRADICTIONS)
def test_what_cannot_be_meant_is_told_with_its_place(right: str, wrong: str, told: str) -> None:
    chief = WHOLE.replace("[[targets]]", f'[[levels]]\nkey = "chief"\n{TITLED}\n[[targets]]')
    assert right in chief

    [line] = mistakes(chief.replace(right, wrong, 1))
    assert line.startswith(f"p.toml: {told}")


def test_a_policy_that_was_stored_before_this_was_asked_is_read_as_it_is() -> None:
    stored = Policy.load(WHOLE, "p.toml").to_json()
    stored["targets"][0]["within"] = "0 business days"
    stored["ladders"][0]["what"] = "next_response"

    assert Policy.from_json(stored).targets[0].within.amount == 0


def test_steps_that_no_ticket_has_both_and_steps_by_hand_may_stand_in_any_order() -> None:
    other = WHOLE.replace("[[levels]]", f'[[priorities]]\nkey = "low"\n{TITLED}\n[[levels]]').replace(
        "[[targets]]", f'[[levels]]\nkey = "chief"\n{TITLED}\n[[targets]]'
    )
    steps = 'level = "boss"\npriority = "high"\nafter = "2 hours"\n[[ladders.steps]]\nlevel = "chief"\n'
    for more in ('priority = "low"\nafter = "1 hour"\n', "by_hand = true\n", 'after = "1 business hour"\n'):
        written = other.replace('level = "boss"\npriority = "high"\n', steps + more, 1)
        assert len(Policy.load(written, "p.toml").ladders[0].steps) == 2


def test_days_that_run_into_each_other_are_told_whatever_else_is_wrong_with_the_week() -> None:
    week = '{ mon = [["17:00", "09:00"]], tue = [["08:00", "16:00"]], thu = [["9", "17:00"]] }'
    told = mistakes(WHOLE.replace('{ sun = [["09:00", "17:00"]] }', week))
    overlap = "p.toml: calendar: expected hours that do not overlap: mon 17:00-09:00 runs into 08:00-16:00 of"

    assert [line[: len(overlap)] for line in told if "overlap" in line] == [overlap]
    assert any(line.startswith("p.toml: calendar.week.thu[0]: expected an opening") for line in told)
    once = mistakes(WHOLE.replace('{ sun = [["09:00", "17:00"]] }', week.replace('"9"', '"10:00"')))
    assert [line[: len(overlap)] for line in once] == [overlap]
