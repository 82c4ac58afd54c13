"""The desk file: what is read, all mistakes at once, and that the example tells the truth."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.core.desk import Defaults, Desk, DeskError, Level, Queue, Remote, Roles, unserved

EXAMPLE = (Path(__file__).parent.parent.parent / "desk.example.toml").read_text(encoding="utf-8")
A_SPAN = 'expected a length of plain time such as "72 hours" or "30 minutes"'
A_REMINDER = 'expected a reminder such as "50%", "after 1 business day" or "30 business minutes before"'
SMALLEST = """
[queues.orders]
channel = "C024BE91L"
language = "ar"
"""


def mistakes(text: str) -> dict[str, str]:
    with pytest.raises(DeskError) as caught:
        Desk.load(text, "desk.toml")
    return {mistake.where: mistake.expected for mistake in caught.value.mistakes}


def test_one_queue_is_a_desk_with_the_defaults_of_the_design() -> None:
    desk = Desk.load(SMALLEST, "desk.toml")

    assert desk.queues == {"orders": Queue(channel="C024BE91L", language="ar")}
    assert desk.defaults == Defaults(
        reopen_within=timedelta(hours=72),
        close_after=None,
        remind=(),
        survey=True,
        undo_seconds=0,
        relay="thread",
    )


def test_every_mistake_is_told_with_its_place() -> None:
    told = mistakes("""
        fallback_channel = "general"
        colour = "red"
        [queues.Orders]
        channel = "#orders"
        language = "fr"
        title = { ar = " ", kk = "Тапсырыстар" }
        [queues.refunds]
        public = "perhaps"
        [levels.lead]
        users = ["boss", 3]
        [levels.chief]
        [defaults]
        close_after = "3 business days"
        reopen_within = 72
        remind = ["50%", { percent = 500 }]
        undo_seconds = -1
        relay = "both"
    """)

    assert told == {
        "fallback_channel": """expected the id of a Slack channel such as "C024BE91L", not 'general'""",
        "colour": "is not a key that is known here",
        "queues.Orders": "expected a key of small letters, digits, - and _, not 'Orders'",
        "queues.Orders.channel": """expected the id of a Slack channel such as "C024BE91L", not '#orders'""",
        "queues.Orders.language": "expected 'ar', 'ru' or 'en', not 'fr'",
        "queues.Orders.title.ar": "expected a title that is not empty, not ' '",
        "queues.Orders.title.kk": "expected 'ar', 'ru' or 'en', not 'kk'",
        "queues.refunds.channel": "is missing",
        "queues.refunds.language": "is missing",
        "queues.refunds.public": "expected true or false, not 'perhaps'",
        "levels.lead.users[0]": """expected the id of a Slack user such as "U061F7AUR", not 'boss'""",
        "levels.lead.users[1]": "expected a text in quotes, not 3",
        "levels.chief": "expected at least one of users, groups",
        "defaults.close_after": f"{A_SPAN}, not '3 business days'",
        "defaults.reopen_within": f"{A_SPAN}, not 72",
        "defaults.remind[1]": f"{A_REMINDER}, not {{'percent': 500}}",
        "defaults.undo_seconds": "expected 0 or more, not -1",
        "defaults.relay": "expected 'thread' or 'dialog', not 'both'",
    }


def test_a_reminder_of_the_desks_own_is_read_like_one_of_a_policy() -> None:
    wrong = '"75%", "1 business day before", "soon", "after 0 minutes"'

    assert mistakes(f"{SMALLEST}[defaults]\nremind = [{wrong}]") == {
        "defaults.remind[1]": "expected hours or minutes before, not 1 business day",
        "defaults.remind[2]": """expected a reminder such as "50%", "after 1 business day" or"""
        """ "30 business minutes before", not 'soon'""",
        "defaults.remind[3]": "expected some time in a reminder, not 'after 0 minutes'",
    }
    assert mistakes(f'{SMALLEST}[defaults]\nremind = ["75%", "75 %"]') == {
        "defaults.remind": "expected each reminder once, not 75%, 75%"
    }


def test_a_file_that_is_no_toml_names_the_line() -> None:
    with pytest.raises(DeskError, match=r"^desk\.toml: this is not TOML: .*line 2") as caught:
        Desk.load('[queues.orders]\nchannel = "C024BE91L\n', "desk.toml")

    assert len(caught.value.mistakes) == 1


@pytest.mark.parametrize("text", ["", "[queues]", "[roles]\nsupervisors = []"])
def test_a_desk_without_a_queue_is_refused(text: str) -> None:
    assert "queues" in mistakes(text)


def test_a_queue_is_called_by_its_title_in_the_language_else_in_its_own_else_by_its_key() -> None:
    desk = Desk.load(SMALLEST + 'title = { ar = "الطلبات", en = "Orders" }', "desk.toml")

    assert [desk.title("orders", language) for language in ("en", "ar", "ru")] == [
        "Orders",
        "الطلبات",
        "الطلبات",
    ]
    assert Desk.load(SMALLEST, "desk.toml").title("orders", "ru") == "orders"


def test_the_channels_of_the_desk_are_its_queues_and_the_fallback() -> None:
    assert Desk.load(SMALLEST, "desk.toml").channels() == {"C024BE91L"}
    assert Desk.load('fallback_channel = "G024BE91L"\n' + SMALLEST, "desk.toml").channels() == {
        "C024BE91L",
        "G024BE91L",
    }


def test_queues_of_the_policy_that_the_desk_lacks_are_told_in_order() -> None:
    desk = Desk.load(SMALLEST, "desk.toml")

    assert unserved({"refunds", "orders", "advice"}, desk) == ["advice", "refunds"]
    assert unserved({"orders"}, desk) == []


def test_the_example_loads_and_its_defaults_are_the_defaults_and_a_reminder() -> None:
    reminded = Defaults.model_validate({"remind": ["75%"]})

    assert Desk.load(EXAMPLE, "desk.example.toml").defaults == reminded


@pytest.mark.parametrize("shape", [Desk, Queue, Level, Roles, Remote, Defaults])
def test_the_example_explains_every_key(shape: type[BaseModel]) -> None:
    for name in shape.model_fields:
        key = rf"(?m)^(# )?{name} = |^\[+{name}\b"
        homes = [block for block in EXAMPLE.split("\n\n") if re.search(key, block)]
        assert any(home.startswith("# ") for home in homes), f"desk.example.toml does not explain {name}"


def test_a_canned_answer_names_only_what_can_be_filled_in() -> None:
    told = mistakes(
        SMALLEST
        + """
        [answers.good.text]
        en = "Hello {name}, see https://example.com/a for {reference}"
        [answers.unknown.text]
        ar = "مرحبًا {agent}"
        [answers.broken.text]
        ru = "https://example.com/{reference}"
        [answers.none]
        text = {}
        """
    )

    fields = "{name} {organisation} {reference}"
    assert told == {
        "answers.unknown.text.ar": f"expected only {fields} in braces, not {{agent}}",
        "answers.broken.text.ru": f"expected an address without {fields} in it",
        "answers.none.text": "expected at least 1 of them, not {}",
    }


def test_one_date_is_a_day_off_or_a_half_day() -> None:
    both = '[days]\nadded = { 2027-01-03 = "Fair" }\nhalf_days = { 2027-01-03 = [["09:00", "12:00"]] }'

    assert mistakes(SMALLEST + both) == {
        "days.half_days.2027-01-03": "expected a day that is not a day off in `added` as well"
    }


def test_days_that_cannot_be_are_told_beside_every_other_mistake() -> None:
    wrong = """
[calendar]
timezone = "Nowhere"
[calendar.week]
sun = [["09:00", "17:00"]]
tue = [["22:00", "10:00"]]
wed = [["09:00", "17:00"]]
sat = [["22:00", "09:30"]]
[days]
added = { 2027-01-03 = "Fair" }
half_days = { 2027-01-03 = [["09:00", "12:00"]] }
removed = ["soon"]
"""
    with pytest.raises(DeskError) as caught:
        Desk.load(SMALLEST.replace("ar", "de") + wrong, "desk.toml")

    overlap = "calendar: expected hours that do not overlap:"
    assert [str(mistake) for mistake in caught.value.mistakes] == [
        f"{overlap} tue 22:00-10:00 runs into 09:00-17:00 of the day after",
        f"{overlap} sat 22:00-09:30 runs into 09:00-17:00 of the day after",
        "days.half_days.2027-01-03: expected a day that is not a day off in `added` as well",
        "calendar.timezone: expected a time zone such as \"Asia/Riyadh\", not 'Nowhere'",
        "days.removed[0]: expected a date such as 2026-09-23, not 'soon'",
        "queues.orders.language: expected 'ar', 'ru' or 'en', not 'de'",
    ]
