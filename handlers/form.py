"""The filing conversation's paper: what has been said so far, what is still to be asked, and how it reads."""

from dataclasses import dataclass

from bot.core.flow import Draft, Go, LostError
from bot.core.heard import Attachment
from bot.core.policy import FormField, Policy
from bot.core.text import is_thin
from bot.core.words import Option
from handlers import states
from locales import _

FIELD = "field"
LONGEST_QUOTE = 700
"""A summary repeats no more than this of a description: the person has just written it."""


class Intake(Draft):
    """`answered` names the questions that have their answer, an empty one included."""

    category: str = ""
    fields: dict[str, str] = {}
    title: str = ""
    text: str = ""
    files: tuple[Attachment, ...] = ()
    priority: str = ""
    contact: str = ""
    follows: str = ""
    answered: tuple[str, ...] = ()
    nudged: bool = False

    def answer(self, question: str) -> None:
        if question not in self.answered:
            self.answered = (*self.answered, question)

    def open_again(self, question: str) -> None:
        self.answered = tuple(key for key in self.answered if key != question)

    def add(self, text: str, files: tuple[Attachment, ...] = ()) -> None:
        """More of the description: nothing that was said before is replaced."""
        self.text = "\n".join(filter(None, (self.text, text)))
        self.files = (*self.files, *files)

    def rewrite(self) -> None:
        """The description begins again; its files stay."""
        self.text, self.nudged = "", False

    def keep(self, text: str, files: tuple[Attachment, ...]) -> bool:
        """What was said beside a question becomes part of the description, which may still be asked for."""
        self.add(text, files)
        if not is_thin(self.text):
            self.answer("description")
        return True


@dataclass(frozen=True, slots=True)
class Form:
    """What the policy asks for, in the order of asking."""

    policy: Policy
    language: str

    def questions(self, draft: Intake) -> list[Go]:
        """All questions for this draft's category; the category's own comes first."""
        fields = [Go(FIELD, field.key) for field in self.policy.form(draft.category)]
        asked = [Go("category"), *fields]
        if self.policy.title_asked:
            asked.append(Go("title"))
        asked.append(Go("description"))
        if self.policy.priorities and self.policy.priority_chosen_by == "customer":
            asked.append(Go("priority"))
        if self.policy.contact.ask != "none":
            asked.append(Go("contact"))
        return asked

    def onward(self, draft: Intake) -> Go:
        """The first question without an answer, else the summary."""
        return next((go for go in self.questions(draft) if name(go) not in draft.answered), Go("summary"))

    def category_called(self, said: str) -> str | None:
        """The category by one of the names that people have for it."""
        called = self.policy.category_called(said)
        return called.key if called else None

    def forget_unknown(self, draft: Intake) -> None:
        """Answers that the policy of today does not offer any more are asked for again."""
        if self.policy.category(draft.category) is None:
            draft.open_again("category")
        if self.policy.priority(draft.priority) is None:
            draft.open_again("priority")

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


def _description(draft: Intake) -> str:
    quoted = draft.text if len(draft.text) <= LONGEST_QUOTE else f"{draft.text[:LONGEST_QUOTE].rstrip()}…"
    return "\n".join([quoted, *(states.kind_of_file(file) for file in draft.files)]).strip()
