"""The filing conversation's paper: what has been said so far, what is still to be asked, and how it reads."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from bot.core import reference
from bot.core.flow import Draft, Go, LostError
from bot.core.policy import Choice, FormField, Policy, Priority
from bot.core.text import is_thin, known, plain
from bot.core.told import Told
from bot.core.words import Option
from handlers import states
from locales import _

FIELD = "field"
CHOSEN = ("choice", "yes_no")
"""Kinds of fields that take an offered answer only."""

LONGEST_QUOTE = 700
"""A summary repeats no more than this of a description: the person has just written it."""


class Intake(Draft):
    """`told` is the description; `answered` names the questions that have their answer, be it an empty one.

    `changing` is the answer that the person has chosen to change, until they have given it anew. `agreed` is
    the hash of the policy whose wording was agreed to, and `agreed_at` when; `ruled` says that the rules were
    shown.
    """

    category: str = ""
    fields: dict[str, str] = {}
    title: str = ""
    priority: str = ""
    contact: str = ""
    follows: str = ""
    answered: tuple[str, ...] = ()
    nudged: bool = False
    changing: str = ""
    agreed: str = ""
    agreed_at: datetime | None = None
    ruled: bool = False

    def answer(self, question: str) -> None:
        if question not in self.answered:
            self.answered = (*self.answered, question)

    def describe(self, more: Told) -> None:
        """More of the description; what is being changed begins again."""
        self.told = more if self.changing else self.told + more
        self.changing = ""

    def keep(self, more: Told) -> None:
        """What was said beside a question is part of the description, asked for if that is too thin."""
        if not more:
            return
        self.told += more
        if not is_thin(self.told.text):
            self.answer("description")
        else:
            self.nudged = True

    def has_room_for(self, more: Told) -> bool:
        return super().has_room_for(more) if not self.changing else Draft(told=more).has_room_for(Told())

    @property
    def worth_keeping(self) -> bool:
        return bool(self.told or self.fields or self.title)


@dataclass(frozen=True, slots=True)
class Form:
    """What the policy asks for, in the order of asking.

    `at` is the moment of the asking. `quoted` knows the person's own ticket by its reference, if that takes
    words.
    """

    policy: Policy
    language: str
    at: datetime | None = None
    quoted: Callable[[str], UUID | None] = lambda _digits: None

    def questions(self, draft: Intake) -> list[Go]:
        """All questions for this draft's category; the category's own comes first."""
        asked = [] if self._of_one_kind else [Go("category")]
        asked += [Go(FIELD, key) for key in self._fields(draft.category)]
        if self.policy.title_asked:
            asked.append(Go("title"))
        asked.append(Go("description"))
        if self.policy.priorities and self.policy.priority_chosen_by == "customer":
            asked.append(Go("priority"))
        if self.policy.contact.ask != "none":
            asked.append(Go("contact"))
        return asked

    def onward(self, draft: Intake) -> Go:
        """The first question without an answer that the policy of today would take, else the summary."""
        if self._of_one_kind:
            draft.category = self.policy.categories[0].key
        unanswered = (go for go in self.questions(draft) if not self._answered(go, draft))
        return next(chain(self._beforehand(draft), unanswered), Go("summary"))

    def back_to(self, draft: Intake, asked: Go) -> Go:
        """The question that was open, though it has an answer; where none of these was, as `onward`."""
        open_then = [replace(asked, aside=True)] if asked in self.questions(draft) else []
        return next(chain(self._beforehand(draft), open_then), self.onward(draft))

    def _beforehand(self, draft: Intake) -> Iterator[Go]:
        """What comes before any question: the consent (AIG-3), and whether this is a new request (CAP-13)."""
        if self.policy.consent and draft.agreed != self.policy.hash:
            yield Go("consent")
        for digits in reference.find(draft.told.text):
            go = Go("join", digits)
            if name(go) not in draft.answered and self.quoted(digits):
                yield go

    def _fields(self, category: str) -> list[str]:
        """The category's own, after the one that says what kind of client somebody is."""
        keys, client = [field.key for field in self.policy.form(category)], self.policy.client_field
        return keys if client in keys or not client else [client, *keys]

    @property
    def _of_one_kind(self) -> bool:
        """Whether the policy knows one kind of request only, so that nobody need be asked."""
        return len(self.policy.categories) == 1

    def _answered(self, go: Go, draft: Intake) -> bool:
        if name(go) not in draft.answered:
            return False
        match go.step:
            case "category":
                return self.policy.category(draft.category) is not None
            case "priority":
                return self.policy.priority(draft.priority) is not None
            case "field":
                return self._takes(self.field(go.at), draft.fields.get(go.at, ""))
            case "contact":
                return bool(draft.contact) or self.policy.contact.ask != "required"
            case _words:
                return True

    def _takes(self, field: FormField, value: str) -> bool:
        if not value or field.kind not in CHOSEN:
            return bool(value) or not field.required
        return value in {option.key for option in options_of(field, self.language)}

    def category_called(self, said: str) -> str | None:
        """The category by one of the names that people have for it."""
        called = self.policy.category_called(said)
        return called.key if called else None

    def field(self, key: str) -> FormField:
        """Raises LostError when the policy no longer asks it."""
        field = self.policy.field(key)
        if field is None:
            raise LostError(f"field {key}")
        return field

    def label(self, go: Go) -> str:
        """What an answer is called in the summary."""
        if go.step == FIELD:
            return self.field(go.at).title.in_(self.language)
        return {
            "category": _("Kind of request"),
            "title": _("Title"),
            "description": _("Description"),
            "priority": _("Importance"),
            "contact": _("Contact"),
        }[go.step]

    def shown(self, go: Go, draft: Intake) -> str:
        """An answer as the person reads it again; nothing when it was skipped."""
        match go.step:
            case "category":
                category = self.policy.category(draft.category)
                return category.title.in_(self.language) if category else ""
            case "field":
                return self.field_shown(go.at, draft.fields.get(go.at, ""))
            case "priority":
                priority = self.policy.priority(draft.priority)
                return priority.title.in_(self.language) if priority else ""
            case "description":
                return _description(draft)
            case other:
                return str(getattr(draft, other))

    def field_shown(self, key: str, value: str) -> str:
        """The value of a field: the title of an offered answer, else the words as they are."""
        offered = next((o for o in options_of(self.field(key), self.language) if o.key == value), None)
        return offered.title if offered else value

    def named(self, question: str, value: str) -> tuple[str, str]:
        """The label and the shown value of an answer that a ticket keeps, even if it is no longer asked."""
        step, _dot, at = question.partition(".")
        if step == FIELD and self.policy.field(at) is None:
            return at, value
        return self.label(Go(step, at)), self.field_shown(at, value) if step == FIELD else value

    def summary(self, draft: Intake) -> str:
        lines = [
            _("{label}: {answer}", label=self.label(go), answer=shown)
            for go in self.questions(draft)
            if (shown := self.shown(go, draft))
        ]
        return "\n".join(lines)


def name(go: Go) -> str:
    """A question's name in `answered` and on the buttons of the summary."""
    return f"{go.step}.{go.at}" if go.at else go.step


def options_of(field: FormField, language: str) -> tuple[Option, ...]:
    if field.kind == "yes_no":
        return Option(key="yes", title=_("Yes")), Option(key="no", title=_("No"))
    return tuple(Option(key=option.key, title=option.title.in_(language)) for option in field.options)


def called(answers: Iterable[Choice | Priority]) -> Callable[[str], str | None]:
    """Knows the key of an answer by its title, or another of its words, in any of the policy's languages."""
    names = {known(name): answer.key for answer in answers for name in answer.names}
    return lambda said: names.get(plain(said))


def _description(draft: Intake) -> str:
    text = draft.told.text
    quoted = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}…"
    return "\n".join([quoted, *(states.kind_of_file(file) for file in draft.told.files)]).strip()
