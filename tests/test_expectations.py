"""What a customer may expect, in words: what a source promises is there, and what it does not is not."""

import re

import pytest

from bot import policies
from bot.core.desk import Desk
from bot.core.policy import Policy
from handlers import expectations
from locales import LANGUAGES, use
from tests.core.test_policy import SMALL
from tests.desk_kit import bare
from tests.kit import WEEK, desk_file

SOURCES = ("osool", "aiglean", "captain-mama", "compusoft", "e-doc")


MARKS = dict.fromkeys((0x200E, 0x200F))


def promised(name: str, language: str = "en") -> str:
    """What the organisation promises, as it reads."""
    with use(language):
        return bare(expectations.of_the_policy(policies.shipped(name))).translate(MARKS)


def own(name: str, extra: str = "", language: str = "en") -> str:
    """The desk's own rules, as they read; `extra` is added to the desk file."""
    with use(language):
        policy = policies.shipped(name)
        desk = Desk.load(desk_file(name, extra), "desk.toml")
        return bare(expectations.of_the_desk(policy, desk)).translate(MARKS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SOURCES)
def test_every_policy_reads_as_a_person_would_write_it(name: str, language: str) -> None:
    text = f"{promised(name, language)}\n\n{own(name, language=language)}"

    assert policies.shipped(name).organisation.in_(language) in text.splitlines()[0]
    assert not re.search(r"[{}]|\n\n\n|: *$(?!\n(•|1))|\.\.", text, re.MULTILINE)
    assert not any(line != line.strip() for line in text.splitlines())


def test_captain_mama_promises_times_by_complexity() -> None:
    """CAP-7, CAP-5: 24 working hours, 3 and 5 working days; a suggestion has a first reply only."""
    text = promised("captain-mama")

    assert "First reply: within 24 working hours\n" in text
    assert "• Simple technical problem: within 3 working days\n" in text
    assert "• Complex or special technical problem: within 5 working days\n" in text
    assert "• No time is promised for: Suggestion\n" in text


def test_captain_mama_tells_its_hours_its_one_reason_and_the_way_up() -> None:
    """CAP-6, CAP-8, CAP-9: hours with holidays, further communication, supervision when overdue."""
    text = promised("captain-mama")

    assert (
        "Working hours: Sunday – Thursday, 09:00 – 17:00 (Saudi time)\nPublic holidays are days off." in text
    )
    assert "a new expected time: Further communication is needed." in text
    assert "When a reply or a solution is overdue, you can raise your request to: Supervision." in text


def test_captain_mama_speaks_its_own_language() -> None:
    """CAP-6, CAP-7: in the words of the source."""
    text = promised("captain-mama", "ar")

    assert "ساعات العمل: من الأحد إلى الخميس، من 9:00 ص إلى 5:00 م (بتوقيت السعودية)" in text
    assert "خلال 24 ساعة عمل" in text
    assert "خلال 5 أيام عمل" in text


def test_compusoft_promises_what_is_stated_and_names_what_is_not() -> None:
    """CMP-1, CMP-2: four first replies, two solutions, and a definition for all but medium."""
    text = promised("compusoft")

    assert [line for line in text.splitlines() if "hour" in line][:4] == [
        "• Urgent: within 1 hour",
        "• High: within 4 hours",
        "• Medium: within 8 hours",
        "• Low: within 12 hours",
    ]
    assert "• Low: within 2 working days\n• No time is promised for: Urgent and Medium" in text
    assert "• Urgent — A critical problem" in text
    assert "• Medium —" not in text


def test_compusoft_tells_who_is_above_and_what_they_do() -> None:
    """CMP-3, CMP-15: assigned to the supervisor, then senior management; executives without a moment."""
    text = promised("compusoft", "ru")

    assert "• исполнителем сразу назначается: Супервайзер отдела\n" in text
    assert "• обращение передаётся на уровень выше: Высшее руководство (через 1 рабочий день)\n" in text
    assert "(приоритет: Срочный), его могут передать на уровень выше: Исполнительная дирекция" in text
    assert "• Высшее руководство — налаживает взаимодействие" in text


def test_compusoft_tells_what_data_is_for() -> None:
    """CMP-14, CMP-10, CMP-9, CMP-7: for support only, not shared without consent, recorded, encrypted."""
    text = promised("compusoft")

    for stated in ("for support only", "encrypted", "explicit consent, except", "recorded and monitored"):
        assert stated in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_compusoft_promises_nothing_for_emergencies(language: str) -> None:
    """CMP-11: the figure was lost, and no hours are named; the window of CMP-5 is the only 24 hours."""
    text = promised("compusoft", language)

    assert not re.search(r"24 ?/ ?7|emergenc|طوارئ|طارئ|экстренн|аварийн", text, re.IGNORECASE)
    assert text.count("24") == 2


def test_compusofts_week_is_the_desks_own() -> None:
    """CMP-16: no week is published; the desk file's is told apart, and without one no day is named."""
    assert "Working hours" not in promised("compusoft")
    assert "Working days are counted by this week: Sunday – Thursday, 09:00 – 17:00" in own("compusoft", WEEK)
    assert "no day is named for them" in own("compusoft")


