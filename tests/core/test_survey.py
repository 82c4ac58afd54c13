"""The survey: whose questions, and what an answer is worth."""

import pytest

from bot.core import survey
from bot.core.policy import Policy, Question
from tests.core.test_policy import SMALL

SILENT = Policy.load(SMALL, "small.toml")
STATED = Policy.load(
    SMALL + '[[survey]]\nkey = "done"\nkind = "yes_no"\ntext = { ru = "Готово?", en = "Done?" }\n',
    "small.toml",
)
YES_NO, SCALE = Question(key="done", kind="yes_no"), survey.OF_THE_DESK


def test_the_policys_questions_come_before_the_desks() -> None:
    assert [question.key for question in survey.questions(STATED, asked_by_desk=True)] == ["done"]
    assert survey.questions(STATED, asked_by_desk=False) == STATED.survey


def test_where_the_policy_is_silent_the_desk_asks_one_if_it_wants() -> None:
    assert survey.questions(SILENT, asked_by_desk=True) == (SCALE,)
    assert survey.questions(SILENT, asked_by_desk=False) == ()


@pytest.mark.parametrize(
    ("question", "key", "worth"),
    [
        (YES_NO, "yes", 1),
        (YES_NO, "no", 0),
        (SCALE, "1", 1),
        (SCALE, "5", 5),
        (SCALE, "6", None),
        (YES_NO, "1", None),
    ],
)
def test_an_answer_has_its_worth(question: Question, key: str, worth: int | None) -> None:
    assert worth == survey.value(question, key)


@pytest.mark.parametrize("question", [YES_NO, SCALE])
def test_every_offered_answer_is_understood(question: Question) -> None:
    offered = [survey.key_of(question, worth) for worth in survey.values(question)]

    assert [survey.value(question, key) for key in offered] == list(survey.values(question))


def test_a_no_and_the_two_lowest_are_low() -> None:
    assert [worth for worth in survey.values(SCALE) if survey.low(SCALE, worth)] == [1, 2]
    assert [worth for worth in survey.values(YES_NO) if survey.low(YES_NO, worth)] == [0]
