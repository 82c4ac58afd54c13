"""What a survey asks, in the reader's language, and an answer to it in words."""

from collections.abc import Iterable

from bot.core import survey
from bot.core.policy import Policy, Question
from locales import _, current, pgettext


def wording(question: Question) -> str:
    """The policy's own words, else the desk's."""
    if question.text is None:
        return _("How satisfied are you with our help, from 1 (not at all) to 5 (very)?")
    return question.text.in_(current())


def answered(key: str, value: int, policies: Iterable[Policy]) -> str:
    """An answer that was given, beside what was asked by the first policy that knows it."""
    known = (one for policy in policies for one in survey.questions(policy, asked_by_desk=True))
    question = next((one for one in (*known, survey.OF_THE_DESK) if one.key == key), None)
    if question is None:
        return str(value)
    return f"{wording(question)} {_worth(question, value)}"


def _worth(question: Question, value: int) -> str:
    if question.kind != "yes_no":
        return str(value)
    return pgettext("button", "Yes") if value == survey.YES else pgettext("button", "No")