def test_osool_expects_a_range_and_promises_nothing_else() -> None:
    """OSL-6, OSL-9: 24 to 48 hours after the request; nothing on solutions, escalation or closing."""
    text = promised("osool")

    by_priority = "by the priority of the problems and the order of the requests"
    assert f"First reply: expected 24 to 48 hours after your request, {by_priority}\n" in text
    assert "، حسب أولوية المشاكل وأسبقية طلبات الدعم الفني\n" in promised("osool", "ar")
    assert "с момента обращения, в зависимости от приоритета проблем и" in promised("osool", "ru")
    assert "The names of the levels of importance, which only order our work: High and Normal" in own("osool")
    assert "Working hours: Sunday – Thursday, 09:00 – 14:00 (time zone: Riyadh)\n\n" in text
    assert not re.search(r"Solution|late|raise|reopen|closed|holiday", text)


def test_osool_says_how_one_speaks_there_who_works_and_what_is_asked_afterwards() -> None:
    """OSL-7, OSL-4, OSL-8: rules without a sanction, two levels, three questions."""
    text = promised("osool", "ar")

    assert "وعدم الخوض في مناقشات سياسية أو دينية." in text
    assert "• مركز الاتصال لخدمة العملاء — المستوى الأول" in text
    assert text.count("؟") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_aiglean_names_no_time_at_all(language: str) -> None:
    """AIG-9, AIG-13: best efforts for times that are not there; neither hours nor a survey."""
    text = promised("aiglean", language)

    assert {"en": "No time is promised", "ar": "لا توجد مدة محددة للرد", "ru": "Сроки ответа и решения не"}[
        language
    ] in text
    assert re.findall(r"\d+", text) == ["1", "2", "3", "4", "5"]  # the numbers of what is agreed to


def test_aiglean_says_what_the_time_depends_on() -> None:
    """AIG-7, AIG-3: an information duty, beside what is agreed to."""
    assert "The time needed depends on the nature of the problem" in promised("aiglean")


def test_e_doc_promises_no_time_and_tells_its_hours_and_its_right_to_end() -> None:
    """EDC-1, EDC-2, EDC-10: the levels were lost; hours by Astana time; ended after 8 working hours."""
    text = promised("e-doc", "ru")

    assert "Часы работы: понедельник – пятница, 09:00 – 18:00 (время Астаны)\nОфициальные праздники" in text
    assert "Сроки ответа и решения не установлены." in text
    assert "и не получили ответа в течение 8 рабочих часов, мы вправе завершить обращение." in text


def test_e_doc_says_where_to_complain() -> None:
    """EDC-11: about an employee, by e-mail."""
    assert "• support@mitwork.kz — Quality control" in promised("e-doc")


@pytest.mark.parametrize("name", SOURCES)
def test_the_desks_own_rules_stand_apart(name: str) -> None:
    """CAP-14, OSL-9, AIG-13, EDC-15: what a source does not state is never said to be its promise."""
    stated = policies.shipped(name).resolved.reopen_within is not None

    assert ("reopen the request within" in promised(name)) is stated
    assert ("reopen the request within 3 days" in own(name)) is not stated


def test_the_desk_file_decides_what_its_own_rules_are() -> None:
    """CMP-13: feedback is possible; its form is not stated, so the desk's own question is marked as such."""
    assert "rate our help" in own("compusoft")
    silent = own(
        "general", '[defaults]\nsurvey = false\nreopen_within = "24 hours"\nclose_after = "7 days"\n'
    )

    assert "reopen the request within 24 hours" in silent
    assert "A solved request that is not reopened within 7 days is closed." in silent
    assert "rate our help" not in silent


ODD = """
[calendar]
timezone = "Europe/Berlin"
[calendar.week]
sat = [["10:00", "24:00"]]
mon = [["09:00", "12:00"], ["13:00", "17:00"]]
tue = [["09:00", "12:00"], ["13:00", "17:00"]]
wed = [["09:00", "12:00"], ["13:00", "17:00"]]
[[targets]]
what = "next_response"
within = "90 business minutes"
category = "help"
[[targets]]
what = "next_response"
within = "2 days"
[[ladders]]
what = "next_response"
[[ladders.steps]]
level = "boss"
after = "30 minutes"
[[ladders.steps]]
level = "owner"
by_hand = true
[[levels]]
key = "boss"
title = { ru = "Шеф", en = "Boss" }
[[levels]]
key = "owner"
title = { ru = "Хозяин", en = "Owner" }
[unanswered]
within = "3 days"
then = "close"
"""


def test_tools_of_remote_sessions_that_only_the_desk_names_are_its_own() -> None:
    """OSL-1, AIG-8: what the source names is the policy's; the rest is told as the desk's."""
    tools = '[remote]\ntools = ["AnyDesk", "RustDesk"]'

    assert "We may invite you to a remote session, with: RustDesk" in own("osool", tools)
    assert "We may invite you to a remote session, with: AnyDesk and RustDesk" in own("aiglean", tools)
    assert "remote session" not in own("aiglean")


def test_a_policy_of_ones_own_is_told_as_well() -> None:
    with use("en"):
        text = bare(expectations.of_the_policy(Policy.load(SMALL + ODD, "odd.toml")))

    for line in (
        "Saturday, 10:00 – 00:00; Monday – Wednesday, 09:00 – 12:00 and 13:00 – 17:00 (time zone: Berlin)",
        "Each further reply:\n• Help: within 90 working minutes\n• All requests: within 48 hours\n",
        "If a further reply is late:\n• it goes to: Boss (after 30 minutes)\n",
        "• still unresolved, it may go to: Owner",
        "If we ask you something and hear nothing within 3 days, the request is closed.",
    ):
        assert line in text
    with use("ar"):
        arabic = bare(expectations.of_the_policy(Policy.load(SMALL + ODD, "odd.toml")))
    assert "؛" in arabic
    assert not re.search("[\u0600-\u06ff][,;?]", arabic)
