"""What a policy promises about time: how it is written, and which target a ticket gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.mistakes import FileError, read
from bot.core.policy.targets import Promises, Reminder, Target, Triage
from tests.core.story import promises

RIGHT = """
pauses = ["pending"]
[[targets]]
what = "first_response"
priority = "high"
expected_from = "1 hour"
within = "4 hours"
remind = ["50%", "after 1 business day", "30 business minutes before"]
clause = "CMP-1"
[[ladders]]
what = "first_response"
[[ladders.steps]]
level = "manager"
[[ladders.steps]]
level = "boss"
does = "assign"
after = "1 business day"
"""


def mistakes(text: str) -> str:
    with pytest.raises(FileError) as refused:
        read(Promises, text, "p.toml")
    return str(refused.value)


def test_promises_are_read_as_they_are_written_and_survive_a_trip_through_json() -> None:
    promised = read(Promises, RIGHT, "p.toml")
    content = promised.model_dump(mode="json", exclude_defaults=True)

    assert promised.targets[0].priority == ("high",)
    assert content["targets"][0]["remind"] == ["50%", "after 1 business day", "30 business minutes before"]
    assert Promises.model_validate(content) == promised


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"4 hours"', '"four hours"', "targets[0].within: expected a length such as"),
        (
            '"1 hour"',
            '"4 hours"',
            "targets[0]: expected a span shorter than 4 hours as expected_from, not 4 hours",
        ),
        (
            '"1 hour"',
            '"1 business hour"',
            "targets[0]: expected a span shorter than 4 hours as expected_from",
        ),
        (
            '"50%"',
            '"half"',
            """targets[0].remind[0]: expected a reminder such as "50%", "after 1 business day\"""",
        ),
        ('"50%"', '"0%"', "targets[0].remind[0]: expected a reminder such as"),
        ('"50%"', '"50%", "50%"', "targets[0].remind: expected each reminder once, not 50%, 50%"),
        ('"50%"', '"100%"', "targets[0].remind[0]: expected a reminder such as"),
        ('"50%"', '"after lunch"', "targets[0].remind[0]: expected a reminder such as"),
        (
            '"50%"',
            '"1 business day before"',
            "targets[0].remind[0]: expected hours or minutes before, not 1 bus",
        ),
        ('["pending"]', '["resolved"]', "pauses[0]: expected 'pending' or 'on_hold', not 'resolved'"),
        (
            'what = "first_response"\npri',
            'what = "answer"\npri',
            "targets[0].what: expected 'first_response'",
        ),
        ('"boss"', '"manager"', "ladders[0]: expected each level once, not manager, manager"),
        ('"CMP-1"', '"first"', "targets[0].clause[0]: expected a clause id"),
    ],
)
def test_a_mistake_is_told_with_its_place(right: str, wrong: str, told: str) -> None:
    assert right in RIGHT
    assert f"p.toml: {told}" in mistakes(RIGHT.replace(right, wrong, 1))


def test_two_targets_that_nothing_tells_apart_are_a_mistake() -> None:
    second = '[[targets]]\nwhat = "first_response"\npriority = ["low", "high"]\nwithin = "9 hours"\n'

    told = "targets: expected one first_response for each, not both 4 hours ([0]) and 9 hours ([1])"
    assert told in mistakes(RIGHT + second)
    read(Promises, RIGHT + second.replace('"low", "high"', '"low"'), "p.toml")


def test_two_ladders_for_one_kind_of_target_are_a_mistake() -> None:
    second = '[[ladders]]\nwhat = "first_response"\n[[ladders.steps]]\nlevel = "boss"\n'

    told = "ladders: expected one ladder for each kind of target, not first_response, first_response"
    assert told in mistakes(RIGHT + second)


@pytest.mark.parametrize(
    ("triage", "hours"),
    [
        (Triage(), 9),
        (Triage(category="fault"), 8),
        (Triage(category="fault", priority="high"), 5),
        (Triage(client="guest", priority="high"), 6),
        (Triage(client="guest", category="fault"), 4),
        (Triage(client="guest", category="fault", priority="high"), 4),
        (Triage(priority="low"), 7),
        (Triage(complexity="complex"), 9),
    ],
)
def test_the_most_specific_target_is_chosen(triage: Triage, hours: int) -> None:
    """By how much it names; of as much, client comes before category before priority."""
    named: dict[int, dict[str, object]] = {
        9: {},
        8: {"category": ["fault", "question"]},
        7: {"priority": ["low", "high"]},
        6: {"client": "guest"},
        5: {"category": "fault", "priority": "high"},
        4: {"client": "guest", "category": "fault"},
    }
    promised = promises(
        *({"what": "first_response", "within": f"{span} hours", **dims} for span, dims in named.items())
    )
    chosen = promised.target("first_response", triage)

    assert chosen is not None
    assert str(chosen.within) == f"{hours} hours"
    assert promised.target("resolution", triage) is None


def test_a_target_for_something_is_for_nothing_else() -> None:
    high = promises({"what": "resolution", "priority": "high", "within": "8 hours"})

    assert high.target("resolution", Triage(priority="urgent")) is None
    assert high.target("resolution", Triage()) is None


@given(st.integers(1, 99))
def test_a_reminder_is_said_as_it_is_written(percent: int) -> None:
    assert Reminder.model_validate(f"{percent} %").said() == f"{percent}%"


def test_nothing_is_promised_by_default() -> None:
    promised = Promises()

    assert (promised.targets, promised.ladders, promised.pauses) == ((), (), ())
    assert Target.model_validate({"what": "resolution", "within": "1 hour"}).reminders_in == "open_hours"
