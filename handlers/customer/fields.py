"""The policy's own questions: how each kind of field is asked, checked and kept."""

from collections.abc import Callable

from bot.core.flow import SKIP
from bot.core.policy import FormField
from bot.core.told import Told
from bot.core.words import Answer, Choose, Question
from bot.core.words import Write as Ask
from handlers.customer import buttons, checks
from handlers.form import CHOSEN, called, options_of

_CHECKS: dict[str, Callable[[Answer], str | None]] = {
    "text": checks.line,
    "email": checks.email,
    "phone": checks.phone,
}


def question_of(field: FormField, language: str) -> Question:
    asked = field.question.in_(language)
    if field.hint:
        asked = f"{asked}\n{field.hint.in_(language)}"
    skip = () if field.required else (buttons.skip(),)
    options = (*options_of(field, language), *skip, *buttons.ways())
    if field.kind in CHOSEN:
        return Choose(asked, options, called=called(field.options))
    return Ask(
        asked,
        check=_CHECKS[field.kind],
        options=options,
        called=called(field.options),
        attempted=_attempted(field.kind),
    )


def _attempted(kind: str) -> Callable[[Answer], bool]:
    return checks.attempted if kind in {"email", "phone"} else lambda _answer: True


def beside(field: FormField, answer: Answer) -> Told:
    """What was said beyond the answer."""
    return checks.beside(answer) if field.kind == "email" and not answer.key else Told()


def value_of(field: FormField, answer: Answer) -> str:
    """What is kept: the key of an offered answer, or the person's words in their proper form."""
    if answer.key == SKIP:
        return ""
    if answer.key:
        return answer.key
    return checks.proper(field.kind, answer.text)
